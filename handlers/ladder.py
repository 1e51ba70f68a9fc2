"""Climbing a ladder: something waits, and one group of people after another hears of it.

Each rung is taken once and recorded. One that has nobody to tell goes on to the next at once, and
if nobody at all can be told, the administrators hear.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.chat import Message
from handlers.context import Context
from policy.deadlines import Step, due, onward
from storage import absences, notices, people
from storage.models import Office, Person, Role

NOBODY = "late: nobody to tell"
ADMINS = "late: administrators told that nobody can be reached"

Audience = Callable[[Step], Iterable[Person]]


@dataclass(frozen=True)
class Climb:
    """Something that waits: how it is named, and what to say of it on each rung."""

    key: str  # the same for as long as it is the same wait
    subject: str  # in the record
    office: Office
    audience: Audience
    say: Callable[[Step], Message]
    unheard: Message  # what the administrators hear if nobody else can be told
    actions: Mapping[Step, str]  # what the record says of each rung


def rung_key(key: str, step: Step) -> str:
    """Name one rung of one wait among the notices."""
    return f"{key}:{step}"


def take(ctx: Context, climb: Climb, reached: int) -> Step | None:
    """Take the first rung that was reached and not taken. Returns it, or None if all were."""
    taken = notices.known(ctx.db, [rung_key(climb.key, step) for step in Step])
    step = due(reached, [step for step in Step if rung_key(climb.key, step) in taken])
    if step is not None and step is not Step.EXPIRE:
        _tell_somebody(ctx, climb, step)
    return step


def _tell_somebody(ctx: Context, climb: Climb, step: Step) -> None:
    """Tell the people of a rung, else those of the next one; if nobody ever heard, the admins."""
    heard = f"{climb.key}:heard"
    for rung in onward(step):
        if not ctx.is_first(rung_key(climb.key, rung)):
            continue
        found = reachable(ctx, climb.audience(rung))
        if found:
            ctx.is_first(heard)
            tell(ctx, climb, found, climb.say(rung), climb.actions[rung])
            return
        ctx.record("bot", NOBODY, climb.subject, office=climb.office, rung=rung)
    if ctx.is_first(heard):
        admins = people.admins(ctx.db, climb.office)
        here = absences.stand_ins(ctx.db, climb.office, admins, ctx.now)
        tell(ctx, climb, here or admins, climb.unheard, ADMINS)


def tell(ctx: Context, climb: Climb, found: Sequence[Person], said: Message, action: str) -> None:
    """Tell people, and write down who."""
    for person in found:
        ctx.tell(person, said)
    names = [person.name for person in found]
    ctx.record("bot", action, climb.subject, office=climb.office, told=names)


def reachable(ctx: Context, found: Iterable[Person]) -> list[Person]:
    """Leave out who cannot hear: people who are away, and people without an account."""
    here = absences.present(ctx.db, list(found), ctx.now)
    return [person for person in here if people.accounts(ctx.db, person)]


def with_role(ctx: Context, office: Office, role: Role, *, but: Iterable[int]) -> list[Person]:
    """List who has a role, or stands in for them, without those who are part of the matter."""
    left_out, found = set(but), people.with_role(ctx.db, office, role)
    hearing = absences.stand_ins(ctx.db, office, found, ctx.now)
    return [person for person in hearing if person.id not in left_out]
