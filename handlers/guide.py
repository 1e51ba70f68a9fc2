"""Finding one's way: /help lists what the person who asks can do."""

from handlers.chat import Command, Message, line
from handlers.context import STRANGER, Context, Refusal
from handlers.router import Router

router = Router()

HIDDEN = {"start"}  # Telegram sends it by itself
HELP = "**What I can do for you**"
COMMAND = "**/{name}** {help}"
ANYWHERE = "In Slack, /countersign <command> works for all of them."


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
