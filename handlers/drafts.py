"""Writing: /draft checks a text against the policy and puts it before the moderators."""

from collections.abc import Mapping
from typing import NoReturn

from handlers import (
    appealing,
    attached,
    complaint_reply,
    emergency_view,
    finding_view,
    hurrying,
    locking,
    page_standing,
    standing,
    submission,
)
from handlers.chat import (
    Answer,
    Command,
    Field,
    FieldKind,
    Form,
    Line,
    Message,
    Option,
    Part,
    Press,
    Quote,
    line,
)
from handlers.context import Context, Refusal
from handlers.offers import offers
from handlers.page_view import page_field, page_form
from handlers.reading import moment_in
from handlers.router import Router
from handlers.stored import files_from_text, files_to_text
from policy.purposes import PURPOSES
from storage import drafts, outbox, pages
from storage.models import Draft, Office, Page, Person

router = Router()

NO_PAGE = "You have no page to write for. Ask your administrator to add you to an office."
URGENT = {"urgent": "yes"}
WHICH_PAGE = "Which page is it for?"
WHAT_FOR = "What is it for?"
WHAT_TEXT = "The text, exactly as it is to appear"
FILES = "Pictures, clips or documents that go with it"
WHEN = "When is it wanted?"
WHEN_HINT = "For example 2026-11-24 15:00, in your office's time"
EMPTY = "There is no text. Put it after the command, or send /draft alone for a form."
NOT_YOURS = "You have no role in the office of that page, so you cannot write for it."
NONE_YET = "You have no drafts yet. /draft starts one."
HEADING = "Your newest drafts:"
MINE = "**Draft {id}** ({page}): {state}"
MORE = "/drafts with a number shows one of them, and what you can do with it."
NOT_MINE = "You have no draft {id}. /drafts lists yours."


@router.command("draft")
def submit_draft(command: Command, ctx: Context) -> None:
    """Write a post: alone it opens a form, with a text it files that text."""
    take_draft(command, ctx, given={})


@router.command("draft urgent")
def submit_urgent_draft(command: Command, ctx: Context) -> None:
    """Write a post that cannot wait: the moderators are called at once, at any hour."""
    take_draft(command, ctx, given=URGENT)


def take_draft(command: Command, ctx: Context, *, given: Mapping[str, str]) -> None:
    """File the text of a command for the page that it must be for, or ask for what is missing."""
    author = ctx.person()
    choices = pages.open_to(ctx.db, author)
    text = command.text or command.quoted
    if not choices:
        refuse_without_page(ctx, author, text)
    if command.files:
        given = {**given, "files": files_to_text(command.files), "album": command.album}
    if not text.strip():
        if len({office.id for _, office in choices}) == 1:  # else it is not known which
            locking.refuse_if_locked(ctx, choices[0][1])
        ctx.ask(draft_form(choices, with_files=not command.files), given=given)
        return
    given = {**given, "text": text}
    page = default_page(ctx, author, choices)
    if page is None:
        ctx.ask(page_form("draft", WHICH_PAGE, choices), given=given)
        return
    office = next(office for each, office in choices if each.id == page.id)
    file(ctx, author, page, office, given)


def refuse_without_page(ctx: Context, author: Person, text: str) -> NoReturn:
    """Say why there is no page to write for: none at all, or none that is live."""
    for page, office in pages.known_to(ctx.db, author):
        page_standing.refuse_unless_live(ctx, page, office, written=text)
    raise Refusal(NO_PAGE)


def default_page(ctx: Context, author: Person, choices: list[tuple[Page, Office]]) -> Page | None:
    """Choose the page when there is no doubt: the only one, the only own one, or the last one."""
    if len(choices) == 1:
        return choices[0][0]
    own = [page for page, _ in choices if page.owner_id == author.id]
    if len(own) == 1:
        return own[0]
    last = pages.last_used(ctx.db, author)
    return next((page for page, _ in choices if page.id == last), None)


@router.press("complaint-draft")
def draft_reply(press: Press, ctx: Context) -> None:
    """Open the form for the public reply to a complaint: its page and purpose are known."""
    complaint, office = complaint_reply.answerable(ctx, press.value)
    locking.refuse_if_locked(ctx, office)
    mine = [each for each in pages.open_to(ctx.db, ctx.person()) if each[1].id == office.id]
    choices = [each for each in mine if each[0].id == complaint.page_id] or mine
    if not choices:
        raise Refusal(NO_PAGE)
    given = {"page": str(choices[0][0].id), "complaint": str(complaint.id)}
    form = draft_form(choices, asks_purpose=False)
    ctx.ask(form, given={**given, "purpose": complaint_reply.PURPOSE})


def draft_form(
    choices: list[tuple[Page, Office]], *, with_files: bool = True, asks_purpose: bool = True
) -> Form:
    """Ask for everything about a draft. A single page is not asked for, nor files that are here."""
    asked = [page_field(WHICH_PAGE, choices)] if len(choices) > 1 else []
    asked += [Field("purpose", WHAT_FOR, FieldKind.CHOICE, purposes())] if asks_purpose else []
    return Form(
        "draft",
        "New draft",
        (
            *asked,
            Field("text", WHAT_TEXT, FieldKind.TEXT),
            Field("wanted", WHEN, FieldKind.MOMENT, required=False, hint=WHEN_HINT),
            *((Field("files", FILES, FieldKind.FILES, required=False),) if with_files else ()),
        ),
        submit="Check it",
    )


def purposes() -> tuple[Option, ...]:
    """List what a post may be for."""
    return tuple(Option(name, label) for name, label in PURPOSES.items())


@router.form("draft")
def file_form(answer: Answer, ctx: Context) -> None:
    """File what somebody wrote in the form."""
    author = ctx.person()
    known = pages.known_to(ctx.db, author)
    choices = {str(page.id): (page, office) for page, office in known}
    live = [number for number, (page, _) in choices.items() if pages.is_live(page)]
    text = answer.values.get("text", "")
    if not (page_id := answer.values.get("page") or next(iter(live), "")):
        refuse_without_page(ctx, author, text)
    if page_id not in choices:
        raise Refusal(NOT_YOURS)
    page, office = choices[page_id]
    if not text.strip():
        raise Refusal(EMPTY)
    file(ctx, author, page, office, answer.values)


def file(
    ctx: Context, author: Person, page: Page, office: Office, given: Mapping[str, str]
) -> None:
    """File what was handed in; an urgent draft too many is offered to be filed as a normal one."""
    urgent = given.get("urgent") == URGENT["urgent"]
    if urgent and (why := hurrying.refused(ctx, author, office)):
        ctx.record(author, "urgent draft refused", f"page:{page.id}", office=office)
        kept = {name: value for name, value in given.items() if name != "urgent"}
        hurrying.offer_normal(ctx, why, {**kept, "page": str(page.id)})
        return
    draft = submission.submit(
        ctx,
        author,
        page,
        given["text"],
        purpose=known_purpose(given.get("purpose", "")),
        wanted_at=moment_in(given.get("wanted", ""), office.timezone),
        files=files_from_text(given.get("files", "")),
        album=given.get("album", ""),
        urgent=urgent,
    )
    complaint_reply.link(ctx, draft, given.get("complaint", ""))


def known_purpose(given: str) -> str:
    """Take a purpose from the list, and nothing else."""
    return given if given in PURPOSES else ""


@router.command("drafts")
def list_drafts(command: Command, ctx: Context) -> None:
    """Show your newest drafts and where they stand; /drafts 7 shows one, with its buttons."""
    if wanted := command.text.strip().lstrip("#"):
        shown = own_draft(ctx, ctx.person(), wanted)
        ctx.reply(shown, about=f"{outbox.ABOUT}{int(wanted)}")
        return
    mine = drafts.of_author(ctx.db, ctx.person())
    if not mine:
        ctx.reply(NONE_YET)
        return
    lines = [_mine(ctx, draft) for draft in mine]
    ctx.reply(Message((line(HEADING), *lines, line(MORE))))


def own_draft(ctx: Context, author: Person, wanted: str) -> Message:
    """Show an author one of their drafts, and what they can do with it now."""
    known = wanted.isascii() and wanted.isdecimal() and len(wanted) <= 9
    draft = drafts.locked(ctx.db, int(wanted)) if known else None
    if draft is None or draft.author_id != author.id:
        raise Refusal(NOT_MINE, id=wanted)
    parts: tuple[Part, ...] = (
        _mine(ctx, draft),
        *standing.why(ctx, draft),
        *finding_view.for_author(ctx, draft),
        Quote(drafts.text_of(ctx.db, draft)),
    )
    parts = (*parts, *attached.lines(ctx, draft))
    more = (*attached.buttons(ctx, draft), *finding_view.buttons(ctx, draft))
    return Message(parts, (*offers(draft), *appealing.offer(ctx, draft), *more))


def _mine(ctx: Context, draft: Draft) -> Line:
    page = pages.get(ctx.db, draft.page_id)
    state = emergency_view.standing(ctx, draft)
    return line(MINE, id=draft.id, page=page.name, state=state)
