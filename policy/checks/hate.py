"""Hatred against communities: what is said of whom, and the signs that excuse it."""

from collections.abc import Iterator
from dataclasses import fields

from policy.checks.registry import Passage, check
from policy.speech import Lists, Speech
from policy.spellings import unmasked
from policy.terms import Entries, Phrases
from policy.texts import Reading


@check
def hatred(
    reading: Reading,
    *,
    groups: Phrases,
    slurs: Phrases,
    contempt: Phrases,
    insults: Phrases,
    links: Phrases,
    harms: Phrases,
    fates: Phrases,
    wishes: Phrases,
    plans: Phrases,
    denials: Phrases,
    counters: Phrases,
    own: Phrases,
    negations: Phrases,
    rhetorical: Phrases,
    bridges: Entries,
    prepositions: Entries,
    misspelled: Entries = frozenset(),
) -> Iterator[Passage]:
    """Object to slurs, to contempt for a community, to denying it rights, to wishing it harm.

    An insult has to be said of the community (`links`). Harm needs a wish or a plan before it:
    done (`harms`) to a community named just after, or to befall (`fates`) one named before.
    Negation, quotation and condemning words excuse.
    """
    words = unmasked(reading.words, misspelled)
    given = locals()
    lists = Lists(**{field.name: given[field.name] for field in fields(Lists)})
    yield from Speech(reading, words, lists).passages()
