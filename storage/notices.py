"""What was said already, so that it is said once."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from sqlmodel import Session, col, select

from storage.models import Notice

MOST = 500  # keys in one question; databases take a limited number


def known(db: Session, keys: Collection[str]) -> set[str]:
    """Return those of some keys that were noted."""
    found: set[str] = set()
    for some in _portions(list(keys)):
        found.update(db.exec(select(Notice.key).where(col(Notice.key).in_(some))))
    return found


def _portions(keys: list[str]) -> Iterator[Sequence[str]]:
    rest = iter(keys)
    while some := list(islice(rest, MOST)):
        yield some
