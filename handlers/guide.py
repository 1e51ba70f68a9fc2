"""Finding one's way: /help lists what the person who asks can do; /me says who they are."""

from handlers.chat import Command, Line, Message, line
from handlers.context import STRANGER, Context, Refusal
from handlers.router import Router
from storage import people
from storage.models import Person

router = Router()

HIDDEN = {"start"}  # Telegram sends it by itself
HELP = "**What I can do for you**"
COMMAND = "**/{name}** {help}"
ANYWHERE = "In Slack, /countersign <command> works for all of them."
WHO = "You are **{name}**."
ACCOUNT = "Account: {platform} {user}"
HERE = "This chat: {platform} {chat}"
WORK = "{office}: {roles}"
NO_ROLE = "You have no role in any office."


@router.command("help")
def show_help(command: Command, ctx: Context) -> None:
    """Show this list."""
    person = ctx.someone(command.by)
    if person is None:
        raise Refusal(STRANGER, platform=command.by.platform, user=command.by.user)
    roles = ctx.roles()
    mine = [
        entry
        for entry in ctx.commands.values()
        if entry.name not in HIDDEN and (not entry.roles or entry.roles & roles)
    ]
    listed = [line(COMMAND, name=each.name, help=each.help) for each in mine]
    ctx.reply(Message((line(HELP), *listed, line(ANYWHERE))))


@router.command("me")
def show_me(command: Command, ctx: Context) -> None:
    """Show who I think you are, and your roles."""
    person, chat = ctx.someone(command.by), command.chat
    stranger = line(STRANGER, platform=command.by.platform, user=command.by.user)
    lines = _known(ctx, person) if person else [stranger]
    if chat.id != command.by.user:  # a group: the offices file may want its id
        lines.append(line(HERE, platform=chat.platform, chat=chat.id))
    ctx.reply(Message(tuple(lines)))


def _known(ctx: Context, person: Person) -> list[Line]:
    accounts = people.accounts(ctx.db, person)
    places = people.workplaces(ctx.db, person)
    return [
        line(WHO, name=person.name),
        *(line(ACCOUNT, platform=a.platform, user=a.user) for a in accounts),
        *(line(WORK, office=o.name, roles=", ".join(sorted(roles))) for o, roles in places),
        *([] if places else [line(NO_ROLE)]),
    ]
