"""What stands beside a number: the words that say what it is."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from policy.terms import Term, Terms
from policy.texts import Reading, Span, Word


def words_before(reading: Reading, span: Span, reach: int) -> Sequence[Word]:
    """Return the last words, at most `reach`, that end before a passage."""
    first = bisect_left(reading.words.starts, span.start)
    return reading.words[max(0, first - reach) : first]


def words_after(reading: Reading, span: Span, reach: int) -> Sequence[Word]:
    """Return the first words, at most `reach`, that begin after a passage."""
    first = bisect_left(reading.words.starts, span.end)
    return reading.words[first : first + reach]


def is_said_before(reading: Reading, span: Span, cues: Terms, reach: int) -> bool:
    """Tell whether one of the words just before a passage says what it is."""
    return any(cues_in(words_before(reading, span, reach), cues))


def is_said_after(reading: Reading, span: Span, cues: Terms, reach: int) -> bool:
    """Tell whether one of the words just after a passage says what it was."""
    return any(cues_in(words_after(reading, span, reach), cues))


def distance(reading: Reading, span: Span, cues: Terms, reach: int) -> int | None:
    """Return how many words stand between a passage and the last cue before it."""
    return _distance(words_before(reading, span, reach), cues)


def distance_in_line(reading: Reading, span: Span, cues: Terms, reach: int) -> int | None:
    """Return the same where the cue stands in the line of the passage."""
    line = reading.text.rfind("\n", 0, span.start) + 1
    words = words_before(reading, span, reach)
    return _distance([word for word in words if word.start >= line], cues)


def _distance(words: Sequence[Word], cues: Terms) -> int | None:
    return min((len(words) - 1 - cue.last for cue in cues_in(words, cues)), default=None)


def cues_in(words: Sequence[Word], cues: Terms) -> Iterator[Term]:
    """Find the phrases of a list that begin at any of some words and end among them."""
    for at in range(len(words)):
        term = cues.at(words, at)
        if term is not None:
            yield term
