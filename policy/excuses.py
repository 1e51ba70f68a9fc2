"""What excuses a hostile phrase: it is negated, doubted, quoted, condemned, or said of oneself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from propcache.api import cached_property

from policy.communities import Communities
from policy.spoken import Spoken
from policy.terms import Entries, Term, Terms
from policy.wording import NEGATED, QUOTED, Wording

COUNTERED = "counter-speech: “{words}”"
OWN = "said of oneself, or in another sense: “{words}”"

#: Words between a negation and what it turns around.
_NEGATION = 4
#: Words between what says that something is not believed and the end of it.
_CLAUSE = 16
#: Words between whoever does not believe something and the verb.
_SPEAKER = 3
#: What ends that which is not believed; and a comma, unless `that` began it.
_STOPS = ";:–—"


@dataclass(frozen=True)
class Signs:
    """The word lists that tell excuses."""

    counters: Spoken  # signs of condemning or reporting
    disclaimers: Spoken  # what only looks like one: `I am not racist`
    contrasts: Spoken  # what comes after is not excused by what came before: `but`
    own: Spoken  # signs that somebody speaks of themselves, beside a slur
    negations: Spoken
    rhetorical: Spoken  # what only looks like a negation
    finals: Spoken  # negations right after what they turn around
    doubts: Spoken  # what says that the clause after it is not believed: `do not think`
    openings: Entries  # what a clause begins with: `that`
    limits: Spoken  # contrasts that are none: `nothing but`
    reasons: Spoken  # what a clause ends with, beside contrasts: `because`
    others: Spoken  # what makes a doubt that of some others: `anyone who`
    speakers: Entries  # whose doubt is that of the office: `we`, `nobody`


@dataclass(frozen=True)
class Excuses:
    """The words of a post, and what is excused in it."""

    scene: Wording
    signs: Signs
    people: Communities

    def negated(self, said: Term, *others: Term) -> str:
        """Say what turns a phrase around, or another that it needs."""
        for each in (said, *others):
            negation = self.negation(each, _NEGATION)
            if negation is not None:
                return NEGATED.format(words=self.scene.text(negation))
        final = self._finals.get(said.last + 1)
        if final and self.scene.together(said, final, None) and not self.scene.is_asked(said):
            return NEGATED.format(words=self.scene.text(final))
        return ""

    def negation(self, said: Term, reach: int) -> Term | None:
        """Return the negation that turns a phrase around: at most so many words before it."""
        negation = self.scene.before(said, self._negations, reach)
        return None if negation is None or self._parted(negation, said) else negation

    def doubted(self, said: Term) -> str:
        """Say what tells that a phrase is not believed: `do not think that … are …`."""
        doubt = self._doubt(said)
        return "" if doubt is None else NEGATED.format(words=self.scene.text(doubt))

    def own_doubt(self, worth: Term) -> Term | None:
        """Return what tells that the office itself does not believe in a worth or a right."""
        doubt = self._doubt(worth)
        if doubt is None or not self._is_of_office(doubt):
            return None
        negation = self.scene.before(worth, self._negations, _NEGATION)
        return doubt if negation is None or negation.first <= doubt.last else None

    def excused(self, said: Term, doubt: Term | None = None) -> str:
        """Say what else excuses a phrase: quotation, or a condemning word in the sentence."""
        if self.scene.is_quoted(said):
            return QUOTED
        contrast = self.scene.before(said, self._contrasts, _CLAUSE)
        for counter in self._counters:
            if doubt and counter.first <= doubt.last and doubt.first <= counter.last:
                continue
            if contrast and counter.last < contrast.first:
                continue
            if self.scene.together(counter, said, None):
                return COUNTERED.format(words=self.scene.text(counter))
        return ""

    def owned(self, slur: Term) -> str:
        """Say what tells that somebody uses a slur of themselves, or in another sense."""
        for sign in self.scene.find(self.signs.own):
            if sign.first != slur.first and self.scene.together(sign, slur, None):
                return OWN.format(words=self.scene.text(sign))
        return ""

    def _doubt(self, said: Term) -> Term | None:
        doubt = self.scene.before(said, self.doubts, _CLAUSE)
        if doubt is None or self.scene.is_asked(doubt) or self._parted(doubt, said):
            return None
        if self.scene.before(doubt, self.scene.find(self.signs.others), _SPEAKER):
            return None
        reason = self.scene.before(said, self.scene.find(self.signs.reasons), _CLAUSE)
        if reason is not None and reason.first > doubt.last:
            return None
        return doubt if self._reaches(doubt, said) else None

    def _reaches(self, doubt: Term, said: Term) -> bool:
        """Tell whether a phrase stands in the clause that is doubted."""
        words = self.scene.words
        between = self.scene.reading.text[words[doubt.last].end : words[said.first].start]
        if any(each in between for each in _STOPS):
            return False
        if not self.signs.openings.isdisjoint(self._texts(doubt.last, doubt.last + 2)):
            return True
        return "," not in between and self.people.are_next(doubt)

    def _is_of_office(self, doubt: Term) -> bool:
        near = self._texts(max(0, doubt.first - _SPEAKER), doubt.last + 1)
        return self.scene.opens(doubt) or not self.signs.speakers.isdisjoint(near)

    def _texts(self, first: int, last: int) -> list[str]:
        return [word.text for word in self.scene.words[first:last]]

    def _parted(self, sign: Term, said: Term) -> bool:
        """Tell whether a contrast stands between a sign and what is said: `not … but …`."""
        contrast = self.scene.before(said, self._contrasts, _CLAUSE)
        return contrast is not None and contrast.first > sign.last

    @cached_property
    def _negations(self) -> Sequence[Term]:
        """Negations, without those that belong to a question which only looks like one."""
        return self._outside(self.signs.negations, self.signs.rhetorical)

    @cached_property
    def doubts(self) -> Sequence[Term]:
        """What says that somebody does not believe something, wherever it stands."""
        return self._outside(self.signs.doubts, self.signs.rhetorical)

    @cached_property
    def _contrasts(self) -> Sequence[Term]:
        return self._outside(self.signs.contrasts, self.signs.limits)

    @cached_property
    def _counters(self) -> Sequence[Term]:
        return self._outside(self.signs.counters, self.signs.disclaimers)

    @cached_property
    def _finals(self) -> Mapping[int, Term]:
        finals = self.scene.find(self.signs.finals)
        return {at: each for each in finals for at in range(each.first, each.last + 1)}

    def _outside(self, wanted: Terms, others: Terms) -> Sequence[Term]:
        """Return the phrases of a list that are no part of those of another."""
        taken = {at for each in self.scene.find(others) for at in range(each.first, each.last + 1)}
        return [each for each in self.scene.find(wanted) if each.first not in taken]
