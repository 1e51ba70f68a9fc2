"""Figures that compare: they need a source."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated

from policy.checks.registry import Passage, check
from policy.checks.wording import MOST
from policy.patterns import Linear
from policy.terms import Needed, Phrases, Term
from policy.texts import Reading
from policy.wording import EXCUSED, Wording

_PERCENT = re.compile(r"\s?%|[\s-]?(?:per\s?cent|pour\s?cent|poursan)\b|\s?(?:শতাংশ|ভাগ|গুণ)")

#: Without one of these, no figure compares: asked first, since most posts have none.
_HINT = Linear(
    r"(?i)%|per ?cent|pour ?cent|poursan|শতাংশ|ভাগ|গুণ|অর্ধেক|doubl|tripl|trebl|halv|half|twice|"
    r"times as|quadrupl|third|quarter|fifth|tenth|moitié"
)

#: A change stands so many words from its figure.
NEAR = 5


@check
def unsourced_figure(
    reading: Reading,
    *,
    changes: Annotated[Phrases, Needed()],
    multiples: Annotated[Phrases, Needed()],
    unless: Phrases,
    sources: Phrases,
) -> Iterator[Passage]:
    """Object to a percentage beside one of `changes`, and to one of `multiples` ("doubled").

    A link or one of `sources` in the post excuses it, and one of `unless` in the sentence, such
    as forecasts, discounts and shares of a total.
    """
    if next(_HINT.hits(reading.text), None) is None:
        return
    scene = Wording(reading)
    said = [
        *_compared(scene, changes),
        *((one, one) for one in islice(multiples.of(reading), MOST)),
    ]
    if not said:
        return
    excuse = "link" if reading.links else _words(scene, sources.of(reading)[:1])
    for figure, change in said:
        near = (term for term in scene.around(figure, unless.of(reading)))
        here = [term for term in near if scene.is_near(figure, term, None, 0)]
        guard = excuse or _words(scene, here[:1])
        start = scene.words[min(figure.first, change.first)].start
        end = scene.words[max(figure.last, change.last)].end
        yield Passage(start, end, guard=EXCUSED.format(words=guard) if guard else "")


def _compared(scene: Wording, changes: Phrases) -> Iterator[tuple[Term, Term]]:
    """Find percentages, each with the nearest change in its sentence."""
    found = changes.of(scene.reading)
    if not found:
        return
    for figure in islice(_percentages(scene), MOST):
        near = [
            change
            for change in scene.around(figure, found)
            if scene.is_near(figure, change, NEAR, 0)
        ]
        if near:
            yield figure, min(near, key=lambda change: abs(change.first - figure.first))


def _percentages(scene: Wording) -> Iterator[Term]:
    text = scene.reading.text
    for at, word in enumerate(scene.words):
        if word.text[0].isdigit() and _PERCENT.match(text, word.end, word.end + 12):
            yield Term(word.text, at, at)


def _words(scene: Wording, terms: Sequence[Term]) -> str:
    return scene.text(terms[0]) if terms else ""
