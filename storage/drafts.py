"""Drafts, their revisions, and the votes on them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import text as sql
from sqlmodel import Session, col, func, select

from policy.rules import Finding, Severity, Verdict
from policy.workflow import LABELS, State, can_move
from storage import audit, claims, kept
from storage.models import Draft, DraftFinding, Hold, Office, Person, Revision, Vote, Voting

#: How the record names a vote, before the choice.
VOTED = "voted to "
#: Where a draft is good to post, or posted. Elsewhere nobody has to review its release any more.
RELEASED = frozenset({State.APPROVED, State.PUBLISHED, State.RETRACTED})
#: As the index has it: SQLite takes the index for the very same words only.
UNREVIEWED = sql("draft.is_unreviewed")

#: Questions that are asked all day, written once: to write one takes longer than to answer it.
HELD = (
    select(Draft)
    .where(Draft.id == bindparam("draft"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
SEEN_BEFORE = select(func.max(Revision.number)).where(
    Revision.draft_id == bindparam("draft"),
    col(Revision.number) < bindparam("revision"),
    col(Revision.shown).is_(True),
)
EVERY_FINDING = (
    select(DraftFinding)
    .where(
        DraftFinding.draft_id == bindparam("draft"),
        DraftFinding.checked == bindparam("checked"),
    )
    .order_by(col(DraftFinding.position))
)
FINDINGS = EVERY_FINDING.where(DraftFinding.guard == "")
EXCUSED = EVERY_FINDING.where(DraftFinding.guard != "")
VOTES = (
    select(Vote, Person)
    .join(Person)
    .where(Vote.draft_id == bindparam("draft"), Vote.revision == bindparam("revision"))
    .order_by(col(Vote.voted_at), Person.name)
)


class NotPossible(Exception):
    """A draft cannot make this move from where it stands. The text is for people."""


def subject(draft: Draft) -> str:
    """Name a draft in the audit log and the outbox."""
    return f"draft:{draft.id}"


def add(db: Session, draft: Draft, text: str, verdict: Verdict) -> Draft:
    """Store a new draft with its first revision."""
    db.add(draft)
    db.flush()
    _write(db, draft, text, verdict, draft.created_at)
    return draft


def revise(db: Session, draft: Draft, text: str, verdict: Verdict, now: datetime) -> None:
    """Store a new wording. Earlier votes stay with the wording they were about."""
    draft.revision += 1
    draft.checked += 1
    draft.sent_back = []
    db.add(draft)
    claims.end_all(db, draft)
    _write(db, draft, text, verdict, now)


def _write(db: Session, draft: Draft, text: str, verdict: Verdict, now: datetime) -> None:
    db.add(Revision(draft_id=draft.id, number=draft.revision, text=text, written_at=now))
    db.add_all(_rows(draft, verdict))
    db.flush()


def _rows(draft: Draft, verdict: Verdict) -> Iterator[DraftFinding]:
    for position, found in enumerate((*verdict.findings, *verdict.excused)):
        yield _row(draft, position, found)


def _row(draft: Draft, position: int, found: Finding) -> DraftFinding:
    return DraftFinding(
        draft_id=draft.id,
        revision=draft.revision,
        checked=draft.checked,
        position=position,
        rule=found.rule,
        severity=found.severity,
        kind=found.kind,
        say=found.say,
        found=found.found,
        start=found.start,
        end=found.end,
        suggestion=found.suggestion,
        source=found.source,
        why=found.why,
        pack=found.pack,
        guard=found.guard,
    )


def check_again(db: Session, draft: Draft, verdict: Verdict) -> None:
    """Store what the rules say now that more is known, such as the purpose. The text stays."""
    draft.checked += 1
    db.add(draft)
    db.add_all(_rows(draft, verdict))
    db.flush()


def locked(db: Session, draft_id: int) -> Draft | None:
    """Load a draft and hold it until the transaction ends, so that votes queue up."""
    return db.exec(HELD, params={"draft": draft_id}).first()


def move(
    db: Session,
    draft: Draft,
    to: State,
    *,
    actor: str,
    office: Office,
    now: datetime,
    **detail: Any,
) -> None:
    """Move a draft to another state. This is the only way to change `Draft.state`."""
    if not can_move(draft.state, to):
        raise NotPossible(
            f"Draft {draft.id} is {LABELS[draft.state]}, so it cannot become {LABELS[to]}."
        )
    audit.record(
        db,
        now,
        actor,
        f"draft {to}",
        subject(draft),
        office=office.name,
        was=draft.state,
        revision=draft.revision,
        **detail,
    )
    draft.state = to
    if to is State.IN_REVIEW:
        draft.sent_back = []
    draft.remind_at = None
    if draft.hold is Hold.LATE:
        draft.hold = Hold.NOTHING
    draft.is_unreviewed = draft.is_unreviewed and to in RELEASED
    db.add(draft)
    claims.end_all(db, draft)


def text_of(db: Session, draft: Draft, number: int | None = None) -> str:
    """Return the words of a draft: of its present revision unless another is asked for."""
    return kept.get_one(db, Revision, (draft.id, number or draft.revision)).text


def show(db: Session, draft: Draft) -> None:
    """Note that the present revision came before the moderators."""
    wording = db.get_one(Revision, (draft.id, draft.revision))
    wording.shown = True
    db.add(wording)


def seen_before(db: Session, draft: Draft) -> int | None:
    """Return the wording that the moderators saw last before the present one, if any."""
    return db.exec(SEEN_BEFORE, params={"draft": draft.id, "revision": draft.revision}).one()


def findings_of(db: Session, draft: Draft, checked: int | None = None) -> Sequence[DraftFinding]:
    """List what the rules object to, worst first: in the present check unless another is named."""
    number = draft.checked if checked is None else checked
    return db.exec(FINDINGS, params={"draft": draft.id, "checked": number}).all()


def confirm(db: Session, draft: Draft) -> Sequence[DraftFinding]:
    """Note that the author has looked at the warnings and sends the draft on. Returns all."""
    found = findings_of(db, draft)
    for each in found:
        each.confirmed = each.severity is Severity.WARN
        db.add(each)
    return found


def excused_in(db: Session, draft: Draft) -> Sequence[DraftFinding]:
    """List what the rules would object to in the present revision but for a guard."""
    return db.exec(EXCUSED, params={"draft": draft.id, "checked": draft.checked}).all()


def every_finding(db: Session, draft: Draft, checked: int) -> Sequence[DraftFinding]:
    """List what the rules said in one check, with what a guard excused."""
    return db.exec(EVERY_FINDING, params={"draft": draft.id, "checked": checked}).all()


def finding_at(db: Session, draft: Draft, checked: int, position: int) -> DraftFinding | None:
    """Return one finding of a check."""
    at = EVERY_FINDING.where(DraftFinding.position == position)
    return db.exec(at, params={"draft": draft.id, "checked": checked}).first()


@dataclass(frozen=True)
class Cast:
    """A vote beside the person who cast it."""

    vote: Vote
    person: Person


def votes(db: Session, draft: Draft, revision: int = 0) -> list[Cast]:
    """List the votes on the present revision or on another one, oldest first."""
    number = revision or draft.revision
    found = db.exec(VOTES, params={"draft": draft.id, "revision": number})
    return [Cast(vote, person) for vote, person in found]


def vote_of(db: Session, draft: Draft, person: Person, revision: int = 0) -> Vote | None:
    """Return somebody's present vote: on the present revision unless another is named."""
    return db.get(Vote, (draft.id, revision or draft.revision, person.id))


def vote(db: Session, vote: Vote) -> None:
    """Set somebody's vote. The latest one counts."""
    db.merge(vote)
    db.flush()


def note_emoji(db: Session, known: Vote, again: Vote) -> None:
    """Note that the same vote was cast by another emoji: that one now holds it."""
    if known.by is Voting.REACTION and again.emoji:
        known.emoji = again.emoji
        db.add(known)


def unvote(db: Session, known: Vote) -> None:
    """Take a vote back."""
    db.delete(known)
    db.flush()


def to_announce(db: Session, now: datetime) -> Sequence[int]:
    """List the decisions that have waited long enough for a reason."""
    due = select(Draft.id).where(col(Draft.announce_at) <= now)
    due = due.order_by(col(Draft.announce_at), col(Draft.id))
    return db.exec(due).all()


def has_ever_voted(db: Session, draft: Draft, person: Person) -> bool:
    """Tell whether somebody cast a vote on any revision, even one that they took back."""
    return audit.has(db, subject(draft), person.name, VOTED)


def waiting(db: Session, office: Office | None = None) -> Sequence[Draft]:
    """List the drafts in review, oldest first."""
    found = select(Draft).where(Draft.state == State.IN_REVIEW)
    if office is not None:
        found = found.where(Draft.office_id == office.id)
    return db.exec(found.order_by(col(Draft.waiting_since), col(Draft.id))).all()


def count_waiting(db: Session, office: Office) -> int:
    """Count the drafts of an office in review."""
    found = select(func.count()).select_from(Draft)
    mine = (Draft.office_id == office.id, Draft.state == State.IN_REVIEW)
    return db.exec(found.where(*mine)).one()


def with_reminder(db: Session, now: datetime) -> Sequence[int]:
    """List the drafts whose author is to be reminded of something by now."""
    due = select(Draft.id).where(col(Draft.remind_at) <= now)
    return db.exec(due.order_by(col(Draft.remind_at), col(Draft.id))).all()


def unreviewed(db: Session, office: Office) -> Sequence[Draft]:
    """List the drafts that a senior released alone and nobody has reviewed since, oldest first."""
    mine = select(Draft).where(UNREVIEWED, Draft.office_id == office.id)
    return db.exec(mine.order_by(col(Draft.id))).all()


def offices_with_unreviewed(db: Session) -> Sequence[int]:
    """List the offices with such a draft."""
    found = select(Draft.office_id).where(UNREVIEWED)  # DISTINCT would read a whole index instead
    return sorted(set(db.exec(found)))


def of_author(db: Session, author: Person, limit: int = 10) -> Sequence[Draft]:
    """List somebody's newest drafts, newest first."""
    mine = select(Draft).where(Draft.author_id == author.id)
    return db.exec(mine.order_by(col(Draft.id).desc()).limit(limit)).all()
