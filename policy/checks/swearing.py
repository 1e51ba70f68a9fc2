"""Swear words, plain or masked."""

from collections.abc import Iterator
from typing import Annotated

from policy.checks.registry import Passage, check_if
from policy.swearing import MASKED, swear_words
from policy.terms import Entries, Needed, Phrases
from policy.texts import Reading, Span

Words = Annotated[Entries, Needed("word")]


@check_if(where=MASKED)
def swear_word(
    reading: Reading, *, words: Words, in_small: Words, senses: Phrases
) -> Iterator[Passage]:
    """Object to the words of a list, however they are masked, and even where they are quoted.

    Those `in_small` are names where they begin with a capital letter. `senses` are phrases in
    which a word is no swear word.
    """
    for span in swear_words(words | in_small).of(reading):
        said = reading.text[span.start : span.end]
        is_name = said.lower() in in_small and said.istitle()
        if not is_name and not _is_harmless(reading, span, senses):
            yield Passage.at(span)


def _is_harmless(reading: Reading, span: Span, senses: Phrases) -> bool:
    """Tell whether a word is part of a link or of a phrase in which it has another sense."""
    return reading.is_protected(*span) or any(
        span.overlaps(reading.words[term.first].start, reading.words[term.last].end)
        for term in senses.of(reading)
    )
