"""Attachments: what is fetched is checked and shown, its author describes it, a copy is cleaned.

Files of drafts that have ended stay with the record, as their texts do.
"""

from collections.abc import Mapping

from handlers import attached, card, holding, submission
from handlers.chat import (
    Answer,
    Field,
    FieldKind,
    Form,
    Line,
    Message,
    Option,
    Press,
    Text,
    line,
    message,
)
from handlers.context import Context, Refusal
from handlers.reading import draft_and_revision
from handlers.rechecking import look_again, recheck, recheck_approved
from handlers.router import Router
from handlers.stored import files_from_text, files_to_text
from policy.attachments import Kind, kind_of
from policy.workflow import LABELS, State
from storage import drafts, files, forms, people
from storage.models import Draft, DraftFile, Person, Stage

router = Router()

NOT_YOURS = "That file goes with a draft that is not yours."
OLD = "Draft {id} has changed since: it is at revision {revision} now. Use the newest buttons."
NOT_NOW = "Draft {id} is {state}, so its files cannot change any more."
VOTED = "The moderators have begun to vote on draft {id}, so its files cannot change any more."
NOTHING_HIDDEN = "There is nothing in that file that I could remove."
CLEANING = "I am making a clean copy. You will hear when it has taken the place of the picture."
DESCRIBED = "Thank you. Draft {id} now says this about “{name}”."
CHECKED = "**Draft {id}**: I have looked at “{name}”."
CLEANED = "**Draft {id}**: a clean copy of “{name}” has taken its place. Nothing hides in it."
LOST = "**Draft {id}**: I could not keep “{name}”, because {reason}."
SEND_AGAIN = "The draft goes on without it. To add it, send it once more with “Add files”."
NEWS = "**Draft {id}**: {what} “{name}” was replaced by a clean copy without hidden data."

ALT = "What does it show? Write it for people who cannot see it."
ALT_HINT = "For example: Two engineers measure the new bridge."
CAPTIONS = "Does it have captions?"
PEOPLE = "Who can be recognised in it?"
CONSENT = "How have they agreed?"
CONSENT_HINT = "The reference of their consent. Under 18 it has to be in writing."
ORIGIN = "Who made it?"
LICENCE = "Licence and credit, if it is not your own"
LICENCE_HINT = "For example: CC BY 4.0, Jo Bell"

FILES = (holding.FILES,)
CHECKED_AGAIN = "draft checked with its files"

Choices = Mapping[str, tuple[str, Mapping[str, object]]]

WHO: Choices = {
    "nobody": ("Nobody", {}),
    "crowd": ("A crowd, nobody stands out", {"people": True, "crowd": True}),
    "adults": ("Adults", {"people": True}),
    "children": ("Children or young people under 18", {"people": True, "people_under_18": True}),
}
MAKERS: Choices = {
    "own": ("We did", {"own": True}),
    "other": ("Somebody else", {"third_party": True}),
    "ai": ("AI, and it could be taken for real", {"ai": True}),
    "drawing": ("AI, and it is clearly an illustration", {"ai": True, "realistic": False}),
}
SPOKEN: Choices = {
    "yes": ("Yes, a person has checked them", {"captions": "yes"}),
    "auto": ("Automatic ones, not checked yet", {"captions": "auto"}),
    "no": ("No", {}),
    "silent": ("There is nothing to hear", {"silent": True}),
}


@router.press("describe")
def ask_about(press: Press, ctx: Context) -> None:
    """Ask an author what a file shows, and who is in it."""
    file, draft = own_file(press.value, ctx)
    refuse_if_voted(ctx, draft)
    ctx.ask(description_form(file, press.value))


def own_file(value: str, ctx: Context) -> tuple[DraftFile, Draft]:
    """Return the file that a button is about, and its draft, if its author may change it now."""
    file_id, revision = draft_and_revision(value)
    person = ctx.person()
    file = files.locked(ctx.db, file_id)
    draft = drafts.locked(ctx.db, file.draft_id) if file else None
    is_gone = file is None or file.stage is Stage.REMOVED
    if is_gone or file is None or draft is None or draft.author_id != person.id:
        raise Refusal(NOT_YOURS)
    if not people.roles(ctx.db, draft.office_id, person):
        raise Refusal(NOT_YOURS, about=draft)
    if draft.revision != revision:
        raise Refusal(OLD, id=draft.id, revision=draft.revision)
    if draft.state not in (State.IN_REVIEW, State.CHANGES_REQUESTED):
        raise Refusal(NOT_NOW, id=draft.id, state=LABELS[draft.state])
    return file, draft


def refuse_if_voted(ctx: Context, draft: Draft) -> None:
    """Refuse a change of what is being voted on."""
    if drafts.votes(ctx.db, draft):
        raise Refusal(VOTED, id=draft.id)


def description_form(file: DraftFile, context: str) -> Form:
    """Ask everything about one file at once."""
    plays = file.kind in (Kind.VIDEO, Kind.AUDIO)
    alt = files.attachment(file).alt
    fields = (
        Field("alt", ALT, FieldKind.TEXT, required=not plays, initial=alt, hint=ALT_HINT),
        *((Field("captions", CAPTIONS, FieldKind.CHOICE, _options(SPOKEN)),) if plays else ()),
        Field("people", PEOPLE, FieldKind.CHOICE, _options(WHO)),
        Field("consent", CONSENT, required=False, hint=CONSENT_HINT),
        Field("origin", ORIGIN, FieldKind.CHOICE, _options(MAKERS)),
        Field("licence", LICENCE, required=False, hint=LICENCE_HINT),
    )
    title = f"Describe the {attached.WHAT[file.kind]}"[:24]
    return Form("describe", title, fields, submit="Keep it", context=context)


def _options(choices: Choices) -> tuple[Option, ...]:
    return tuple(Option(name, label) for name, (label, _) in choices.items())


@router.form("describe")
def describe(answer: Answer, ctx: Context) -> None:
    """Keep what an author says about a file, and check the draft again."""
    file, draft = own_file(answer.context, ctx)
    refuse_if_voted(ctx, draft)
    given = answer.values
    licence, _, credit = given.get("licence", "").partition(",")
    said: dict[str, object] = {
        "alt": given.get("alt", "").strip(),
        "consent": given.get("consent", "").strip(),
        "licence": licence.strip(),
        "credit": credit.strip(),
    }
    for name, choices in (("people", WHO), ("origin", MAKERS), ("captions", SPOKEN)):
        said |= choices.get(given.get(name, ""), ("", {}))[1]
    file.declared = {name: value for name, value in said.items() if value not in ("", None)}
    ctx.db.add(file)
    ctx.db.flush()
    person = ctx.person()
    news = look_again(ctx, draft, actor=person, action="file described", causes=FILES)
    thanks = line(DESCRIBED, id=draft.id, name=attached.name_of(file))
    ctx.reply(_with_receipt(ctx, draft, thanks, news), about=drafts.subject(draft))


@router.press("clean")
def clean(press: Press, ctx: Context) -> None:
    """Have a copy made without the hidden data of a picture; it takes its place."""
    file, draft = own_file(press.value, ctx)
    if not attached.can_be_cleaned(file):
        raise Refusal(NOTHING_HIDDEN)
    file.stage, file.due_at, file.attempts = Stage.CLEANING, ctx.now, 0
    ctx.db.add(file)
    _record(ctx, ctx.person(), "clean copy asked for", file, draft)
    ctx.reply(CLEANING)


@router.text
def take_rest_of_album(text: Text, ctx: Context) -> None:
    """Add the further pictures of an album to the draft whose text came with the first."""
    person = ctx.someone(text.by) if text.goes_on else None
    if person is None:
        return
    for session in forms.opened(ctx.db, text.by, ctx.now):
        if session.values.get("album") == text.album:
            held = files_from_text(session.values.get("files", ""))
            session.values = {**session.values, "files": files_to_text((*held, *text.files))}
            ctx.db.add(session)
            return
    first = files.of_album(ctx.db, text.by.platform, text.album)
    draft = drafts.locked(ctx.db, first.draft_id) if first else None
    if draft is None or draft.author_id != person.id or drafts.votes(ctx.db, draft):
        return
    if draft.state in (State.IN_REVIEW, State.CHANGES_REQUESTED):
        attached.attach(ctx, draft, text.files, by=person, album=text.album)
        recheck(ctx, draft, actor=person, action="file attached", causes=FILES)


def kept(
    ctx: Context, file: DraftFile, found: files.Kept, *, name: str = "", alt: str = ""
) -> None:
    """Note that a file was fetched and examined; check its draft again, and show it."""
    _keep(file, found)
    file.kind = kind_of(found.media_type)
    file.name = file.name or attached.tidy(name)
    if alt and not file.declared.get("alt"):
        file.declared = {**file.declared, "alt": alt}
    _settle(ctx, file, "file kept", CHECKED, type=found.media_type, size=found.size)


def cleaned(ctx: Context, file: DraftFile, found: files.Kept) -> None:
    """Let a clean copy take the place of what was sent."""
    file.original = file.original or file.digest
    _keep(file, found)
    draft = _settle(ctx, file, "file cleaned", CLEANED, size=found.size)
    if draft is not None:
        what, name = attached.WHAT[file.kind], attached.name_of(file)
        card.announce(ctx, draft, message(NEWS, id=draft.id, what=what, name=name))


def refused(ctx: Context, file: DraftFile, reason: str) -> None:
    """Note that a file is not kept; what was kept before a cleaning that failed stays."""
    file.stage = Stage.KEPT if file.digest else Stage.REFUSED
    file.reason = reason
    _settle(ctx, file, "file refused", LOST, why=reason)


def _keep(file: DraftFile, found: files.Kept) -> None:
    file.stage, file.reason, file.attempts = Stage.KEPT, "", 0
    file.digest, file.size, file.media_type = found.digest, found.size, found.media_type
    file.facts = dict(found.facts)


def _settle(
    ctx: Context, file: DraftFile, action: str, news: str, **detail: object
) -> Draft | None:
    """Write down what became of a file, and tell. Returns its draft if that is still open."""
    ctx.db.add(file)
    ctx.db.flush()
    draft = drafts.locked(ctx.db, file.draft_id)
    if draft is None:
        return None
    _record(ctx, "bot", action, file, draft, **detail)
    if draft.state is State.APPROVED:  # quicker than the file: who voted and who posts get it now
        card.show_files(ctx, draft)
        attached.send(ctx, draft, people.get(ctx.db, draft.author_id))
        recheck_approved(ctx, draft, action=CHECKED_AGAIN, causes=FILES)
    if draft.state not in (State.IN_REVIEW, State.CHANGES_REQUESTED):
        return None
    checked = look_again(ctx, draft, actor="bot", action=CHECKED_AGAIN, causes=FILES)
    told = line(news, id=draft.id, name=attached.name_of(file), reason=file.reason)
    again = line(SEND_AGAIN) if file.stage is Stage.REFUSED else None
    author = people.get(ctx.db, draft.author_id)
    ctx.tell(author, _with_receipt(ctx, draft, told, again, checked), about=drafts.subject(draft))
    return draft


def _record(
    ctx: Context, actor: Person | str, action: str, file: DraftFile, draft: Draft, **detail: object
) -> None:
    office = people.office(ctx.db, draft.office_id)
    ctx.record(actor, action, drafts.subject(draft), office=office, file=file.id, **detail)


def _with_receipt(ctx: Context, draft: Draft, *first: Line | None) -> Message:
    said = submission.receipt(ctx, draft)
    return Message((*filter(None, first), *said.parts), said.buttons)
