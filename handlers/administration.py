"""Looking after an office: how it is set up, and what the record says."""

from handlers import card_view
from handlers.chat import Command, Line, Message, line
from handlers.context import Context, Refusal
from handlers.router import Router
from storage import audit, pages, panel, people
from storage.models import AuditEntry, Office, Role

router = Router()

NO_OFFICE = "You administer no office."
OFFICE = "**{name}**"
TIME = "Time zone {zone}, working hours {hours}, country {country}"
PACKS = "Policy: {packs}"
CHAT = "Moderators' chat: {platform} {chat}"
PANEL = "Panel: {names}; {needed} of {of} must approve"
LADDER = "Late reviews: {steps} (working time)"
MEMBER = "{name}: {roles}"
PAGE = "Page {name}: {url}"
USAGE = "Say which draft: /audit 7"
NOTHING = "The record has nothing about draft {id} in your offices."
ENTRY = "{moment} {actor}: {action} {detail}"
MOST = 20


@router.command("office", Role.ADMIN, Role.LEAD)
def show_office(command: Command, ctx: Context) -> None:
    """Show how your office is set up."""
    lines = [each for office in administered(ctx) for each in _office(ctx, office)]
    ctx.reply(Message(tuple(lines)))


def administered(ctx: Context) -> list[Office]:
    """List the offices that the person who asks looks after."""
    places = people.workplaces(ctx.db, ctx.person())
    found = [office for office, roles in places if roles & {Role.ADMIN, Role.LEAD}]
    if not found:
        raise Refusal(NO_OFFICE)
    return found


def _office(ctx: Context, office: Office) -> list[Line]:
    quorum = panel.quorum(ctx.db, office)
    members = people.members(ctx.db, office)
    moderators = [m.person for m in members if Role.MODERATOR in m.roles]
    return [
        line(OFFICE, name=office.name),
        line(TIME, zone=office.timezone, hours=office.hours, country=office.country),
        line(PACKS, packs=", ".join(office.packs)),
        line(CHAT, platform=office.platform, chat=office.chat),
        line(PANEL, names=card_view.names(moderators), needed=quorum.needed, of=quorum.of),
        line(LADDER, steps=", ".join(office.ladder)),
        *(line(MEMBER, name=m.person.name, roles=", ".join(sorted(m.roles))) for m in members),
        *(line(PAGE, name=p.name, url=p.url) for p in pages.of_office(ctx.db, office)),
    ]


@router.command("audit", Role.ADMIN, Role.LEAD)
def show_audit(command: Command, ctx: Context) -> None:
    """Show what the record says about a draft: /audit 7."""
    wanted = command.text.strip().lstrip("#")
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) <= 9):
        raise Refusal(USAGE)
    mine = {office.name: office for office in administered(ctx)}
    found = [e for e in audit.about(ctx.db, f"draft:{int(wanted)}", MOST) if e.office in mine]
    if not found:
        raise Refusal(NOTHING, id=int(wanted))
    ctx.reply(Message(tuple(_entry(entry, mine[entry.office]) for entry in found)))


def _entry(entry: AuditEntry, office: Office) -> Line:
    detail = "; ".join(
        f"{name}: {_words(value)}" for name, value in sorted(entry.detail.items()) if value
    )
    return line(
        ENTRY,
        moment=card_view.moment(entry.at, office),
        actor=entry.actor,
        action=entry.action,
        detail=f"({detail})" if detail else "",
    )


def _words(value: object) -> str:
    """Write a detail of the record as a person would: lists by comma, pairs by space."""
    if not isinstance(value, list):
        return str(value)
    between = ", " if any(isinstance(each, list) for each in value) else " "
    return between.join(_words(each) for each in value)
