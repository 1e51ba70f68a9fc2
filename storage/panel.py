"""Who may vote on a draft, and what the votes add up to now."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from policy import periods, seats
from policy.quorum import Ballot, Choice, Outcome, Quorum, quorum_for, tally
from policy.rules import Severity
from policy.workflow import State
from storage import absences, drafts, people
from storage.models import Draft, Office, Person, Role, Seat


@dataclass(frozen=True)
class Bench:
    """Who decides in an office now. People are numbers; `people` says who they are."""

    quorum: Quorum
    panel: tuple[int, ...]  # the moderators, whether here or away
    seniors: tuple[int, ...]
    away: Mapping[int, int | None]  # who of them is away, and who stands in
    people: Mapping[int, Person] = field(compare=False)

    def seats(self, author: int = 0, voted: Collection[int] = ()) -> dict[int, int]:
        """Say for each seat whose vote may count; see `policy.seats`."""
        return seats.speakers(self.panel, self.away, author=author, voted=voted)

    def speakers(self, author: int = 0, voted: Collection[int] = ()) -> list[int]:
        """List whose votes may count."""
        return [*self.seats(author, voted).values()]

    def sitting(self) -> set[tuple[int, int]]:
        """List who takes whose seat: holder and deputy."""
        return {(holder, one) for holder, one in self.seats().items() if one != holder}

    def seniors_here(self, author: int, voted: Collection[int] = ()) -> list[int]:
        """List who can give the senior's approval: those who are not away, or have voted."""
        others = (one for one in self.seniors if one != author)
        return [one for one in others if one not in self.away or one in voted]


@dataclass(frozen=True)
class Count:
    """How a vote stands. Only votes of people who may vote today are in it."""

    quorum: Quorum
    eligible: int  # seats of the panel from which a vote has come or can come
    cast: tuple[drafts.Cast, ...]
    approvals: int
    rejections: int
    needs_senior: bool
    seniors: tuple[Person, ...]  # who may give the senior's approval, and is here
    outcome: Outcome
    away: tuple[tuple[Person, Person | None], ...] = ()  # of the panel, and who stands in
    seniors_away: tuple[Person, ...] = ()
    speakers: frozenset[int] = frozenset()  # whose votes count for the panel

    @property
    def is_short(self) -> bool:
        """Tell whether too few of the panel are here to approve the draft."""
        return self.eligible < self.quorum.needed

    @property
    def lacks_senior(self) -> bool:
        """Tell whether a senior has to approve the draft, and none can."""
        return self.needs_senior and not self.seniors


def bench(db: Session, office: Office) -> Bench:
    """Return who decides in an office, by its roles and the absences that were noticed."""
    members = people.members(db, office)
    panel = tuple(m.person.id for m in members if Role.MODERATOR in m.roles)
    seniors = tuple(m.person.id for m in members if Role.SENIOR in m.roles)
    away = absences.deputies(db, office.id, absences.noticed(db))
    return Bench(
        quorum=quorum_for(len(panel), office.needed, veto=office.veto),
        panel=panel,
        seniors=seniors,
        away={one: deputy for one, deputy in away.items() if one in {*panel, *seniors}},
        people={m.person.id: m.person for m in members},
    )


def quorum(db: Session, office: Office) -> Quorum:
    """Return the quorum of an office as its panel stands today, whoever is away."""
    size = len(people.with_role(db, office, Role.MODERATOR))
    return quorum_for(size, office.needed, veto=office.veto)


def others(db: Session, office: Office, author_id: int) -> list[Person]:
    """List the panel without the author, whether they are here or away."""
    panel = people.with_role(db, office, Role.MODERATOR)
    return [person for person in panel if person.id != author_id]


def eligible(db: Session, office: Office, author_id: int) -> list[Person]:
    """List who speaks for the panel now, without the author: who is here, and deputies."""
    now = bench(db, office)
    return [now.people[one] for one in now.speakers(author_id)]


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
    """List who is asked to vote: the panel as it sits now, and seniors if one must approve.

    Somebody who is away is not asked. They may vote all the same: see `may_vote`.
    """
    now, voted = bench(db, office), _voted(db, draft)
    found = now.speakers(draft.author_id, voted)
    if needs_senior(db, draft):
        found += now.seniors_here(draft.author_id, voted)
    return [now.people[one] for one in dict.fromkeys(found)]


def missing(db: Session, draft: Draft, office: Office) -> list[Person]:
    """List the panel as it sits now, without the author and those who have voted."""
    now, voted = bench(db, office), _voted(db, draft)
    return [now.people[one] for one in now.speakers(draft.author_id, voted) if one not in voted]


def may_vote(db: Session, draft: Draft, office: Office, person: Person) -> bool:
    """Tell whether somebody sits on the panel for a draft: in a seat of theirs, or a deputy's."""
    now = bench(db, office)
    if person.id in now.panel:
        return person.id != draft.author_id
    return person.id in now.speakers(draft.author_id, _voted(db, draft))


def _voted(db: Session, draft: Draft) -> set[int]:
    return {each.person.id for each in drafts.votes(db, draft)}


def count(db: Session, draft: Draft, office: Office, now: Bench | None = None) -> Count:
    """Count the votes on the present revision; of a draft that votes have decided, those then.

    Who counts many drafts of an office hands in its bench.
    """
    now = now or bench(db, office)
    needed, votes = needs_senior(db, draft), drafts.votes(db, draft)
    if draft.state is not State.IN_REVIEW and any(each.vote.counted for each in votes):
        return _counted_then(draft, now, votes, needs_senior=needed)
    voted = {each.person.id for each in votes}
    panel = now.speakers(draft.author_id, voted)
    seniors = now.seniors_here(draft.author_id, voted)
    may_vote = {*panel, *(seniors if needed else ())}
    cast = [each for each in votes if each.person.id in may_vote]
    ballots = [
        Ballot(
            each.vote.choice,
            senior=each.person.id in now.seniors,
            on_panel=each.person.id in panel,
        )
        for each in cast
    ]
    rejecting = {e.person.id for e in cast if e.vote.choice is Choice.REJECT}
    on_panel = [ballot.choice for ballot in ballots if ballot.on_panel]
    return Count(
        quorum=now.quorum,
        eligible=len(panel),
        cast=tuple(cast),
        approvals=on_panel.count(Choice.APPROVE),
        rejections=on_panel.count(Choice.REJECT),
        needs_senior=needed,
        seniors=tuple(now.people[one] for one in seniors),
        outcome=tally(
            ballots,
            now.quorum,
            eligible=len(panel),
            needs_senior=needed,
            seniors_left=len(set(seniors) - rejecting),
        ),
        away=tuple(_away(now, voted, draft.author_id)),
        seniors_away=tuple(
            now.people[one] for one in now.seniors if one not in (*seniors, draft.author_id)
        ),
        speakers=frozenset(panel),
    )


def freeze(db: Session, draft: Draft, decided: Count) -> None:
    """Keep, for good, which votes decide a draft: people leave, and come back, afterwards."""
    for each in decided.cast:
        each.vote.counted = Seat.PANEL if each.person.id in decided.speakers else Seat.SENIOR
        db.add(each.vote)
    draft.decided_needed = decided.quorum.needed
    db.add(draft)


def _counted_then(
    draft: Draft, now: Bench, votes: list[drafts.Cast], *, needs_senior: bool
) -> Count:
    cast = tuple(each for each in votes if each.vote.counted)
    needed = draft.decided_needed or now.quorum.needed
    choices = [each.vote.choice for each in cast if each.vote.counted is Seat.PANEL]
    approved = choices.count(Choice.APPROVE) >= needed
    return Count(
        quorum=replace(now.quorum, needed=needed, of=max(now.quorum.of, needed)),
        eligible=len(now.panel),
        cast=cast,
        approvals=choices.count(Choice.APPROVE),
        rejections=choices.count(Choice.REJECT),
        needs_senior=needs_senior,
        seniors=(),
        outcome=Outcome.APPROVED if approved else Outcome.REJECTED,
    )


def _away(
    now: Bench, voted: Collection[int], author_id: int
) -> Iterator[tuple[Person, Person | None]]:
    """Say of the panel who is away without having voted, and who speaks in their place."""
    seated = now.seats(author_id, voted)
    for holder in now.panel:
        if holder in now.away and holder not in voted:
            speaker = seated.get(holder)
            yield now.people[holder], now.people[speaker] if speaker else None
