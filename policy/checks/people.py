"""People who can be recognised: patients by what else is said of them, children by a school."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Annotated

from policy.checks.registry import Passage, check, check_if
from policy.checks.wording import MOST
from policy.findings import Post, Severity
from policy.people import HINT, children, is_name, tells_age, tells_name, tells_place
from policy.terms import Entries, Needed, Phrases, Term
from policy.texts import Reading, Span, Word
from policy.wording import EXCUSED, Wording

Illness = Annotated[Phrases, Needed("illness")]
Verdict = Annotated[Phrases, Needed("verdict")]
Both = Annotated[Phrases, Needed("illness"), Needed("verdict")]

#: An illness follows so many words after who has it.
NEAR = 4

_BANGLA = re.compile("[\u0980-\u09ff]")

#: What tells of a person stands so many words from the illness.
FAR = 60

#: So many words before a word for a school or street its name begins.
REACH = 3


@check
def health_case(
    reading: Reading,
    *,
    illnesses: Illness,
    verdicts: Verdict,
    after: Verdict,
    alone: Both,
    things: Phrases,
    identifiers: tuple[Phrases, ...],
    unless: Phrases,
) -> Iterator[Passage]:
    """Object to an illness said of somebody with two identifiers or more in the sentence.

    One of `verdicts` ("was diagnosed with") has to stand before one of `illnesses` that is not
    followed by one of `things` ("dengue advice"), or one of `after` behind it; one of `alone` says
    both. Identifiers are an age,
    a name, a place, and a phrase of each of the lists `identifiers`. One of `unless`, such as
    a plural, excuses the sentence.
    """
    scene = Wording(reading)
    found = [term for term in illnesses.of(reading) if not _goes_on(scene, term, things)]
    done = 0
    for said in islice(chain(alone.of(reading), _cases(scene, found, verdicts, after)), MOST):
        number = scene.sentence(said.first)
        if number == done:
            continue
        done = number
        sentence = reading.sentences[number - 1]
        text = reading.text[sentence.start : sentence.end]
        words = _around(scene, said, sentence)
        known = tells_age(text) + tells_place(text)
        known += tells_name(text, scene.words[said.first].start - sentence.start)
        known += sum(any(each.find(words)) for each in identifiers)
        if known >= 2:
            excuse = next(unless.find(words), None)
            guard = EXCUSED.format(words=excuse.entry) if excuse else ""
            yield Passage.at(_trimmed(text, sentence), guard=guard)


@check_if(where=HINT, declared=Post.has_files)
def child_identified(reading: Reading, *, places: Entries, others: Entries) -> Iterator[Passage]:
    """Object to the name of a child beside a school, street or team, in the text or in alt texts.

    `places` are words that such names end in; `others` are words that no child's name holds. With
    consent on record it is a tip.
    """
    post = reading.post
    alts = "\n".join(each.alt for each in post.attachments if each.alt)
    whole = Reading(Post(f"{post.text}\n{alts}")) if alts else reading
    places_at = None
    for name, span in islice(children(whole.text), MOST):
        if _is_other(name, places, others):
            continue
        if places_at is None:
            places_at = list(_named_places(whole, places))
        if _belongs(whole, name, span, places_at):
            consent = any(each.has_written_consent for each in post.attachments)
            severity = Severity.INFO if consent else None
            inside = span.end <= len(post.text)
            yield Passage.at(span, severity=severity) if inside else Passage(severity=severity)


def _cases(
    scene: Wording, illnesses: Sequence[Term], verdicts: Phrases, after: Phrases
) -> Iterator[Term]:
    for verdict in verdicts.of(scene.reading):
        for illness in scene.around(verdict, illnesses):
            if illness.first > verdict.last and scene.together(verdict, illness, NEAR):
                yield Term(verdict.entry, verdict.first, illness.last)
                break
    for verdict in after.of(scene.reading):
        for illness in scene.around(verdict, illnesses):
            if illness.last < verdict.first and scene.together(illness, verdict, NEAR):
                yield Term(verdict.entry, illness.first, verdict.last)
                break


def _goes_on(scene: Wording, illness: Term, things: Phrases) -> bool:
    after = illness.last + 1
    return after < len(scene.words) and things.at(scene.words, after) is not None


def _around(scene: Wording, said: Term, sentence: Span) -> list[Word]:
    """Return the words of a sentence that are not too far from a phrase in it."""
    words = scene.words[max(0, said.first - FAR) : said.last + FAR]
    return [word for word in words if sentence.start <= word.start < sentence.end]


def _trimmed(text: str, sentence: Span) -> Span:
    start = sentence.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))


def _is_other(name: str, places: Entries, others: Entries) -> bool:
    words = {word.removesuffix("'s").removesuffix("’s") for word in name.lower().split()}
    shouted = name.isupper() and len(name) > 1
    return bool(name) and (shouted or not is_name(name) or bool(words & (places | others)))


def _named_places(reading: Reading, places: Entries) -> Iterator[int]:
    """Find schools, streets and teams: a word of the list after one with a capital."""
    words = reading.words
    for at, word in enumerate(words):
        if word.text.removeprefix("l'") not in places:
            continue
        around = (*words[max(0, at - REACH) : at], *_named_after(words, at))
        spoken = (reading.text[each.start : each.end] for each in around)
        if _BANGLA.match(word.text) or any(is_name(each) and each[0].isupper() for each in spoken):
            yield word.start


def _named_after(words: Sequence[Word], at: int) -> Sequence[Word]:
    """Return the word that names a school as in `école de Beau Vallon`."""
    after = words[at + 1 : at + 3]
    return after[1:] if after and after[0].text in ("de", "of") else ()


def _belongs(reading: Reading, name: str, child: Span, places_at: Sequence[int]) -> bool:
    """Tell whether a place is one of a child: for a lone first name, only in its sentence."""
    if " " in name or not name:
        return bool(places_at)
    sentence = next(each for each in reading.sentences if each.overlaps(*child))
    return any(sentence.start <= place < sentence.end for place in places_at)
