"""What a template leaves in a text: `[INSERT NAME]`, `{{date}}`, `XX`, `DRAFT`, `TBC`."""

import re
from collections.abc import Iterator

from policy.checks.registry import Passage, check_if
from policy.findings import Severity
from policy.terms import Entries
from policy.texts import Reading, shadow

#: Without one of these there is nothing to find, for google-re2. `<` may have a stroke through it.
_SIGNS = "[[{<≮［【]|[Xx]{2}|%%|__|খস|orem |OREM |nsert |goes here|TB[ACD]|DRAFT|BROUILLON"

#: So far from a number is looked for what it counts.
_NEAR = 30

_BRACKETS = re.compile(
    r"[\[%_ {$［【<](?:"
    r"(?P<blank>(?<=\[)[●•_?]{1,10}\]|(?<=%)%[A-Z][\w ]{1,40}%%|(?<=_)_[A-Z][A-Z_ ]{1,40}__"
    r"|(?<=: )_{3,80}|(?<=:_)_{2,79})"
    r"|(?P<curly>(?<=\{)\{[^{}\n]{0,80}\}\}|(?:(?<=\{)|(?<=\$)\{)[^\W\d][\w .-]{0,40}\})"
    r"|(?P<square>(?<=\[)[^\[\]\n]{1,80}\](?! ?\()|(?<=［)[^\n］]{1,80}］|(?<=【)[^\n】]{1,80}】)"
    r"|(?P<angle>(?<=<)<?[^\s<>][^<>\n]{0,80}>{1,2}))"
)
_THING = "(?:name|text|caption|photo|picture|image|link|date|time|hashtag|location|url|quote|title)"
_LOREM_SIGNS = ("lorem", " here")
_LOREM = re.compile(
    rf"\blorem ipsum\b|\binsert (?:the |your |a )?{_THING} here\b|\b{_THING} goes here\b",
    re.IGNORECASE,
)
_PART = r"(?:[/.:-](?:[Xx]{2,4}|\d{2,4}))"
_CROSSES = re.compile(
    r"[Xx\d](?<![\w-].)(?:"
    rf"(?<=X)X+(?:[ap]m)?|(?<=[Xx])[Xx]{{1,3}}{_PART}|(?<=\d)\d?[/.:-][Xx]{{2}}){_PART}?(?!\w)"
)
#: Digits that were covered on purpose: XXXX-XXXX-1234.
_COVERED = re.compile(r"[- ]?(?:X{2,9}[- ]?){0,5}\d{3,4}(?!\d)")
_ROMAN = frozenset(("XX", "XXX"))

_DRAFT_SIGNS = ("DRAFT", "BROUILLON", "খস")
_DRAFT = "DRAFT|BROUILLON|খস(?:\u09dc|\u09a1\u09bc)া"
_ALONE = re.compile(
    rf"(?m)^\W{{0,5}}(?:{_DRAFT})"
    r"(?:[ ](?:ONLY|COPY|TEXT|POST|VERSION|[vV]?[0-9.]{1,4}))?\W{0,5}$"
    r"|^(?:DRAFT|BROUILLON)(?:[ ][vV]?[0-9.]{1,4})?[ ]?[:–—|-]"
    rf"|[\[(](?:{_DRAFT})[\])]"
    r"|(?<=[.!?–—-][ ])DRAFT\W{0,5}$"
)
_LATER = re.compile(r"TB(?<![\w/@#.-]..)[ACD](?![\w/-])")
_WORD = re.compile(r"[^\W\d_]+(?:[^\W\d_]|[^\x00-\x7f\s\]>}])*")


@check_if(where=_SIGNS)
def placeholder(
    reading: Reading, *, fillers: Entries, orders: Entries, labels: Entries, numbered: Entries
) -> Iterator[Passage]:
    """Object to what a template leaves in a text. `TBC` is a tip only.

    In brackets, the first words have to be one of `fillers`, such as `name`, or one word
    one of `orders`, such as `insert`; what begins so but has one of `labels`, such as `video` or
    `withheld`, passes. Beside one of `numbered`, such as `chapter` or `century`, XX is a number.
    """
    text = reading.text
    for match in _BRACKETS.finditer(text):
        if match["curly"] or match["blank"] or _asks(match[0], fillers, orders, labels):
            yield Passage(*match.span())
    for match in _CROSSES.finditer(text):
        if not _is_number(text, match, numbered):
            yield Passage(*match.span())
    folded = text.casefold()
    if any(sign in folded for sign in _LOREM_SIGNS):
        yield from (Passage(*match.span()) for match in _LOREM.finditer(text))
    if any(sign in text for sign in _DRAFT_SIGNS):
        yield from (Passage(*match.span()) for match in _ALONE.finditer(text))
    for match in _LATER.finditer(text):
        yield Passage(*match.span(), severity=Severity.INFO)


def _asks(bracket: str, fillers: Entries, orders: Entries, labels: Entries) -> bool:
    """Tell whether somebody was to write something in the place of a bracket."""
    words = _WORD.findall(shadow(bracket.lower(), "NFC").text)
    if not orders.isdisjoint(words):
        return True
    beginnings = {" ".join(words[:count]) for count in (1, 2, 3)}
    return "@" not in bracket and labels.isdisjoint(words) and not fillers.isdisjoint(beginnings)


def _is_number(text: str, match: re.Match[str], numbered: Entries) -> bool:
    """Tell whether crosses are a Roman number, or digits covered on purpose."""
    if _COVERED.match(text, match.end()):
        return True
    if match[0] not in _ROMAN:
        return False
    before = _WORD.findall(text[max(match.start() - _NEAR, 0) : match.start()].lower())[-1:]
    after = _WORD.findall(text[match.end() : match.end() + _NEAR].lower())[:2]
    return not numbered.isdisjoint((*before, *after))
