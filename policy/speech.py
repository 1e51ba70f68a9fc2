"""Who says what of whom: slurs, insults and threats against communities, and their excuses."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from policy.checks.registry import Passage
from policy.terms import Entries, Term, Terms
from policy.texts import Reading, Word

QUOTED = "quoted"
NEGATED = "negation: “{words}”"
COUNTERED = "counter-speech: “{words}”"
OWN = "said of oneself, or in another sense: “{words}”"

#: Words between a community and what is said of it.
_REACH = 12
#: Words between a community and a wish, a wish and a harm, a harm and whom it is done to.
_WISHED = 4
_WISH = 3
_OBJECT = 6
#: Words between a community and an insult in a question.
_ASKED = 2
#: Words between a negation and what it turns around.
_NEGATION = 4
#: A quotation that leaves fewer characters than this around it is the post itself.
_AROUND = 10

_QUOTE = re.compile(r"[\"“«„][^\"”»“\n]{2,400}[\"”»“]|(?<!\w)['‘][^'’\n]{8,400}['’](?!\w)")
_PART = frozenset({"all", "kind", "kinds", "lot", "lots", "many", "most", "some"})
_SUBJECTS = frozenset({"they", "them", "these", "those", "you", "they're", "you're"})
_OBJECTS = frozenset({"them", "these", "those", "you"})
_PRONOUNS = _SUBJECTS | _OBJECTS | {"their", "your", "এদের", "ওদের", "তাদের", "ওরা"}


@dataclass(frozen=True)
class Lists:
    """The word lists that tell communities, hostile words and excuses."""

    groups: Terms
    slurs: Terms
    contempt: Terms
    insults: Terms
    links: Terms
    harms: Terms
    fates: Terms
    wishes: Terms
    plans: Terms
    denials: Terms
    counters: Terms
    own: Terms
    negations: Terms
    rhetorical: Terms
    bridges: Entries
    prepositions: Entries


class Speech:
    """The words of a post, and where those of the lists stand."""

    def __init__(self, reading: Reading, words: Sequence[Word], lists: Lists) -> None:
        self.reading, self.words, self.lists = reading, words, lists
        self.groups = list(lists.groups.find(words))

    def passages(self) -> Iterator[Passage]:
        """Find the passages, each with its guard if it has one."""
        for slur in self.lists.slurs.find(self.words):
            yield self._passage(slur, slur, self._own(slur) or self._excuse(slur))
        if not self.groups:
            return
        for said, guard in (*self._contempt(), *self._insults(), *self._threats()):
            group = self._target(said)
            if group is not None:
                yield self._passage(group, said, guard or self._excuse(said))

    def _contempt(self) -> Iterator[tuple[Term, str]]:
        """Find phrases that are hostile by themselves, each with its negation."""
        yield from ((said, "") for said in self.lists.denials.find(self.words))
        for said in self.lists.contempt.find(self.words):
            yield said, self._negation(said.first)

    def _insults(self) -> Iterator[tuple[Term, str]]:
        """Find insults that are tied to a community, each with its negation."""
        for said in self.lists.insults.find(self.words):
            if self._is_attribute(said) or self._is_predicate(said):
                yield said, self._negation(said.first)

    def _threats(self) -> Iterator[tuple[Term, str]]:
        """Find harm that is wished to a community, each with its negation."""
        for said in self.lists.harms.find(self.words):
            wish = _before(said.first, self._calls, _WISH)
            if wish is not None and self._is_object(said.last):
                yield said, self._negation(said.first) or self._negation(wish.first)
        for said in self.lists.fates.find(self.words):
            wish = _before(said.first, self._wishes, _WISH)
            if wish is not None and self._has_subject(wish.last + 1, said.first, _WISHED):
                yield said, self._negation(said.first) or self._negation(wish.first)

    def _is_attribute(self, said: Term) -> bool:
        """Tell whether an insult stands right beside a community: `those filthy …`."""
        near = self._groups_near(said.first)
        return any(said.last + 1 == g.first or g.last + 1 == said.first for g in near)

    def _is_predicate(self, said: Term) -> bool:
        """Tell whether an insult is tied to somebody before it: `… are filth`."""
        link = _before(said.first, self._links, _OBJECT)
        return link is not None and self._has_subject(link.first, said.first, _REACH)

    def _has_subject(self, before: int, said: int, reach: int) -> bool:
        """Tell whether a community, or a pronoun for one, is what is spoken of before a word.

        In questions it comes after the word: `are … filth?`.
        """
        for group in self._groups_near(said):
            asked = before < group.first and said - group.last <= _ASKED
            told = 0 < before - group.last <= reach
            if group.last < said and (asked or told) and self._in_sentence_of(group, said):
                return not self._is_aside(group)
        around = self.words[max(0, before - _OBJECT) : before + 1]
        return any(word.text in _SUBJECTS for word in around)

    def _groups_near(self, word: int) -> Sequence[Term]:
        first = bisect_left(self.groups, word - 2 * _REACH, key=_last)
        return self.groups[first : bisect_left(self.groups, word + 2 * _REACH, key=_last)]

    def _is_aside(self, group: Term) -> bool:
        """Tell whether a community is named after a preposition: `violence against …`.

        `most of …` is no aside.
        """
        at = group.first - 1
        while at >= 0 and self.words[at].text in self.lists.bridges - self.lists.prepositions:
            at -= 1
        before = self.words[at - 1].text if at > 0 else ""
        if at >= 0 and self.words[at].text == "of" and before in _PART:
            return False
        return at >= 0 and self.words[at].text in self.lists.prepositions

    def _is_object(self, last: int) -> bool:
        """Tell whether a community, or a pronoun for one, follows, with only small words before."""
        for at in range(last + 1, min(last + 1 + _OBJECT, len(self.words))):
            if at in self._group_starts or self.words[at].text in _OBJECTS:
                return True
            if self.words[at].text not in self.lists.bridges:
                return False
        return False

    def _target(self, said: Term) -> Term | None:
        """Return the community that something is said of: in reach, or meant by a pronoun."""
        for group in self._groups_near(said.first):
            apart = max(group.first - said.last, said.first - group.last)
            if 0 < apart <= _REACH and self._same_sentence(group, said):
                return group
            if 0 < apart <= 2 * _REACH and self._sentence(said.first) in self._with_pronouns:
                return group
        return None

    def _excuse(self, said: Term) -> str:
        if any(a <= self.words[said.first].start < b for a, b in self._quotes):
            return QUOTED
        for counter in self._counters:
            if self._same_sentence(counter, said):
                return COUNTERED.format(words=self._text(counter))
        return ""

    def _own(self, slur: Term) -> str:
        for sign in self._own_signs:
            if self._same_sentence(sign, slur) and sign.first != slur.first:
                return OWN.format(words=self._text(sign))
        return ""

    def _negation(self, first: int) -> str:
        sign = _before(first, self._negations, _NEGATION)
        return NEGATED.format(words=self._text(sign)) if sign is not None else ""

    def _same_sentence(self, one: Term, other: Term) -> bool:
        return self._in_sentence_of(one, other.first)

    def _in_sentence_of(self, term: Term, word: int) -> bool:
        return self._sentence(term.first) == self._sentence(word)

    def _sentence(self, word: int) -> int:
        return bisect_left(self._starts, self.words[word].start + 1)

    def _text(self, term: Term) -> str:
        return " ".join(word.text for word in self.words[term.first : term.last + 1])

    def _passage(self, group: Term, said: Term, guard: str) -> Passage:
        first, last = min(group.first, said.first), max(group.last, said.last)
        return Passage(self.words[first].start, self.words[last].end, kind="hate", guard=guard)

    @cached_property
    def _group_starts(self) -> frozenset[int]:
        return frozenset(group.first for group in self.groups)

    @cached_property
    def _links(self) -> list[Term]:
        return list(self.lists.links.find(self.words))

    @cached_property
    def _wishes(self) -> list[Term]:
        return list(self.lists.wishes.find(self.words))

    @cached_property
    def _calls(self) -> list[Term]:
        return sorted((*self._wishes, *self.lists.plans.find(self.words)), key=_last)

    @cached_property
    def _counters(self) -> list[Term]:
        return list(self.lists.counters.find(self.words))

    @cached_property
    def _own_signs(self) -> list[Term]:
        return list(self.lists.own.find(self.words))

    @cached_property
    def _negations(self) -> list[Term]:
        asked = {
            at
            for each in self.lists.rhetorical.find(self.words)
            for at in range(each.first, each.last + 1)
        }
        return [each for each in self.lists.negations.find(self.words) if each.first not in asked]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.reading.sentences]

    @cached_property
    def _with_pronouns(self) -> frozenset[int]:
        spoken = (at for at, word in enumerate(self.words) if word.text in _PRONOUNS)
        return frozenset(map(self._sentence, spoken))

    @cached_property
    def _quotes(self) -> list[tuple[int, int]]:
        """Where something is quoted, unless the whole post is one quotation."""
        found = [match.span() for match in _QUOTE.finditer(self.reading.text)]
        quoted = sum(end - start for start, end in found)
        return found if len(self.reading.text.strip()) - quoted >= _AROUND else []


def _before(first: int, terms: Sequence[Term], reach: int) -> Term | None:
    """Return the last of some terms that ends before a word, no farther away than `reach`."""
    at = bisect_left(terms, first, key=_last) - 1
    return terms[at] if at >= 0 and first - terms[at].last <= reach else None


def _last(term: Term) -> int:
    return term.last
