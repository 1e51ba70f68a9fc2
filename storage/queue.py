"""What waits for a decision, asked in a few queries however much it is."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from policy.rules import Severity
from policy.workflow import State
from storage.models import Draft, DraftFinding, Person, Vote

ASK_A_SENIOR = (Severity.SENIOR, Severity.BLOCK)


def waiting(
    db: Session,
    offices: Collection[int],
    *,
    page: int | None = None,
    is_urgent: bool = False,
) -> Sequence[Draft]:
    """List the drafts in review of some offices: urgent ones first, then the oldest."""
    found = select(Draft).where(
        Draft.state == State.IN_REVIEW, col(Draft.office_id).in_(list(offices))
    )
    if page is not None:
        found = found.where(Draft.page_id == page)
    if is_urgent:
        found = found.where(col(Draft.is_urgent))
    order = (col(Draft.is_urgent).desc(), col(Draft.waiting_since), col(Draft.id))
    return db.exec(found.order_by(*order)).all()


def voted_on(db: Session, person: Person) -> set[int]:
    """Name the drafts in review on whose present wording somebody has a vote."""
    found = (
        select(Vote.draft_id)
        .join(Draft)
        .where(
            Vote.person_id == person.id,
            Draft.state == State.IN_REVIEW,
            col(Vote.revision) == col(Draft.revision),
        )
    )
    return set(db.exec(found).all())


def asking_a_senior(db: Session, offices: Collection[int]) -> set[int]:
    """Name the drafts in review in which a rule asks for a senior's approval."""
    found = (
        select(DraftFinding.draft_id)
        .join(Draft)
        .where(
            Draft.state == State.IN_REVIEW,
            col(Draft.office_id).in_(list(offices)),
            col(DraftFinding.checked) == col(Draft.checked),
            DraftFinding.guard == "",
            col(DraftFinding.severity).in_(ASK_A_SENIOR),
        )
    )
    return set(db.exec(found.distinct()).all())
