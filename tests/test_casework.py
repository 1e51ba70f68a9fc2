"""People's cases, and people's details, kept out of public answers."""

import pytest

from policy import library
from policy.rules import Finding, Post, examine, ids, review


def rules(text: str, **post: object) -> tuple[str, ...]:
    return ids(review(Post(text, **post), library.load(())))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Hi Mark, your appeal was refused because it came late",
        "Dear Ms Ali, your pension claim is closed",
        "Sorry Priya, your housing application has been rejected",
        "@mark_lee your visa was approved yesterday",
        "Mr Lee's complaint was dismissed in May",
        "Hello Tom. Your claim CR-20341 is with us",
        "Thanks, Sina! Your licence has expired",
        "প্রিয় রহিম, আপনার আবেদন বাতিল হয়েছে",
        "Bonjour Marie, votre demande a été rejetée",
        "Bonzour Jean, ou pansyon in sispann",
        "Talofa Sina, ua teena lau talosaga, lau talosaga ua teena",
    ],
)
def test_the_case_of_a_named_person_is_found(text):
    assert "casework-in-public" in rules(text)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Your claim was refused as the form came late", True),
        ("We see that your record shows an overpaid benefit: your benefit was overpaid", True),
        ("Your application AB-12345 is with the team", True),
        ("Please message us and we will look at your application", False),
        ("If your claim was refused, you can appeal", False),
        ("When your visa is approved you get a letter", False),
        ("All claims are paid by Friday", False),
        ("The case is closed, says the minister", False),
        ("Your local library is closed on Monday", False),
        ("Send us your case number in a private message", False),
    ],
)
def test_in_an_answer_nobody_has_to_be_named(text, is_found):
    found = rules(text, purpose="complaint-reply")
    assert ("casework-in-public" in found) is is_found
    assert "casework-in-public" not in rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dear residents, your refund is paid by 9 March",
        "Hi all, your applications are approved in order of date",
        "Mr Lee has been granted the Order of the Star",
        "Thanks to Ms Ali, the case against the mine was dismissed",
        "Hi Mark, if your appeal was refused you can ask again",
        "Hello Holt! Renew your licence by 9 March",
        "Sorry, Priya. We cannot discuss your case here",
    ],
)
def test_what_concerns_everybody_passes(text):
    assert "casework-in-public" not in rules(text)


def test_a_case_and_an_identity_number_are_both_reported():
    text = "Hello Ms Ali, your NHS number 943 476 5919 is linked and your case is closed"
    assert set(rules(text)) == {"casework-in-public", "national-id-number"}


@pytest.mark.parametrize(
    "text",
    [
        "Comment your NID and phone number to get the allowance",
        "Reply with your date of birth and we will check",
        "Please write your account number in the comments",
        "To claim, leave your mobile number below",
        "Farmers: post your national ID number under this post",
        "Send your bank details in the replies",
        "In the comments, tell us your full address",
        "আপনার মোবাইল নম্বর কমেন্টে লিখুন",
        "ভাতার জন্য এনআইডি নম্বর নিচে কমেন্ট করুন",
        "মন্তব্যে আপনার ঠিকানা ও জন্ম তারিখ দিন",
        "Ekri ou nimero telefonn dan komanter",
        "Met ou ladres anba sa pos",
        "Laissez votre numéro de téléphone dans les commentaires",
        "Tusi mai lou numera telefoni i komeni",
    ],
)
def test_a_request_for_details_in_public_is_found(text):
    assert "asks-public-personal-data" in rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "Do not post your NID here. Message us instead",
        "Please don't share your phone number in the comments",
        "Never write your PIN or bank details in a comment",
        "কমেন্টে এনআইডি নম্বর লিখবেন না",
        "কমেন্টে নয়, ইনবক্সে আপনার ফোন নম্বর দিন",
        "Pa met ou nimero telefonn dan komanter",
        "Aua le tuuina lou numera telefoni i komeni",
        "N'écrivez jamais votre adresse dans les commentaires",
        "Send us a private message with your case number",
        "Write your date of birth on the form at the counter",
        "Comment below: what should the new park have?",
        "Our phone number is in the comments",
        "Reply to this post with your favourite photo of the lagoon",
        "We will post your NID card to you in May",
        "Give your bank details at https://www.gov.sc/grants",
    ],
)
def test_other_requests_pass(text):
    assert "asks-public-personal-data" not in rules(text)


def test_a_denied_request_is_shown_with_its_guard():
    verdict = examine(Post("Do not comment your phone number"), library.load(()))
    guards = [each.guard for each in verdict.excused if isinstance(each, Finding)]
    assert guards == ["negation: “not”"]
