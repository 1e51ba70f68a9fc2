"""Files that go with drafts: which there are, which have to be fetched, what is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from policy.attachments import Attachment
from storage import once
from storage.models import Draft, DraftFile, Stage

#: How long one attempt to fetch or to clean a file may take.
LEASE = timedelta(minutes=2)
#: So many files may go with one draft.
MOST = 10

OPEN = (Stage.WANTED, Stage.CLEANING)
#: Asked at every card, so it is written once.
OF_DRAFT = (
    select(DraftFile)
    .where(DraftFile.draft_id == bindparam("draft"), col(DraftFile.stage) != Stage.REMOVED)
    .order_by(col(DraftFile.id))
)


@dataclass(frozen=True)
class Kept:
    """What is known of a file once it is in our folder."""

    digest: str
    size: int
    media_type: str
    facts: dict[str, object]


def subject(file: DraftFile) -> str:
    """Name a file in the audit log."""
    return f"draft:{file.draft_id}"


def add(db: Session, file: DraftFile) -> bool:
    """Store that a file goes with a draft. Returns False if that was known.

    One that was taken out before comes back, and is fetched anew.
    """
    row = file.model_dump(exclude={"id"})
    if once.add(db, DraftFile, row, "draft_id", "platform", "key") is not None:
        return True
    known = db.exec(
        select(DraftFile).where(
            DraftFile.draft_id == file.draft_id,
            DraftFile.platform == file.platform,
            DraftFile.key == file.key,
            col(DraftFile.stage) == Stage.REMOVED,
        )
    ).first()
    if known is None:
        return False
    known.sqlmodel_update(row)
    db.add(known)
    db.flush()
    return True


def remove(db: Session, file: DraftFile) -> None:
    """Take a file out of its draft; what was kept of it stays with the record."""
    file.stage = Stage.REMOVED
    db.add(file)
    db.flush()


def of(db: Session, draft: Draft) -> Sequence[DraftFile]:
    """List the files that go with a draft, in the order in which they were sent."""
    return db.exec(OF_DRAFT, params={"draft": draft.id}).all()


def known(db: Session, draft: Draft) -> tuple[Attachment, ...]:
    """Say what the rules may know of a draft's files."""
    return tuple(attachment(file) for file in of(db, draft))


def attachment(file: DraftFile) -> Attachment:
    """Say what the rules may know of a file: what its author declared goes first."""
    return Attachment.model_validate(
        {"type": file.kind, "name": file.name, **file.facts, **file.declared}
    )


def locked(db: Session, file_id: int) -> DraftFile | None:
    """Load a file's row and hold it until the transaction ends."""
    return db.exec(
        select(DraftFile)
        .where(DraftFile.id == file_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def of_album(db: Session, platform: str, album: str) -> DraftFile | None:
    """Find the first file that came in an album."""
    found = select(DraftFile).where(
        DraftFile.platform == platform,
        DraftFile.album == album,
        col(DraftFile.stage) != Stage.REMOVED,
    )
    return db.exec(found.order_by(col(DraftFile.id)).limit(1)).first()


def claim(db: Session, platform: str, now: datetime) -> DraftFile | None:
    """Take the next file that is to be fetched or cleaned, for the length of a lease."""
    found = db.exec(
        select(DraftFile)
        .where(
            DraftFile.platform == platform,
            col(DraftFile.stage).in_(OPEN),
            col(DraftFile.due_at) <= now,
        )
        .order_by(col(DraftFile.due_at), col(DraftFile.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if found is not None:
        found.due_at = now + LEASE
        found.attempts += 1
        db.add(found)
        db.flush()
    return found
