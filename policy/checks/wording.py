"""Words and phrases of lists, what has to stand beside them, and what excuses them."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated

from policy.checks.registry import Passage, check
from policy.terms import Cues, Needed, Phrases, Term
from policy.texts import Reading
from policy.wording import ASKED, EXCUSED, NEGATED, QUOTED, Wording

#: So many phrases of a list are looked at in a post; a text with more is wrong as a whole.
MOST = 50

#: An excuse with a negation at most so many words before it excuses nothing.
DENIED_WITHIN = 2

#: Phrases that need none of the list `near` beside them.
Alone = Annotated[Phrases | None, Needed(), Needed("near")]


@check
def wording(
    reading: Reading,
    *,
    find: Cues,
    near: Annotated[Phrases | None, Needed("near")] = None,
    also: Phrases | None = None,
    within: int | None = None,
    near_sentences: int = 0,
    alone: Alone = None,
    unless: Phrases | None = None,
    unless_within: int | None = None,
    unless_sentences: int = 0,
    unless_anywhere: Phrases | None = None,
    negations: Phrases | None = None,
    negated_within: int = 4,
    quotes: bool = False,
    questions: bool = False,
    kind: str = "",
) -> Iterator[Passage]:
    """Object to phrases of the lists `find`, such as rumours, insults, promises.

    With `near`, and `also`, a phrase of those lists has to stand in the same sentence, at most
    `within` words away, or up to `near_sentences` sentences away; beside phrases of `alone` they
    need not stand. Excuses, shown to the moderators: a phrase of `unless` in the
    sentence (at most `unless_within` words away; or up to `unless_sentences` sentences later),
    one of `unless_anywhere` in the post, one of `negations` up to `negated_within` words before,
    with `quotes`, quotation marks around it, and with `questions`, a question. An excuse that is
    denied excuses nothing.
    """
    scene = Wording(reading)
    found: list[list[Term]] = [[said] for said in islice(alone.of(reading) if alone else (), MOST)]
    for said in islice(find.of(reading), MOST):
        beside = _beside(scene, said, near, within, near_sentences)
        third = _beside(scene, said, also, within, near_sentences)
        if beside is not None and third is not None:
            found.append([said, beside, third])
    for parts in found:
        said = parts[0]
        guard = (
            (quotes and scene.is_quoted(said) and QUOTED)
            or (questions and scene.is_asked(said) and ASKED)
            or _negated(scene, said, negations, negated_within)
            or _excused(scene, said, unless, unless_within, unless_sentences, negations)
            or _anywhere(scene, unless_anywhere)
        )
        start = reading.words[min(part.first for part in parts)].start
        end = reading.words[max(part.last for part in parts)].end
        yield Passage(start, end, kind=kind, guard=guard or "")


def _beside(
    scene: Wording, said: Term, needed: Phrases | None, within: int | None, sentences: int
) -> Term | None:
    """Return the nearest of the phrases needed beside another one; itself if none is needed."""
    if needed is None:
        return said
    found = [
        term
        for term in scene.around(said, needed.of(scene.reading))
        if not _overlap(term, said) and scene.is_near(said, term, within, sentences)
    ]
    return min(found, key=lambda term: abs(term.first - said.first), default=None)


def _negated(scene: Wording, said: Term, signs: Phrases | None, reach: int) -> str:
    sign = _denial(scene, said, signs, reach)
    return NEGATED.format(words=scene.text(sign)) if sign is not None else ""


def _denial(scene: Wording, said: Term, signs: Phrases | None, reach: int) -> Term | None:
    found: Sequence[Term] = signs.of(scene.reading) if signs is not None else ()
    return scene.before(said, found, reach)


def _excused(
    scene: Wording,
    said: Term,
    excuses: Phrases | None,
    within: int | None,
    sentences: int,
    negations: Phrases | None,
) -> str:
    found = excuses.of(scene.reading) if excuses is not None else ()
    for term in scene.around(said, found):
        near = scene.together(said, term, within, sentences)
        denial = _denial(scene, term, negations, DENIED_WITHIN)
        denied = denial is not None and not _overlap(denial, said)
        if near and not denied and not _inside(term, said):
            return EXCUSED.format(words=scene.text(term))
    return ""


def _anywhere(scene: Wording, excuses: Phrases | None) -> str:
    found = excuses.of(scene.reading) if excuses is not None else ()
    return EXCUSED.format(words=scene.text(found[0])) if found else ""


def _inside(one: Term, other: Term) -> bool:
    return other.first <= one.first and one.last <= other.last


def _overlap(one: Term, other: Term) -> bool:
    return one.first <= other.last and other.first <= one.last
