"""The rules in force: read once, kept ready, and replaced only by rules that are right."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock

from policy import library
from policy.documents import DocumentError
from policy.library import SHIPPED, Override, Pack
from policy.rules import Ruleset

Packs = tuple[str, ...]


def digests(folder: Path) -> dict[str, str]:
    """Return a digest of each pack and word list in a folder, by its name."""
    paths = [*folder.glob("*.yaml"), *folder.glob("lists/*.yaml")]
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths
    }


class Shelf:
    """The rules of each combination of packs, from a folder of packs and those that ship.

    When files are read again and one of them is wrong, all rules stay as they were.
    """

    def __init__(self, folder: Path = SHIPPED) -> None:
        self.folder = folder
        self._rules: dict[Packs, Ruleset] = {}
        self._reload: int | None = None  # the number of the newest one that this shelf knows of
        self._files = digests(folder)
        self._lock = Lock()

    def rules(self, packs: Sequence[str]) -> Ruleset:
        """Return the rules of an office. Raises `DocumentError` if its packs are wrong."""
        wanted = tuple(packs)
        if wanted not in self._rules:
            self._rules[wanted] = library.load(wanted, self.folder)
        return self._rules[wanted]

    def look(self, pack: str) -> Ruleset:
        """Return the rules of any pack, without putting them into force.

        Raises `DocumentError` if it is wrong.
        """
        return self._rules.get((pack,)) or library.load((pack,), self.folder)

    def changes(self, packs: Sequence[str]) -> tuple[tuple[Pack, Override], ...]:
        """List how packs change rules; nothing while their files are wrong."""
        try:
            return tuple(library.changes(packs, self.folder))
        except DocumentError:
            return ()

    def names(self) -> tuple[str, ...]:
        """Name the packs there are."""
        return library.available(self.folder)

    def reload(self, wanted: Iterable[Sequence[str]] = ()) -> tuple[str, ...]:
        """Read the files again. Returns the names of those that have changed.

        Raises `DocumentError` that names each mistake; then the old rules stay in force.
        """
        with self._lock:
            were, files = self._files, digests(self.folder)
            library.forget()
            every = dict.fromkeys([*self._rules, *map(tuple, wanted)])
            self._rules = {packs: library.load(packs, self.folder) for packs in every}
            self._files = files
            return tuple(n for n in sorted(were | files) if were.get(n) != files.get(n))

    def follow(self, number: int) -> str:
        """Read the files again if another process did. Returns what is wrong with them."""
        if number == self._reload:
            return ""
        was, self._reload = self._reload, number
        if was is None:
            return ""
        try:
            self.reload()
        except DocumentError as error:
            return str(error)
        return ""

    def note(self, number: int) -> None:
        """Note that this shelf is as new as a reload."""
        self._reload = number
