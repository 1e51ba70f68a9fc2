"""Whatever comes in whatever order, each copy of a complaint's card equals its state."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.chat import Button
from handlers.complaint_chasing import chase_complaints
from storage.db import connect, transaction
from storage.models import Complaint, FirstReply, Person
from tests.office import TestOffice

WORDS = "Nobody answers. I am on 01812-345678."
NAMES = {"amina": "telegram", "bo": "slack", "chen": "slack", "dara": "telegram", "sina": "slack"}
LATE = "It is late"
ACTS = ["take", "holding", "answered", "offline", "draft", "whole"]
PLACES = [("slack", "C0MODS"), ("slack", "U0AMINA"), ("telegram", "1001")]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(ACTS), st.sampled_from([*NAMES])),
        st.tuples(st.sampled_from(["again", "restart", "wait", "job"]), st.just("")),
    ),
    min_size=3,
    max_size=9,
)


@pytest.fixture
def playing(sqlite_url):
    """An office on one kind of database: what is tried is what the card says."""
    engine = connect(sqlite_url)
    office = TestOffice(engine)
    yield office
    office.close()
    engine.dispose()


def step(office: TestOffice, number: int, act: str, name: str) -> None:
    """Let one thing happen."""
    match act:
        case "again":
            office.again()
        case "restart":
            office.restart()
        case "wait":
            office.later(chase_complaints, hours=9)
        case "job":
            office.later(chase_complaints)
        case _:
            press(office, number, act, name)


def press(office: TestOffice, number: int, act: str, name: str) -> None:
    """Press a button, which need not be there any more, and fill in what it asks for."""
    button = Button("", f"complaint-{act}", str(number))
    on = NAMES[name]
    office.presses_forged(name, button, on=on, at=office.slack.messages[0])
    heard = office.heard(name, on=on)
    asked = office.slack.waiting if on == "slack" else "/cancel ends this" in heard
    if act == "answered" and asked:
        if on == "slack":
            office.fills(name, outcome="It is mended.")
        else:
            office.writes(name, "It is mended.")
    office.slack.waiting.clear()
    if act == "draft":
        office.says(name, "/cancel", on=on)


def expected(office: TestOffice, number: int) -> tuple[list[str], list[str]]:
    """Say, from the table alone, which lines and buttons the card has."""
    with transaction(office.engine) as db:
        row = db.get_one(Complaint, number)
        lines, buttons = [], ["I take it over" if row.owner_id else "I take it"]
        if row.answer is FirstReply.NONE:
            late = office.clock >= row.due_at
            lines.append("Late: a first" if late else "A first or holding reply is due")
            buttons.append("Holding reply sent")
        if row.answer is FirstReply.HOLDING:
            in_time = row.answered_at - row.made_at <= timedelta(hours=24)
            lines.append("(in time)" if in_time else "(late)")
        if row.owner_id:
            lines.append(f"{db.get_one(Person, row.owner_id).name} has taken it")
        elif row.closed_at is None:
            lines.append("Nobody has taken it yet")
        if row.offline_at:
            lines.append("Taken offline on")
        buttons += ["Answered", "Private message again" if row.offline_at else "Take it offline"]
        buttons += ["Draft a public reply", "Show all of it"]
        if row.closed_at:
            lines, buttons = [*lines, "Answered on", "│ It is mended."], []
        return lines, buttons


EVERY = [
    "Late: a first",
    "A first or holding reply is due",
    "(in time)",
    "(late)",
    "has taken it",
    "Nobody has taken it yet",
    "Taken offline on",
    "Answered on",
    "│ It is mended.",
]


@given(steps=STEPS)
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_copy_of_the_card_equals_the_state(playing, steps):
    office = playing
    office.says("bo", f"/complaint {WORDS}")
    number = int(office.heard("bo").split()[1])
    for act, name in steps:
        step(office, number, act, name)
        lines, buttons = expected(office, number)
        for on, chat in PLACES:
            (card,) = [
                shown
                for shown in office.platforms[on].messages
                if shown.chat == chat
                and office.text(shown).startswith(f"Complaint {number} ")
                and "Brought in by" in office.text(shown)
            ]
            said = office.text(card)
            assert [label for label in lines if label not in said] == []
            others = [e for e in EVERY if e in said and not any(e in each for each in lines)]
            assert others == []
            assert [button.label for button in card.message.buttons] == buttons
            assert "01812" not in said
    late = [said for said in office.chat() if f"Complaint {number} " in said and LATE in said]
    assert len(late) <= 1
    press(office, number, "answered", "bo")  # so that the next one is chased alone
