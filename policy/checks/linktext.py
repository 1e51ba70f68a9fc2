"""Words before a link that do not say what it is."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from policy.checks.registry import Passage, check
from policy.terms import Cues, Entries
from policy.texts import Reading, Word


@check
def vague_link_text(
    reading: Reading, *, phrases: Cues, fillers: Entries, within: int
) -> Iterator[Passage]:
    """Object to phrases such as `click here` right before a link.

    Up to `within` words may stand between, if they are `fillers`, or only say what to do there,
    as in `click here to apply`. Words that name what the link leads to let it pass.
    """
    links = [link.start for link in reading.links]
    words = reading.words
    for term in phrases.of(reading):
        next_link = bisect_left(links, words[term.last].end)
        if next_link == len(links):
            return
        gap = _until(words[term.last + 1 : term.last + 2 + within], links[next_link])
        if len(gap) <= within and (fillers.issuperset(gap) or _is_deed(gap)):
            yield Passage(words[term.first].start, words[term.last].end)


def _until(words: Sequence[Word], place: int) -> list[str]:
    return [word.text for word in words if word.start < place]


def _is_deed(gap: Sequence[str]) -> bool:
    """Tell whether a gap says what to do and nothing of what: `to apply`, `to register now`."""
    return gap[:1] == ["to"] and (len(gap) == 2 or gap[2:] == ["now"] or gap[2:] == ["today"])
