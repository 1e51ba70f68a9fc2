"""The case of one person, discussed where everybody reads it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from propcache.api import cached_property

from policy.checks.registry import Passage, check
from policy.terms import Cues, Phrases, Term, Terms
from policy.texts import Reading, Word
from policy.wording import EXCUSED, Wording

#: So many mentions of a case are looked at in a post.
MOST = 50

#: So many words from `your` to the case, and from the case to what became of it.
_REACH = 5
_OUTCOME = 8

#: The number of a case: `CR-20341`, `case 20341`.
_REFERENCE = re.compile(
    r"[A-Z\d](?<![\w-].)"
    r"(?:(?<=[A-Z])[A-Z]{0,4}[-/ ]?\d{3,10}(?:[-/]\d{1,6})?|(?<=\d)\d{4,11})(?![\w-])"
)
_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)\d{4,12}")
_FEWEST_DIGITS = 3
_LOOK = 40


@check
def casework(
    reading: Reading,
    *,
    cases: Cues,
    outcomes: Phrases,
    yours: Phrases,
    titles: Phrases,
    greetings: Phrases,
    groups: Phrases,
    general: Phrases,
) -> Iterator[Passage]:
    """Object to what became of a case of a person who is named or tagged, or answered.

    A case is spoken of as theirs (`yours`, or `Mr Lee's`) and with an outcome or its number.
    Words that make it `general`, such as `if` before it or `may` in it, excuse it.
    """
    scene = _Scene(reading, Wording(reading), titles, greetings, groups)
    if not (reading.post.is_reply or scene.is_addressed):
        return
    for case in islice(cases.of(reading), MOST):
        owner = scene.owner(case, yours)
        fact = scene.fact(case, outcomes) if owner is not None else None
        if owner is None or fact is None:
            continue
        excuse = scene.excuse(owner, fact, general)
        yield Passage(reading.words[owner].start, fact, guard=excuse)


@dataclass(frozen=True)
class _Scene:
    reading: Reading
    wording: Wording
    titles: Terms
    greetings: Terms
    groups: Terms

    @property
    def is_addressed(self) -> bool:
        """Tell whether somebody is named or tagged who is not one of the office's own."""
        handles = self.reading.directory.handles
        tagged = (self.reading.text[start:end].lower() for start, end in self.reading.mentions)
        return bool(self._named) or self._is_greeted or any(each not in handles for each in tagged)

    @cached_property
    def _named(self) -> Sequence[Term]:
        return [term for term in self.titles.of(self.reading) if self._is_name(term.last + 1)]

    @property
    def _is_greeted(self) -> bool:
        return any(
            self._is_name(term.last + 1) and self.groups.at(self._words, term.last + 1) is None
            for term in self.greetings.of(self.reading)
        )

    @property
    def _words(self) -> Sequence[Word]:
        return self.reading.words

    def _is_name(self, at: int) -> bool:
        if at >= len(self._words):
            return False
        first = self.reading.text[self._words[at].start]
        return first.isalpha() and not first.islower()

    def owner(self, case: Term, yours: Terms) -> int | None:
        """Return the word that says whose a case is: just before it, or its number after it."""
        for term in yours.of(self.reading):
            if 0 < case.first - term.last <= _REACH and self.wording.together(term, case, None):
                return term.first
        for term in self._named:
            between = self._words[term.last + 1 : case.first]
            if len(between) < _REACH and any(word.text.endswith("'s") for word in between):
                return term.first
        return case.first if self._is_numbered(case) else None

    def _is_numbered(self, case: Term) -> bool:
        """Tell whether its number follows: `case 20341`."""
        following = self._words[case.last + 1 : case.last + 2]
        return any(_NUMBER.fullmatch(word.text) for word in following)

    def fact(self, case: Term, outcomes: Terms) -> int | None:
        """Return where the outcome or the number of a case ends."""
        for term in outcomes.of(self.reading):
            if 0 < term.first - case.last <= _OUTCOME and self.wording.together(case, term, None):
                return self._words[term.last].end
        if self.reading.digits < _FEWEST_DIGITS:
            return None
        end = self._words[case.last].end
        match = _REFERENCE.search(self.reading.text, end, end + _LOOK)
        return match.end() if match else None

    def excuse(self, owner: int, end: int, general: Terms) -> str:
        """Return the word that says that it is about nobody yet: before it, or in between."""
        signs = general.of(self.reading)
        sign = self.wording.before(Term("", owner, owner), signs, _REACH)
        inside = (each for each in signs if each.first > owner and self._ends(each) <= end)
        sign = sign or next(inside, None)
        return EXCUSED.format(words=self.wording.text(sign)) if sign is not None else ""

    def _ends(self, term: Term) -> int:
        return self._words[term.last].end
