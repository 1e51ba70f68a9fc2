"""Signs that a text is about one recognisable person: age, name, place."""

import re
from collections.abc import Iterator
from itertools import islice

from policy.patterns import Linear, unicode_pattern
from policy.texts import Span

ADULT = 18

#: So many signs of one kind are looked at in a text.
MOST = 50

#: A name begins at most so many characters before what is said of it.
_LONGEST_NAME = 130

#: Words with a capital that are no names of people or places.
_OTHER_CAPITALS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december covid dengue typhoid hiv tb aids hospital
    a an the our this that these those one every each any some former local new senior young old
    male female in on at from for with after before when if as by and but or so her his their my
    your its it he she they we you i meet well done congratulations happy thanks thank please
    read watch see join today yesterday tomorrow year grade class room route bus team group page
    part chapter section form level key stage aged age day week number no
    """.split()  # noqa: SIM905 - a list of words reads better as words
)

_NAME = r"\p{Lu}[\p{L}\p{M}'’-]{1,30}"
_NAMES = rf"{_NAME}(?: {_NAME}){{0,3}}"
_YOUNG = (
    r"(?:(?:[Ss]chool ?(?:girl|boy)|[Pp]upil|[Tt]oddler|[Yy]oungster|[Ll]ittle (?:girl|boy)|"
    r"[Yy]oung (?:girl|boy)|[Éé]lève|[Zz]?[Ee]lev)\b|"
    r"\b(?:[Yy]ear|[Gg]rade|[Cc]lass|[Ss]tandard|[Pp]rimary|[Ff]orm|P|S) ?\d{1,2}\b"
    r"(?: (?:pupil|student|girl|boy|winner|champion))?)"
)
_FEW = (
    r"(?i:1?\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen)"
)
#: Without one of these no child is named, for google-re2.
HINT = (
    rf"(?:[,(] ?| is | was | turned | turns |[Aa]ged? |who is ){_FEW}\b|{_FEW}[ -]years?[ -]old|"
    r"[Pp]upil|chool ?(?:girl|boy)|oddler|oungster|(?:oung|ittle) (?:girl|boy)|[Éé]lève|[Ee]lev\b|"
    r"\b(?:[Yy]ear|[Gg]rade|[Cc]lass|[Ss]tandard|[Pp]rimary|[Ff]orm|P|S) ?\d|"
    r"[\x{980}-\x{9ff}] ?\("
)
_HINTED = Linear(HINT)
_AGE_AFTER_NAME = unicode_pattern(
    r"(?:, (?:aged? |who is |who was |who turned |i annan |âgée? de )?| \(?aged? | \(|"
    r" is | was | turned | turns )"
    rf"(?P<age>{_FEW})(?=[),.!;]|[ -]years?[ -]old| ans\b| an\b| and | today| yesterday|\s*$)"
)
_AGE_BEFORE_NAME = unicode_pattern(
    rf"(?:\b(?P<age>{_FEW})[ -]years?[ -]old|\b[Aa]ged? (?P<aged>{_FEW})\b)"
    rf",?(?: \p{{Ll}}{{1,15}}){{0,3}} (?P<name>{_NAMES})"
)
_BANGLA_CHILD = re.compile(
    "(?:ছাত্র|শিক্ষার্থী|শিশু|কন্যা|ছেলে|মেয়ে|মেয়ে)[\u0980-\u09ff, ]{1,60}"
    r"\((?:বয়স ?|বয়স ?)?(?P<age>1?\d)(?: ?বছর)?\)"
)
_YOUNG_ONE = unicode_pattern(_YOUNG)
_NAME_AFTER = unicode_pattern(rf",? (?:called |named )?(?P<name>{_NAMES})")
_NAME_BEFORE = unicode_pattern(
    rf"(?P<name>{_NAMES})(?:,? \(?(?:who is |is )?(?:(?:a|an|in|our|the|from) )?(?:\p{{Ll}}+ )?)?$"
)

_AGE = re.compile(
    r"\b\d{1,3}[ -]years?[ -]old\b|\baged? \d{1,3}\b(?! ?(?:to|and|or|[-–+])(?![a-z]))|"
    r"(?<=\w), \d{1,2}(?=,)|(?<=\w) \(\d{1,2}\)|\b\d{1,3} ans?\b|\d{1,3} ?বছর|"
    r"\bin (?:his|her) (?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties)\b"
)
_PLACE = unicode_pattern(
    r"\b(?:from|in|at|near|outside|dan|sorti|à|mai|(?<=\p{Ll}\s)of)\s(?:the\s|our\s)?"
    rf"(?P<name>{_NAME})"
)
_TITLED = unicode_pattern(
    rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Nurse|Pastor|Rev|Reverend|Sergeant|Sgt|Constable|Inspector|Captain|"
    rf"Madam|Mme|Mlle|Msye|Madanm|Cllr|Councillor|Professor|Sister|Matron)\.? {_NAME}|"
    "(?:জনাব|মিসেস|মোঃ|মোছাঃ|ডা[.:]?) [\u0980-\u09ff]{2}"
)
_DIGITS = {0x09E6 + value: str(value) for value in range(10)}


def children(text: str) -> Iterator[tuple[str, Span]]:
    """Find names beside an age below 18, or beside a word for a pupil: each with its place."""
    if next(_HINTED.hits(text), None) is None:
        return
    text = text.translate(_DIGITS)
    for match in islice(_AGE_AFTER_NAME.finditer(text), MOST):
        yield from _with_name_before(text, match)
    for match in islice(_AGE_BEFORE_NAME.finditer(text), MOST):
        if _is_young(match["age"] or match["aged"]):
            yield match["name"], Span(*match.span())
    for match in islice(_YOUNG_ONE.finditer(text), MOST):
        yield from _with_name_before(text, match)
        after = _NAME_AFTER.match(text, match.end())
        if after:
            yield after["name"], Span(match.start(), after.end())
    for match in islice(_BANGLA_CHILD.finditer(text), MOST):
        if _is_young(match["age"]):
            yield "", Span(*match.span())


def is_name(words: str) -> bool:
    """Tell whether words with a capital can be somebody's name."""
    return not _OTHER_CAPITALS.issuperset(words.lower().split())


def tells_age(sentence: str) -> bool:
    """Tell whether a sentence gives the age of one person."""
    return bool(_AGE.search(sentence.translate(_DIGITS)))


def tells_place(sentence: str) -> bool:
    """Tell whether a sentence names a place that somebody is from, or in."""
    return any(is_name(match["name"]) for match in islice(_PLACE.finditer(sentence), MOST))


def tells_name(sentence: str, end: int) -> bool:
    """Tell whether a sentence gives somebody's name: with a title, or in full before `end`."""
    if _TITLED.search(sentence):
        return True
    before = sentence[max(0, end - _LONGEST_NAME) : end]
    match = _NAME_BEFORE.search(re.sub(r",? \(?\d+\)?,?$", "", before.rstrip()))
    return match is not None and " " in match["name"] and is_name(match["name"].split()[0])


def _is_young(years: str) -> bool:
    """Tell whether an age, in digits or a word for a small number, is that of a child."""
    return not years.isdigit() or int(years) < ADULT


def _with_name_before(text: str, match: "re.Match[str]") -> Iterator[tuple[str, Span]]:
    age = match.groupdict().get("age")
    if age is not None and not _is_young(age):
        return
    begin = max(0, match.start() - _LONGEST_NAME)
    before = _NAME_BEFORE.search(text[begin : match.start()])
    if before:
        yield before["name"], Span(begin + before.start(), match.end())
