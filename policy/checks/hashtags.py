"""Hashtags that a screen reader cannot take apart."""

from collections.abc import Iterator

from policy.checks.registry import Passage, check_if
from policy.segments import Vocabulary, joined, segments
from policy.terms import Entries
from policy.texts import Reading

#: So many are looked at.
MOST = 30

#: Shorter capitals may be an acronym.
_SHORTEST_IN_CAPITALS = 7


@check_if(where="[#＃]")
def run_together(
    reading: Reading,
    *,
    letters: int,
    words: Entries,
    short: Entries,
    wholes: Entries,
    endings: Entries,
) -> Iterator[Passage]:
    """Object to hashtags of so many letters that are several known words in one case.

    `words` and `short` are those to look for; `wholes` are words and names that only look like
    several, and so do two words of which the second is one of `endings`.
    """
    known = Vocabulary(words, short, wholes, endings)
    for tag in reading.hashtags[:MOST]:
        name = reading.text[tag.start + 1 : tag.end].rstrip("0123456789")
        if len(name) < letters or not (name.isascii() and name.isalpha()):
            continue
        capitals = name.isupper() and len(name) >= _SHORTEST_IN_CAPITALS
        if not (capitals or name.islower()):
            continue
        parts = segments(name.lower(), known)
        if len(parts) > 1:
            fixed = joined(parts) + reading.text[tag.start + 1 + len(name) : tag.end]
            yield Passage.at(tag, fields={"fixed": fixed}, suggestion=f"#{fixed}")
