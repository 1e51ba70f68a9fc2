"""Small pictures made for a test, with what cameras and programs leave in them."""

import struct
import zlib
from io import BytesIO

from PIL import ExifTags, Image, PngImagePlugin

XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf {}/></x:xmpmeta>'


def jpeg(
    *,
    gps: bool = False,
    owner: str = "",
    serial: str = "",
    turned: int = 0,
    size: tuple[int, int] = (32, 16),
    xmp: str = "",
) -> bytes:
    """Make a JPEG: its left half is red, its right half blue."""
    exif = camera_notes(gps=gps, owner=owner, serial=serial)
    if turned:
        exif[0x0112] = turned
    more = {"xmp": XMP.format(xmp).encode()} if xmp else {}
    return saved(halves(size), "JPEG", exif=exif, **more)


def camera_notes(*, gps: bool = False, owner: str = "", serial: str = "") -> Image.Exif:
    """Write what a camera notes beside a picture."""
    exif = Image.Exif()
    if gps:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        place[1], place[2] = "S", (13.0, 50.0, 0.0)
        place[3], place[4] = "W", (171.0, 46.0, 0.0)
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    if owner:
        camera[0xA430] = owner
    if serial:
        camera[0xA431] = serial
    return exif


def notes(**noted: object) -> bytes:
    """Write the same as it stands in a file."""
    return camera_notes(**noted).tobytes()


def png(*, recipe: str = "", xmp: str = "") -> bytes:
    """Make a PNG; `recipe` is what a program that makes pictures leaves, `xmp` compressed."""
    notes = PngImagePlugin.PngInfo()
    if recipe:
        notes.add_text("parameters", recipe)
    if xmp:
        notes.add_itxt("XML:com.adobe.xmp", XMP.format(xmp), zip=True)
    return saved(halves((32, 16)), "PNG", pnginfo=notes)


def bomb() -> bytes:
    """Make a small PNG that would unfold to 10,000 million pixels."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def halves(size: tuple[int, int]) -> Image.Image:
    """Draw a red left half and a blue right half."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    return picture


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    """Write a picture to bytes."""
    file = BytesIO()
    picture.save(file, format=form, **options)
    return file.getvalue()
