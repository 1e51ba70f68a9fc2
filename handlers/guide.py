"""Finding one's way: /help lists what the person who asks can do."""

from collections.abc import Iterator, Sequence

from handlers.chat import Command, Line, Message, line
from handlers.context import STRANGER, Context, Refusal
from handlers.router import Entry, Router

router = Router()

HIDDEN = {"start"}  # Telegram sends it by itself
HELP = "**What I can do for you**"
COMMAND = "**/{name}** {help}"
PARTS = "Also: {parts}"
MORE = "/help page says what all the commands do that begin with /page; so for the others."
ANYWHERE = "In Slack, /countersign <command> works for all of them."
NO_SUCH = "You have no command “/{name}”. /help lists those that you have."

#: The headings of the list, and the commands below each.
TOPICS = {
    "Drafts": ("draft", "drafts", "appeal", "queue"),
    "Pages": ("page", "pages"),
    "The public, and prizes": ("praise", "complaint", "complaints", "nominate", "nominations"),
    "The policy": ("policy",),
    "The office": ("report", "training", "office", "offices", "audit", "lockdown"),
    "You": ("home", "away", "me", "cancel", "help"),
}


@router.command("help")
def show_help(command: Command, ctx: Context) -> None:
    """Show what you can do; /help page says more about /page."""
    person = ctx.someone(command.by)
    if person is None:
        raise Refusal(STRANGER, platform=command.by.platform, user=command.by.user)
    roles = ctx.roles()
    mine = [
        entry
        for entry in ctx.commands.values()
        if entry.name not in HIDDEN and (not entry.roles or entry.roles & roles)
    ]
    wanted = " ".join(command.text.split()).removeprefix("/").casefold()
    lines = list(_in_full(mine, wanted) if wanted else _overview(mine))
    if not lines:
        raise Refusal(NO_SUCH, name=wanted)
    ctx.reply(Message((*lines, line(ANYWHERE))))


def _in_full(mine: Sequence[Entry], wanted: str) -> Iterator[Line]:
    for each in mine:
        if f"{each.name} ".startswith(f"{wanted} "):
            yield line(COMMAND, name=each.name, help=each.help)


def _overview(mine: Sequence[Entry]) -> Iterator[Line]:
    """List the commands by topic; of those that are parts of another, only the names."""
    yield line(HELP)
    by_name = {each.name: each for each in mine}
    for topic, names in TOPICS.items():
        heads = [name for name in names if any(_begins(each, name) for each in mine)]
        if heads:
            yield line(f"**{topic}**")
        for name in heads:
            if head := by_name.get(name):
                yield line(COMMAND, name=name, help=head.help)
            if parts := [f"/{each.name}" for each in mine if each.name.startswith(f"{name} ")]:
                yield line(PARTS, parts=", ".join(parts))
    yield line(MORE)


def _begins(entry: Entry, name: str) -> bool:
    return entry.name.partition(" ")[0] == name
