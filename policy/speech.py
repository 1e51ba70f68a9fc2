"""Who says what of whom: slurs, insults and threats against communities, and their excuses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import contains
from typing import Annotated, NamedTuple

from propcache.api import cached_property

from policy.checks.registry import Passage
from policy.communities import Communities
from policy.excuses import Excuses
from policy.spoken import Spoken, What, Whom
from policy.terms import Entries, Needed, Term
from policy.wording import NEGATED, Wording

#: Words between a wish and a harm, and between a community and a wish.
_WISH = 3
_WISHED = 3
#: Words between a verb and an insult, and between a community and the verb of its fate.
_PREDICATE = 8
_FATE = 3
#: Words after `deserve` up to the harm that somebody deserves.
_DESERVED = 3
#: What stands before and after an insult in comparing.
_AS = (frozenset({"as", "so", "more", "aussi", "plus"}), frozenset({"as", "than", "que"}))


@dataclass(frozen=True)
class Lists:
    """The word lists that tell hostile words and excuses."""

    slurs: Annotated[Whom, Needed("what")]  # hostile whoever is meant
    contempt: What  # hostile of any community
    insults: What  # hostile where they are said of one
    traits: What  # the same, with only adverbs between
    links: Spoken  # what an insult is said with: `are …`
    adverbs: Entries
    charges: What  # blame, unless right after a negation: `bring crime`
    denials: What  # denials of humanity, worth and rights
    undeserving: What  # the same, unless it is a harm that is not deserved
    undeserved: Spoken  # harms beside those of the lists below: `this treatment`
    worth: What  # worth and rights, which only hatred does not believe in
    comparisons: Spoken  # what makes a community less than the insult before it
    harms: What  # done to a community, after a wish or a plan
    orders: What  # the same, at the beginning of a sentence
    fates: What  # what befalls a community, after a wish
    wishes: Spoken
    sights: Spoken  # wishes that need no verb after the community: `love to see …`
    plans: Spoken
    deeds: What  # harm that is called right by `approvals`
    approvals: Spoken


class Said(NamedTuple):
    """A hostile phrase, the guard that excuses it, and the doubt that it is hostile with."""

    term: Term
    guard: str = ""
    doubt: Term | None = None


@dataclass(frozen=True)
class Speech:
    """The words of a post, and where those of the lists stand."""

    scene: Wording
    lists: Lists
    people: Communities
    excuses: Excuses

    def passages(self) -> Iterator[Passage]:
        """Find the passages, each with its guard if it has one."""
        for slur in self.scene.find(self.lists.slurs):
            yield self._passage(slur, guard=self.excuses.owned(slur) or self.excuses.excused(slur))
        for said in self._hostile() if self.people.all else ():
            group = self.people.meant_by(said.term)
            if group is not None:
                guard = said.guard or self.excuses.excused(said.term, said.doubt)
                yield self._passage(said.term, group, *filter(None, [said.doubt]), guard=guard)

    def _hostile(self) -> Iterator[Said]:
        yield from self._insults()
        yield from self._contempt()
        yield from self._threats()
        yield from self._fates()
        yield from self._approvals()
        yield from self._worth()

    def _claim(self, term: Term, *others: Term) -> Said:
        """Say what is claimed, unless it is negated, or another phrase is that it needs."""
        return Said(term, self.excuses.negated(term, *others) or self.excuses.doubted(term))

    def _denial(self, term: Term) -> Said:
        """Say what is denied: the negation is its own, but somebody may not believe it."""
        return Said(term, self.excuses.doubted(term))

    def _contempt(self) -> Iterator[Said]:
        """Find phrases that are hostile by themselves, denials of worth, and comparisons."""
        for said in self.scene.find(self.lists.contempt):
            yield self._claim(said)
        for said in filter(self._is_told, self.scene.find(self.lists.charges)):
            negation = self.excuses.negation(said, 1)
            yield self._denial(said) if negation is None else self._claim(said)
        for said in filter(self._is_told, self.scene.find(self.lists.denials)):
            yield self._denial(said)
        for said in filter(self._is_told, self.scene.find(self.lists.undeserving)):
            guard = NEGATED.format(words=self.scene.text(said)) if self._is_harm(said) else ""
            yield Said(said, guard) if guard else self._denial(said)
        yield from self._comparisons()

    def _is_told(self, said: Term) -> bool:
        """Tell whether a phrase is said of a community, which may stand before or after it."""
        return self.people.are_subject(said.first, said) or self.people.are_object(said)

    def _is_harm(self, deserving: Term) -> bool:
        """Tell whether it is harm that is deserved or not, outside of a question."""
        if self.scene.is_asked(deserving):
            return False
        after = range(deserving.last + 1, deserving.last + 1 + _DESERVED)
        return any(
            harm.first in after and self.scene.together(deserving, harm, None)
            for terms in (self.lists.fates, self.lists.harms, self.lists.undeserved)
            for harm in self.scene.find(terms)
        )

    def _worth(self) -> Iterator[Said]:
        """Find worth and rights that the office does not believe in: `we do not think … human`."""
        for said in self.scene.find(self.lists.worth) if self.excuses.doubts else ():
            doubt = self.excuses.own_doubt(said)
            bad = self.scene.before(said, self.scene.find(self.lists.undeserved), 1)
            if doubt is None or bad is not None or self._is_harm(said):
                continue
            if self.people.are_within(doubt.last, said.first):
                yield Said(said, doubt=doubt)

    def _comparisons(self) -> Iterator[Said]:
        for said in self.scene.find(self.lists.comparisons):
            lower = (
                self.scene.before(said, self.scene.find(terms), _PREDICATE)
                for terms in (self.lists.insults, self.lists.traits)
            )
            if any(lower) and self.people.are_object(said):
                yield self._claim(said)

    def _insults(self) -> Iterator[Said]:
        """Find insults that are said of a community: beside it, or after a verb."""
        for said in self.scene.find(self.lists.insults):
            if self._is_likeness(said):
                yield Said(said)
            elif self._is_predicate(said):
                yield self._claim(said)
            elif self.people.is_beside(said):
                pointed = self.people.is_pointed_at(said)
                yield Said(said) if pointed else Said(said, self.excuses.negated(said))
        for said in self.scene.find(self.lists.traits):
            if self._is_predicate(said, close=True):
                yield self._claim(said)

    def _is_predicate(self, said: Term, *, close: bool = False) -> bool:
        """Tell whether an insult is said of somebody: `… are filth`."""
        link = self.scene.before(said, self.scene.find(self.lists.links), _PREDICATE)
        if link is None or not self.people.are_subject(link.first, said):
            return False
        between = self._without_names(link.last + 1, said.first)
        if close:
            return all(self._is_adverb(word) for word in between)
        return self.people.small.prepositions.isdisjoint({*between} - {"of", "de", "d"})

    def _is_likeness(self, said: Term) -> bool:
        """Tell whether an insult is said in comparing: `as filthy as those …`."""
        after = said.last + 1
        words = self.scene.words[said.first - 1 : after + 1 : after - said.first + 1]
        as_much = len(words) == len(_AS) and all(map(contains, _AS, (word.text for word in words)))
        return as_much and self.people.are_object(Term("", after, after))

    def _without_names(self, first: int, last: int) -> list[str]:
        """Return the words of a passage that name no community."""
        named = {at for g in self.people.near(last) for at in range(g.first, g.last + 1)}
        return [self.scene.words[at].text for at in range(first, last) if at not in named]

    def _is_adverb(self, word: str) -> bool:
        return word in self.lists.adverbs or word.endswith(("ly", "ment"))

    def _threats(self) -> Iterator[Said]:
        """Find harm that is planned or called for, and done to a community."""
        for said in self.scene.find(self.lists.harms):
            call = self.scene.before(said, self._calls, _WISH)
            if call is not None and self.people.are_object(said):
                yield self._claim(said, call)
        for said in self.scene.find(self.lists.orders):
            if self.scene.opens(said) and self.people.are_object(said):
                yield Said(said)

    def _fates(self) -> Iterator[Said]:
        """Find what is wished to befall a community: `… should be …`, `wish … were …`."""
        for said in self.scene.find(self.lists.fates):
            wish = self._wish(said)
            if wish is not None:
                yield self._claim(said, wish)

    def _wish(self, fate: Term) -> Term | None:
        """Return the wish that a fate befalls a community, named before the wish or after it."""
        find, before = self.scene.find, self.scene.before
        wish = before(fate, self._wishes, _WISH)
        if wish and self.people.are_subject(wish.first, fate, _WISHED):
            return wish
        sight = before(fate, find(self.lists.sights), 2 * _PREDICATE)
        if sight and self.people.are_between(sight.last, fate.first):
            return sight
        wish = before(fate, self._wishes, 2 * _PREDICATE)
        link = before(fate, find(self.lists.links), _FATE)
        return wish if wish and link and self.people.are_between(wish.last, link.first) else None

    def _approvals(self) -> Iterator[Said]:
        """Find harm to a community that is called right: `killing … is no crime`."""
        deeds = self.scene.find(self.lists.deeds)
        for said in self.scene.find(self.lists.approvals) if deeds else ():
            meant = (said, *self.scene.near(said, deeds, _PREDICATE))
            if len(meant) > 1 and any(map(self.people.are_object, meant)):
                yield self._claim(said)

    def _passage(self, *terms: Term, guard: str) -> Passage:
        words = self.scene.words
        first, last = min(each.first for each in terms), max(each.last for each in terms)
        return Passage(words[first].start, words[last].end, kind="hate", guard=guard)

    @cached_property
    def _calls(self) -> Sequence[Term]:
        calls = (*self._wishes, *self.scene.find(self.lists.plans))
        return sorted(calls, key=_end)

    @cached_property
    def _wishes(self) -> Sequence[Term]:
        wishes = (*self.scene.find(self.lists.wishes), *self.scene.find(self.lists.sights))
        return sorted(wishes, key=_end)


def _end(term: Term) -> int:
    return term.last
