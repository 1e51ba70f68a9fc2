"""What goes with a post: places stored in photos, people without consent, labels, credits."""

import re
from collections.abc import Iterator
from dataclasses import replace

from policy.attachments import MOST_FLASHES, Attachment, Kind
from policy.checks.registry import Passage, check_if
from policy.checks.wording import wording
from policy.findings import Post, Severity
from policy.terms import Cues, Phrases
from policy.texts import Reading

#: So much of a description is read.
LONGEST = 2000

NAMED = " ({name})"

POSITION = "where it was taken"
OWNER = "the name of its owner"
CAMERA = "the serial number of the camera"

NO_CAPTIONS = "Add checked captions before posting."
UNREAD = "Read the automatic captions and correct them before posting."
SILENT = "Describe in text what the silent clip shows."
FLASHING = (
    f"It flashes more than {MOST_FLASHES} times a second, which can cause seizures. Change it."
)

#: Licences that ask for the name of the author.
_ASKS_FOR_NAME = re.compile(
    r"\b(?:cc[ -]?by|creative commons|ogl|open government)\b", re.IGNORECASE
)
#: What people write in place of a licence, or of a name.
_NO_SOURCE = re.compile(
    r"\W*(?:(?:taken |copied |downloaded )?(?:from|off|via) )?"
    r"(?:google(?: images)?|(?:the )?(?:internet|web)|pinterest|youtube|tiktok|facebook"
    r"|instagram|(?:found )?online|(?:a )?fan(?:'s)? ?page"
    r"|unclear|not sure|pending|asked|requested|not yet|tbc|expired)\W*",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"©|\bcourtesy\b|সৌজন্যে|\b(?:photo|picture|image|video|clip|footage|music|artwork|crédit|credit)s?"
    r"(?: credits?)?\s?(?::|\bby\b|\bpar\b)",
    re.IGNORECASE,
)


@check_if(declared=Post.has_files)
def stored_location(reading: Reading) -> Iterator[Passage]:
    """Object to pictures that tell where they were taken, or whose the camera is."""
    for each in reading.post.attachments:
        found = [
            what
            for what, is_there in (
                (POSITION, each.exif_gps),
                (OWNER, each.owner_name),
                (CAMERA, each.camera_serial),
            )
            if is_there
        ]
        if found:
            yield _about(each, what=" and ".join(found))


@check_if(declared=Post.has_files)
def no_consent(reading: Reading) -> Iterator[Passage]:
    """Object to people in a picture of whose consent there is no record.

    Children need more than a spoken yes; a crowd is only pointed out.
    """
    for each in reading.post.attachments:
        if each.people_under_18:
            if not each.has_written_consent:
                yield _about(each, severity=Severity.BLOCK)
        elif each.crowd:
            if not each.has_consent:
                yield _about(each, severity=Severity.INFO)
        elif each.people and not each.has_consent:
            yield _about(each)


@check_if(declared=Post.has_files)
def unlabelled_generated(reading: Reading, *, labels: Phrases) -> Iterator[Passage]:
    """Object to what a model made if neither text nor description says so.

    What is declared as nothing that could be taken for real is a warning.
    """
    generated = [each for each in reading.post.attachments if each.is_generated]
    if not generated or labels.of(reading) or _tagged(reading, labels):
        return
    for each in generated:
        if not labels.of(Reading(Post(each.alt[:LONGEST]))):
            yield _about(each, severity=None if each.realistic else Severity.WARN)


@check_if(declared=Post.has_files)
def no_credit(
    reading: Reading,
    *,
    found: Cues,
    media: Phrases,
    hits: Cues,
    played: Phrases,
    within: int,
    permissions: Phrases,
    advice: Phrases,
    negations: Phrases,
) -> Iterator[Passage]:
    """Object to other people's media without licence, or without the credit that it asks for.

    They are declared so, or the text says so: phrases of `found` near `media`, or music of
    `hits` that is `played` under a clip.
    """
    others = [each for each in reading.post.attachments if each.third_party and not each.own]
    for each in others:
        if not permissions.of(reading) and not _may_be_used(each, reading.text):
            yield _about(each)
    if others:
        return
    for find, near in ((found, media), (hits, played)):
        passages = wording(
            reading,
            find=find,
            near=near,
            within=within,
            unless=advice,
            unless_anywhere=permissions,
            negations=negations,
            negated_within=8,
        )
        yield from (replace(each, fields={"name": ""}) for each in passages)


@check_if(declared=Post.has_files)
def poor_description(reading: Reading, *, empty: Phrases, most: int) -> Iterator[Passage]:
    """Object to pictures without a description, and to descriptions that describe nothing.

    Decoration needs none on a website; elsewhere every picture is read out.
    """
    for each in reading.post.attachments:
        if not each.is_picture or (each.decorative and reading.post.platform == "website"):
            continue
        if wrong := _wrong_with(each, reading.post.text, empty, most):
            yield _about(each, wrong=wrong)


@check_if(declared=Post.has_files)
def uncaptioned(reading: Reading) -> Iterator[Passage]:
    """Object to clips and recordings without checked captions, and to anything that flashes."""
    for each in reading.post.attachments:
        if each.flashing:
            yield _about(each, severity=Severity.BLOCK, do=FLASHING)
        if not each.plays:
            continue
        if each.silent:
            if not each.alt.strip() and each.type is Kind.VIDEO:
                yield _about(each, do=SILENT)
        elif not each.has_captions:
            yield _about(each, do=UNREAD if each.captions else NO_CAPTIONS)


def _about(each: Attachment, *, severity: Severity | None = None, **fields: str) -> Passage:
    name = NAMED.format(name=each.name) if each.name else ""
    return Passage(fields={"name": name, **fields}, severity=severity)


def _tagged(reading: Reading, labels: Phrases) -> bool:
    """Tell whether a hashtag is a label: #AIGenerated."""
    said = (reading.text[tag.start + 1 : tag.end] for tag in reading.hashtags)
    return any(labels.of(Reading(Post(_parted(tag)))) for tag in said)


def _parted(tag: str) -> str:
    """Part the words of a hashtag at its capitals."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_", " ", tag)


def _may_be_used(each: Attachment, text: str) -> bool:
    """Tell whether there is a licence, and where that asks for it, a name beside it."""
    if not each.licence or _NO_SOURCE.fullmatch(each.licence):
        return False
    named = bool(each.credit and not _NO_SOURCE.fullmatch(each.credit)) or _CREDIT.search(text)
    return bool(named) or not _ASKS_FOR_NAME.search(each.licence)


#: What a camera, a phone or a program calls a file.
_FILE = re.compile(
    r"\S.{0,200}\.(?:jpe?g|png|gif|webp|heic|heif|tiff?|bmp|avif|svg|pdf|mp4|mov)"
    r"|(?:img|dsc[nf]?|pxl|mvi|vid|p|screen ?shot|image|photo|picture|untitled|whatsapp image)"
    r"[\s_-]*[(\d][\d\s_.()a-z:-]{0,80}",
    re.IGNORECASE,
)


def _wrong_with(each: Attachment, text: str, empty: Phrases, most: int) -> str:
    """Say what is wrong with the description of a picture, or nothing."""
    alt = each.alt.strip()
    if not alt:
        return "it has no description"
    if _FILE.fullmatch(alt) or alt == each.name.strip():
        return f"“{alt[:60]}” is only the name of a file"
    if len(alt) > most:
        return f"{len(alt)} characters are too many to listen to; {most} are enough"
    if _folded(alt) == _folded(text):
        return "the description only repeats the post"
    words = Reading(Post(alt[:LONGEST])).words
    said = empty.at(words, 0) if words else None
    if not words or (said is not None and said.last == len(words) - 1):
        return f"“{alt}” does not say what can be seen"
    return ""


def _folded(text: str) -> str:
    return "".join(each for each in text.lower() if each.isalnum())
