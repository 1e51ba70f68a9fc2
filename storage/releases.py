"""What seniors said of drafts that rules had stopped.

An answer is about one check: it covers what stopped the draft then, and nothing that came later.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from policy.rules import Severity
from storage import drafts
from storage.models import Draft, DraftFinding, Notice, Person, Release
from storage.objections import Key, key, keys, rules

#: Asked at every card, so it is written once.
ANSWERS = (
    select(Release)
    .where(Release.draft_id == bindparam("draft"), Release.revision == bindparam("revision"))
    .order_by(col(Release.checked))
)


def answers(db: Session, draft: Draft) -> Sequence[Release]:
    """List what seniors said of the present wording of a draft, oldest first."""
    return db.exec(ANSWERS, params={"draft": draft.id, "revision": draft.revision}).all()


def granted(db: Session, draft: Draft) -> list[Release]:
    """List the releases of the present wording of a draft, oldest first."""
    return [each for each in answers(db, draft) if each.granted]


def released(db: Session, draft: Draft) -> frozenset[Key]:
    """Return the objections to the present wording that seniors have released."""
    checks = [each.checked for each in granted(db, draft)]
    return frozenset(key(found) for each in checks for found in _blocks(db, draft, each))


def left(db: Session, draft: Draft, checked: int | None = None) -> list[DraftFinding]:
    """List what stops the present wording and nobody has released, as one check found it."""
    is_released = released(db, draft)
    return [each for each in _blocks(db, draft, checked) if key(each) not in is_released]


def _blocks(db: Session, draft: Draft, checked: int | None) -> list[DraftFinding]:
    found = drafts.findings_of(db, draft, checked)
    return [
        each
        for each in found
        if each.severity is Severity.BLOCK and each.revision == draft.revision
    ]


def answer(db: Session, draft: Draft) -> Release | None:
    """Return the answer to what stops the present wording now, or the last if nothing does."""
    stopping = keys(left(db, draft))
    for each in reversed(answers(db, draft)):
        was_about = frozenset() if each.granted else keys(left(db, draft, each.checked))
        if was_about == stopping:
            return each
    return None


def is_asked(db: Session, draft: Draft) -> bool:
    """Tell whether seniors were asked about the present wording of a draft."""
    asked = select(Notice.key).where(col(Notice.key).startswith(_question(draft), autoescape=True))
    return db.exec(asked.limit(1)).first() is not None


def asking(db: Session, draft: Draft) -> str:
    """Name the question to the seniors, put once for each wording and what stops it."""
    stopping = sorted(map(repr, keys(left(db, draft))))
    return _question(draft) + hashlib.sha256("\n".join(stopping).encode()).hexdigest()


def _question(draft: Draft) -> str:
    return f"release-asked:{draft.id}.{draft.revision}:"


def add(
    db: Session, draft: Draft, by: Person, now: datetime, *, granted: bool, reason: str = ""
) -> Release:
    """Store a senior's answer to what stops the present wording."""
    row = Release(
        draft_id=draft.id,
        checked=draft.checked,
        revision=draft.revision,
        person_id=by.id,
        granted=granted,
        reason=reason,
        rules=rules(left(db, draft)),
        at=now,
    )
    db.add(row)
    db.flush()
    return row
