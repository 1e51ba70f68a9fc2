"""A copy of a picture without what hides in it: no place, no owner, no camera, no notes."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from bot.examination import BROKEN, DECODERS, Unacceptable, refuse_bomb

#: How each kind of picture is written: close to the original, or without any loss.
QUALITY: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 95, "subsampling": 0, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 95, "method": 4},
}
ANIMATED = "it moves, and I can clean only pictures that do not"


def clean_copy(path: Path, media_type: str) -> bytes:
    """Make a copy without metadata, turned as its metadata said. Raises `Unacceptable`.

    The colour profile stays: without it, the colours would change.
    """
    decoder = DECODERS[media_type]
    try:
        with Image.open(path, formats=[decoder]) as picture:
            refuse_bomb(picture)
            if getattr(picture, "is_animated", False):
                raise Unacceptable(ANIMATED)
            profile = picture.info.get("icc_profile")
            turned = ImageOps.exif_transpose(picture)
            if turned.mode == "P" or "transparency" in turned.info:
                turned = turned.convert("RGBA" if "transparency" in turned.info else "RGB")
            bare = Image.frombytes(turned.mode, turned.size, turned.tobytes())
            copy = BytesIO()
            bare.save(copy, format=decoder, icc_profile=profile, **QUALITY[decoder])
    except Unacceptable:
        raise
    except Exception as error:  # a decoder may raise anything on what was made to break it
        raise Unacceptable(BROKEN) from error
    return copy.getvalue()
