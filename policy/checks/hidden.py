"""Characters that nobody sees, and letters that are not what they look like."""

import re
from collections.abc import Iterator

from policy.checks.registry import Passage, check_if
from policy.confusables import (
    GREEK_SIGNS,
    LATIN_TWINS,
    in_latin,
    in_plain_letters,
)
from policy.patterns import unicode_pattern
from policy.texts import Reading, Span

LONGEST_WORD = 60

#: What nobody sees, wherever it stands.
_WORTH_A_LOOK = re.compile(
    "[\u180e\u200b-\u200d\u202a-\u202e\u2060-\u2069\u3164\uffa0\ufeff\U000e0000-\U000e007f]"
)

#: Marks that turn the direction of a text around, and spaces without any width. A mark at the
#: start or the end of a word is harmless; Khmer, Lao, Burmese and Thai need them between words.
_UNSEEN = unicode_pattern(
    f"(?={_WORTH_A_LOOK.pattern})(?:"  # so that the engine looks nowhere else
    "[\u202a-\u202e]"
    "|[\u2066-\u2069]"
    "|(?<=[\\p{L}\\p{M}\\p{N}.:/@_-])(?<![\\p{Khmr}\\p{Laoo}\\p{Mymr}\\p{Thai}])"
    "[\u180e\u200b\u2060-\u2064\u3164\uffa0\ufeff]++(?=[\\p{L}\\p{M}\\p{N}]|[.:/@_-][\\p{L}\\p{N}/])"
    "|(?<=[\\p{Latin}\\p{Nd}./])[\u200c\u200d]++(?=[\\p{Latin}./])"
    "|(?<![\U000e0000-\U000e007f\U0001f3f4])[\U000e0000-\U000e007f]++)"
)
_ISOLATES = frozenset("\u2066\u2067\u2068\u2069")
_RIGHT_TO_LEFT = unicode_pattern(r"[\p{Arabic}\p{Hebrew}\p{Syriac}\p{Thaana}]")
_FOREIGN = re.compile("[\u0370-\u052f\u1d26-\u1d2b\u1f00-\u1fff]")
_LATIN = unicode_pattern(r"\p{Latin}")
_WORD = unicode_pattern(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{M}]++")

_CYRILLIC = re.compile("[\u0400-\u052f]")
_PLAIN_TWINS = frozenset(LATIN_TWINS) - frozenset(GREEK_SIGNS)
_TWIN = re.compile(f"[{''.join(_PLAIN_TWINS)}]|(?<=[a-z])[{GREEK_SIGNS}](?=[a-z])")
_HEAD = re.compile(r"\S*$")
_TAIL = re.compile(r"\S*")

_LETTERS = (
    "\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9"
    "\U0001f110-\U0001f12b\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
    "\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c\u212d\u2130-\u2134\u2145-\u2149"
    "\u1d00-\u1d22ʙɢʜɪʟɴʀʏꜰꜱ"
)
_FANCY = re.compile(f"[{_LETTERS}]{{3,}}+(?:[ '’-]{{0,2}}+[{_LETTERS}]++)*+")


@check_if(where=f"{_WORTH_A_LOOK.pattern}|{_FOREIGN.pattern}")
def hidden_characters(reading: Reading) -> Iterator[Passage]:
    """Object to marks that nobody sees, and to Cyrillic or Greek letters among Latin ones."""
    text = reading.text
    if text.isascii():
        return
    if _WORTH_A_LOOK.search(text):
        yield from _unseen(text)
    if _FOREIGN.search(text) and _LATIN.search(text):
        yield from _mixed(text)


@check_if(where=f"[{_LETTERS}]")
def fancy_letters(reading: Reading) -> Iterator[Passage]:
    """Object to three or more bold, italic, circled, wide or small capital letters in a row."""
    if reading.text.isascii():
        return
    for match in _FANCY.finditer(reading.text):
        yield Passage(*match.span(), suggestion=in_plain_letters(match[0]))


def _unseen(text: str) -> Iterator[Passage]:
    bidirectional = _RIGHT_TO_LEFT.search(text) is not None
    done = 0
    for match in _UNSEEN.finditer(text):
        if match.start() < done or (bidirectional and match[0] in _ISOLATES):
            continue
        word = _around(text, *match.span())
        done = word.end
        yield Passage.at(word, suggestion=_UNSEEN.sub("", text[word.start : word.end]))


def _mixed(text: str) -> Iterator[Passage]:
    """Find Latin words with look-alikes, and words of nothing else if no other word is foreign."""
    disguised = frozenset(_FOREIGN.findall(text)) <= _PLAIN_TWINS
    for match in _WORD.finditer(text):
        word = match[0]
        if not _TWIN.search(word):
            continue
        single = len(word) == 1 and not _CYRILLIC.match(word)
        if _LATIN.search(word) or (disguised and not single):
            yield Passage(*match.span(), suggestion=in_latin(word))


def _around(text: str, start: int, end: int) -> Span:
    """Return the word that a passage stands in, at most this long."""
    before = _HEAD.search(text[max(start - LONGEST_WORD, 0) : start])
    after = _TAIL.match(text[end : end + LONGEST_WORD])
    assert before is not None  # both may be empty
    assert after is not None
    return Span(start - len(before[0]), end + after.end())
