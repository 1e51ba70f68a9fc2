"""The central view: which offices are short, late, unsigned, without owners or locked down.

Counted from the records; no draft and no name of an author is in it.
"""

from collections.abc import Callable, Mapping

from handlers.chat import Button, Command, Line, Message, Press, line
from handlers.context import Context, Refusal
from handlers.reading import BROKEN, number
from handlers.router import Router
from policy.permissions import TASKS, Task
from storage import overview
from storage.overview import Standing

router = Router()

ADMINS = TASKS[Task.SEE_OFFICES].roles
HEADING = "**Offices: {count}.** With something to see to: {troubled}"
SUMS = HEADING + " ({sums})"
FILTERED = "**{word}: {count}** of {all} offices"
NONE_SUCH = "No office is {word}. /offices shows all."
USAGE = "I know no “{given}”. Write /offices alone, or with one of: {words}."
TROUBLED = "🔴 {office}: {what}"
FINE = "🟢 {office}: nothing to see to"
MORE = "Show {count} more"
MOST = 20  # lines that are still readable on a phone

#: What is counted: the word to filter by, and how it is said.
COUNTS: Mapping[str, tuple[Callable[[Standing], int], str]] = {
    "locked": (lambda each: int(each.is_locked), "🔒 locked down"),
    "late": (lambda each: each.late, "{count} late"),
    "short": (lambda each: each.short, "{count} short"),
    "unsigned": (lambda each: each.unsigned, "{count} unsigned"),
    "ownerless": (lambda each: each.ownerless, "{count} without owner"),
}


@router.command("offices", *ADMINS)
def show_offices(command: Command, ctx: Context) -> None:
    """Show how all offices stand, worst first; /offices late (or short, unsigned ...) filters."""
    word = command.text.strip().casefold()
    if word and word not in COUNTS:
        raise Refusal(USAGE, given=command.text.strip(), words=", ".join(COUNTS))
    ctx.reply(view(ctx, word, start=0))


@router.press("offices-more")
def show_more(press: Press, ctx: Context) -> None:
    """Show the next part."""
    start, _, word = press.value.partition(".")
    if ADMINS.isdisjoint(ctx.roles()) or (word and word not in COUNTS):
        raise Refusal(BROKEN)
    ctx.reply(view(ctx, word, start=number(start)))


def view(ctx: Context, word: str, *, start: int) -> Message:
    """Write a part of the list."""
    every = overview.standings(ctx.db, ctx.now)
    listed = every
    if word:
        count = COUNTS[word][0]
        listed = sorted((each for each in every if count(each)), key=count, reverse=True)
    if not listed:
        return Message((line(NONE_SUCH, word=word or "in use"),))
    lines = [_line(each) for each in listed[start : start + MOST]]
    left = len(listed[start + MOST :])
    more = Button(MORE.format(count=min(left, MOST)), "offices-more", f"{start + MOST}.{word}")
    return Message((_heading(every, listed, word), *lines), (more,) if left else ())


def _heading(every: list[Standing], listed: list[Standing], word: str) -> Line:
    if word:
        return line(FILTERED, word=word.capitalize(), count=len(listed), all=len(every))
    sums = {name: sum(map(count, every)) for name, (count, _) in COUNTS.items()}
    said = ", ".join(f"{name} {total}" for name, total in sums.items() if total)
    troubled = sum(each.troubles > 0 for each in every)
    return line(SUMS if said else HEADING, count=len(every), troubled=troubled, sums=said)


def _line(each: Standing) -> Line:
    counted = ((count(each), text) for count, text in COUNTS.values())
    what = ", ".join(text.format(count=number) for number, text in counted if number)
    return line(TROUBLED, office=each.office, what=what) if what else line(FINE, office=each.office)
