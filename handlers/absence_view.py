"""How absences are told: which days, and who stands in."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from handlers.chat import Line, line
from handlers.context import Context
from storage import absences, people
from storage.models import Absence, Office, Person, Role

IS_NOW = "**{name}** is away until the end of {last}."
WILL_BE = "**{name}** will be away from {first} until the end of {last}."
ON_ONE_DAY = "**{name}** will be away on {last}."
WHEN_NOW, WHEN_LATER, WHEN_DAY = "until the end of {last}", "{first} to {last}", "on {last}"
STANDS_IN = "{office}: {deputy} stands in and hears in {name}'s place."
TAKES_SEAT = (
    "{office}: {deputy} stands in: takes the seat on the panel and hears in {name}'s place."
)
SEAT_EMPTY = "{office}: nobody takes the seat on the panel. To name somebody: {how}."
IN_SLACK = "In Slack, /away is Slack's own: write /countersign away."
HOW_DEPUTY, HOW_DEPUTY_FOR = "/away deputy Chen", "/away {name} deputy Chen"
ENTRY, ENTRY_DEPUTY = "{name}: {when}", "{name}: {when}. {deputy} stands in"
DAY = "%a %-d %b %Y"


def headline(ctx: Context, person: Person, absence: Absence) -> Line:
    """Say in a sentence from when until when somebody is away."""
    return line(_spell(ctx, person, absence, IS_NOW, WILL_BE, ON_ONE_DAY), name=person.name)


def when(ctx: Context, person: Person, absence: Absence) -> str:
    """Say in a few words when somebody is away."""
    return _spell(ctx, person, absence, WHEN_NOW, WHEN_LATER, WHEN_DAY)


def _spell(
    ctx: Context, person: Person, absence: Absence, now: str, later: str, one_day: str
) -> str:
    """Choose the words for when an absence is, and put its days into them."""
    places = people.workplaces(ctx.db, person)
    zone = ZoneInfo(places[0][0].timezone if places else "UTC")
    first = f"{absence.starts_at.astimezone(zone):{DAY}}"
    last = f"{(absence.ends_at - timedelta(seconds=1)).astimezone(zone):{DAY}}"
    if absence.starts_at <= ctx.now:
        return now.replace("{last}", last)
    chosen = one_day if first == last else later
    return chosen.replace("{first}", first).replace("{last}", last)


def who_stands_in(ctx: Context, person: Person, absence: Absence, speaker: Person) -> list[Line]:
    """Say for each office of somebody who stands in, and whether the seat is taken."""
    lines = []
    for office, _ in people.workplaces(ctx.db, person):
        deputy_id = absences.deputies(ctx.db, office.id, [absence])[person.id]
        panel = {each.id for each in people.with_role(ctx.db, office, Role.MODERATOR)}
        names = {"office": office.name, "name": person.name}
        if deputy_id is not None:
            takes = person.id in panel and deputy_id not in panel
            names["deputy"] = people.get(ctx.db, deputy_id).name
            lines.append(line(TAKES_SEAT if takes else STANDS_IN, **names))
        if person.id in panel and (deputy_id is None or deputy_id in panel):
            how = HOW_DEPUTY if person.id == speaker.id else HOW_DEPUTY_FOR
            lines.append(line(SEAT_EMPTY, how=how.format(name=person.name), **names))
    return [*lines, line(IN_SLACK)] if any(each.template == SEAT_EMPTY for each in lines) else lines


def entry(ctx: Context, office: Office, person: Person, absence: Absence) -> Line:
    """Write one absence for a list."""
    told = when(ctx, person, absence)
    deputy_id = absences.deputies(ctx.db, office.id, [absence]).get(person.id)
    if deputy_id is None:
        return line(ENTRY, name=person.name, when=told)
    deputy = people.get(ctx.db, deputy_id).name
    return line(ENTRY_DEPUTY, name=person.name, when=told, deputy=deputy)
