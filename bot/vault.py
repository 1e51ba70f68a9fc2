"""Where the bytes of attachments are kept: by their content, readable by the bot alone.

Nothing here is ever executed or rendered; what it is, the examination says.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO


class TooLarge(Exception):
    """More bytes came than a file may have."""


@dataclass
class Incoming:
    """A file on its way in: written to a temporary place, counted and digested as it comes."""

    path: Path
    limit: int
    handle: BinaryIO
    size: int = 0
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def write(self, data: bytes) -> None:
        """Take some bytes. Raises `TooLarge` before more than the limit is stored."""
        self.size += len(data)
        if self.size > self.limit:
            raise TooLarge
        self._digest.update(data)
        self.handle.write(data)

    def start_again(self) -> None:
        """Forget what has come so far."""
        self.handle.seek(0)
        self.handle.truncate()
        self.size, self._digest = 0, hashlib.sha256()

    @property
    def digest(self) -> str:
        """The SHA-256 of what has come so far."""
        return self._digest.hexdigest()


class Vault:
    """A folder of files, each named after the digest of its content, so each is kept once."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder / "attachments"
        self.limit = limit

    @contextmanager
    def incoming(self) -> Iterator[Incoming]:
        """Receive a file. What is not kept is gone at the end."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, name = tempfile.mkstemp(dir=self.folder, prefix=".incoming-")  # with mode 0600
        path = Path(name)
        try:
            with os.fdopen(number, "w+b") as handle:
                yield Incoming(path, self.limit, handle)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, file: Incoming) -> None:
        """Keep what has come, for good. Harmless if the same content is there already."""
        file.handle.flush()
        os.fsync(file.handle.fileno())
        kept = self.path(file.digest)
        kept.parent.mkdir(exist_ok=True, mode=0o700)
        if not kept.exists():
            os.link(file.path, kept)

    def path(self, digest: str) -> Path:
        """Return where the content of a digest is, or would be."""
        if len(digest) != 64 or not all(each in "0123456789abcdef" for each in digest):
            raise ValueError("that is no digest")
        return self.folder / digest[:2] / digest
