"""Messages are shown as their readers see them, and nobody's words command the terminal."""

import pytest
from rich.cells import cell_len

from bot.demo.screen import literal
from handlers.chat import Button, Made, Media, Message, Quote, line
from tests.newcomer import screen


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a\nb", "a\nb"),
        ("\x00\x1b\x7f\x85", "␀␛␡�"),
        ("a\tb", "a    b"),
        ("\u2068\u202ex\u2069", "⟨U+202E⟩x"),
        ("\u2028", "�"),
        ("র‍্যাম্প 👩‍👩‍👧", "র‍্যাম্প 👩‍👩‍👧"),
        ("[red]x[/red]", "[red]x[/red]"),
    ],
)
def test_every_character_is_literal(written: str, shown: str):
    assert literal(written) == shown


def test_ours_and_theirs_are_apart_without_colours():
    shown, out = screen()
    said = Message(
        (line("**Draft {id}**", id=7), Quote("Draft 7 is approved.\n\nReally.")),
        (Button("Approve", "approve"), Button("Reject", "reject")),
    )

    shown.body(said)

    assert out.getvalue() == (
        "    Draft 7\n"
        "    │ Draft 7 is approved.\n"
        "    │\n"
        "    │ Really.\n"
        "    [ Approve ] [ Reject ]\n"
    )


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (Message((), made=Made("heatmap", "weeks.png", {}, "Two weeks.")), "weeks.png: Two weeks."),
        (Message((), media=Media("0a", "document", "plan\x1b.pdf")), "plan␛.pdf"),
    ],
)
def test_a_file_is_shown_by_its_name_and_its_words(said: Message, shown: str):
    where, out = screen()
    where.body(said)

    assert out.getvalue() == f"    ( {shown} )\n"


def test_bold_and_colours_are_an_extra():
    shown, out = screen(colours=True)
    shown.body(Message((line("**Draft {id}** waits", id=7),)))

    assert "\x1b[1m" in out.getvalue()
    assert "**" not in out.getvalue()


@pytest.mark.parametrize("width", [40, 80, 200])
def test_long_words_and_buttons_stay_within_the_width(width: int):
    shown, out = screen(width=width)
    buttons = tuple(Button(f"Button number {number}", "press") for number in range(9))

    shown.body(Message((line("x" * 300), Quote("y" * 300), Quote("দ" * 300)), buttons))

    assert max(cell_len(each) for each in out.getvalue().splitlines()) <= min(width, 80)
