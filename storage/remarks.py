"""What was said about drafts in the threads of their cards, as it was first said."""

from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from storage import once
from storage.models import Draft, Remark

#: Asked at every card, so it is written once.
ANY = select(Remark.id).where(Remark.draft_id == bindparam("draft")).limit(1)


def add(db: Session, remark: Remark) -> bool:
    """Keep a remark. Returns False if it is kept already: the first wording stays."""
    row: dict[str, Any] = remark.model_dump(exclude={"id"})
    return once.add(db, Remark, row, "platform", "chat", "message") is not None


def at(db: Session, platform: str, chat: str, message: str) -> Remark | None:
    """Find the remark that stands somewhere."""
    return db.exec(
        select(Remark).where(
            Remark.platform == platform, Remark.chat == chat, Remark.message == message
        )
    ).first()


def count(db: Session, draft: Draft) -> int:
    """Count what was said about a draft."""
    mine = select(func.count()).select_from(Remark).where(Remark.draft_id == draft.id)
    return db.exec(mine).one()


def exist(db: Session, draft: Draft) -> bool:
    """Tell whether anything was said about a draft."""
    return db.exec(ANY, params={"draft": draft.id}).first() is not None


def newest(db: Session, draft: Draft, most: int, before: int = 0) -> list[Remark]:
    """List the newest remarks, or the newest before one of them, oldest first."""
    found = select(Remark).where(Remark.draft_id == draft.id)
    if before:
        found = found.where(col(Remark.id) < before)
    return list(reversed(db.exec(found.order_by(col(Remark.id).desc()).limit(most)).all()))
