"""Files come and go: what an author adds to a draft or takes out of it makes a new revision."""

from collections.abc import Iterable

from handlers import attached, card
from handlers.chat import Answer, Field, FieldKind, File, Form, Option, Press, Text, message
from handlers.context import Context, Refusal
from handlers.permission import permitted
from handlers.reading import draft_and_revision, number
from handlers.replies import draft_under
from handlers.rewording import store_revision
from handlers.router import Router
from handlers.stored import files_from_text
from policy.permissions import Action
from storage import drafts, files, people
from storage.models import Draft, DraftFile

router = Router()

WHICH_FILES = "Pictures, clips or documents to add"
WHICH_FILE = "Which one is to be taken out?"
OPTION = "{number}. {what} “{name}”"
NO_FILES = "There was no file, so nothing was changed."
KNOWN = "Draft {id} has that already, so nothing was changed."
NONE_LEFT = "Draft {id} has no files."
GONE = "Draft {id} has no such file any more."
CHANGED = (
    "**Draft {id}** has other files now: this is revision {revision}. The text is the same. "
    "Votes start again."
)
ADDED = "**Draft {id}**: added to it: {names}."
TAKEN_OUT = "**Draft {id}**: does not belong to it any more: {what} “{name}”."
LONGEST_OPTION = 70  # characters; Slack takes 75


@router.press("add-files")
def ask_for_files(press: Press, ctx: Context) -> None:
    """Ask an author for files to add."""
    draft = permitted(ctx, Action.REVISE, *draft_and_revision(press.value))
    attached.refuse_too_many(ctx, draft, 1)
    field = Field("files", WHICH_FILES, FieldKind.FILES, required=False)
    title = f"Add to draft {draft.id}"[:24]
    ctx.ask(Form("add-files", title, (field,), submit="Add", context=press.value))


@router.form("add-files")
def add_files(answer: Answer, ctx: Context) -> None:
    """Add files to a draft."""
    draft = permitted(ctx, Action.REVISE, *draft_and_revision(answer.context))
    add(ctx, draft, files_from_text(answer.values.get("files", "")))


@router.text
def add_by_reply(text: Text, ctx: Context) -> None:
    """Add the files with which an author answers a message about their draft."""
    wanted = draft_under(text, ctx) if text.files else None
    if wanted is None:
        return
    first = files.of_album(ctx.db, text.by.platform, text.album) if text.album else None
    if first is not None and first.draft_id == wanted:
        return  # a further picture of an album: it goes where the first one went
    draft = permitted(ctx, Action.REVISE, wanted)
    add(ctx, draft, text.files, album=text.album)


def add(ctx: Context, draft: Draft, sent: tuple[File, ...], *, album: str = "") -> None:
    """Let files go with a draft from now on: a new revision, and votes start again."""
    if not sent:
        raise Refusal(NO_FILES)
    before = {file.id for file in files.of(ctx.db, draft)}
    if not attached.attach(ctx, draft, sent, by=ctx.person(), album=album):
        raise Refusal(KNOWN, id=draft.id)
    added = [file for file in files.of(ctx.db, draft) if file.id not in before]
    names = ", ".join(f"{attached.WHAT[file.kind]} “{attached.name_of(file)}”" for file in added)
    _store(ctx, draft, action="files added")
    card.announce(ctx, draft, message(ADDED, id=draft.id, names=names))


@router.press("remove-file")
def ask_which_file(press: Press, ctx: Context) -> None:
    """Ask an author which file is to be taken out."""
    draft = permitted(ctx, Action.REVISE, *draft_and_revision(press.value))
    options = tuple(_options(files.of(ctx.db, draft)))
    if not options:
        raise Refusal(NONE_LEFT, id=draft.id)
    field = Field("file", WHICH_FILE, FieldKind.CHOICE, options)
    title = f"Files of draft {draft.id}"[:24]
    ctx.ask(Form("remove-file", title, (field,), submit="Take it out", context=press.value))


def _options(there: Iterable[DraftFile]) -> Iterable[Option]:
    for place, file in enumerate(there, start=1):
        label = OPTION.format(
            number=place, what=attached.WHAT[file.kind], name=attached.name_of(file)
        )
        is_long = len(label) > LONGEST_OPTION
        yield Option(str(file.id), f"{label[: LONGEST_OPTION - 1]}…" if is_long else label)


@router.form("remove-file")
def remove_file(answer: Answer, ctx: Context) -> None:
    """Take a file out of a draft: a new revision, and votes start again."""
    draft = permitted(ctx, Action.REVISE, *draft_and_revision(answer.context))
    wanted = number(answer.values.get("file", ""))
    file = next((each for each in files.of(ctx.db, draft) if each.id == wanted), None)
    if file is None:
        raise Refusal(GONE, id=draft.id)
    files.remove(ctx.db, file)
    ctx.record(
        ctx.person(),
        "file taken out",
        drafts.subject(draft),
        office=people.office(ctx.db, draft.office_id),
        file=file.id,
    )
    _store(ctx, draft, action="file taken out of draft")
    what, name = attached.WHAT[file.kind], attached.name_of(file)
    card.announce(ctx, draft, message(TAKEN_OUT, id=draft.id, what=what, name=name))


def _store(ctx: Context, draft: Draft, *, action: str) -> None:
    text = drafts.text_of(ctx.db, draft)
    store_revision(ctx, draft, text, action=action, news=CHANGED)
