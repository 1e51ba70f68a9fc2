"""What each check objects to, and what it lets pass."""

import pytest

from policy import library
from policy.attachments import Attachment
from policy.rules import Finding, Post, review


def found(text: str, rule: str, *packs: str, **post: object) -> list[Finding]:
    all_found = review(Post(text, **post), library.load(packs))  # type: ignore[arg-type]
    return [finding for finding in all_found if finding.rule == rule]


def words(text: str, rule: str, *packs: str, **post: object) -> list[str]:
    return [finding.found for finding in found(text, rule, *packs, **post)]


@pytest.mark.parametrize(
    ("text", "region", "numbers"),
    [
        ("Call Rafiq on 01812-345678 now", "BD", ["01812-345678"]),
        ("Call 01812-345678", "", []),
        ("নম্বর ০১৮১২-৩৪৫৬৭৮ এ", "", ["০১৮১২-৩৪৫৬৭৮"]),
        ("Call ０１８１２-３４５６７８", "BD", ["０１８１２-３４５６７８"]),
        ("Call +880 1812-345678", "", ["+880 1812-345678"]),
        ("Call 333 or 999 or 16263", "BD", []),
        ("Call 07700 900123", "", ["07700 900123"]),
        ("Call +44 7700 900123", "", ["+44 7700 900123"]),
        ("Call 07911 123456", "GB", ["07911 123456"]),
        ("Call 020 7946 0000 or 0800 111 1111", "GB", []),
        ("Call 72 12345", "WS", ["72 12345"]),
        ("The grant is WST 7212345", "WS", []),
        ("About 7212345 people voted", "WS", []),
        ("Farmers sold 7212345 coconuts", "WS", []),
        ("We planted 7712345 trees", "WS", []),
        ("He called 7712345 again", "WS", ["7712345"]),
        ("Call Mele on 7712345 weekdays", "WS", ["7712345"]),
        ("I contacted 7712345 today", "WS", ["7712345"]),
        ("I reached 7712345 yesterday", "WS", ["7712345"]),
        ("We contacted 7712345 residents", "WS", []),
        ("The population reached 7712345 today", "WS", []),
        ("The reserve stands at 7712345 today", "WS", []),
        ("Contact us about file 7712345", "WS", []),
        ("Contact the registry and quote 7712345", "WS", []),
        ("We contacted 20260301 on 2026-03-01", "WS", []),
        ("We contacted the bank about invoice 7712345", "WS", []),
        ("https://wa.me/8801812345678", "BD", []),
        ("Tender 2026030144 of 2026-03-01 10:00", "BD", []),
        ("One: 01812345678, two: 01912345678", "BD", ["01812345678", "01912345678"]),
    ],
)
def test_private_numbers_are_found_as_they_are_written(text, region, numbers):
    assert words(text, "private-phone", region=region) == numbers


@pytest.mark.parametrize(
    ("entry", "passes"),
    [
        ("+8801812345678", True),
        ("01812-345678", True),
        ("8801812345678", True),
        ("০১৮১২৩৪৫৬৭৮", True),
        ("+8801812345679", False),
        ("info@works.gov.bd", False),
    ],
)
def test_the_directory_decides_first(entry, passes):
    text = "Call 01812-345678"
    assert bool(words(text, "private-phone", region="BD", directory=(entry,))) is not passes


@pytest.mark.parametrize(
    ("pack", "text"),
    [("bd", "01812-345678"), ("uk", "07911 123456"), ("ws", "72 12345"), ("sc", "2 510 123")],
)
def test_each_country_reads_numbers_its_own_way(pack, text):
    assert words(f"Call {text} today", "private-phone", pack) == [text]


def test_a_number_is_a_block_in_samoa_and_needs_a_senior_elsewhere():
    text = "Call +685 72 12345"
    assert [f.severity for f in found(text, "private-phone", "ws")] == ["block"]
    assert [f.severity for f in found(text, "private-phone", "bd")] == ["senior"]


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("a.test@gmail.com", ["senior"]),
        ("A.TEST@GMAIL.COM", ["senior"]),
        ("a@mail.yahoo.com", ["senior"]),
        ("a@notgmail.com", []),
        ("info@works.gov.bd", []),
        ("helen.marsh@works.gov.bd", ["info"]),
        ("helen.j.marsh@works.gov.uk", ["info"]),
        ("press.office@works.gov.bd", []),
        ("helen.marsh@company.example", []),
    ],
)
def test_addresses_of_persons_are_found(text, severities):
    assert [f.severity for f in found(f"Write to {text}.", "private-email")] == severities


@pytest.mark.parametrize("address", ["a.test@gmail.com", "A.Test@Gmail.com"])
def test_a_listed_address_passes(address):
    listed = ("a.test@gmail.com",)
    assert not words(f"Write to {address}", "private-email", directory=listed)


@pytest.mark.parametrize(
    ("text", "rule"),
    [("Call +685 24671", "private-phone"), ("Write to info@mcit.gov.ws", "private-email")],
)
def test_only_the_directory_counts_where_an_office_wants_it_so(text, rule):
    assert not words(text, rule)
    assert words(text, rule, "directory-only")
    assert not words(text, rule, "directory-only", directory=("+685 24671", "info@mcit.gov.ws"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("4111 1111 1111 1111", "card"),
        ("4111-1111-1111-1111", "card"),
        ("৪১১১ ১১১১ ১১১১ ১১১১", "card"),
        ("5555555555554444", "card"),
        ("2223003122003222", "card"),
        ("378282246310005", "card"),
        ("6011000990139424", "card"),
        ("4111 1111 1111 1112", ""),  # the check digit is wrong
        ("2026 0301 4411 0098", ""),  # right, but no issuer begins so
        ("card 2026 0301 4411 0098", "card"),
        ("card 2026 0301 4411 0099", ""),
        ("0000 0000 0000 0000", ""),
        ("14111 1111 1111 1111", ""),
        ("4111 1111 1111 1111.50", ""),
        ("GB82 WEST 1234 5698 7654 32", "iban"),
        ("gb82west12345698765432", "iban"),
        ("GB83 WEST 1234 5698 7654 32", ""),
        ("IBAN GB83 WEST 1234 5698 7654 32", "iban"),
        ("ZZ82 WEST 1234 5698 7654 32", ""),
        ("GB82 WEST 1234 5698 7654 3", ""),
        ("account 12345678, sort code 20-00-00", "account"),
        ("sort code 200000 account 12345678", "account"),
        ("20-00-00 and 12345678", ""),
        ("account number: 1234567890123", "account"),
        ("হিসাব নম্বর ১২৩৪৫৬৭৮৯০", "account"),
        ("open an account on 2026-03-01 at 10", ""),
        ("phone 1234567890123", ""),
    ],
)
def test_numbers_of_money_are_told_apart(text, kind):
    kinds = [finding.kind for finding in found(f"Pay {text} now", "bank-or-card-number")]
    assert kinds == ([kind] if kind else [])


def test_the_payees_of_an_office_pass():
    payee = ("GB82WEST12345698765432",)
    assert not words("GB82 WEST 1234 5698 7654 32", "bank-or-card-number", directory=payee)


def test_a_card_is_no_phone_number():
    text = "Use card 4111 1111 1111 1111"
    assert [f.rule for f in review(Post(text, region="GB"), library.load(("directory-only",)))] == [
        "bank-or-card-number"
    ]


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("SECRET: the rota", "SECRET"),
        ("SECRET customs rota", "SECRET"),
        ("TOP SECRET\nthe rota", "TOP SECRET"),
        ("The rota (OFFICIAL-SENSITIVE) is out", "OFFICIAL-SENSITIVE"),
        ("The rota OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("The rota - RESTRICTED", "RESTRICTED"),
        ("OFFICIAL", "OFFICIAL"),
        ("The rota\nOFFICIAL", "OFFICIAL"),
        ("The rota\nOFFICIAL\nmore", ""),
        ("OFFICIAL opening hours\nThe rota", ""),
        ("OFFICIAL" + " -" * 400 + "\nThe rota", "OFFICIAL" + " -" * 400),
        ("OFFICIAL opening", ""),
        ("secret: the rota", ""),
        ("The SECRET garden opens", ""),
        ("Your vote is SECRET", ""),
        ("RESTRICTED parking on Monday", ""),
        ("SECRET SANTA IS HERE", ""),
        ("অতি গোপনীয়: টহলসূচি", "অতি গোপনীয়"),
        ("গোপনীয় তথ্য দেবেন না", ""),
        ("সীমিত আসন", ""),
    ],
)
def test_markings_are_found_where_markings_stand(text, marking):
    assert words(text, "classification-marking") == ([marking] if marking else [])


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("A" * 19, False),
        ("A" * 20, True),
        ("A" * 12 + "b" * 8, True),
        ("A" * 11 + "b" * 9, False),
        ("NHS HMRC DVLA BBC VAT MOT", False),
        ("সোমবার বন্ধ", False),
        ("ОСТОРОЖНО ГОЛОЛЁД НА ДОРОГЕ", True),
    ],
)
def test_capitals_count_from_twenty_letters_and_sixty_per_cent(text, fires):
    assert bool(found(text, "all-caps")) is fires


@pytest.mark.parametrize(
    ("count", "severity"), [(5, None), (6, "warn"), (7, "warn")], ids=["five", "six", "seven"]
)
def test_the_sixth_tag_is_one_too_many(count, severity):
    text = "fair " + " ".join(f"@fair_{number}" for number in range(count))
    assert [f.severity for f in found(text, "excess-tagging", "bd")] == [severity] * bool(severity)


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Hello @dc @uno", False),
        ("Hello @dc @uno @acland", True),
        ("Land office and @dc @uno @land_office", False),
        ("Health week @BDHealth @WHOhealth @healthdesk", False),
    ],
)
def test_three_tags_need_something_to_do_with_the_text(text, fires):
    assert bool(found(text, "excess-tagging")) is fires


def test_partners_in_the_directory_do_not_count():
    partners = ("@dc", "@uno")
    assert not found("Hello @DC @uno @acland", "excess-tagging", directory=partners)


@pytest.mark.parametrize(
    ("platform", "size", "over"),
    [
        ("x", 280, ""),
        ("x", 281, "1 characters over the X limit of 280."),
        ("bluesky", 300, ""),
        ("bluesky", 301, "1 characters over the Bluesky limit of 300."),
        ("threads", 502, "2 characters over the Threads limit of 500."),
        ("telegram", 4097, "1 characters over the Telegram limit of 4096."),
        ("instagram", 2201, "1 characters over the Instagram limit of 2200."),
        ("linkedin", 3001, "1 characters over the LinkedIn limit of 3000."),
        ("youtube", 100, ""),
        ("youtube", 101, "1 characters over the YouTube title limit of 100."),
        ("facebook", 63206, ""),
        ("website", 99999, ""),
        ("", 99999, ""),
    ],
)
def test_a_text_may_be_as_long_as_its_platform_allows(platform, size, over):
    said = [finding.say for finding in found("a" * size, "over-length", platform=platform)]
    assert said == ([f"{over} Shorten or split."] if over else [])


def test_a_caption_is_shorter_than_a_message():
    picture = (Attachment(type="image"),)
    assert not found("a" * 1025, "over-length", platform="telegram")
    assert found("a" * 1025, "over-length", platform="telegram", attachments=picture)
