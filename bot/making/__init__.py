"""Making the files that go with messages, from figures, when they are delivered.

Each maker takes plain JSON values and returns the bytes of a file. The same figures make the same
bytes, so that a delivery that is tried again sends the same file.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.making import chart, heatmap, paper, tables
from bot.vault import Vault
from handlers.chat import Made, Media

Maker = Callable[[Mapping[str, Any]], bytes]

MAKERS: Mapping[str, tuple[Maker, str]] = {  # with the kind of file that comes of it
    "chart": (chart.make, "image"),
    "heatmap": (heatmap.make, "image"),
    "paper": (paper.make, "document"),
    "table": (tables.make, "document"),
}


def make(made: Made, vault: Vault) -> tuple[Media, Path]:
    """Make a file and keep it. Takes as long as drawing does: not for the event loop."""
    maker, kind = MAKERS[made.maker]
    with vault.incoming() as file:
        file.write(maker(made.figures))
        vault.keep(file)
        digest = file.digest
    return Media(digest, kind, made.name, made.alt), vault.path(digest)
