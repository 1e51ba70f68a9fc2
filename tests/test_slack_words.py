"""Slack: our words and forms as Block Kit. No network."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.platforms.slack.escapes import escape, typed, unescape
from bot.platforms.slack.rendering import FALLBACK, blocks, fallback, view
from handlers.chat import (
    Button,
    Field,
    FieldKind,
    Form,
    Line,
    Message,
    Option,
    Quote,
    Style,
    line,
)
from tests.fakes import slack_blocks

HOSTILE = [
    "<!channel> <!here> <!everyone> <!subteam^S1> <@U1> @here",
    "<http://evil.example|http://bank.example>",
    "*bold* _italic_ ~struck~ `code` ```block``` > quote",
    "\u202eright to left\u202c and zero\u200bwidth\u2060 and \u2066isolated",
    "&amp; &lt;b&gt; <b>&</b>",
    ":x: :white_check_mark: **strong** {author}",
    "one\n\n\n   four, indented\t\ttabs",
    "x" * 2800,
    " ",
]


# Our words, as Slack shows them


@pytest.mark.parametrize("text", HOSTILE)
def test_anybodys_words_are_shown_exactly_and_never_parsed(text: str) -> None:
    said = Message((line("By **{author}**", author="Bo"), Quote(text), line("{text}", text=text)))

    rendered = blocks(said)

    assert list(slack_blocks.faults(rendered)) == []
    assert slack_blocks.quotes(rendered) == [text]
    assert slack_blocks.markup(fallback(said)) == []


@given(st.text(), st.text())
@example("", "")
def test_any_text_makes_blocks_that_slack_takes(quoted: str, name: str) -> None:
    said = Message((Line("", {}), line("**{name}**:", name=name), Quote(quoted)))

    rendered = blocks(said)

    assert list(slack_blocks.faults(rendered)) == []
    assert slack_blocks.quotes(rendered) == [quoted or " "]
    assert len(fallback(said)) <= FALLBACK


@given(st.text())
def test_escapes_are_undone_once(text: str) -> None:
    assert unescape(escape(text)) == text
    assert typed(escape(text)) == text


def test_lines_and_quotes_keep_their_order_and_look() -> None:
    said = Message(
        (
            line("**Draft {id}** for {page}", id=7, page="Works"),
            line("By Bo"),
            Quote("a\nb"),
            line("End"),
        )
    )

    assert blocks(said) == [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "Draft 7", "style": {"bold": True}},
                        {"type": "text", "text": " for Works\nBy Bo"},
                    ],
                },
                {"type": "rich_text_quote", "elements": [{"type": "text", "text": "a\nb"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "End"}]},
            ],
        }
    ]


def test_buttons_carry_their_label_value_and_style() -> None:
    said = Message(
        (), (Button("✅ Approve", "approve", "7.1", Style.PRIMARY), Button("Later", "later"))
    )

    (row,) = blocks(said)

    assert row["elements"] == [
        {
            "type": "button",
            "text": {"type": "plain_text", "text": "✅ Approve", "emoji": False},
            "action_id": "approve",
            "value": "7.1",
            "style": "primary",
        },
        {
            "type": "button",
            "text": {"type": "plain_text", "text": "Later", "emoji": False},
            "action_id": "later",
        },
    ]


@pytest.mark.parametrize(
    ("count", "rows"), [(0, []), (1, [1]), (25, [25]), (26, [25, 1]), (50, [25, 25])]
)
def test_a_row_holds_25_buttons(count: int, rows: list[int]) -> None:
    said = Message((), tuple(Button(str(n), "answer", str(n)) for n in range(count)))

    rendered = blocks(said)

    assert [len(block["elements"]) for block in rendered] == rows
    assert list(slack_blocks.faults(rendered)) == []


@pytest.mark.parametrize(("length", "shown"), [(74, 74), (75, 75), (76, 75), (300, 75)])
def test_a_label_is_cut_to_what_slack_takes(length: int, shown: int) -> None:
    (row,) = blocks(Message((), (Button("x" * length, "a"),)))

    label = row["elements"][0]["text"]["text"]
    assert len(label) == shown
    assert label.endswith("…") == (length > shown)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a & b", "a &amp; b"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("x" * 2999, "x" * 2999),
        ("x" * 3000, "x" * 2999 + "…"),
        ("&" * 3000, "&amp;" * 599 + "…"),
    ],
)
def test_a_notification_is_escaped_and_cut_between_characters(text: str, written: str) -> None:
    assert fallback(Message((Line(text),))) == written


# Forms


FORM = Form(
    "draft",
    "Submit a post for review",
    (
        Field(
            "page",
            "Page",
            FieldKind.CHOICE,
            (Option("4", "Works"), Option("5", "x" * 90)),
            initial="4",
        ),
        Field("text", "Text", FieldKind.TEXT, hint="As it shall be posted"),
        Field("link", "Link", required=False),
        Field(
            "wanted", "When", FieldKind.MOMENT, required=False, initial="2026-03-02T09:00:00+06:00"
        ),
    ),
    context="7.1",
)


def test_a_form_becomes_a_modal_that_slack_takes() -> None:
    rendered = view(FORM, "C1")

    assert list(slack_blocks.view_faults(rendered)) == []
    assert [block["element"]["type"] for block in rendered["blocks"]] == [
        "static_select",
        "plain_text_input",
        "plain_text_input",
        "datetimepicker",
    ]
    assert [block["optional"] for block in rendered["blocks"]] == [False, False, True, True]
    assert rendered["blocks"][0]["element"]["initial_option"]["value"] == "4"
    assert rendered["blocks"][1]["element"]["multiline"] is True
    assert rendered["blocks"][3]["element"]["initial_date_time"] == 1772420400


@pytest.mark.parametrize(
    ("kind", "initial", "key"),
    [
        (FieldKind.TEXT, "x" * 3000, "initial_value"),
        (FieldKind.TEXT, "x" * 3001, None),  # its end would be lost
        (FieldKind.LINE, "", None),
        (FieldKind.MOMENT, "2026-03-02T09:00:00", None),  # in whose time zone?
        (FieldKind.MOMENT, "2026-03-02T09:00:00+06:00", "initial_date_time"),
        (FieldKind.CHOICE, "9", None),
    ],
)
def test_a_field_offers_only_what_it_can_hold(
    kind: FieldKind, initial: str, key: str | None
) -> None:
    field = Field("f", "F", kind, (Option("4", "Works"),), initial=initial)

    (block,) = view(Form("f", "F", (field,)), "C1")["blocks"]

    offered = {"initial_value", "initial_date_time", "initial_option"} & block["element"].keys()
    assert offered == ({key} if key else set())


@pytest.mark.parametrize(("length", "fits"), [(2900, True), (3000, False)])
def test_a_form_that_carries_too_much_is_not_shown(length: int, fits: bool) -> None:
    form = Form("f", "F", (Field("a", "A"),), context="x" * length)
    if fits:
        assert len(view(form, "C1")["private_metadata"]) <= 3000
        return
    with pytest.raises(ValueError, match="carries more"):
        view(form, "C1")
