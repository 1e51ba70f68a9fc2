"""Insults to a person, as against the same words in another sense."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated

from policy.checks.registry import Passage, check
from policy.terms import Entries, Needed, Phrases, Term
from policy.texts import Reading
from policy.wording import EXCUSED, NEGATED, QUOTED, Wording

Insults = Annotated[Phrases, Needed("insult")]

#: So many insults are looked at in a post; a text with more is wrong as a whole.
MOST = 50
#: What asks the public who they are, before a noun.
_INVITING = frozenset({"are you a", "are you an"})
#: Words between a negation, or a sign of another meaning, and an insult.
_NEGATION = 3
#: Words between whoever is meant and an insult.
_SAID_OF = 5


@check
def insult(
    reading: Reading,
    *,
    strong: Insults,
    weak: Insults,
    said_of: Phrases,
    exclaimed: Phrases,
    between: Entries,
    senses: Phrases,
    unless: Phrases,
    negations: Phrases,
) -> Iterator[Passage]:
    """Object to insults: `strong` ones in any sentence, `weak` ones where somebody is meant.

    Somebody is meant after `said_of` (`you are`) with only words of `between` up to the insult,
    after a tagged account, and after `exclaimed` (`what a`) where the sentence ends with the
    insult. In the phrases `senses` a word is no insult. Negation, quotation and the signs
    `unless` in the sentence excuse.
    """
    scene = Wording(reading)
    other = senses.of(reading)
    for said, meant in islice(_said(scene, strong, weak, said_of, exclaimed, between), MOST):
        if any(sense.first <= said.last and said.first <= sense.last for sense in other):
            continue
        guard = _guard(scene, said, negations, unless)
        yield Passage(
            reading.words[meant].start, reading.words[said.last].end, kind="insult", guard=guard
        )


def _said(
    scene: Wording,
    strong: Phrases,
    weak: Phrases,
    said_of: Phrases,
    exclaimed: Phrases,
    between: Entries,
) -> Iterator[tuple[Term, int]]:
    """Find insults, each with the word at which whoever is meant is named."""
    plain = strong.of(scene.reading)
    yield from ((said, said.first) for said in plain)
    taken = {said.first for said in plain}
    for said in weak.of(scene.reading):
        if said.first in taken:
            continue
        person = scene.before(said, said_of.of(scene.reading), _SAID_OF)
        cry = scene.before(said, exclaimed.of(scene.reading), 2)
        if person is not None and _invites(scene, said, person):
            continue
        if person is not None and _only(scene, person.last + 1, said.first, between):
            yield said, person.first
        elif cry is not None and scene.closes(said) and scene.opens(cry):
            yield said, cry.first
        elif _is_tagged(scene, said, between):
            yield said, said.first


def _only(scene: Wording, first: int, last: int, allowed: Entries) -> bool:
    return all(word.text in allowed for word in scene.words[first:last])


def _invites(scene: Wording, said: Term, person: Term) -> bool:
    """Tell whether a post to all begins with a question and goes on: `Are you a clown? Join us`."""
    opening = " ".join(word.text for word in scene.words[: said.first])
    return (
        opening in _INVITING
        and person.first <= 1
        and scene.closes(said)
        and scene.is_asked(said)
        and said.last + 1 < len(scene.words)
        and not scene.reading.mentions
    )


def _is_tagged(scene: Wording, said: Term, between: Entries) -> bool:
    """Tell whether a tagged account is what an insult is said of: `@name is a …`."""
    first = said.first
    while first and scene.words[first - 1].text in between:
        first -= 1
    start = scene.words[first].start
    return first < said.first and any(
        0 < start - mention.end <= 1 for mention in scene.reading.mentions
    )


def _guard(scene: Wording, said: Term, negations: Phrases, unless: Phrases) -> str:
    if scene.is_quoted(said):
        return QUOTED
    negation = scene.before(said, negations.of(scene.reading), _NEGATION)
    if negation is not None:
        return NEGATED.format(words=scene.text(negation))
    signs: Sequence[Term] = unless.of(scene.reading)
    sign = next((sign for sign in signs if scene.together(sign, said, None)), None)
    return EXCUSED.format(words=scene.text(sign)) if sign is not None else ""
