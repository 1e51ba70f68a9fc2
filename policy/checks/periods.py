"""What an office keeps back before an election, in mourning and in a crisis."""

from collections.abc import Iterator

from policy.checks.registry import Passage, check
from policy.insentence import excuse
from policy.terms import Phrases, Term
from policy.texts import Reading
from policy.wording import EXCUSED, Wording

#: So many festive signs make a festive post.
_FESTIVE = 2
_MOST = 50


@check
def inessential(
    reading: Reading, *, essential: tuple[str, ...], sensitive: Phrases, neutral: Phrases
) -> Iterator[Passage]:
    """Object to a post that is not `essential` by its purpose, or has `sensitive` words.

    A post without a purpose is judged by its words alone. A phrase of `neutral` in the sentence
    excuses the words.
    """
    scene, purpose = Wording(reading), reading.post.purpose
    told = False
    for term in sensitive.of(reading)[:_MOST]:
        guard = excuse(scene, term.first, neutral)
        told = told or not guard
        yield _at(reading, term, guard)
    if purpose and purpose not in essential and not told:
        yield Passage()


@check
def festive(
    reading: Reading,
    *,
    purposes: tuple[str, ...],
    strong: Phrases,
    weak: Phrases,
    emoji: str = "",
    called_off: Phrases,
) -> Iterator[Passage]:
    """Object to a post that celebrates, by its purpose or by its words.

    One phrase of `strong` is enough, or two signs of `weak` and `emoji`. A phrase of
    `called_off`, such as `cancelled`, excuses the words, but not the purpose.
    """
    first = next(iter(strong.of(reading)), None)
    signs = weak.of(reading)
    shown = sum(reading.text.count(each) for each in emoji) if not reading.text.isascii() else 0
    if reading.post.purpose in purposes:
        yield Passage()
    elif first is not None or len(signs) + shown >= _FESTIVE:
        off = next(iter(called_off.of(reading)), None)
        guard = EXCUSED.format(words=Wording(reading).text(off)) if off is not None else ""
        yield _at(reading, first or next(iter(signs), None), guard)


def _at(reading: Reading, term: Term | None, guard: str) -> Passage:
    if term is None:
        return Passage(guard=guard)
    return Passage(reading.words[term.first].start, reading.words[term.last].end, guard=guard)
