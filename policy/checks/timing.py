"""What is out before its time: under embargo, before its release, before Parliament hears it."""

from collections.abc import Iterator
from datetime import datetime, time

from policy.checks.registry import Passage, check_if
from policy.days import said
from policy.findings import Post
from policy.insentence import beside, excuse
from policy.moments import moment_after
from policy.terms import Cues, Phrases, Term
from policy.texts import Reading, Span
from policy.times import local, publishing
from policy.wording import EXCUSED, Wording

#: So many signs are looked at in a post; a text with more is wrong as a whole.
_MOST = 50

STATISTICS = "statistics"
UNTOLD = "the time it is meant for"
A_WORKING_DAY = "{at} on a working day"

_SATURDAY = 5
#: Words between `official` and what is so, such as `official crime and justice figures`.
_OFFICIAL = 4
#: What is official is no longer what follows: `the official opening of the statistics lab`.
_LINKING = frozenset({"of", "the", "for", "to", "at", "in", "on", "about", "with", "said", "says"})
#: Words between a sign of the past and what it is said of: `was still under embargo`.
_OVER = 3
#: Words between `ahead of` and a hearing, such as `ahead of the Finance Minister's statement`.
_AHEAD = 5
_AFTER_A_LEAD = (":", "-", "–", "—", "|", "]", ")")


@check_if(declared=Post.has_to_wait)
def embargo(
    reading: Reading, *, signs: Cues, leads: Cues, over: Phrases, others: Phrases
) -> Iterator[Passage]:
    """Object to what is under embargo when the post appears, by its own words or as declared.

    `leads` count at the start of a line alone. After a phrase of `over`, such as `was`, it is
    told as past; with one of `others` in the sentence it is an embargo on trade. Where the words
    do not tell until when, or nobody knows when the post appears, the embargo is on.
    """
    declared, out = reading.post.embargo, publishing(reading.post)
    if declared is not None and (out is None or out < declared):
        yield Passage(fields={"time": clock(declared, reading.post)})
    scene = Wording(reading)
    marked = (term for term in leads.of(reading)[:_MOST] if _leads(scene, term))
    for sign in (*signs.of(reading)[:_MOST], *marked):
        start, end = reading.words[sign.first].start, reading.words[sign.last].end
        told = moment_after(reading, end) or _before_bangla(scene, sign)
        if told is not None and told[1] is not None and out is not None and out >= told[1]:
            continue
        until = reading.text[slice(*told[0])] if told else UNTOLD
        guard = _over(scene, sign, over) or excuse(scene, sign.first, others)
        span = (min(start, told[0].start), max(end, told[0].end)) if told else (start, end)
        yield Passage(*span, guard=guard, fields={"time": until})


@check_if(declared=Post.has_to_wait)
def early_figures(
    reading: Reading,
    *,
    figures: Cues,
    official: Phrases,
    named: Cues,
    offices: Phrases,
    coming: Phrases,
    embargoes: Phrases,
    fresh: Phrases,
    released: Phrases,
    at: time,
) -> Iterator[Passage]:
    """Object to official figures before their release.

    `figures` count after a word of `official`, those `named` by themselves, but not as part of
    the name of one of the `offices`; with a phrase of `coming` in the sentence, or one of
    `embargoes` in the post. `released`, such as `out today`, excuses. Without words: if the post
    appears before the declared release, or statistics that are `fresh` are planned for an hour
    before `at`, or for a weekend.
    """
    if until := _release(reading, fresh, at):
        yield Passage(fields={"time": until})
    scene = Wording(reading)
    for term in _official(scene, figures, official, named, offices):
        sign = beside(scene, term.first, coming) or next(iter(embargoes.of(reading)), None)
        if sign is None:
            continue
        told = moment_after(reading, reading.words[sign.last].end)
        start, end = reading.words[term.first].start, reading.words[term.last].end
        until = reading.text[slice(*told[0])] if told else UNTOLD
        yield Passage(start, end, guard=excuse(scene, term.first, released), fields={"time": until})


@check_if(declared=Post.has_to_wait)
def parliament_first(
    reading: Reading,
    *,
    tells: Cues,
    reveals: Cues,
    announces: Cues,
    statements: Phrases,
    hearings: Cues,
    ahead: Phrases,
    policy: Phrases,
    soon: Phrases,
    ministers: Phrases,
    others: Phrases,
) -> Iterator[Passage]:
    """Object to news of policy that Parliament has still to hear, or before a declared statement.

    What a minister `tells` Parliament needs a word of `soon` in the sentence; what is revealed
    (`reveals`) needs one of the `ministers` or `statements`; what a minister only `announces`
    needs both a minister and `soon` or a statement. Words of `policy` that are `ahead` of one of
    the `hearings` need `soon`. One of `others`, such as `winners`, excuses.
    """
    statement, out = reading.post.statement_at, publishing(reading.post)
    if statement is not None and (out is None or out < statement):
        yield Passage(fields={"found": clock(statement, reading.post)})
    scene = Wording(reading)
    for signs, needed in (
        (tells, [(soon, statements)]),
        (reveals, [(ministers, statements)]),
        (announces, [(ministers,), (soon, statements)]),
        (hearings, [(policy,), (soon,)]),
    ):
        for term in signs.of(reading):
            if signs is hearings and scene.before(term, ahead.of(reading), _AHEAD) is None:
                continue
            if all(any(beside(scene, term.first, each) for each in any_of) for any_of in needed):
                start, end = reading.words[term.first].start, reading.words[term.last].end
                yield Passage(start, end, guard=excuse(scene, term.first, others))


def clock(at: datetime, post: Post) -> str:
    """Return a moment as messages say it, on the clocks of the office."""
    here = local(at, post)
    return f"{here:%H:%M} on {said(here.date())}"


def _before_bangla(scene: Wording, sign: Term) -> tuple[Span, datetime | None] | None:
    """Return the moment of a sign in Bangla, where it is told at the start of the sentence."""
    if not scene.reading.script:
        return None
    sentence = scene.reading.sentences[scene.sentence(sign.first) - 1]
    return moment_after(scene.reading, sentence.start)


def _leads(scene: Wording, term: Term) -> bool:
    """Tell whether a phrase begins a line, and a moment or a colon follows."""
    text, words = scene.reading.text, scene.words
    start, end = words[term.first].start, words[term.last].end
    if text[text.rfind("\n", 0, start) + 1 : start].strip(" \t[(*_-"):
        return False
    return text[end : end + 2].lstrip().startswith(_AFTER_A_LEAD) or (
        moment_after(scene.reading, end) is not None
    )


def _release(reading: Reading, fresh: Phrases, at: time) -> str:
    """Return the release that a post would come before, if it does."""
    post, out = reading.post, publishing(reading.post)
    if post.release_at is not None:
        return clock(post.release_at, post) if out is None or out < post.release_at else ""
    if post.purpose != STATISTICS or post.publish_at is None or not fresh.of(reading):
        return ""
    here = local(post.publish_at, post)
    if here.weekday() < _SATURDAY and here.time() >= at:
        return ""
    return A_WORKING_DAY.format(at=f"{at:%H:%M}")


def _official(
    scene: Wording, figures: Phrases, official: Phrases, named: Phrases, offices: Phrases
) -> Iterator[Term]:
    reading = scene.reading
    inside = {at for each in offices.of(reading) for at in range(each.first, each.last + 1)}
    yield from (term for term in named.of(reading) if term.first not in inside)
    for term in figures.of(reading):
        sign = scene.before(term, official.of(reading), _OFFICIAL)
        if sign is None or term.first in inside:
            continue
        if _LINKING.isdisjoint(word.text for word in scene.words[sign.last : term.first]):
            yield Term(term.entry, sign.first, term.last)


def _over(scene: Wording, term: Term, signs: Phrases) -> str:
    sign = scene.before(term, signs.of(scene.reading), _OVER)
    return EXCUSED.format(words=scene.text(sign)) if sign is not None else ""
