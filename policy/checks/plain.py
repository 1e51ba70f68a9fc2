"""Sentences that are too long, and words that few people use."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from policy import wordlists
from policy.checks.registry import Passage, check
from policy.terms import Entries, Needed, Term, Terms
from policy.texts import Reading, Span
from policy.wording import QUOTED, Wording

MOST = 50

#: A sentence is looked at so far, in words.
LONGEST = 200

_TOKEN = re.compile(r"\S++")
_LETTER = re.compile(r"[^\W_]")

#: So many different little words show which language a sentence is in.
_SIGNS = 3


class Swaps(Terms):
    """Phrases, each with a plainer one: `utilise = use`."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        super().__init__(entries)
        self.plain = {entry.lower(): plain for entry, plain in entries.items()}

    @classmethod
    def named(cls, value: Any, info: ValidationInfo) -> "Swaps":
        """Read the lists of a `with:` option."""
        if isinstance(value, Swaps):
            return value
        pairs = (entry.partition("=") for entry in wordlists.named(value, info))
        return cls({hard.strip(): plain.strip() for hard, _, plain in pairs})


Plainer = Annotated[Swaps, BeforeValidator(Swaps.named), Needed()]


@check
def long_sentence(
    reading: Reading, *, most: int, english: Entries, french: Entries
) -> Iterator[Passage]:
    """Object to sentences of more words than `most`, without links and hashtags.

    Only to those that look English or French: other languages have more little words.
    """
    if reading.text.count(" ") < most:
        return
    for sentence in reading.sentences:
        if sentence.end - sentence.start <= 2 * most:
            continue
        tokens = reading.text[slice(*sentence)].lower().split(None, LONGEST)
        said = frozenset(tokens) if len(tokens) > most else frozenset()
        if max(len(said & english), len(said & french)) < _SIGNS:
            continue
        words = _words(reading, sentence)
        if len(words) > most:
            fields = {"n": str(len(words)), "limit": str(most)}
            yield Passage(words[0].start, words[-1].end, fields=fields)


@check
def hard_words(
    reading: Reading, *, swaps: Plainer, english: Entries, french: Entries
) -> Iterator[Passage]:
    """Object to words that have a plainer one; in names and quotations they pass.

    A post that looks French is none of its business: `commence` is a plain word there.
    """
    said = {word.text for word in reading.words}
    if len(said & french) > len(said & english):
        return
    scene = Wording(reading)
    for term in islice(swaps.of(reading), MOST):
        if _is_name(scene, term):
            continue
        start, end = scene.words[term.first].start, scene.words[term.last].end
        word, plain = reading.text[start:end], swaps.plain[term.entry]
        suggestion = plain.capitalize() if word[0].isupper() else plain
        yield Passage(
            start,
            end,
            guard=QUOTED if scene.is_quoted(term) else "",
            suggestion=suggestion,
            fields={"word": word, "swap": plain},
        )


def _words(reading: Reading, sentence: Span) -> list[Span]:
    text = reading.text
    found = (each.span() for each in islice(_TOKEN.finditer(text, *sentence), LONGEST))
    return [
        Span(*place)
        for place in found
        if _LETTER.search(text, *place) and not reading.is_protected(*place)
    ]


def _is_name(scene: Wording, term: Term) -> bool:
    """Tell whether a phrase is part of a name, going by the capitals of and around it."""
    words, text = scene.words, scene.reading.text
    first = words[term.first]
    if text[first.start].islower():
        return False
    opens = term.first == 0 or scene.sentence(term.first - 1) != scene.sentence(term.first)
    after = words[term.last + 1] if term.last + 1 < len(words) else None
    capital_after = after is not None and text[after.start].isupper()
    return capital_after or not opens
