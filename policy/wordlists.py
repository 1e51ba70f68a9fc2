"""Word lists: files of their own, each with an owner, a source, a date and a change log."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo

from policy.documents import Document, DocumentError

FOLDER = Path(__file__).with_name("lists")

DAY = r"^\d{4}-\d\d-\d\d$"

BOTH = "give either `entries` (one on a line) or `words` (parted by spaces)"
TWICE = "{entry!r} stands in the list twice"
NO_LIST = "there is no word list {name!r}"


class WordList(BaseModel):
    """A word list. What follows `#` in an entry is a remark."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    list: str
    owner: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    date: Annotated[str, Field(pattern=DAY)]
    changes: Annotated[tuple[str, ...], Field(min_length=1)]
    entries: str = ""
    words: str = ""

    def items(self) -> tuple[str, ...]:
        """Return the entries, in the order of the file."""
        lines = (line.partition("#")[0].strip() for line in self.entries.splitlines())
        found = (*filter(None, lines), *self.words.split())
        return tuple(unicodedata.normalize("NFC", item) for item in found)


def parse(text: str, source: str) -> tuple[str, ...]:
    """Read a word list. Raises `DocumentError` that names the line of each mistake."""
    document = Document(text, source)
    found = document.as_(WordList)
    document.complain(_mistakes(found))
    return found.items()


def _mistakes(found: WordList) -> Iterator[tuple[tuple[str], str]]:
    if bool(found.entries) == bool(found.words):
        yield ("entries",), BOTH
    seen: set[str] = set()
    for item in found.items():
        if item in seen:
            yield ("entries" if found.entries else "words",), TWICE.format(entry=item)
        seen.add(item)


def load(name: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """Read the list of a name: from a folder, or else the one that ships."""
    for each in (folder, FOLDER):
        path = each / f"{name}.yaml"
        if path.is_file():
            return _read(path)
    raise DocumentError(NO_LIST.format(name=name))


def forget() -> None:
    """Forget what was read, so that changed files are read again."""
    _read.cache_clear()


@cache
def _read(path: Path) -> tuple[str, ...]:
    return parse(path.read_text("utf-8"), path.name)


def named(value: object, info: ValidationInfo) -> tuple[str, ...]:
    """Validate a `with:` option that names one or more lists: return their entries."""
    names = value if isinstance(value, list | tuple) else [value]
    folder = info.context if isinstance(info.context, Path) else FOLDER
    return tuple(entry for name in names for entry in load(str(name), folder))
