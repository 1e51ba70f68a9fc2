"""What seniors said of drafts that rules had stopped."""

from datetime import datetime

from sqlmodel import Session

from policy.rules import Severity
from storage import drafts
from storage.models import Draft, Notice, Person, Release


def of(db: Session, draft: Draft) -> Release | None:
    """Return a senior's answer for the present wording of a draft."""
    return db.get(Release, (draft.id, draft.revision))


def is_asked(db: Session, draft: Draft) -> bool:
    """Tell whether seniors were asked about the present wording of a draft."""
    return db.get(Notice, asking(draft)) is not None


def asking(draft: Draft) -> str:
    """Name the question to the seniors, which is put once for each wording."""
    return f"release-asked:{draft.id}.{draft.revision}"


def released(db: Session, draft: Draft) -> frozenset[str]:
    """Name the rules whose objection to the present wording a senior has released."""
    found = of(db, draft)
    return frozenset(found.rules) if found and found.granted else frozenset()


def stopping(db: Session, draft: Draft) -> list[str]:
    """Name the rules that stop the present wording, each once."""
    found = drafts.findings_of(db, draft)
    return list(dict.fromkeys(f.rule for f in found if f.severity is Severity.BLOCK))


def add(
    db: Session, draft: Draft, by: Person, now: datetime, *, granted: bool, reason: str = ""
) -> Release:
    """Store a senior's answer."""
    row = Release(
        draft_id=draft.id,
        revision=draft.revision,
        person_id=by.id,
        granted=granted,
        reason=reason,
        rules=stopping(db, draft),
        at=now,
    )
    db.add(row)
    db.flush()
    return row
