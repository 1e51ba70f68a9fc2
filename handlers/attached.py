"""The files of a draft as people see them: beside its text, and below its card."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from handlers.chat import Button, Chat, File, Line, Media, Message, Part, Quote, line
from handlers.context import Context, Refusal
from policy.attachments import Attachment, Kind, kind_of
from policy.permissions import PERMISSIONS, Action
from policy.workflow import State
from storage import drafts, files, people
from storage.models import Draft, DraftFile, Person, Stage

MARKS = {
    Kind.IMAGE: "🖼",
    Kind.SCREENSHOT: "🖼",
    Kind.VIDEO: "🎬",
    Kind.AUDIO: "🔈",
    Kind.DOCUMENT: "📄",
}
WHAT = {
    Kind.IMAGE: "picture",
    Kind.SCREENSHOT: "screenshot",
    Kind.VIDEO: "clip",
    Kind.AUDIO: "recording",
    Kind.DOCUMENT: "document",
}
SHOWN = "{mark} {number}. {what} “{name}” ({more})"
ALT = "      It shows: “{alt}”"
COMING = "on its way to me"
REFUSED = "not kept, because {reason}"
SIZE = "{type}, {size}"
UNREAD = "{type}, {size}; I cannot look for hidden data in it"
CLEANED = "{type}, {size}; a clean copy without hidden data"
BELOW = "Draft {id}: {what} “{name}”"
DESCRIBES = "Its description:"
TOO_MANY = "A draft takes at most {most} files. Send fewer, please."
DESCRIBE = "Describe {what} {number}"
CLEAN = "Remove hidden data ({number})"
ADD, REMOVE = "Add files", "Take a file out"

LONGEST_NAME = 80
LONGEST_CAPTION = 600  # characters of a description below a file; Telegram takes little there
MOST_BUTTONS = 4  # files with buttons of their own on one message
HIDDEN = ("exif_gps", "owner_name", "camera_serial")
CLEANABLE = ("image/jpeg", "image/png", "image/webp")
_UNSAFE = re.compile(r"[\\/:*?\"<>|]")


def attach(ctx: Context, draft: Draft, sent: Iterable[File], *, by: Person, album: str = "") -> int:
    """Note that files go with a draft; they are fetched after the commit. Returns how many."""
    added = 0
    for file in sent:
        refuse_too_many(ctx, draft, 1)
        added += _attach(ctx, draft, file, by, album)
    return added


def refuse_too_many(ctx: Context, draft: Draft, more: int) -> None:
    """Refuse more files than a draft takes."""
    if len(files.of(ctx.db, draft)) + more > files.MOST:
        raise Refusal(TOO_MANY, most=files.MOST)


def _attach(ctx: Context, draft: Draft, sent: File, by: Person, album: str) -> int:
    row = DraftFile(
        draft_id=draft.id,
        platform=ctx.platform(),
        file=sent.id,
        key=sent.key or sent.id,
        album=album,
        kind=declared(sent).type,
        name=tidy(sent.name),
        due_at=ctx.now,
        added_at=ctx.now,
        declared={"alt": sent.alt} if sent.alt else {},
    )
    if not files.add(ctx.db, row):
        return 0
    office = people.office(ctx.db, draft.office_id)
    ctx.record(by, "file attached", drafts.subject(draft), office=office, kind=row.kind.value)
    return 1


def declared(sent: File) -> Attachment:
    """Say what the rules may know of a file that has only just been sent."""
    return Attachment(type=kind_of(sent.kind or "image"), name=tidy(sent.name), alt=sent.alt)


def tidy(name: str) -> str:
    """Make a name harmless: no folders, no characters that cannot be seen, not too long."""
    seen = "".join(
        each for each in name if unicodedata.category(each)[0] not in "CZ" or each == " "
    )
    last = _UNSAFE.sub("_", re.split(r"[\\/]", seen)[-1]).strip(". ")
    return last if len(last) <= LONGEST_NAME else f"{last[: LONGEST_NAME - 1]}…"


def lines(ctx: Context, draft: Draft) -> Iterator[Line]:
    """List the files of a draft, with their descriptions, which are whole below each file."""
    for number, file in enumerate(files.of(ctx.db, draft), start=1):
        yield line(
            SHOWN,
            mark=MARKS[file.kind],
            number=number,
            what=WHAT[file.kind],
            name=name_of(file),
            more=_standing(file),
        )
        if alt := files.attachment(file).alt:
            yield line(ALT, alt=alt)


def _standing(file: DraftFile) -> str:
    if file.stage is Stage.WANTED:
        return COMING
    if file.stage is Stage.REFUSED:
        return REFUSED.format(reason=file.reason)
    template = CLEANED if file.original else SIZE if file.facts.get("examined") else UNREAD
    return template.format(type=file.media_type.partition("/")[2].upper(), size=size(file.size))


def size(count: int) -> str:
    """Write a number of bytes."""
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{max(count, 100) / 1000:.1f} kB"


def name_of(file: DraftFile) -> str:
    """Name a file: some come without a name."""
    return file.name or f"{WHAT[file.kind]} {file.id}"


def buttons(ctx: Context, draft: Draft) -> tuple[Button, ...]:
    """Offer an author to describe the files, to remove what hides in them, to add and take out."""
    there = files.of(ctx.db, draft)
    found: list[Button] = []
    if draft.state in (State.IN_REVIEW, State.CHANGES_REQUESTED):
        for number, file in enumerate(there[:MOST_BUTTONS], start=1):
            found += _of_file(file, number, f"{file.id}.{draft.revision}")
    if draft.state in PERMISSIONS[Action.REVISE].states:
        value = f"{draft.id}.{draft.revision}"
        if len(there) < files.MOST:
            found.append(Button(ADD, "add-files", value))
        if there:
            found.append(Button(REMOVE, "remove-file", value))
    return tuple(found)


def _of_file(file: DraftFile, number: int, value: str) -> Iterator[Button]:
    if file.stage is not Stage.REFUSED and file.kind is not Kind.DOCUMENT:
        label = DESCRIBE.format(what=WHAT[file.kind], number=number)
        yield Button(label, "describe", value)
    if can_be_cleaned(file):
        yield Button(CLEAN.format(number=number), "clean", value)


def can_be_cleaned(file: DraftFile) -> bool:
    """Tell whether something hides in a picture of which a clean copy can be made."""
    hides = any(file.facts.get(name) for name in HIDDEN)
    return file.stage is Stage.KEPT and hides and file.media_type in CLEANABLE


def show(ctx: Context, draft: Draft, chat: Chat, card: int) -> None:
    """Put the files of a draft below a copy of its card, each of them once."""
    for file in files.of(ctx.db, draft):
        if file.stage is Stage.KEPT:
            once = f"file:{file.id}:{file.digest[:16]}:{card}"
            ctx.say(chat, _below(draft, file), under=card, once=once)


def send(ctx: Context, draft: Draft, person: Person) -> None:
    """Send somebody the files of a draft as they are to be posted, with their descriptions."""
    for file in files.of(ctx.db, draft):
        if file.stage is Stage.KEPT:
            once = f"file:{file.id}:{file.digest[:16]}:{draft.revision}:approved:{person.id}"
            ctx.tell(person, _below(draft, file), once=once)


def _below(draft: Draft, file: DraftFile) -> Message:
    what, name, alt = WHAT[file.kind], name_of(file), files.attachment(file).alt
    parts: tuple[Part, ...] = (line(BELOW, id=draft.id, what=what, name=name),)
    if alt:
        parts = (*parts, line(DESCRIBES), Quote(alt[:LONGEST_CAPTION]))
    return Message(parts, media=media(file))


def media(file: DraftFile) -> Media:
    """Name a stored file for a message."""
    is_as_sent = not file.original
    return Media(
        digest=file.digest,
        kind=file.kind,
        name=name_of(file),
        alt=files.attachment(file).alt,
        platform=file.platform if is_as_sent else "",
        file=file.file if is_as_sent else "",
    )
