"""Letters of one script that look like those of another, and what is fancy about a letter."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

#: Greek letters that name things in science, as in TNFα: look-alikes only among small letters.
GREEK_SIGNS = "ανκτχγωη"

#: Cyrillic and Greek letters that a reader takes for a Latin one (Unicode Technical Standard 39).
LATIN_TWINS: Mapping[str, str] = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХԌԚԜҮаеоісјрѕухһԛԝӏүԁѵк" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳορυιϲ" + GREEK_SIGNS,
        "ABESIJKMHOPCTYXGQWYaeoicjpsyxhqwlydvk" + "ABEZHIKMNOPTYXCjopuic" + "avktxywn",
        strict=True,
    )
)

_TWINS = str.maketrans(dict(LATIN_TWINS))


def in_latin(text: str) -> str:
    """Return a text with each look-alike replaced by the Latin letter it looks like."""
    return text.translate(_TWINS)


def in_plain_letters(text: str) -> str:
    """Return a text with bold, circled, wide or small capital letters as the usual ones."""
    return "".join(map(_plain, text))


@lru_cache
def _plain(character: str) -> str:
    if character.isascii():
        return character
    usual = unicodedata.normalize("NFKC", character)
    if usual != character and usual.isascii():
        return usual
    name = unicodedata.name(character, "")
    letter = name[-1:]
    if name[:-1].endswith(" CAPITAL LETTER "):
        return letter
    return letter.lower() if name[:-1].endswith(" LETTER SMALL CAPITAL ") else usual
