"""What Telegram shows of our messages: everything as it was written, and nothing active."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.words import LONGEST, MOST_MARKS, keyboard, render, units
from handlers.chat import Button, Message, Quote, Style, line, message
from tests.fakes.telegram_entities import FOUND, cut, settle

HOSTILE = [
    "@everyone @channel @countersign_bot",
    "<@U123> <!channel> <https://evil.example|gov.ws>",
    "#hashtag $USD /lockdown /draft@countersign_bot",
    "https://evil.example/a?b=c tg://resolve?domain=x ftp://a.b",
    "evil.example www.evil.example/x মন্ত্রণালয়.বাংলা 😀.ws",
    "mail tavita@gmail.com now",
    "**bold** _x_ `code` [a](http://b.example) <b>b</b> &amp; &lt;",
    "call +880 1812-345678 or 01812345678, card 4111 1111 1111 1111",
    "\u202eright to left\u202c \u2066isolated",
    "zero\u200bwidth @\u200bbo \u2060x.y",
    "(@bo),“#tag”; a/b /c",
]


def shown(said: Message) -> tuple[str, list[tuple[str, str]]]:
    """Return the text as Telegram shows it, and what is marked or made active in it."""
    rendered = render(said)
    text, entities = settle(rendered.text, [entity.to_dict() for entity in rendered.entities()])
    return text, [(each["type"], cut(text, each)) for each in entities]


def active(said: Message) -> list[tuple[str, str]]:
    return [found for found in shown(said)[1] if found[0] in FOUND]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quoted_text_is_shown_as_it_is_and_does_nothing(text):
    said = Message((line("Draft 7:"), Quote(text)))
    assert shown(said) == (f"Draft 7:\n{text}", [("pre", text)])


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("template", ["By {x}.", "**{x}** said", "“{x}”", "{x}"])
def test_a_name_is_shown_as_it_is_and_does_nothing(text, template):
    said = message(template, x=text)
    visible = text if "\u202e" not in text else f"\u2068{text}\u2069\u2069"
    assert shown(said)[0] == template.replace("**", "").replace("{x}", visible)
    assert active(said) == []


@given(st.text(max_size=200))
def test_nobodys_words_are_ever_active(text):
    assert active(Message((line("By **{x}**, {x}", x=text), Quote(text), line("End")))) == []


@pytest.mark.parametrize(
    "field", ["Works on Facebook", "Mon 2 Mar 2026 09:00 (Asia/Dhaka)", "Dr. Bo", "and/or", "1234"]
)
def test_ordinary_words_look_ordinary(field):
    assert shown(message("See {x} now", x=field)) == (f"See {field} now", [])


def test_only_the_dangerous_word_is_set_apart():
    said = message("{x}", x="“tavita@gmail.com” is a private address.")
    assert shown(said)[1] == [("code", "“tavita@gmail.com”")]


def test_our_own_commands_can_be_tapped():
    assert active(message("/cancel ends this.")) == [("bot_command", "/cancel")]


def test_bold_is_counted_as_telegram_counts():
    said = message("😀 **Draft {id} {mark}** by {name}", id=7, mark="⛔😀", name="Bo")
    assert shown(said) == ("😀 Draft 7 ⛔😀 by Bo", [("bold", "Draft 7 ⛔😀")])


@pytest.mark.parametrize(("length", "ending"), [(4095, "x"), (4096, "x"), (4097, "…")])
def test_a_text_is_cut_only_if_it_is_too_long_for_telegram(length, ending):
    text = render(Message((Quote("x" * length),))).text
    assert (units(text), text[-1]) == (min(length, LONGEST), ending)


@pytest.mark.parametrize("extra", [0, 1])
def test_a_cut_never_goes_through_a_symbol(extra):
    rendered = render(Message((Quote("x" * extra + "😀" * 3000),)))
    assert units(rendered.text) <= LONGEST
    assert {cut(rendered.text, e.to_dict())[-1] for e in rendered.entities()} == {"😀"}


def test_our_lines_are_shortened_before_a_quote_is_cut():
    quote = "q" * 2800
    said = Message((Quote(quote), *(line("Reason {n}: {x}", n=n, x="y" * 300) for n in range(20))))
    text = render(said).text
    assert units(text) <= LONGEST
    assert quote in text
    assert text.count("\nReason ") == 20


@pytest.mark.parametrize("count", [MOST_MARKS - 1, MOST_MARKS, MOST_MARKS + 1])
def test_bold_gives_way_to_safety(count):
    lines = [line("**a** {x}", x="#tag") for _ in range(count // 2)]
    rest = [line("{x}", x="#tag")] * (count % 2)
    said = Message((*lines, *rest))
    looks = [look for look, _ in shown(said)[1]]
    assert looks.count("code") == len(lines) + len(rest)
    assert ("bold" in looks) == (count <= MOST_MARKS)


def test_too_many_dangers_become_one_block():
    said = Message(tuple(line("{x}", x="#tag") for _ in range(MOST_MARKS + 1)))
    assert [look for look, _ in shown(said)[1]] == ["pre"]


def test_what_no_network_takes_is_shown_as_a_sign():
    assert render(Message((Quote("a\0b\ud800c"),))).text == "a␀b\ufffdc"


def test_short_buttons_share_a_row_and_long_ones_do_not():
    buttons = [
        Button("✅ Approve", "approve", "7.1", Style.PRIMARY),
        Button("❌ Reject", "reject", "7.1", Style.DANGER),
        Button("A label that is rather long", "answer", "3.1.0"),
        Button("Skip", "answer", "3.1.-"),
    ]
    board = keyboard(buttons)
    assert board is not None
    assert [[b.text for b in row] for row in board.inline_keyboard] == [
        ["✅ Approve", "❌ Reject"],
        ["A label that is rather long"],
        ["Skip"],
    ]
    assert board.inline_keyboard[0][1].callback_data == "reject:7.1"
    assert board.inline_keyboard[0][1].style == "danger"


@pytest.mark.parametrize(("size", "fits"), [(63, True), (64, True), (65, False)])
def test_a_button_carries_at_most_64_bytes(size, fits):
    button = Button("Go", "go", "x" * (size - len("go:")))
    if fits:
        assert keyboard([button]) is not None
    else:
        with pytest.raises(ValueError, match="64 bytes"):
            keyboard([button])
