"""Numbers that people are told to call in an emergency, and that nobody answers here."""

import re
from collections.abc import Iterator, Sequence

from policy.checks.registry import Passage, check
from policy.insentence import excuse
from policy.terms import Cues, Entries, Phrases, Term
from policy.texts import Reading
from policy.wording import NEGATED, Wording

#: Words between a call and its number, such as `call the police free on 911`.
_REACH = 6
#: So many codes are looked at in a post; a text with more is no advice.
_MOST = 200
#: A negation this near before a call, or before a number, turns it around.
_NEGATED = 2
#: Codes that hardly ever count anything, so it does not matter what follows them.
_PLAIN = frozenset({"911", "999", "000"})
_SHORT = re.compile(r"\d{2,5}")
_DIGIT_BEFORE = re.compile(r"\d[ \u00a0.\-]?$|\+$")
_DIGIT_AFTER = re.compile(r"[ \u00a0.\-]?\d")
_ENDS = re.compile(r"[ \t\u00a0]*(?:$|[.,;:!?)\n\r/–—\"”-])")


@check
def wrong_emergency_number(
    reading: Reading,
    *,
    calls: Cues,
    codes: Entries,
    valid: tuple[str, ...] = (),
    bridges: Entries = frozenset(),
    follows: Entries = frozenset(),
    elsewhere: Phrases,
    negations: Phrases,
) -> Iterator[Passage]:
    """Object to a number of the emergency services elsewhere (`codes`) that is not `valid` here.

    It stands after a call, with only words of `bridges` between; in Bangla also before one. A
    code that may count something has to be followed by a word of `follows`, or by nothing.
    Short numbers in the directory are valid too. Negations, and phrases of `elsewhere` in the
    sentence, excuse it.
    """
    known = (*valid, *filter(_SHORT.fullmatch, reading.directory.numbers))
    wrong = codes - set(known)
    if not known or not reading.digits:
        return
    scene, found = Wording(reading), calls.of(reading)
    ends = {term.last: term for term in found}
    starts = {term.first: term for term in found} if reading.script == "bn" else {}
    told = reading.words.at(text for text in reading.words.texts if _code(text) in wrong)
    for at in told[:_MOST]:
        word, code = reading.words[at], _code(reading.words[at].text)
        if _is_part(reading, at):
            continue
        if code not in _PLAIN and not _is_told(reading, at, follows):
            continue
        call = _before(scene, at, ends, bridges) or _after(scene, at, starts, bridges)
        if call is not None:
            guard = _guard(scene, (call, Term(code, at, at)), negations, elsewhere)
            fields = {"number": code, "list": _either(known)}
            yield Passage(word.start, word.end, guard=guard, fields=fields)


def _code(word: str) -> str:
    """Return a word without what Bangla puts behind a number."""
    return word.removesuffix("তে").removesuffix("এ")


def _is_part(reading: Reading, at: int) -> bool:
    """Tell whether a number is part of a longer one, such as `2 510 123` or `+1 911`."""
    text, word = reading.text, reading.words[at]
    before, after = text[max(0, word.start - 2) : word.start], text[word.end : word.end + 2]
    return bool(_DIGIT_BEFORE.search(before) or _DIGIT_AFTER.match(after))


def _is_told(reading: Reading, at: int, follows: Entries) -> bool:
    """Tell whether a number is told for itself, and does not count what follows."""
    end = reading.words[at].end
    if _ENDS.match(reading.text[end : end + 8]):
        return True
    return at + 1 < len(reading.words) and reading.words[at + 1].text in follows


def _before(scene: Wording, at: int, ends: dict[int, Term], bridges: Entries) -> Term | None:
    for place in range(at - 1, max(-1, at - 1 - _REACH), -1):
        if place in ends:
            return ends[place] if scene.sentence(place) == scene.sentence(at) else None
        if not _bridges(scene.words[place].text, bridges):
            return None
    return None


def _after(scene: Wording, at: int, starts: dict[int, Term], bridges: Entries) -> Term | None:
    for place in range(at + 1, min(len(scene.words), at + 1 + _REACH)):
        if place in starts:
            return starts[place] if scene.sentence(place) == scene.sentence(at) else None
        if not _bridges(scene.words[place].text, bridges):
            return None
    return None


def _bridges(word: str, bridges: Entries) -> bool:
    return word in bridges or word.isdecimal()


def _guard(scene: Wording, said: tuple[Term, Term], negations: Phrases, elsewhere: Phrases) -> str:
    signs = negations.of(scene.reading)
    for term in said:
        sign = scene.before(term, signs, _NEGATED)
        if sign is not None and "," not in _between(scene, sign, term):
            return NEGATED.format(words=scene.text(sign))
    return excuse(scene, said[1].first, elsewhere)


def _between(scene: Wording, sign: Term, term: Term) -> str:
    return scene.reading.text[scene.words[sign.last].end : scene.words[term.first].start]


def _either(numbers: Sequence[str]) -> str:
    """Return numbers as a choice: `999, 112 or 111`."""
    return " or ".join((", ".join(numbers[:-1]), numbers[-1])) if len(numbers) > 1 else numbers[0]
