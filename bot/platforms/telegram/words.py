"""Our messages in Telegram's terms: plain text, and marks that say where what begins and ends.

No parse mode is used, so nobody's words are ever read as markup. Telegram itself still looks
for mentions, links, commands and the like in plain text; in `code` and `pre` it does not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from handlers.chat import Button, Line, Message, Quote, Style
from handlers.words import Run, clean, runs

LONGEST = 4096  # UTF-16 units
MOST_MARKS = 100  # Telegram ignores those beyond
DATA_LIMIT = 64  # bytes
LABEL_LIMIT = 64  # characters
SHORT_LABEL = 18  # two buttons share a row if both labels are this short
LINE_LIMITS = (200, 100, 50)  # characters to which our lines are cut, as far as needed
STYLES = {Style.PLAIN: None, Style.PRIMARY: "primary", Style.DANGER: "danger"}
BOLD, CODE, PRE = MessageEntity.BOLD, MessageEntity.CODE, MessageEntity.PRE

#: What Telegram would turn into a mention, hashtag, cashtag, e-mail address, link, command,
#: bank card or phone number. The first four are taken with the word round them.
ACTIVE = re.compile(
    r"\S*(?:[@#$]|:/|\.(?=\S)|(?<!\w)/(?=\w))\S*"
    r"|\+?\d(?:[ ().-]*\d){6,}"
    r"|\d{5,}"
)


@dataclass(frozen=True)
class Mark:
    """A look for a stretch of text, counted in characters."""

    look: str
    start: int
    end: int


@dataclass(frozen=True)
class Rendered:
    """A message as Telegram takes it."""

    text: str
    marks: tuple[Mark, ...]

    def entities(self) -> list[MessageEntity]:
        """Return the marks as Telegram counts them, in UTF-16 units."""
        return [
            MessageEntity(
                mark.look, units(self.text[: mark.start]), units(self.text[mark.start : mark.end])
            )
            for mark in self.marks
        ]


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def render(message: Message) -> Rendered:
    """Write a message so that it fits: our lines are shortened before anybody's words are cut."""
    rendered = _write(message, None)
    for limit in LINE_LIMITS:
        if units(rendered.text) <= LONGEST:
            break
        rendered = _write(message, limit)
    return _few_marks(_fitting(rendered))


def keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Write the buttons, two in a row where their labels are short."""
    if not buttons:
        return None
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        written = _button(button)
        beside = rows[-1] if rows else []
        if len(beside) == 1 and max(len(each.text) for each in [*beside, written]) <= SHORT_LABEL:
            beside.append(written)
        else:
            rows.append([written])
    return InlineKeyboardMarkup(rows)


def _button(button: Button) -> InlineKeyboardButton:
    data = f"{button.action}:{button.value}"
    if len(data.encode()) > DATA_LIMIT:
        raise ValueError(f"the button “{button.action}” carries more than {DATA_LIMIT} bytes")
    return InlineKeyboardButton(
        button.label[:LABEL_LIMIT], callback_data=data, style=STYLES[button.style]
    )


def _write(message: Message, limit: int | None) -> Rendered:
    text, marks = "", list[Mark]()
    for number, part in enumerate(message.parts):
        text += "\n" if number else ""
        for piece, look in _quote(part) if isinstance(part, Quote) else _line(part, limit):
            if look and piece:
                marks.append(Mark(look, len(text), len(text) + len(piece)))
            text += piece
    return Rendered(text, tuple(_joined(marks)))


def _quote(quote: Quote) -> Iterator[tuple[str, str]]:
    yield clean(quote.quoted), PRE


def _line(line: Line, limit: int | None) -> Iterator[tuple[str, str]]:
    """Split a line into pieces and their looks."""
    left = limit
    for run in runs(line):
        if left is not None and len(run.text) > left:
            run = replace(run, text=f"{run.text[: max(left - 1, 0)]}…")
            yield from _pieces(run)
            return
        left = None if left is None else left - len(run.text)
        yield from _pieces(run)


def _pieces(run: Run) -> Iterator[tuple[str, str]]:
    """Set apart what Telegram would make active in somebody's words."""
    text, usual = clean(run.text), BOLD if run.strong else ""
    if not run.foreign:
        yield text, usual
        return
    found = [match.span() for match in ACTIVE.finditer(text)]
    borders = [0, *(border for span in found for border in span), len(text)]
    for number, (start, end) in enumerate(pairwise(borders)):
        yield text[start:end], CODE if number % 2 else usual


def _joined(marks: Sequence[Mark]) -> list[Mark]:
    """Make one mark of neighbours with the same look."""
    joined: list[Mark] = []
    for mark in marks:
        before = joined[-1] if joined else None
        if before and (before.look, before.end) == (mark.look, mark.start):
            joined[-1] = replace(before, end=mark.end)
        else:
            joined.append(mark)
    return joined


def _fitting(rendered: Rendered) -> Rendered:
    """Cut the end, if there is no other way."""
    if units(rendered.text) <= LONGEST:
        return rendered
    head = rendered.text.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore")
    marks = (replace(mark, end=min(mark.end, len(head))) for mark in rendered.marks)
    return Rendered(f"{head}…", tuple(mark for mark in marks if mark.start < mark.end))


def _few_marks(rendered: Rendered) -> Rendered:
    """Give up looks before safety: bold first, then everything becomes one block."""
    if len(rendered.marks) <= MOST_MARKS:
        return rendered
    needed = tuple(mark for mark in rendered.marks if mark.look != BOLD)
    if len(needed) <= MOST_MARKS:
        return replace(rendered, marks=needed)
    return replace(rendered, marks=(Mark(PRE, 0, len(rendered.text)),))
