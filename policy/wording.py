"""The words of a post in their sentences: what stands near what, what is denied, what is quoted."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from propcache.api import cached_property

from policy.terms import MOST, Term, Terms
from policy.texts import Reading, Word

QUOTED = "quoted"
ASKED = "a question"
NEGATED = "negation: “{words}”"
EXCUSED = "said beside it: “{words}”"

#: So many phrases of a list on either side of a word can be the nearest to it.
_BESIDE = 8

#: A quotation that leaves fewer characters than this around it is the post itself.
_AROUND = 10
_QUOTE = re.compile(
    r"[\"“«„'‘](?:(?<=[\"“«„])[^\"”»“\n]{2,400}[\"”»“]"
    r"|(?<!\w.)(?<=['‘])[^'’\n]{8,400}['’](?!\w))"
)


@dataclass(frozen=True)
class Wording:
    """The words of a post, counted from 0, and the sentences they stand in.

    `meant` are the words as they are meant, where somebody disguised them.
    """

    reading: Reading
    meant: Sequence[Word] | None = None

    @property
    def words(self) -> Sequence[Word]:
        """The words, outside of links and addresses."""
        return self.reading.words if self.meant is None else self.meant

    def find(self, terms: Terms) -> Sequence[Term]:
        """Return the phrases of a list, found once."""
        if self.words is self.reading.words:
            return terms.of(self.reading)
        found = self._found.get(terms)
        if found is None:
            found = self._found[terms] = tuple(islice(terms.find(self.words), MOST))
        return found

    def sentence(self, word: int) -> int:
        """Return the number of the sentence that a word stands in."""
        return bisect_left(self._starts, self.words[word].start + 1)

    def opens(self, term: Term) -> bool:
        """Tell whether a phrase is the first of its sentence."""
        return not term.first or self.sentence(term.first - 1) != self.sentence(term.first)

    def closes(self, term: Term) -> bool:
        """Tell whether a phrase is the last of its sentence."""
        after = term.last + 1
        return after == len(self.words) or self.sentence(after) != self.sentence(term.last)

    def together(self, one: Term, other: Term, within: int | None, sentences: int = 0) -> bool:
        """Tell whether two phrases stand in one sentence, with at most `within` words between.

        `sentences` says how many sentences later the second may also stand.
        """
        apart = max(one.first - other.last, other.first - one.last) - 1
        later = self.sentence(other.first) - self.sentence(one.first)
        return 0 <= later <= sentences and (within is None or apart <= within)

    def is_near(self, one: Term, other: Term, within: int | None, sentences: int) -> bool:
        """Tell the same, whichever of the two comes first."""
        return self.together(one, other, within, sentences) or self.together(
            other, one, within, sentences
        )

    def around(self, term: Term, others: Sequence[Term]) -> Sequence[Term]:
        """Return the phrases next to another one, on either side and inside it: a few at most."""
        at = bisect_left(others, term.first, key=lambda other: other.first)
        return others[max(0, at - _BESIDE) : at + _BESIDE]

    def before(self, term: Term, signs: Sequence[Term], reach: int) -> Term | None:
        """Return the last sign in the sentence that ends at most `reach` words before a phrase."""
        at = bisect_left(signs, term.first, key=lambda sign: sign.last) - 1
        near = at >= 0 and term.first - signs[at].last <= reach
        return signs[at] if near and self.together(signs[at], term, None) else None

    def near(self, term: Term, others: Sequence[Term], reach: int) -> Sequence[Term]:
        """Return those of other phrases in the sentence that are at most `reach` words away."""
        first = bisect_left(others, term.first - reach, key=lambda other: other.last)
        last = bisect_right(others, term.last + reach, key=lambda other: other.first)
        return [other for other in others[first:last] if self.together(term, other, None)]

    def is_quoted(self, term: Term) -> bool:
        """Tell whether a phrase stands in quotation marks, and the post around it does not."""
        return any(start <= self.words[term.first].start < end for start, end in self._quotes)

    def is_asked(self, term: Term) -> bool:
        """Tell whether a phrase stands in a question."""
        start, end = self.reading.sentences[self.sentence(term.first) - 1]
        return self.reading.text[start:end].rstrip().endswith("?")

    def text(self, term: Term) -> str:
        """Return the words of a phrase."""
        return " ".join(word.text for word in self.words[term.first : term.last + 1])

    @cached_property
    def _found(self) -> dict[Terms, tuple[Term, ...]]:
        return {}

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.reading.sentences]

    @cached_property
    def _quotes(self) -> list[tuple[int, int]]:
        found = [match.span() for match in _QUOTE.finditer(self.reading.text)]
        quoted = sum(end - start for start, end in found)
        return found if len(self.reading.text.strip()) - quoted >= _AROUND else []
