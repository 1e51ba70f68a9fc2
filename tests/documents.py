"""The documents of the project, and what can be read from them."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md")])


def text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def rows(markdown: str) -> list[list[str]]:
    """Read the cells of every table row, without the headings."""
    body = re.sub(r"^\|.*\n\| ---.*\n", "", markdown, flags=re.MULTILINE)
    lines = (line for line in body.splitlines() if line.startswith("| "))
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
