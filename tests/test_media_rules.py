"""The rules on pictures, clips and music: what they find, and what they let pass."""

import pytest

from policy import library
from policy.attachments import Attachment, Kind
from policy.bulk import check_line
from policy.rules import Post, examine, review

IMAGE = {"type": "image", "alt": "Two engineers on a bridge"}
VIDEO = {"type": "video", "captions": True}


def found(rule: str, text: str = "The new bridge", *given: dict[str, object], **about: object):
    attachments = tuple(Attachment.model_validate(each) for each in given)
    verdict = examine(Post(text, attachments=attachments, **about), library.load())
    return [each for each in verdict.findings if each.rule == rule]


def severities(rule: str, *given: dict[str, object], **about: object) -> list[str]:
    return [str(each.severity) for each in found(rule, "The new bridge", *given, **about)]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({}, None),
        ({"exif_gps": True}, "where it was taken"),
        ({"xmp_gps": True}, "where it was taken"),
        ({"owner_name": "Kim Hall"}, "the name of its owner"),
        ({"exif_gps": True, "camera_serial": "1"}, "taken and the serial number of the camera"),
    ],
)
def test_a_picture_tells_more_than_it_shows(more, what):
    says = [each.say for each in found("photo-gps-location", "x", IMAGE | more)]
    assert len(says) == (what is not None)
    assert all(what in say for say in says)


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ({}, []),
        ({"people": True, "consent": True}, []),
        ({"people": True, "consent": "form 12"}, []),
        ({"people": True, "consent": "verbal"}, []),
        ({"people": True}, ["senior"]),
        ({"people": 3, "consent": False}, ["senior"]),
        ({"people": True, "consent": "Unknown"}, ["senior"]),
        ({"people": True, "consent": "pending"}, ["senior"]),
        ({"people": True, "crowd": True}, ["info"]),
        ({"people": True, "crowd": True, "consent": True}, []),
        ({"people_under_18": True}, ["block"]),
        ({"people_under_18": True, "crowd": True}, ["block"]),
        ({"people_under_18": True, "consent": "verbal, from the mother"}, ["block"]),
        ({"people_under_18": True, "consent": "form 2026-014"}, []),
    ],
)
def test_people_are_asked(more, severity):
    assert severities("photo-consent-missing", IMAGE | more) == severity


def test_a_child_without_consent_holds_even_a_warning():
    child = IMAGE | {"people_under_18": True}
    assert severities("photo-consent-missing", child, purpose="warning") == ["block"]


@pytest.mark.parametrize(
    ("text", "more", "severity"),
    [
        ("A flooded street", {"ai": True}, ["senior"]),
        ("A flooded street", {"ai": True, "realistic": False}, ["warn"]),
        ("A flooded street", {"digital_source_type": "trainedAlgorithmicMedia"}, ["senior"]),
        ("A flooded street", {"c2pa": True}, ["senior"]),
        ("A flooded street", {"c2pa": True, "digital_source_type": "digitalCapture"}, []),
        ("A flooded street", {"digital_source_type": "minorHumanEdits"}, []),
        ("An AI-generated view of a flooded street", {"ai": True}, []),
        ("This picture was created with artificial intelligence", {"ai": True}, []),
        ("A flooded street #MadeWithAI", {"ai": True}, []),
        ("A flooded street", {"ai": True, "alt": "Illustration made with AI: a street"}, []),
        ("কৃত্রিম বুদ্ধিমত্তা দিয়ে তৈরি ছবি", {"ai": True}, []),
        ("Illustration réalisée avec l’IA", {"ai": True}, []),
        ("The minister spoke about AI today", {"ai": True}, ["senior"]),
    ],
)
def test_what_a_model_made_is_labelled(text, more, severity):
    assert [str(each.severity) for each in found("ai-image-unlabelled", text, IMAGE | more)] == (
        severity
    )


@pytest.mark.parametrize(
    ("text", "more", "wrong"),
    [
        ("The parade", {"third_party": True}, True),
        ("The parade", {"third_party": True, "licence": "unknown", "credit": "Jo"}, True),
        ("The parade", {"third_party": True, "licence": "Google"}, True),
        ("The parade", {"third_party": True, "license": "CC BY-SA 4.0"}, True),
        ("The parade", {"third_party": True, "licence": "OGL", "credit": "found online"}, True),
        ("The parade", {"third_party": True, "licence": "OGL", "credit": "Met Office"}, False),
        ("The parade. Photo: Jo Bell", {"third_party": True, "licence": "CC BY"}, False),
        ("The parade", {"third_party": True, "licence": "from the internet"}, True),
        ("The parade", {"third_party": True, "licence": "YouTube Audio Library"}, False),
        ("The parade", {"third_party": True, "licence": "CC0"}, False),
        ("The parade", {"third_party": True, "own": True}, False),
        ("Photo courtesy of the Nation", {"third_party": True}, False),
    ],
)
def test_other_peoples_media_are_licensed_and_credited(text, more, wrong):
    assert bool(found("copyright-credit-missing", text, IMAGE | more)) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Pictures from Google Images show the valley", True),
        ("This clip was downloaded from YouTube", True),
        ("Enjoy this video, off a fan account", True),
        ("Our new reel is cut to a number one hit", True),
        ("ভিডিওটি ইউটিউব থেকে নেওয়া", True),
        ("Une vidéo tirée d'internet", True),
        ("Pictures from Google Images, licensed to us", False),
        ("Never use a picture from the internet without asking", False),
        ("A fake photo from the internet says the bridge fell", False),
        ("Watch the video on our YouTube channel", False),
        ("Chart hits all night at the harbour concert", False),
        ("Forms can be downloaded from the portal", False),
        ("Join our fan page", False),
    ],
)
def test_a_text_may_give_away_where_media_come_from(text, wrong):
    assert bool(found("copyright-credit-missing", text)) is wrong


@pytest.mark.parametrize(
    ("alt", "wrong"),
    [
        ("Orange lifeboat with six crew", ""),
        ("Lifeboat", ""),
        ("Photo of a lifeboat on a slipway", ""),
        ("কমলা রঙের নৌকা", ""),
        ("Route 12", ""),
        ("a" * 420, ""),
        ("", "it has no description"),
        (" \n", "it has no description"),
        ("DSC_0042", "the name of a file"),
        ("IMG-20260302-WA0007.jpg", "the name of a file"),
        ("flood map final.PNG", "the name of a file"),
        ("Screenshot 2026-03-02 at 10.11.12", "the name of a file"),
        ("harbour-old", "the name of a file"),
        ("image of", "does not say"),
        ("Photo.", "does not say"),
        ("Une photo de", "does not say"),
        ("🚤", "does not say"),
        ("The new bridge!", "repeats the post"),
        ("a" * 421, "421 characters"),
    ],
)
def test_a_picture_is_described(alt, wrong):
    image = {"type": "image", "alt": alt, "name": "harbour-old"}
    says = [each.say for each in found("alt-text", "The new bridge", image)]
    assert len(says) == bool(wrong)
    assert all(wrong in say for say in says)


def test_every_picture_counts_and_is_named():
    named = [{"type": "image", "alt": "", "name": name} for name in ("a.jpg", "b.jpg")]
    says = [each.say for each in found("alt-text", "x", *named)]
    assert [("a.jpg" in say, "b.jpg" in say) for say in says] == [(True, False), (False, True)]


def test_a_missing_description_never_holds_a_warning():
    assert severities("alt-text", {"type": "image"}, purpose="warning") == ["warn"]


@pytest.mark.parametrize(
    ("clip", "severity"),
    [
        (VIDEO, []),
        ({"type": "video"}, ["warn"]),
        ({"type": "audio", "captions": False}, ["warn"]),
        ({"type": "video", "captions": "none"}, ["warn"]),
        ({"type": "video", "captions": "auto"}, ["warn"]),
        ({"type": "video", "captions": "auto", "reviewed": True}, []),
        ({"type": "video", "captions": "burned in"}, []),
        ({"type": "video", "silent": True}, ["warn"]),
        ({"type": "video", "silent": True, "alt": "Snow falls"}, []),
        (VIDEO | {"flashing": True}, ["block"]),
        (VIDEO | {"flashing": 3}, []),
        (VIDEO | {"flashing": 4}, ["block"]),
        ({"type": "image", "alt": "Fireworks", "flashing": True}, ["block"]),
        ({"type": "document"}, []),
    ],
)
def test_a_clip_has_captions_and_does_not_flash(clip, severity):
    assert severities("video-no-captions", clip) == severity


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ("image", Kind.IMAGE),
        ("Photo", Kind.IMAGE),
        ("image/png", Kind.IMAGE),
        ("screenshot", Kind.SCREENSHOT),
        ("video/mp4", Kind.VIDEO),
        ("application/pdf", Kind.DOCUMENT),
        ("something", Kind.DOCUMENT),
    ],
)
def test_kinds_have_many_names(given, kind):
    assert Attachment.model_validate({"type": given}).type is kind


@pytest.mark.parametrize(
    ("attachment", "said"),
    [
        ('{"type": "image", "alt": null, "colour": "red"}', ""),
        ('{"alt": "a lifeboat"}', "context.attachments.0.type: Field required"),
        ('{"type": "image", "alt": 7}', "context.attachments.0.alt"),
        ('{"type": "image", "exif_gps": [1]}', "context.attachments.0.exif_gps"),
        ('"image"', "context.attachments.0"),
    ],
)
def test_a_line_may_say_more_but_not_something_else(attachment, said):
    answer = check_line(f'{{"id": 1, "text": "a", "context": {{"attachments": [{attachment}]}}}}')
    assert said in str(answer.get("error", "")) if said else "findings" in answer


def test_an_example_of_a_rule_has_no_unknown_keys():
    with pytest.raises(ValueError, match="colour"):
        library.Example.model_validate(
            {"text": "a", "attachments": [{"type": "image", "colour": "red"}]}
        )


def test_a_post_without_attachments_has_nothing_to_find():
    rules = ("photo-gps-location", "photo-consent-missing", "ai-image-unlabelled", "alt-text")
    assert not {each.rule for each in review(Post("The new bridge"), library.load())} & set(rules)
