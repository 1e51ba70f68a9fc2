"""`countersign check` for people: each text with its findings marked, and what to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands.mistakes import Mistake, complain, or_mistake
from policy import library
from policy.entries import UNKNOWN, VOCABULARY, Example
from policy.rules import Finding, Post, Ruleset, Severity, examine

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

FOUND = 1
FINE = "Nothing to object to."
WHY = "Why: {why}"
RULE = "Rule: {rule}, {pack}. Source: {source}"
INSTEAD = "Instead: {suggestion}"
EXCUSED = "let pass: “{found}” (guard applied: {guard}; rule: {rule})"

STYLES: Mapping[Severity, str] = {
    Severity.BLOCK: "bold red",
    Severity.SENIOR: "magenta",
    Severity.WARN: "yellow",
    Severity.INFO: "cyan",
}

#: What joins letters and emoji commands no terminal, and Bangla cannot be read without it.
JOINERS = "\u200c\u200d"


def check_texts(
    texts: Iterable[str],
    packs: Sequence[str],
    known: Mapping[str, Any],
    folder: Path | None = None,
) -> int:
    """Check texts and say what was found. Returns 1 if one must not be posted as it is."""
    try:
        rules = or_mistake(lambda: library.load(packs, folder or library.SHIPPED))
        posts = [or_mistake(partial(post_of, text, known)) for text in texts]
    except Mistake as mistake:
        return complain(str(mistake))
    stopped = [shown(post, rules) for post in posts]
    return FOUND if any(stopped) else 0


def post_of(text: str, known: Mapping[str, Any]) -> Post:
    """Return a text as a post. Raises `ValueError` for a platform or a purpose nobody knows."""
    for name, (what, words) in (
        ("platform", VOCABULARY["platforms"]),
        ("purpose", VOCABULARY["purposes"]),
        ("periods", VOCABULARY["periods"]),
    ):
        given = known.get(name) or ()
        for word in [given] if isinstance(given, str) else given:
            if word not in words:
                raise ValueError(UNKNOWN.format(what=what, name=word, known=", ".join(words)))
    about = Example.model_validate({"text": text.rstrip("\n"), **known})
    if about.now is not None and about.now.tzinfo is None:
        about = about.model_copy(update={"now": about.now.replace(tzinfo=UTC)})
    return about.post()


def shown(post: Post, rules: Ruleset) -> bool:
    """Show a post with its findings. Returns whether one of them stops it."""
    from rich.console import Console
    from rich.padding import Padding

    verdict = examine(post, rules)
    console = Console(highlight=False)
    wrapped = console.is_terminal  # what goes to a file or a program keeps its lines
    console.print(marked(post.text, verdict.findings), soft_wrap=not wrapped)
    for line in said(verdict.findings, verdict.excused):
        console.print(Padding(line, (0, 0, 0, 2)) if wrapped else line, soft_wrap=not wrapped)
    console.print()
    return any(each.severity is Severity.BLOCK for each in verdict.findings)


def marked(text: str, found: Sequence[Finding]) -> "Text":
    """Underline what was found, in the colour of the worst finding there."""
    from rich.text import Text

    shown = Text(printable(text))
    for each in reversed(found):
        if each.start is not None and each.end is not None:
            shown.stylize(f"underline {STYLES[each.severity]}", each.start, each.end)
    return shown


def said(found: Sequence[Finding], excused: Sequence[Finding]) -> "Iterator[RenderableType]":
    """Say what was found, the worst first, and then what was let pass and why."""
    from rich.text import Text

    for each in found:
        yield Text.assemble(
            (f"{each.severity}: ", STYLES[each.severity]), (printable(each.say), "bold")
        )
        if each.suggestion:
            yield Text("  " + printable(INSTEAD.format(suggestion=each.suggestion)))
        yield Text("  " + printable(WHY.format(why=each.why)))
        about = RULE.format(rule=each.rule, pack=each.pack, source=each.source)
        yield Text("  " + printable(about), "dim")
    for each in excused:
        passed = EXCUSED.format(found=each.found, guard=each.guard, rule=each.rule)
        yield Text(printable(passed), "dim")
    if not found:
        yield Text(FINE)


def printable(text: str) -> str:
    """Replace what could command a terminal, one character for one."""
    return "".join(
        each if each.isprintable() or each in f"\n{JOINERS}" else " " if each == "\t" else "�"
        for each in text
    )
