"""The screen: messages as their readers see them, at most 80 columns wide.

Our words and other people's are told apart by a bar, never by colour alone. Whatever people
write is shown as it is: it cannot command the terminal.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from bot.platforms.sandbox import Shown
from handlers.chat import Field, Form, Message, Option, Part, Quote
from handlers.words import BIDI_CONTROLS, END_ISOLATE, ISOLATE, runs

WIDEST = 80
MARGIN = "    "
BAR = "│ "
PICTURES = 0x2400  # where Unicode keeps visible pictures of control characters
UPDATED = " (card updated)"
FORM = "Slack opens a form for {name}: {title}"
KNOWN_FORM = "Slack opens that form for {name}: {title}"
MAY_BE_EMPTY = " (may be left out)"
FILE = "( {name} )"
FILE_SHOWS = "( {name}: {words} )"


def literal(text: str) -> str:
    """Make every character visible that could command a terminal or turn its text around."""
    text = text.replace(ISOLATE, "").replace(END_ISOLATE, "")
    return "".join(_harmless(character) for character in text)


def _harmless(character: str) -> str:
    if character == "\n":
        return character
    if character == "\t":
        return "    "
    if character < " ":
        return chr(PICTURES + ord(character))
    if character == "\x7f":
        return "␡"
    if BIDI_CONTROLS.match(character):
        return f"⟨U+{ord(character):04X}⟩"
    return "�" if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") else character


class Screen:
    """Writes to a terminal, to a file, or to a test."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        self.width = max(40, min(WIDEST, self.console.width))
        self.recorded: list[Text] = []  # what was shown since the last heading

    def heading(self, text: str) -> None:
        """Begin a step."""
        self.recorded = []
        self.put()
        self.put(Text(f"── {text} ".ljust(self.width, "─"), style="bold cyan"))

    def tells(self, text: str, *, margin: str = "") -> None:
        """Say something in the demo's own voice."""
        self.wrapped(Text(literal(text)), margin)

    def typed(self, line: str) -> None:
        """Show what somebody does, as it would be typed at the prompt."""
        self.put()
        self.wrapped(Text(literal(line), style="green"), "  ", first="> ")

    def clock(self, text: str) -> None:
        """Show that time has passed."""
        self.put()
        self.put(Text(literal(text), style="dim"))

    def message(self, places: Sequence[tuple[str, Shown]], *, is_news: bool = False) -> None:
        """Show one message, with each place where it stands: its copies are alike."""
        self.put()
        for place, shown in places:
            changed = UPDATED if is_news and shown.edits else ""
            self.wrapped(Text(f"#{shown.id} {place}{changed}", style="dim"), " " * 5, first=" ")
        self.body(places[0][1].message)

    def body(self, message: Message) -> None:
        """Show the lines, the quotes and the buttons of a message; a file in words."""
        for part in message.parts:
            self.part(part)
        if file := message.made or message.media:
            said = (FILE_SHOWS if file.alt else FILE).format(name=file.name, words=file.alt)
            self.wrapped(Text(literal(said), style="dim"), MARGIN)
        if message.buttons:
            labels = (f"[ {literal(button.label)} ]" for button in message.buttons)
            for row in self._rows(labels):
                self.put(Text(MARGIN + row, style="bold"))

    def part(self, part: Part) -> None:
        """Show a line of ours, or a quote behind its bar."""
        if isinstance(part, Quote):
            for text in literal(part.quoted).split("\n"):
                self.wrapped(Text(text, style="yellow"), MARGIN + BAR)
            return
        line = Text()
        for run in runs(part):
            line.append(literal(run.text), style="bold" if run.strong else "")
        self.wrapped(line, MARGIN)

    def form(self, form: Form, name: str, *, brief: bool = False) -> None:
        """Show a form that has opened before somebody."""
        self.put()
        said = (KNOWN_FORM if brief else FORM).format(name=name, title=form.title)
        self.wrapped(Text(literal(said), style="dim"), " " * 5, first=" ")
        if brief:
            return
        wide = max(len(field.name) for field in form.fields) + 2
        for field in form.fields:
            self._field(field, wide)

    def _field(self, field: Field, wide: int) -> None:
        label = literal(field.label) + ("" if field.required else MAY_BE_EMPTY)
        self.wrapped(Text(label), MARGIN + " " * wide, first=f"{MARGIN}{field.name:<{wide}}")
        options = " · ".join(_named(option) for option in field.options)
        for text in (literal(options), literal(field.hint)):
            if text:
                self.wrapped(Text(text, style="dim"), MARGIN + " " * wide)
        if field.initial:
            for text in literal(field.initial).split("\n"):
                self.wrapped(Text(text, style="yellow"), MARGIN + " " * wide + BAR)

    def table(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show pairs in two columns; the second one wraps."""
        wide = max((cell_len(left) for left, _ in rows), default=0) + 2
        for left, right in rows:
            first = f"  {set_cell_size(literal(left), wide)}"
            self.wrapped(Text(literal(right)), " " * (wide + 2), first=first)

    def wrapped(self, text: Text, margin: str, *, first: str | None = None) -> None:
        """Write a text within the width, each line behind a margin."""
        room = self.width - len(margin)
        lines = text.wrap(self.console, room, overflow="fold") if text.plain else [Text()]
        for number, line in enumerate(lines):
            line.rstrip()
            start = first if number == 0 and first is not None else margin
            self.put(Text.assemble(start, line))

    def put(self, text: Text | None = None) -> None:
        """Write one line as it is."""
        line = text or Text()
        line.rstrip()
        self.recorded.append(line)
        self.console.print(line, soft_wrap=True)

    def again(self, lines: Sequence[Text]) -> None:
        """Show once more what was recorded."""
        for line in lines:
            self.console.print(line, soft_wrap=True)

    def _rows(self, labels: Iterable[str]) -> Iterator[str]:
        row = ""
        for label in labels:
            longer = f"{row} {label}".strip()
            if row and cell_len(MARGIN + longer) > self.width:
                yield row
                longer = label
            row = longer
        if row:
            yield row


def _named(option: Option) -> str:
    """Name an option; one that has only a number gets it shown, so that it can be typed."""
    return f"{option.value} {option.label}" if option.value.isdecimal() else option.label


def alike(news: Sequence[tuple[str, Shown]]) -> list[list[tuple[str, Shown]]]:
    """Put copies together: messages that say the same, in the order of the first of each."""
    firsts: list[Message] = []
    for _, shown in news:
        if shown.message not in firsts:
            firsts.append(shown.message)
    ranked = sorted(news, key=lambda pair: firsts.index(pair[1].message))
    return [list(group) for _, group in groupby(ranked, key=lambda pair: pair[1].message)]
