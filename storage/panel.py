"""Who may vote on a draft, and what the votes add up to now."""

from dataclasses import dataclass

from sqlmodel import Session

from policy import periods
from policy.quorum import Ballot, Choice, Outcome, Quorum, quorum_for, tally
from policy.rules import Severity
from policy.workflow import State
from storage import drafts, people
from storage.models import Draft, Office, Person, Role


@dataclass(frozen=True)
class Count:
    """How a vote stands. Only votes of people who may vote today are in it."""

    quorum: Quorum
    eligible: int
    cast: tuple[drafts.Cast, ...]
    approvals: int
    rejections: int
    needs_senior: bool
    seniors: tuple[Person, ...]  # who may give the senior's approval
    outcome: Outcome
    on_panel: frozenset[int]  # whose votes are in the number


def quorum(db: Session, office: Office) -> Quorum:
    """Return the quorum of an office as its panel stands today."""
    size = len(people.with_role(db, office, Role.MODERATOR))
    return quorum_for(size, office.needed, veto=office.veto)


def eligible(db: Session, office: Office, author_id: int) -> list[Person]:
    """List the panel without the author."""
    panel = people.with_role(db, office, Role.MODERATOR)
    return [person for person in panel if person.id != author_id]


def needs_senior(db: Session, draft: Draft) -> bool:
    """Tell whether a rule asks for a senior's approval, or a period does.

    What a senior released although a rule forbids it needs a senior's vote like any other:
    the release is none.
    """
    if periods.pauses(people.office(db, draft.office_id).in_force, draft.purpose):
        return True
    found = {f.severity for f in drafts.findings_of(db, draft)}
    return not found.isdisjoint({Severity.SENIOR, Severity.BLOCK})


def voters(db: Session, draft: Draft, office: Office) -> list[Person]:
    """List who may vote: the panel without the author, and seniors if one must approve."""
    found = {person.id: person for person in eligible(db, office, draft.author_id)}
    if needs_senior(db, draft):
        seniors = people.with_role(db, office, Role.SENIOR)
        found |= {person.id: person for person in seniors if person.id != draft.author_id}
    return list(found.values())


def close(db: Session, draft: Draft, count: Count) -> None:
    """Keep what decided a draft: whoever joins or leaves later changes no past decision."""
    draft.needed = count.quorum.needed
    for each in count.cast:
        each.vote.counted = each.person.id in count.on_panel
        db.add(each.vote)
    db.add(draft)
    db.flush()


def decided(db: Session, draft: Draft, needed: int) -> Count:
    """Return the count by which a draft was decided."""
    cast = [each for each in drafts.votes(db, draft) if each.vote.counted is not None]
    choices = [each.vote.choice for each in cast if each.vote.counted]
    approvals, rejections = choices.count(Choice.APPROVE), choices.count(Choice.REJECT)
    approved = draft.state is not State.REJECTED
    return Count(
        quorum=Quorum(needed, of=max(needed, len(cast))),
        eligible=len(cast),
        cast=tuple(cast),
        approvals=approvals,
        rejections=rejections,
        needs_senior=False,
        seniors=(),
        outcome=Outcome.APPROVED if approved else Outcome.REJECTED,
        on_panel=frozenset(each.person.id for each in cast if each.vote.counted),
    )


def count(db: Session, draft: Draft, office: Office) -> Count:
    """Count the votes on the present revision: as they were, once they have decided it."""
    if draft.needed is not None:
        return decided(db, draft, draft.needed)
    members = people.members(db, office)
    others = [member for member in members if member.person.id != draft.author_id]
    panel = {m.person.id for m in others if Role.MODERATOR in m.roles}
    seniors = [m.person for m in others if Role.SENIOR in m.roles]
    needed = needs_senior(db, draft)
    may_vote = panel | ({person.id for person in seniors} if needed else set())
    cast = [each for each in drafts.votes(db, draft) if each.person.id in may_vote]
    senior_ids = {person.id for person in seniors}
    ballots = [
        Ballot(
            each.vote.choice,
            senior=each.person.id in senior_ids,
            on_panel=each.person.id in panel,
        )
        for each in cast
    ]
    size = sum(Role.MODERATOR in member.roles for member in members)
    rule = quorum_for(size, office.needed, veto=office.veto)
    rejecting = {e.person.id for e in cast if e.vote.choice is Choice.REJECT}
    outcome = tally(
        ballots,
        rule,
        eligible=len(panel),
        needs_senior=needed,
        seniors_left=len(senior_ids - rejecting),
    )
    on_panel = [each.vote.choice for each in cast if each.person.id in panel]
    return Count(
        quorum=rule,
        eligible=len(panel),
        cast=tuple(cast),
        approvals=on_panel.count(Choice.APPROVE),
        rejections=on_panel.count(Choice.REJECT),
        needs_senior=needed,
        seniors=tuple(seniors),
        outcome=outcome,
        on_panel=frozenset(panel),
    )
