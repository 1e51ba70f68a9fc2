"""Characters that nobody sees, and letters that are not what they look like."""

import pytest

from policy import library
from policy.confusables import in_latin, in_plain_letters
from policy.rules import Finding, Post, review


def found(text: str, rule: str) -> list[Finding]:
    return [each for each in review(Post(text), library.load(())) if each.rule == rule]


@pytest.mark.parametrize(
    ("text", "word", "better"),
    [
        ("Pay at gov\u200b.sc now", "gov\u200b.sc", "gov.sc"),
        ("A pass\u200bword here", "pass\u200bword", "password"),
        ("A pass\ufeffword", "pass\ufeffword", "password"),
        ("A pass\u2060word", "pass\u2060word", "password"),
        ("A pass\u200dword", "pass\u200dword", "password"),
        ("A pass\u200cword", "pass\u200cword", "password"),
        ("See \u202eexe.gpj now", "\u202eexe.gpj", "exe.gpj"),
        ("See \u2066x\u2069 now", "\u2066x\u2069", "x"),
        ("Hi\U000e0041\U000e0042 there", "Hi\U000e0041\U000e0042", "Hi"),
        ("টিকা\u200bকেন্দ্র", "টিকা\u200bকেন্দ্র", "টিকাকেন্দ্র"),
        ("Visit gоv.uk", "gоv", "gov"),
        ("Visit https://nhs.uк", "uк", "uk"),
        ("The ΑPIA road", "ΑPIA", "APIA"),
        ("pαypal", "pαypal", "paypal"),
        ("Meet а friend", "а", "a"),
        ("The ΑΡΙΑ road", "ΑΡΙΑ", "APIA"),
    ],
)
def test_what_is_hidden_is_marked_and_taken_out(text, word, better):
    [hit] = found(text, "hidden-characters")
    assert (hit.found, hit.suggestion) == (word, better)


@pytest.mark.parametrize(
    "text",
    [
        "র\u200d্যাম্প",
        "ক্\u200cষ",
        "👨\u200d👩\u200d👧 and 🏳️\u200d🌈",
        "\ufeffStarts here",
        "Ends here\u200b",
        "A word \u200b apart",
        "fa\u02bbafetai t\u0101lofa",
        "co\u00adoperate",
        "5 μm, 10 kΩ, ΔT, β-carotene, TNFα, NFκB",
        "Москва and Αθήνα",
        "правительство.рф",
        "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "سلام \u2066Apia\u2069 سلام",
        "ไทย\u200bไทย",
        "naïve café Ōamaru",
    ],
)
def test_what_scripts_need_passes(text):
    assert found(text, "hidden-characters") == []


@pytest.mark.parametrize(
    ("text", "word", "better"),
    [
        ("𝗙𝗿𝗲𝗲 𝗲𝘆𝗲 tests", "𝗙𝗿𝗲𝗲 𝗲𝘆𝗲", "Free eye"),
        ("ℂ𝕝𝕠𝕤𝕖𝕕 now", "ℂ𝕝𝕠𝕤𝕖𝕕", "Closed"),
        ("Ｖｏｔｅ", "Ｖｏｔｅ", "Vote"),
        ("ⓥⓞⓣⓔ", "ⓥⓞⓣⓔ", "vote"),
        ("🅵🆁🅴🅴", "🅵🆁🅴🅴", "FREE"),
        ("ᴏᴘᴇɴ", "ᴏᴘᴇɴ", "open"),
        ("𝟐𝟎𝟐𝟔", "𝟐𝟎𝟐𝟔", "2026"),
    ],
)
def test_fancy_letters_are_offered_plain(text, word, better):
    [hit] = found(text, "fancy-unicode-text")
    assert (hit.found, hit.suggestion) == (word, better)


@pytest.mark.parametrize(
    "text", ["400 m²", "№ 5 ™ ℮ ℃ ℞", "½ cup №5 ™ ℃", "🅰️ 🅱️", "🇼🇸🇧🇩", "𝑥 + 𝑦", "ＡＢ"]
)
def test_signs_pass(text):
    assert found(text, "fancy-unicode-text") == []


def test_letters_are_made_plain_one_by_one():
    assert in_plain_letters("𝗔ｂⓒ🅳ᴇ é ক") == "AbcDe é ক"
    assert in_latin("gоv Москва") == "gov Mockвa"
