"""Posts that ask people to write their personal details where everybody reads them."""

from collections.abc import Iterator
from itertools import islice

from policy.checks.registry import Passage, check
from policy.terms import Cues, Phrases, Term, Terms
from policy.texts import Reading
from policy.wording import EXCUSED, NEGATED, Wording

#: So many requests are looked at in a post.
MOST = 20

_REACH = 14  # words between a request and the details it asks for
_DONE = 2  # words between somebody else and what they do
_LINKED = 3  # characters between a place and the link that leads there
_NEGATED = 5  # words between a negation and what it denies


@check
def asks_in_public(
    reading: Reading,
    *,
    details: Cues,
    asks: Phrases,
    verbs: Phrases,
    places: Phrases,
    negations: Phrases,
    doers: Phrases,
    unless: Phrases,
) -> Iterator[Passage]:
    """Object to a request for personal `details` in public.

    A request is a phrase of `asks` (comment your), or one of `verbs` with one of `places` in
    its sentence (write ... in the comments). It is excused by a negation before it, by `doers`
    right before it (we will post your card), and by a phrase of `unless` in the sentence, such
    as a private route.
    """
    scene = Wording(reading)
    for request in islice(_requests(scene, asks, verbs, places), MOST):
        asked = _asked(scene, request, details)
        if asked is not None:
            first, last = min(request.first, asked.first), max(request.last, asked.last)
            excuse = (
                _before(scene, request, negations, NEGATED, _NEGATED)
                or _before(scene, request, doers, EXCUSED, _DONE)
                or _excused(scene, request, unless)
            )
            yield Passage(reading.words[first].start, reading.words[last].end, guard=excuse)


def _requests(scene: Wording, asks: Terms, verbs: Terms, places: Terms) -> Iterator[Term]:
    yield from asks.of(scene.reading)
    said = verbs.of(scene.reading)
    for place in places.of(scene.reading) if said else ():
        if _leads_away(scene.reading, place):
            continue
        for verb in said:
            apart = verb.last < place.first or place.last < verb.first
            if apart and scene.sentence(verb.first) == scene.sentence(place.first):
                yield verb
                break


def _leads_away(reading: Reading, place: Term) -> bool:
    """Tell whether a link stands right after a word, as in `write it here: gov.sc/form`."""
    end = reading.words[place.last].end
    away = (*reading.links, *reading.emails)
    return any(end <= link.start <= end + _LINKED for link in away)


def _asked(scene: Wording, request: Term, details: Terms) -> Term | None:
    for detail in details.of(scene.reading):
        far = max(detail.first - request.last, request.first - detail.last) - 1
        if far <= _REACH and scene.sentence(detail.first) == scene.sentence(request.first):
            return detail
    return None


def _before(scene: Wording, request: Term, signs: Terms, guard: str, reach: int) -> str:
    sign = scene.before(request, signs.of(scene.reading), reach)
    return guard.format(words=scene.text(sign)) if sign is not None else ""


def _excused(scene: Wording, request: Term, unless: Terms) -> str:
    for sign in unless.of(scene.reading):
        if scene.sentence(sign.first) == scene.sentence(request.first):
            return EXCUSED.format(words=scene.text(sign))
    return ""
