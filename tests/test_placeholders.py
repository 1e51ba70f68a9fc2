"""What a template leaves in a text."""

import pytest

from policy import library
from policy.rules import Finding, Post, review


def found(text: str) -> list[Finding]:
    return [
        each for each in review(Post(text), library.load(())) if each.rule == "template-leftover"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The [INSERT NAME] centre", "[INSERT NAME]"),
        ("The [insert the name here] centre", "[insert the name here]"),
        ("On [Date]", "[Date]"),
        ("From [time of opening]", "[time of opening]"),
        ("Our [Minister's name] said", "[Minister's name]"),
        ("See [XX]", "[XX]"),
        ("Dear {{first_name}}", "{{first_name}}"),
        ("Dear {first_name}", "{first_name}"),
        ("Dear ${name}", "${name}"),
        ("Dear <name>", "<name>"),
        ("Go to <<insert place>>", "<<insert place>>"),
        ("[placeholder for image] Parade", "[placeholder for image]"),
        ("Dear [Full name]", "[Full name]"),
        ("[To be completed]", "[To be completed]"),
        ("%%NAME%% opens", "%%NAME%%"),
        ("__PLACE__ opens", "__PLACE__"),
        ("[●] people", "[●]"),
        ("Date: ______", "______"),
        ("[মন্ত্রীর নাম] আসবেন", "[মন্ত্রীর নাম]"),
        ("Insert the caption here", "Insert the caption here"),
        ("Your text goes here", "text goes here"),
        ("From XXam on", "XXam"),
        ("টিকা [উপজেলার নাম] এ", "[উপজেলার নাম]"),
        ("Lorem Ipsum dolor", "Lorem Ipsum"),
        ("Lorem ıpsum dolor", "Lorem ıpsum"),
        ("On XX March", "XX"),
        ("Call XXXX", "XXXX"),
        ("At XX:XX", "XX:XX"),
        ("On xx/xx/2026", "xx/xx/2026"),
        ("On 12/XX/2026", "12/XX/2026"),
        ("DRAFT", "DRAFT"),
        ("Road closed\nDRAFT", "DRAFT"),
        ("(DRAFT) Road closed", "(DRAFT)"),
        ("DRAFT - Road closed", "DRAFT -"),
        ("[তারিখ] থেকে", "[তারিখ]"),
        ("[সময়] থেকে", "[সময়]"),
        ("[সম\u09dfসূচি লিখুন] থেকে", "[সম\u09dfসূচি লিখুন]"),
        ("খস\u09dcা\nসভা", "খস\u09dcা"),
        ("[খস\u09a1\u09bcা] সভা", "[খস\u09a1\u09bcা]"),
        ("Le [nom du centre] ouvre", "[nom du centre]"),
    ],
)
def test_a_placeholder_stops_a_post(text, words):
    [hit] = found(text)
    assert (hit.found.strip(), hit.severity) == (words, "block")


@pytest.mark.parametrize(("text", "words"), [("Venue TBC", "TBC"), ("Time: TBD.", "TBD")])
def test_what_is_to_be_confirmed_is_a_tip(text, words):
    [hit] = found(text)
    assert (hit.found, hit.severity) == (words, "info")


@pytest.mark.parametrize(
    "text",
    [
        "[VIDEO] Renew your licence",
        "[Photo: name of the agency] Parade",
        "He spoke of [our] future and [your] duty, [to be] safe",
        "Write to the desk <office@works.gov.ws>",
        "[name withheld] was charged",
        "He said [the bridge] was closed [in March]",
        "The draft budget is open",
        "He said [...] and […] and [?!]",
        "[নাম প্রকাশে অনিচ্ছুক] একজন",
        "Insert the card and wait here",
        "The NBA DRAFT is tonight",
        "DRAFT LAND PLAN",
        "XX Commonwealth Games, Article XX, the XXX Olympiad",
        "Size XXL, XS",
        "Card XXXX-XXXX-1234",
        "Mask 017XXXXXXXX",
        "a < b > c, x > 5",
        "[name](https://gov.ws)",
        "Sets {1, 2} and {}",
        "খসড়া বাজেট প্রকাশিত",
        "The TBCs.org site",
    ],
)
def test_what_only_looks_like_one_passes(text):
    assert found(text) == []
