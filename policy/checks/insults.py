"""Insults to a person, as against the same words in another sense."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Annotated

from policy.checks.registry import Passage, check
from policy.terms import Entries, Needed, Phrases, Term
from policy.texts import Reading
from policy.wording import EXCUSED, NEGATED, QUOTED, Wording

Insults = Annotated[Phrases, Needed("insult")]

#: So many insults are looked at in a post; a text with more is wrong as a whole.
MOST = 50
#: Words between a negation, or a sign of another meaning, and an insult.
_NEGATION = 3
#: Words between whoever is meant and an insult.
_SAID_OF = 5


@dataclass(frozen=True)
class Lists:
    """The word lists that tell insults, who is meant, and excuses."""

    strong: Insults
    weak: Insults
    said_of: Phrases
    exclaimed: Phrases
    between: Entries
    inviting: Phrases
    senses: Phrases
    unless: Phrases
    negations: Phrases


@check
def insult(reading: Reading, lists: Lists) -> Iterator[Passage]:
    """Object to insults: `strong` ones in any sentence, `weak` ones where somebody is meant.

    Somebody is meant after `said_of` (`you are`) with only words of `between` up to the insult,
    after a tagged account, and after `exclaimed` (`what a`) where the sentence ends with the
    insult; but not where a post begins with `inviting` words (`are you a`), a question to all. In
    the phrases `senses` a word is no insult. Negation, quotation and the signs `unless` in the
    sentence excuse.
    """
    scene = Wording(reading)
    other = lists.senses.of(reading)
    for said, meant in islice(_said(scene, lists), MOST):
        if any(sense.first <= said.last and said.first <= sense.last for sense in other):
            continue
        yield Passage(
            reading.words[meant].start,
            reading.words[said.last].end,
            kind="insult",
            guard=_guard(scene, said, lists),
        )


def _said(scene: Wording, lists: Lists) -> Iterator[tuple[Term, int]]:
    """Find insults, each with the word at which whoever is meant is named."""
    plain = scene.find(lists.strong)
    yield from ((said, said.first) for said in plain)
    taken = {said.first for said in plain}
    for said in scene.find(lists.weak):
        if said.first in taken:
            continue
        person = scene.before(said, scene.find(lists.said_of), _SAID_OF)
        cry = scene.before(said, scene.find(lists.exclaimed), 2)
        if person is not None and _invites(scene, said, lists):
            continue
        if person is not None and _only(scene, person.last + 1, said.first, lists.between):
            yield said, person.first
        elif cry is not None and scene.closes(said) and scene.opens(cry):
            yield said, cry.first
        elif _is_tagged(scene, said, lists.between):
            yield said, said.first


def _only(scene: Wording, first: int, last: int, allowed: Entries) -> bool:
    return all(word.text in allowed for word in scene.words[first:last])


def _invites(scene: Wording, said: Term, lists: Lists) -> bool:
    """Tell whether a post to all begins with a question and goes on: `Are you a clown? Join us`."""
    opening = scene.before(said, scene.find(lists.inviting), 1)
    return (
        opening is not None
        and opening.first == 0
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
    mentions = scene.reading.mentions
    at = bisect_left(mentions, start - 1, key=itemgetter(1))
    return first < said.first and at < len(mentions) and mentions[at].end == start - 1


def _guard(scene: Wording, said: Term, lists: Lists) -> str:
    if scene.is_quoted(said):
        return QUOTED
    negation = scene.before(said, scene.find(lists.negations), _NEGATION)
    if negation is not None:
        return NEGATED.format(words=scene.text(negation))
    signs = scene.find(lists.unless)
    sign = next((sign for sign in signs if scene.together(sign, said, None)), None)
    return EXCUSED.format(words=scene.text(sign)) if sign is not None else ""
