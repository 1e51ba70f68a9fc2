"""What a file really is, and what hides in it. Nothing is rendered; pictures are only decoded.

A picture is opened only by the decoder of what its first bytes say it is, and never if it would
unfold to more than 50 million pixels.
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import filetype
from PIL import ExifTags, Image

MOST_PIXELS = 50_000_000
CHUNK = 1 << 20
OVERLAP = 200  # bytes in which a mark may lie across two chunks

#: What is taken, by media type, and the decoder for the pictures among them.
DECODERS: Mapping[str, str] = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/apng": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
}
OTHERS = frozenset(
    {
        "image/heic",
        "image/avif",
        "video/mp4",
        "video/x-m4v",
        "video/quicktime",
        "video/webm",
        "video/x-matroska",
        "audio/mpeg",
        "audio/mp4",
        "audio/aac",
        "audio/x-wav",
        "audio/ogg",
        "audio/x-flac",
        "application/pdf",
        "application/rtf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.oasis.opendocument.text",
    }
)

#: Pictures for which there is no decoder here; the notes of their camera can be read all the same.
BOXED = frozenset({"image/heic", "image/avif"})
NOTES = b"Exif\0\0"
MOST_NOTES = 1 << 16  # bytes

EMPTY = "it is empty"
UNKNOWN = "it is no kind of file that I take: send a picture, clip, recording, PDF or document"
BOMB = "it has more than 50 million pixels"
BROKEN = "it is damaged or cut off"

#: Marks within the bytes of a file, whatever its format, and what they say.
_POSITION = re.compile(rb"exif:GPSL(?:at|ong)itude|\xa9xyz|location\.ISO6709")
_OWNER = re.compile(rb"aux:OwnerName|exifEX:CameraOwnerName")
_SERIAL = re.compile(rb"aux:SerialNumber|exifEX:BodySerialNumber")
_SOURCE = re.compile(rb"digitalsourcetype/([A-Za-z]{3,60})")
_CLAIM = re.compile(rb"jumb[\s\S]{0,100}c2pa")

#: Keys under which programs that make pictures leave how they did it.
_RECIPES = frozenset({"parameters", "prompt", "workflow", "sd-metadata", "invokeai_metadata"})
_OWNER_TAG, _BODY_TAG, _LENS_TAG = 0xA430, 0xA431, 0xA435
_PLACE = frozenset({2, 4})  # latitude, longitude

# Refuse rather than warn: no decoder of ours ever sees such a picture.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class Unacceptable(Exception):
    """A file that is not kept. The text says why, after “because”."""


@dataclass(frozen=True)
class Examined:
    """The media type of a file by its content, and what hides in it."""

    media_type: str
    facts: dict[str, object] = field(default_factory=dict)


def examine(path: Path) -> Examined:
    """Look at a file. Raises `Unacceptable`."""
    if not path.stat().st_size:
        raise Unacceptable(EMPTY)
    kind = filetype.guess(str(path))
    media_type = kind.mime if kind else ""
    if media_type not in DECODERS and media_type not in OTHERS:
        raise Unacceptable(UNKNOWN)
    facts: dict[str, object] = {}
    with path.open("rb") as file:
        facts |= _marks(file)
    if media_type in DECODERS:
        facts |= _of_picture(path, DECODERS[media_type])
    elif media_type in BOXED:
        facts |= _of_boxes(path)
    facts["examined"] = media_type in DECODERS or media_type in BOXED
    return Examined(media_type, facts)


def _marks(file: BinaryIO) -> dict[str, object]:
    """Look for marks in the bytes, in constant memory."""
    facts: dict[str, object] = {}
    end = b""
    while data := file.read(CHUNK):
        facts |= _of_bytes(end + data)
        end = data[-OVERLAP:]
    return facts


def _of_bytes(data: bytes) -> dict[str, object]:
    facts: dict[str, object] = {}
    if _POSITION.search(data):
        facts["exif_gps"] = True
    if _OWNER.search(data):
        facts["owner_name"] = "yes"
    if _SERIAL.search(data):
        facts["camera_serial"] = "yes"
    if found := _SOURCE.search(data):
        facts["digital_source_type"] = found[1].decode()
    if _CLAIM.search(data):
        facts["c2pa"] = True
    return facts


def _of_picture(path: Path, decoder: str) -> dict[str, object]:
    """Look into a picture, and prove that it is whole."""
    try:
        with Image.open(path, formats=[decoder]) as picture:
            refuse_bomb(picture)
            facts = {**_of_notes(picture), **_of_exif(picture.getexif())}
            picture.draft(None, (1, 1))  # a JPEG need not be unfolded whole
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise Unacceptable(BOMB) from None
    except Unacceptable:
        raise
    except Exception as error:  # a decoder may raise anything on what was made to break it
        raise Unacceptable(BROKEN) from error
    return facts


def refuse_bomb(picture: Image.Image) -> None:
    """Raise `Unacceptable` if a picture has more pixels than any that is meant well."""
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise Unacceptable(BOMB)


def _of_boxes(path: Path) -> dict[str, object]:
    """Read the notes of a camera out of a file that is not decoded."""
    data = path.read_bytes()
    at = data.find(NOTES)
    if at < 0:
        return {}
    exif = Image.Exif()
    try:
        exif.load(data[at : at + MOST_NOTES])
        return _of_exif(exif)
    except Exception as error:  # notes may be made to break their reader
        raise Unacceptable(BROKEN) from error


def _of_exif(exif: Image.Exif) -> dict[str, object]:
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    facts: dict[str, object] = {}
    if not _PLACE.isdisjoint(exif.get_ifd(ExifTags.IFD.GPSInfo)):
        facts["exif_gps"] = True
    if str(camera.get(_OWNER_TAG, "")).strip("\0 "):
        facts["owner_name"] = "yes"
    if any(str(camera.get(tag, "")).strip("\0 ") for tag in (_BODY_TAG, _LENS_TAG)):
        facts["camera_serial"] = "yes"
    return facts


def _of_notes(picture: Image.Image) -> dict[str, object]:
    """Read the texts beside the pixels, which may be compressed and so without marks outside."""
    facts: dict[str, object] = {}
    for data in _notes(picture):
        facts |= _of_bytes(data)
    if any(str(key).lower() in _RECIPES for key in picture.info):
        facts["ai"] = True
    return facts


def _notes(picture: Image.Image) -> Iterator[bytes]:
    for value in picture.info.values():
        if isinstance(value, bytes):
            yield value
        elif isinstance(value, str):
            yield value.encode("utf-8", "replace")
