"""Who says what of whom: slurs, insults and threats against communities, and their excuses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import contains

from policy.checks.registry import Passage
from policy.communities import Communities
from policy.terms import Entries, Term, Terms
from policy.wording import NEGATED, QUOTED, Wording

COUNTERED = "counter-speech: “{words}”"
OWN = "said of oneself, or in another sense: “{words}”"

#: Words between a wish and a harm, and between a community and a wish.
_WISH = 3
_WISHED = 3
#: Words between a negation and what it turns around.
_NEGATION = 4
#: Words between a verb and an insult, and between a community and the verb of its fate.
_PREDICATE = 8
_FATE = 3
#: Words after `not deserve` up to the harm that is denied.
_DENIED = 3
_DESERVED = re.compile(r"deserve$|deserve to$|mérite\w* pas$")
#: What is said against a community without a negation.
_POSITIVE = ("spread ", "bring ", "carry ", "steal ", "breed ", "live off ", "refuse ")
_SEE = ("see", "voir")
#: What stands before and after an insult in comparing.
_AS = (frozenset({"as", "so", "more", "aussi", "plus"}), frozenset({"as", "than", "que"}))


@dataclass(frozen=True)
class Lists:
    """The word lists that tell communities, hostile words and excuses."""

    slurs: Terms
    contempt: Terms
    insults: Terms
    traits: Terms
    links: Terms
    harms: Terms
    orders: Terms
    fates: Terms
    deeds: Terms
    approvals: Terms
    wishes: Terms
    plans: Terms
    denials: Terms
    comparisons: Terms
    counters: Terms
    own: Terms
    negations: Terms
    rhetorical: Terms
    adverbs: Entries
    prepositions: Entries


#: Something that may be hostile, and the negation that turns it around, if any.
Said = tuple[Term, Term | None]


@dataclass(frozen=True)
class Speech:
    """The words of a post, and where those of the lists stand."""

    scene: Wording
    lists: Lists
    people: Communities

    def passages(self) -> Iterator[Passage]:
        """Find the passages, each with its guard if it has one."""
        for slur in self.scene.find(self.lists.slurs):
            yield self._passage(slur, slur, self._own(slur) or self._excuse(slur))
        for said, negation in self._hostile() if self.people.all else ():
            group = self.people.meant_by(said)
            if group is not None:
                yield self._passage(group, said, self._guard(said, negation))

    def _hostile(self) -> Iterator[Said]:
        yield from self._contempt()
        yield from self._insults()
        yield from self._threats()
        yield from self._fates()
        yield from self._approvals()

    def _contempt(self) -> Iterator[Said]:
        """Find phrases that are hostile by themselves, denials of worth, and comparisons."""
        for said in self.scene.find(self.lists.contempt):
            yield said, self._negation(said)
        for said in self.scene.find(self.lists.denials):
            if self.people.are_subject(said.first, said) or self.people.are_object(said):
                yield said, said if self._denies_harm(said) else self._contradicted(said)
        yield from self._comparisons()

    def _contradicted(self, denial: Term) -> Term | None:
        """Return the negation right before what has none itself: `do not bring crime`."""
        is_positive = denial.entry.startswith(_POSITIVE)
        return self.scene.before(denial, self._negations, 1) if is_positive else None

    def _denies_harm(self, denial: Term) -> bool:
        """Tell whether it is harm that is denied, and not in a question: `don't deserve to die`."""
        if not _DESERVED.search(denial.entry) or self.scene.is_asked(denial):
            return False
        harms = (*self.scene.find(self.lists.fates), *self.scene.find(self.lists.harms))
        after = range(denial.last + 1, denial.last + 1 + _DENIED)
        return any(
            harm.first in after and self.scene.together(denial, harm, None) for harm in harms
        )

    def _comparisons(self) -> Iterator[Said]:
        for said in self.scene.find(self.lists.comparisons):
            lower = (
                self.scene.before(said, self.scene.find(terms), _PREDICATE)
                for terms in (self.lists.insults, self.lists.traits)
            )
            if any(lower) and self.people.are_object(said):
                yield said, self._negation(said)

    def _insults(self) -> Iterator[Said]:
        """Find insults that are said of a community: beside it, or after a verb."""
        for said in self.scene.find(self.lists.insults):
            if self._is_likeness(said):
                yield said, None
            elif self.people.is_beside(said) or self._is_predicate(said):
                yield said, self._negation(said)
        for said in self.scene.find(self.lists.traits):
            if self._is_predicate(said, close=True):
                yield said, self._negation(said)

    def _is_predicate(self, said: Term, *, close: bool = False) -> bool:
        """Tell whether an insult is said of somebody: `… are filth`."""
        link = self.scene.before(said, self.scene.find(self.lists.links), _PREDICATE)
        if link is None or not self.people.are_subject(link.first, said):
            return False
        between = self._without_names(link.last + 1, said.first)
        if close:
            return all(self._is_adverb(word) for word in between)
        return self.lists.prepositions.isdisjoint({*between} - {"of", "de", "d"})

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
                yield said, self._negation(said) or self._negation(call)
        for said in self.scene.find(self.lists.orders):
            if self.scene.opens(said) and self.people.are_object(said):
                yield said, None

    def _fates(self) -> Iterator[Said]:
        """Find what is wished to befall a community: `… should be …`, `wish … were …`."""
        for said in self.scene.find(self.lists.fates):
            wishes = self.scene.find(self.lists.wishes)
            wish = self.scene.before(said, wishes, _WISH)
            if wish is None or not self.people.are_subject(wish.first, said, _WISHED):
                wish = self.scene.before(said, wishes, 2 * _PREDICATE)
                link = self.scene.before(said, self.scene.find(self.lists.links), _FATE)
                verb = said if wish and wish.entry.endswith(_SEE) else link
                if not wish or not verb or not self.people.are_between(wish.last, verb.first):
                    continue
            yield said, self._negation(said) or self._negation(wish)

    def _approvals(self) -> Iterator[Said]:
        """Find harm to a community that is called right: `killing … is no crime`."""
        deeds = self.scene.find(self.lists.deeds)
        for said in self.scene.find(self.lists.approvals) if deeds else ():
            meant = (said, *self.scene.near(said, deeds, _PREDICATE))
            if len(meant) > 1 and any(map(self.people.are_object, meant)):
                yield said, self._negation(said)

    def _guard(self, said: Term, negation: Term | None) -> str:
        if negation is not None:
            return NEGATED.format(words=self.scene.text(negation))
        return self._excuse(said)

    def _excuse(self, said: Term) -> str:
        if self.scene.is_quoted(said):
            return QUOTED
        for counter in self.scene.find(self.lists.counters):
            if self.scene.together(counter, said, None):
                return COUNTERED.format(words=self.scene.text(counter))
        return ""

    def _own(self, slur: Term) -> str:
        for sign in self.scene.find(self.lists.own):
            if sign.first != slur.first and self.scene.together(sign, slur, None):
                return OWN.format(words=self.scene.text(sign))
        return ""

    def _negation(self, said: Term) -> Term | None:
        return self.scene.before(said, self._negations, _NEGATION)

    def _passage(self, group: Term, said: Term, guard: str) -> Passage:
        words = self.scene.words
        first, last = min(group.first, said.first), max(group.last, said.last)
        return Passage(words[first].start, words[last].end, kind="hate", guard=guard)

    @cached_property
    def _calls(self) -> Sequence[Term]:
        calls = (*self.scene.find(self.lists.wishes), *self.scene.find(self.lists.plans))
        return sorted(calls, key=lambda call: call.last)

    @cached_property
    def _negations(self) -> Sequence[Term]:
        """Negations, without those that belong to a question which only looks like one."""
        asked = {
            at
            for each in self.scene.find(self.lists.rhetorical)
            for at in range(each.first, each.last + 1)
        }
        return [each for each in self.scene.find(self.lists.negations) if each.first not in asked]
