"""How often each rule spoke, and what people made of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, func, select

from storage.models import Dispute, Draft, DraftFinding, Office, Page, Release, Revision
from storage.scopes import Scope


@dataclass(frozen=True)
class RuleCount:
    """One rule: how many wordings it objected to, and in how many people thought otherwise."""

    rule: str
    hits: int
    confirmed: int  # the author sent the draft on nevertheless
    released: int  # a senior let it through
    disputed: int  # somebody called it a false alarm


def counts(
    db: Session,
    offices: Sequence[Office],
    since: datetime,
    *,
    until: datetime | None = None,
    page: Page | None = None,
) -> list[RuleCount]:
    """Count the wordings that were written since a moment, the rule with most hits first.

    With a page, only those of its drafts.
    """
    which = Scope(offices, since, until, page)
    hits = _found(db, which)
    confirmed = _found(db, which, confirmed=True)
    released = _released(db, which)
    disputed = _disputed(db, which)
    rules = sorted(hits | released | disputed, key=lambda rule: (-hits[rule], rule))
    return [
        RuleCount(rule, hits[rule], confirmed[rule], released[rule], disputed[rule])
        for rule in rules
    ]


def _found(db: Session, which: Scope, *, confirmed: bool = False) -> Counter[str]:
    """Count a wording once for each rule, however often it was checked."""
    wordings = (
        select(DraftFinding.rule, DraftFinding.draft_id, DraftFinding.revision)
        .join(Draft)
        .join(
            Revision,
            and_(
                col(Revision.draft_id) == col(DraftFinding.draft_id),
                col(Revision.number) == col(DraftFinding.revision),
            ),
        )
        .where(which.drafts, DraftFinding.guard == "", *which.when(Revision.written_at))
        .distinct()
    )
    if confirmed:
        wordings = wordings.where(col(DraftFinding.confirmed).is_(True))
    of = wordings.subquery()
    return Counter(dict(db.exec(select(of.c.rule, func.count()).group_by(of.c.rule)).all()))


def _released(db: Session, which: Scope) -> Counter[str]:
    given = select(Release.rules).join(Draft)
    wanted = given.where(which.drafts, col(Release.granted).is_(True), *which.when(Release.at))
    return Counter(rule for rules in db.exec(wanted).all() for rule in rules)


def _disputed(db: Session, which: Scope) -> Counter[str]:
    """Count the findings that somebody disputes, each once."""
    places = (
        select(Dispute.rule, Dispute.draft_id, Dispute.revision, Dispute.start)
        .join(Draft)
        .where(which.drafts, *which.when(Dispute.at))
        .distinct()
    )
    of = places.subquery()
    return Counter(dict(db.exec(select(of.c.rule, func.count()).group_by(of.c.rule)).all()))
