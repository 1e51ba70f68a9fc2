"""Personal accounts: what their owners may want to know before they post."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain

from policy.checks.registry import Passage, check
from policy.findings import Post
from policy.terms import Entries, Phrases, Term
from policy.texts import Reading


@check
def no_disclaimer(
    reading: Reading,
    *,
    openings: Phrases,
    work: Phrases,
    within: int,
    alone: Phrases,
    employers: Phrases,
    disclaimers: Phrases,
) -> Iterator[Passage]:
    """Object to naming one's public employer, in text or profile, without a disclaimer in either.

    In the text, one of `openings` ("I work at") has to stand at most `within` words before one
    of `work`, or one of `alone` ("my ministry"); in the profile, one of `employers` is enough.
    """
    profile = Reading(Post(reading.post.profile))
    if disclaimers.of(reading) or disclaimers.of(profile):
        return
    own = ((term, term) for term in alone.of(reading))
    named = next(chain(own, _employers(reading, openings, work, within)), None)
    if named is not None:
        first, last = named
        yield Passage(reading.words[first.first].start, reading.words[last.last].end)
    elif employers.of(profile):
        yield Passage()


@check
def official_address(reading: Reading, *, official: Entries) -> Iterator[Passage]:
    """Object to e-mail addresses under an `official` suffix, in text or profile."""
    for span in reading.emails:
        address = reading.text[span.start : span.end]
        if _is_under(address, official):
            yield Passage.at(span, fields={"address": address})
    profile = Reading(Post(reading.post.profile))
    for span in profile.emails:
        address = profile.text[span.start : span.end]
        if _is_under(address, official):
            yield Passage(fields={"address": address})


def _employers(
    reading: Reading, openings: Phrases, work: Phrases, within: int
) -> Iterator[tuple[Term, Term]]:
    places = work.of(reading)
    for opening in openings.of(reading):
        at = bisect_right(places, opening.last, key=lambda place: place.first)
        if at < len(places) and places[at].first - opening.last - 1 <= within:
            yield opening, places[at]


def _is_under(address: str, suffixes: Entries) -> bool:
    labels = address.lower().rpartition("@")[2].split(".")
    return any(".".join(labels[at:]) in suffixes for at in range(len(labels)))
