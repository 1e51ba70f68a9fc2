"""`countersign check`: apply the policy to texts, for people and in bulk."""

import json
import sys
from collections.abc import Iterable, Sequence
from io import BufferedIOBase
from typing import BinaryIO

from bot.commands.settings import Mistake, complain, or_mistake
from policy import library
from policy.bulk import check_line
from policy.rules import Finding, Post, Severity, review

FOUND = 1
FINE = "Nothing to object to."


def check_texts(
    texts: Sequence[str], packs: Sequence[str], *, platform: str, purpose: str, region: str
) -> int:
    """Check texts and say what was found. Returns 1 if one must not be posted as it is."""
    try:
        rules = or_mistake(lambda: library.load(tuple(packs)))
    except Mistake as mistake:
        return complain(str(mistake))
    stopped = False
    for text in texts:
        post = Post(text=text.rstrip("\n"), platform=platform, purpose=purpose, region=region)
        found = review(post, rules)
        _show(post.text, found)
        stopped = stopped or any(finding.severity is Severity.BLOCK for finding in found)
    return FOUND if stopped else 0


def _show(text: str, found: Iterable[Finding]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    shown = Text(_printable(text))
    findings = list(found)
    for finding in findings:
        if finding.start is not None and finding.end is not None:
            shown.stylize("underline", finding.start, finding.end)
    console.print(shown)
    for finding in findings:
        said = f"  {finding.severity}: {finding.say} [{finding.rule}; {finding.source}]"
        console.print(Text(_printable(said)))
    if not findings:
        console.print(Text(f"  {FINE}"))


def _printable(text: str) -> str:
    """Replace what could command a terminal, one character for one."""
    return "".join(
        character if character.isprintable() or character == "\n" else "�" for character in text
    )


def check_lines(lines: BinaryIO | BufferedIOBase, packs: Sequence[str]) -> int:
    """Check JSON Lines, one answer a line and in order. Returns 1 if a line had a finding."""
    try:
        or_mistake(lambda: library.load(tuple(packs)))
    except Mistake as mistake:
        return complain(str(mistake))
    found = False
    for line in lines:
        answer = check_line(line.decode("utf-8", "replace"), packs)
        found = found or bool(answer.get("findings")) or "error" in answer
        sys.stdout.write(f"{json.dumps(answer, ensure_ascii=True)}\n")
        sys.stdout.flush()
    return FOUND if found else 0
