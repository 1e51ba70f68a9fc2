"""The communities that a post names, and whether something is said of them or done to them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from propcache.api import cached_property

from policy.terms import Entries, Term, Terms
from policy.wording import Wording

#: Words between a community and what is said of it.
REACH = 12
#: Words between a community and an insult in a question: `are migrants …?`.
_ASKED = 3
#: Words between something done and whom it is done to.
_NEAR = 6
#: Words between a pronoun and the verb that says something of it.
_PRONOUN = 8
_OF = frozenset({"de", "d"})
_RELATIVE = frozenset({"who", "whose", "which", "qui", "dont"})


@dataclass(frozen=True)
class Small:
    """The small words of a sentence: pronouns, and what stands before a noun."""

    they: Entries  # pronouns of which something is said
    them: Entries  # pronouns to whom something is done, after the verb
    before_verb: Entries  # the same before the verb: French `les …`
    theirs: Entries
    bridges: Entries  # what may stand between a verb and its noun
    prepositions: Entries
    parts: Entries  # before or after a preposition, they make it no aside: `most of …`

    @cached_property
    def words(self) -> frozenset[str]:
        """All of them."""
        return self.pronouns | self.bridges | self.prepositions | self.parts

    @cached_property
    def pronouns(self) -> frozenset[str]:
        """Every pronoun that may mean a community."""
        return self.they | self.them | self.theirs


@dataclass(frozen=True)
class Communities:
    """Where communities are named in the words of a post."""

    scene: Wording
    names: Terms
    small: Small

    @property
    def all(self) -> Sequence[Term]:
        """Every place, in order."""
        return self.scene.find(self.names)

    def near(self, word: int) -> Sequence[Term]:
        """Return those in reach of a word, in this sentence or another."""
        first = bisect_left(self.all, word - 2 * REACH, key=_last)
        return self.all[first : bisect_left(self.all, word + 2 * REACH, key=_last)]

    def meant_by(self, said: Term) -> Term | None:
        """Return the community that something is said of: in reach, or meant by a pronoun."""
        for group in self.near(said.first):
            apart = max(group.first - said.last, said.first - group.last)
            if 0 < apart <= REACH and self.scene.together(group, said, None):
                return group
            if 0 < apart <= 2 * REACH and self.scene.sentence(said.first) in self._with_pronouns:
                return group
        return None

    def are_subject(self, verb: int, said: Term, reach: int = REACH) -> bool:
        """Tell whether a community, or a pronoun for one, is what is spoken of before a verb.

        In questions it comes after the verb: `are … filth?`.
        """
        return any(
            self.scene.together(group, said, None) and not self.is_aside(group)
            for group in self.near(said.first)
            if _is_told(group, verb, said, self._reach(group, verb, reach))
        ) or self._is_pronoun_in(range(verb, verb - _PRONOUN - 1, -1))

    def are_object(self, done: Term) -> bool:
        """Tell whether something is done to a community, with only small words between."""
        if self._word(done.first - 1) in self.small.before_verb:
            return True
        for at in range(done.last + 1, min(done.last + 1 + _NEAR, len(self.scene.words))):
            if at in self._starts or self._word(at) in self.small.them:
                return True
            if self._word(at) not in self.small.bridges:
                return False
        return False

    def are_next(self, sign: Term) -> bool:
        """Tell whether a community, or a pronoun for one, is what a sentence goes on with."""
        return self.are_object(sign) or self._word(sign.last + 1) in self.small.they

    def are_between(self, first: int, last: int) -> bool:
        """Tell whether one stands between two words, without a clause of its own."""
        for group in self.near(last):
            if first < group.first and group.last < last and not self.is_aside(group):
                return not self._has_word(range(group.last + 1, last), _RELATIVE)
        return False

    def are_within(self, first: int, last: int) -> bool:
        """Tell the same of a community or a pronoun for one."""
        return self.are_between(first, last) or self._has_word(
            range(first + 1, last), self.small.they
        )

    def is_beside(self, said: Term) -> bool:
        """Tell whether something stands right before or after a community: `those filthy …`."""
        return any(
            said.last + 1 == group.first
            or (said.last + 2 == group.first and self._word(said.last + 1) in _OF)
            or (group.last + 1 == said.first and not self._word(group.last).endswith("'s"))
            for group in self.near(said.first)
        )

    def is_pointed_at(self, said: Term) -> bool:
        """Tell whether what stands beside a community is taken for granted: `these filthy …`."""
        return self._word(said.first - 1) in self.small.them

    def is_aside(self, group: Term) -> bool:
        """Tell whether a community is named by the way: `violence against …`, `… 's project`.

        `most of …` is no aside, nor is `in …'s nature`.
        """
        small = self.small
        if self._word(group.last).endswith("'s"):
            return self._word(group.last + 1) not in small.parts
        at = group.first - 1
        while at >= 0 and self._word(at) in small.bridges - small.prepositions:
            at -= 1
        around = {self._word(at - 1), self._word(group.last + 1)}
        return self._is_preposition(at, group) and around.isdisjoint(small.parts)

    def _is_preposition(self, at: int, group: Term) -> bool:
        """Tell whether a word leads on to a community: one of its sentence, and no mere letter."""
        if self._word(at) not in self.small.prepositions:
            return False
        word = self.scene.words[at]
        is_letter = word.text == "d" and word.end - word.start == 1  # as in `grade D`
        return not is_letter and self.scene.sentence(at) == self.scene.sentence(group.first)

    def _reach(self, group: Term, verb: int, reach: int) -> int:
        """Let only small words, such as `like you`, stand between without counting."""
        between = range(group.last + 1, min(verb, group.last + REACH))
        return REACH if all(self._word(at) in self.small.words for at in between) else reach

    def _is_pronoun_in(self, places: range) -> bool:
        """Tell whether a pronoun stands there for a community, or for all of it: `their lives`."""
        return self._has_word(places, self.small.they) or any(
            self._word(at) in self.small.theirs and self._word(at + 1) in self.small.parts
            for at in places
        )

    def _has_word(self, places: range, wanted: frozenset[str]) -> bool:
        return any(self._word(at) in wanted for at in places)

    def _word(self, at: int) -> str:
        return self.scene.words[at].text if 0 <= at < len(self.scene.words) else ""

    @cached_property
    def _starts(self) -> frozenset[int]:
        return frozenset(group.first for group in self.all)

    @cached_property
    def _with_pronouns(self) -> frozenset[int]:
        return frozenset(self._sentences_of(self.small.pronouns))

    def _sentences_of(self, wanted: frozenset[str]) -> Iterator[int]:
        for at, word in enumerate(self.scene.words):
            if word.text in wanted:
                yield self.scene.sentence(at)


def _is_told(group: Term, verb: int, said: Term, reach: int) -> bool:
    """Tell whether a community stands where the subject of a verb does."""
    asked = verb < group.first and said.first - group.last <= _ASKED
    return group.last < said.first and (asked or 0 < verb - group.last <= reach)


def _last(term: Term) -> int:
    return term.last
