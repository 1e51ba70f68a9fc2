"""How nominations are shown: three classes, those of most people first."""

from collections.abc import Iterator, Sequence

from handlers.chat import Button, Line, Message, line
from handlers.context import Context
from handlers.fitting import excerpt
from storage import nominations, pages
from storage.models import Draft, Nomination, NominationKind, Office
from storage.nominations import Nominee

NONE = "Nobody has nominated anything this year in {office}. /nominate begins."
HEADING = "**{office}: nominations {year}**"
CLASSES = {
    NominationKind.POST: "Posts",
    NominationKind.COMMENT: "Comments",
    NominationKind.PAGE: "Pages",
}
CLASS = "**{name}**"
ENTRY = "{count} × {what}: “{reason}”"
EXCLUDED = "**Not on the shortlist now**"
WHY_NOT = "{count} × {what}: {why}"
MORE = "… and {count} more."
MOST = 7  # of a class
LONGEST = 100  # characters of a reason
POST, PAGE = "draft {id} ({page})", "page {page}"
BACK = "Take back: {what}"
MOST_BACK = 5
LONGEST_LABEL = 60


def name_of(ctx: Context, each: Nomination | Nominee) -> str:
    """Say what was nominated, in a few words."""
    if each.draft_id is not None:
        draft = ctx.db.get_one(Draft, each.draft_id)
        return POST.format(id=draft.id, page=pages.get(ctx.db, draft.page_id).name)
    if each.kind is NominationKind.PAGE and each.page_id is not None:
        return PAGE.format(page=pages.get(ctx.db, each.page_id).name)
    return f"{each.kind} {each.link}"


def overview(ctx: Context, offices: Sequence[Office]) -> Message:
    """Show the nominations of some offices in their present year."""
    lines = [each for office in offices for each in _office(ctx, office)]
    mine = [each for office in offices for each in _mine(ctx, office)]
    buttons = tuple(
        Button(
            excerpt(BACK.format(what=name_of(ctx, each)), LONGEST_LABEL),
            "nomination-back",
            str(each.id),
        )
        for each in mine[-MOST_BACK:]
    )
    return Message(tuple(lines), buttons)


def _office(ctx: Context, office: Office) -> Iterator[Line]:
    year = nominations.year_of(office, ctx.now)
    found = nominations.shortlist(ctx.db, office, year)
    classes = (found.posts, found.comments, found.pages)
    if not any((*classes, found.excluded)):
        yield line(NONE, office=office.name)
        return
    yield line(HEADING, office=office.name, year=year)
    for name, group in zip(CLASSES.values(), classes, strict=True):
        if group:
            yield line(CLASS, name=name)
            yield from _group(ctx, group)
    if found.excluded:
        yield line(EXCLUDED)
        for each in found.excluded[:MOST]:
            why = ", ".join(each.incidents)
            yield line(WHY_NOT, count=each.nominators, what=name_of(ctx, each), why=why)


def _group(ctx: Context, group: Sequence[Nominee]) -> Iterator[Line]:
    for each in group[:MOST]:
        reason = excerpt(each.reasons[-1], LONGEST)
        yield line(ENTRY, count=each.nominators, what=name_of(ctx, each), reason=reason)
    if left := len(group[MOST:]):
        yield line(MORE, count=left)


def _mine(ctx: Context, office: Office) -> list[Nomination]:
    me, year = ctx.person().id, nominations.year_of(office, ctx.now)
    return [each for each in nominations.of_year(ctx.db, office, year) if each.by_id == me]
