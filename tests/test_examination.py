"""What a file really is, what hides in it, and what a clean copy leaves of that."""

from io import BytesIO

import pytest
from PIL import Image

from bot.cleaning import clean_copy
from bot.examination import BOMB, BROKEN, EMPTY, UNKNOWN, Unacceptable, examine
from tests import pictures

AI = 'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/{}"'
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 400
PDF = b"%PDF-1.7\n" + b"x" * 100


@pytest.fixture
def looked(tmp_path):
    def look(data: bytes):
        path = tmp_path / "file"
        path.write_bytes(data)
        return examine(path)

    return look


@pytest.mark.parametrize(
    ("data", "facts"),
    [
        (pictures.jpeg(), {}),
        (pictures.jpeg(gps=True), {"exif_gps": True}),
        (pictures.jpeg(xmp='exif:GPSLatitude="13,50S"'), {"exif_gps": True}),
        (pictures.png(xmp='exif:GPSLongitude="171,46W"'), {"exif_gps": True}),
        (pictures.jpeg(owner="Kim Hall"), {"owner_name": "yes"}),
        (pictures.jpeg(serial="0123456"), {"camera_serial": "yes"}),
        (pictures.png(recipe="a street, flooded. Steps: 20"), {"ai": True}),
        (
            pictures.jpeg(xmp=AI.format("trainedAlgorithmicMedia")),
            {"digital_source_type": "trainedAlgorithmicMedia"},
        ),
        (
            pictures.png(xmp=AI.format("digitalCapture")),
            {"digital_source_type": "digitalCapture"},
        ),
        (pictures.jpeg() + b"\0\0jumbjumd\0\0c2pa\0", {"c2pa": True}),
        (pictures.saved(pictures.halves((8, 8)), "WEBP"), {}),
        (pictures.saved(pictures.halves((8, 8)), "GIF"), {}),
    ],
)
def test_a_picture_gives_away_what_hides_in_it(looked, data, facts):
    assert looked(data).facts == {**facts, "examined": True}


@pytest.mark.parametrize(
    ("data", "media_type", "facts"),
    [
        (MP4, "video/mp4", {}),
        (MP4 + b"\0\0\0\x1e\xa9xyz\0\x12-13.8333-171.7667/", "video/mp4", {"exif_gps": True}),
        (PDF, "application/pdf", {}),
    ],
)
def test_other_files_are_known_by_their_content_and_not_opened(looked, data, media_type, facts):
    found = looked(data)
    assert found.media_type == media_type
    assert found.facts == {**facts, "examined": False}


@pytest.mark.parametrize(
    ("notes", "facts"),
    [
        (b"", {}),
        (pictures.notes(gps=True), {"exif_gps": True}),
        (pictures.notes(owner="Kim Hall"), {"owner_name": "yes"}),
    ],
)
def test_the_notes_of_a_phone_are_read_though_its_picture_is_not_decoded(looked, notes, facts):
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 300 + notes + b"\1" * 300
    assert looked(heic).media_type == "image/heic"
    assert looked(heic).facts == {**facts, "examined": True}


@pytest.mark.parametrize("at", [(1 << 20) - 3, (1 << 20) - 199, 5 << 20])
def test_a_mark_is_found_wherever_it_stands(looked, at):
    assert looked(MP4.ljust(at, b"\1") + b"\xa9xyz").facts["exif_gps"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", EMPTY),
        (b"just words", UNKNOWN),
        (b"MZ" + b"\0" * 300, UNKNOWN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", UNKNOWN),
        (b"<html><script>alert(1)</script></html>", UNKNOWN),
        (b"PK\3\4" + b"\0" * 300, UNKNOWN),
        (pictures.bomb(), BOMB),
        (pictures.jpeg(size=(640, 480))[:900], BROKEN),
        (pictures.png()[:-30], BROKEN),
        (b"\xff\xd8\xff\xe0" + b"\0" * 200, BROKEN),
        (b"GIF89a" + b"\xff" * 200, BROKEN),
    ],
)
def test_what_is_no_file_that_we_take_is_refused(looked, data, reason):
    with pytest.raises(Unacceptable, match=reason[:20]):
        looked(data)


def test_a_picture_is_read_by_the_decoder_of_its_content_alone(looked):
    """EPS, which Pillow hands to another program, never gets that far."""
    with pytest.raises(Unacceptable):
        looked(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_clean_copy_has_nothing_hidden_and_looks_the_same(tmp_path, form):
    path = tmp_path / "file"
    picture = Image.open(BytesIO(pictures.jpeg(gps=True, owner="Kim", turned=6)))
    path.write_bytes(pictures.saved(picture, form, exif=picture.getexif()))

    copy = clean_copy(path, f"image/{form.lower()}")
    path.write_bytes(copy)

    assert examine(path).facts == {"examined": True}
    with Image.open(path) as clean:
        assert not clean.getexif()
        assert clean.size == (16, 32), "it is turned as its camera said"
        assert clean.convert("RGB").getpixel((8, 3))[0] > 200, "red is on top"
        assert clean.convert("RGB").getpixel((8, 28))[2] > 200, "blue is below"


def test_a_clean_copy_keeps_colours_and_transparency(tmp_path):
    path = tmp_path / "file"
    picture = pictures.halves((8, 8)).convert("RGBA")
    picture.putalpha(100)
    path.write_bytes(pictures.saved(picture, "PNG", icc_profile=b"a profile"))

    path.write_bytes(clean_copy(path, "image/png"))

    with Image.open(path) as clean:
        assert clean.info["icc_profile"] == b"a profile"
        assert clean.getpixel((0, 0)) == (255, 0, 0, 100)


def test_a_palette_with_transparency_stays(tmp_path):
    path = tmp_path / "file"
    picture = pictures.halves((8, 8)).convert("P", palette=Image.Palette.ADAPTIVE)
    path.write_bytes(pictures.saved(picture, "PNG", transparency=0))
    with Image.open(path) as before:
        expected = before.convert("RGBA").tobytes()

    path.write_bytes(clean_copy(path, "image/png"))

    with Image.open(path) as clean:
        assert clean.convert("RGBA").tobytes() == expected


def test_a_picture_that_moves_is_not_cleaned(tmp_path):
    path = tmp_path / "file"
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    path.write_bytes(pictures.saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]))
    with pytest.raises(Unacceptable, match="moves"):
        clean_copy(path, "image/webp")
