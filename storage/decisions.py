"""Why drafts were rejected or sent back, by the reasons of the office's list."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from policy.quorum import Choice
from policy.reasons import NO_WORDS, REASONS, labels
from policy.reports import Reason
from policy.workflow import State
from storage.models import Draft, Office, Seat, SentBack, Vote
from storage.scopes import Scope


def of_rejections(db: Session, office: Office, scope: Scope) -> tuple[Reason, ...]:
    """Count the rejected drafts for each reason that a deciding vote gave; each once a reason."""
    found = select(Vote.draft_id, Vote.reason).join(Draft)
    which = (
        scope.drafts,
        *scope.when(Draft.decided_at),
        col(Draft.state) == State.REJECTED,
        col(Vote.revision) == col(Draft.revision),
        col(Vote.choice) == Choice.REJECT,
        col(Vote.counted) != Seat.NONE,
    )
    return _counted(office, db.exec(found.where(*which)).all())


def of_changes(db: Session, office: Office, scope: Scope) -> tuple[Reason, ...]:
    """Count the drafts for each reason with which changes were asked for; each once a reason."""
    found = select(SentBack.draft_id, SentBack.reason).join(Draft)
    return _counted(office, db.exec(found.where(scope.drafts, *scope.when(SentBack.at))).all())


def _counted(office: Office, rows: Iterable[tuple[int, str]]) -> tuple[Reason, ...]:
    known: Sequence[str] = list(dict.fromkeys((*office.reasons, *REASONS.values())))
    given: dict[int, set[str]] = defaultdict(set)
    for draft, reason in rows:
        given[draft] |= labels(reason, known) if reason else set()
    counts = Counter(label for each in given.values() for label in each or {NO_WORDS})
    return tuple(
        Reason(words, n) for words, n in sorted(counts.items(), key=lambda e: (-e[1], e[0]))
    )
