"""Hatred against communities: what is said of whom, and the signs that excuse it."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from policy import wordlists
from policy.checks.registry import Passage, check
from policy.communities import Communities, Small
from policy.speech import Lists, Speech
from policy.spellings import elided, spelling
from policy.terms import Disguised, Entries, Needed, Terms, terms
from policy.texts import Reading
from policy.wording import Wording


def _spoken(value: Any, info: ValidationInfo) -> Terms:
    if isinstance(value, Terms):
        return value
    return terms(tuple(map(elided, wordlists.named(value, info))))


#: Phrases with their French words parted as those of the post are.
Spoken = Annotated[Terms, BeforeValidator(_spoken)]

Whom = Annotated[Spoken, Needed("whom")]
What = Annotated[Spoken, Needed("what")]
Slurs = Annotated[Spoken, Needed("whom"), Needed("what")]


@check
def hatred(
    reading: Reading,
    *,
    groups: Whom,
    slurs: Slurs,
    contempt: What,
    insults: What,
    traits: What,
    links: Spoken,
    harms: What,
    orders: What,
    fates: What,
    deeds: What,
    approvals: Spoken,
    wishes: Spoken,
    plans: Spoken,
    denials: What,
    comparisons: Spoken,
    counters: Spoken,
    own: Spoken,
    negations: Spoken,
    rhetorical: Spoken,
    adverbs: Entries,
    they: Entries,
    them: Entries,
    before_verb: Entries,
    theirs: Entries,
    bridges: Entries,
    prepositions: Entries,
    parts: Entries,
    disguised: Annotated[Entries, Disguised("beside", "right")],
    beside: Entries,
    right: Entries,
) -> Iterator[Passage]:
    """Object to slurs, to contempt for a community, to denying it rights, to wishing it harm.

    An insult has to be said of the community (`links`; `traits` only with `adverbs` between).
    Harm needs a wish or a plan before it: done (`harms`, `orders`) to a community named just
    after, or to befall (`fates`) one named before; or it is called right (`deeds`, `approvals`).
    Negation, quotation and condemning words excuse. Words of `disguised` are read as they are
    meant where they are misspelled, or run together with one another or those `beside` them, but
    for words that are `right`.
    """
    scene = Wording(reading, spelling(disguised, beside, right).of(reading))
    if not scene.find(groups) and not scene.find(slurs):
        return
    small = Small(they, them, before_verb, theirs, bridges, prepositions, parts)
    lists = Lists(
        slurs=slurs,
        contempt=contempt,
        insults=insults,
        traits=traits,
        links=links,
        harms=harms,
        orders=orders,
        fates=fates,
        deeds=deeds,
        approvals=approvals,
        wishes=wishes,
        plans=plans,
        denials=denials,
        comparisons=comparisons,
        counters=counters,
        own=own,
        negations=negations,
        rhetorical=rhetorical,
        adverbs=adverbs,
        prepositions=prepositions,
    )
    yield from Speech(scene, lists, Communities(scene, groups, small)).passages()
