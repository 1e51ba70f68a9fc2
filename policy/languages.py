"""The languages in which a text is written, told by its script and by its commonest words."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from policy import wordlists
from policy.shadows import normalised
from policy.texts import Reading

#: So many different words that only one language has are enough to tell it.
_ENOUGH = 2

#: The kind of finding that asks for a version in another language.
ASKS_VERSION = "language"

NAMES: Mapping[str, str] = {
    "bn": "Bangla",
    "crs": "Creole",
    "en": "English",
    "fr": "French",
    "sm": "Samoan",
}


def languages(reading: Reading) -> frozenset[str]:
    """Return the languages of a text; of one too short to tell, the one it is declared to be in."""
    met: dict[str, set[str]] = defaultdict(set)
    known = _words()
    for word in reading.words:
        if word.text in known:
            met[known[word.text]].add(word.text)
    found = {lang for lang, words in met.items() if len(words) >= _ENOUGH}
    if reading.script:
        found.add(reading.script)
    return frozenset(found or filter(None, [reading.post.lang]))


@cache
def _words() -> Mapping[str, str]:
    """Return the words that only one language has, and the language."""
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in wordlists.load("language-signs"):
        lang, *words = normalised(entry).split()
        for word in words:
            owners[word].add(lang)
    return {word: min(langs) for word, langs in owners.items() if len(langs) == 1}
