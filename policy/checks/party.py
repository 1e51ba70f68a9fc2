"""Party politics: parties beside calls to back them, slogans, campaign hashtags, party accounts."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Annotated, NamedTuple

from policy.checks.registry import Passage, check
from policy.checks.wording import MOST
from policy.terms import Cues, Needed, Phrases, Term, Terms
from policy.texts import Reading, Span, Word, Words
from policy.wording import EXCUSED, Wording

MoreCues = Annotated[Phrases | None, Needed()]

#: A call stands so many words from a party's name, or from a name that means other things too.
NEAR, BESIDE = 5, 2

#: Names as short as this mean other things in small letters.
SHORT = 3


class Naming(NamedTuple):
    """A way to name parties: how names are written, the calls beside them, what excuses them."""

    names: Terms
    is_written: Callable[[str], bool]
    calls: Terms
    within: int
    excuses: tuple[Terms, ...]


@check
def party(
    reading: Reading,
    *,
    parties: Cues,
    slogans: Cues,
    hashtags: Cues,
    handles: Cues,
    calls: Phrases,
    strong: Phrases,
    senses: Phrases,
    news: Phrases,
    loose: MoreCues = None,
    acronyms: MoreCues = None,
) -> Iterator[Passage]:
    """Object to what backs or attacks a party.

    A name of `parties` needs one of `calls` in its sentence; one of `loose` (with a capital) or
    of `acronyms` (all in capitals) needs one of `strong` beside it, and none of `senses` in the
    post. `news` excuses both. Slogans, campaign hashtags and tagged parties need nothing.
    """
    scene = Wording(reading, words_and_tags(reading))
    for slogan in islice(slogans.find(scene.words), MOST):
        yield _passage(scene, slogan, slogan)
    for tags, known in ((reading.hashtags, hashtags), (reading.mentions, handles)):
        for span in islice(tags, MOST):
            if next(known.find([Word(_tag(reading, span), *span)]), None):
                yield Passage.at(span)
    yield from _named(scene, Naming(parties, _is_name, calls, NEAR, (news,)))
    if loose is not None:
        yield from _named(scene, Naming(loose, _is_capital, strong, BESIDE, (senses, news)))
    if acronyms is not None:
        yield from _named(scene, Naming(acronyms, str.isupper, strong, BESIDE, (senses, news)))


def words_and_tags(reading: Reading) -> Words:
    """Return the words of a post together with those that its hashtags and tagged names hold."""
    tags = (*reading.hashtags, *reading.mentions)
    if not tags:
        return reading.words
    parts = (
        Word(part, *span)
        for span in tags
        for part in islice(filter(None, _tag(reading, span).split("_")), MOST)
    )
    return Words(sorted((*reading.words, *parts), key=itemgetter(1)))


def _tag(reading: Reading, span: Span) -> str:
    return reading.text[span.start + 1 : span.end].lower()


def _named(scene: Wording, way: Naming) -> Iterator[Passage]:
    names = tuple(islice(way.names.find(scene.words), MOST))
    if not names:
        return
    calls = tuple(way.calls.find(scene.words))
    guard = _excuse(scene, way.excuses) if calls else ""
    for name in names:
        call = _nearest(scene, name, calls, way.within)
        start, end = scene.words[name.first].start, scene.words[name.last].end
        if call is not None and way.is_written(scene.reading.text[start:end].lstrip("#＃@")):
            yield _passage(scene, name, call, guard)


def _nearest(scene: Wording, name: Term, calls: Sequence[Term], within: int) -> Term | None:
    near = (
        call for call in scene.around(name, calls) if scene.is_near(name, call, within, sentences=0)
    )
    return min(near, key=lambda call: abs(call.first - name.first), default=None)


def _excuse(scene: Wording, excuses: Sequence[Terms]) -> str:
    for terms in excuses:
        for term in terms.find(scene.words):
            return EXCUSED.format(words=scene.text(term))
    return ""


def _passage(scene: Wording, one: Term, other: Term, guard: str = "") -> Passage:
    start = min(scene.words[one.first].start, scene.words[other.first].start)
    end = max(scene.words[one.last].end, scene.words[other.last].end)
    return Passage(start, end, guard=guard)


def _is_name(written: str) -> bool:
    return len(written) > SHORT or written.isupper() or not written.isascii()


def _is_capital(written: str) -> bool:
    return written[:1] != written[:1].lower() or not written.isascii()
