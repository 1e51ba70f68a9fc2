"""Reading the offices file together with the packs that it names."""

from pathlib import Path

from policy import library
from storage import office_file


def read_proven(path: Path, packs: Path) -> office_file.OfficesFile:
    """Read the offices file, and let each office's rules prove themselves before they count.

    Raises `DocumentError` that names each mistake.
    """
    offices = office_file.read(path, folder=packs)
    for office in offices.offices:
        library.load(tuple(office.packs), packs)
    return offices
