"""Which drafts are one post in several languages."""

from collections.abc import Sequence

from sqlalchemy import bindparam
from sqlmodel import Session, col, or_, select

from policy.workflow import State
from storage.models import Draft, Person

#: A version in one of these appears, or may still appear.
ALIVE = (State.IN_REVIEW, State.CHANGES_REQUESTED, State.APPROVED, State.PUBLISHED)
OPEN = (State.IN_REVIEW, State.CHANGES_REQUESTED)
#: Asked at every card, so it is written once.
OTHERS = (
    select(Draft)
    .where(
        or_(col(Draft.id) == bindparam("first"), col(Draft.version_of) == bindparam("first")),
        col(Draft.id) != bindparam("draft"),
    )
    .order_by(col(Draft.id))
)


def of(db: Session, draft: Draft) -> Sequence[Draft]:
    """List the other versions of a draft, those that have ended with them."""
    if draft.id is None:  # it is not stored yet
        return ()
    first = draft.version_of or draft.id
    return db.exec(OTHERS, params={"first": first, "draft": draft.id}).all()


def join(db: Session, one: Draft, other: Draft) -> None:
    """Note that two drafts, and whatever each was a version of, are one post."""
    together = {each.id: each for each in (one, *of(db, one), other, *of(db, other))}
    first = min(together)
    for each in together.values():
        each.version_of = None if each.id == first else first
        db.add(each)
    db.flush()


def leave(db: Session, draft: Draft) -> None:
    """Let a draft be a version of no other; the others stay together."""
    others = of(db, draft)
    draft.version_of = None
    db.add(draft)
    for each in others:
        each.version_of = None if each is others[0] else others[0].id
        db.add(each)
    db.flush()


def candidates(db: Session, draft: Draft, author: Person, limit: int) -> Sequence[Draft]:
    """List an author's newest other drafts in the same office that may be versions of one."""
    known = [draft.id, *(each.id for each in of(db, draft))]
    found = select(Draft).where(
        Draft.author_id == author.id,
        Draft.office_id == draft.office_id,
        col(Draft.state).in_(ALIVE),
        col(Draft.id).not_in(known),
    )
    return db.exec(found.order_by(col(Draft.id).desc()).limit(limit)).all()


def open_with_others(db: Session) -> Sequence[Draft]:
    """List the drafts in work that have other versions."""
    heads = select(Draft.version_of).where(col(Draft.version_of).is_not(None))
    has_others = or_(col(Draft.version_of).is_not(None), col(Draft.id).in_(heads))
    found = select(Draft).where(col(Draft.state).in_(OPEN), has_others)
    return db.exec(found.order_by(col(Draft.id))).all()
