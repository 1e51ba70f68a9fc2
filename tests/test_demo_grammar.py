"""What can be typed at the demo's prompt."""

from datetime import timedelta

import pytest

from bot.demo import grammar
from bot.demo.grammar import Answers, Hint, Looks, Presses, Reacts, Says, Waits, WaitsUntil
from handlers.chat import Field, FieldKind, Form, Option


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("amina: /draft Hello", Says("amina", "/draft Hello")),
        ("amina@telegram: /help", Says("amina", "/help", "telegram")),
        ("Amina :  Hello there", Says("Amina", "Hello there")),
        ("amina: it is 4: done", Says("amina", "it is 4: done")),
        ("amina: approve of this", Says("amina", "approve of this")),
        ("bo: 👍 12", Reacts("bo", "👍", "12")),
        ("bo: ❤️ #3", Reacts("bo", "❤", "3")),
        ("bo: take 👍 12", Reacts("bo", "👍", "12", added=False)),
        ("bo: take the 12", Says("bo", "take the 12")),
        ("bo: approve 12", Presses("bo", "12", "approve")),
        ("bo: REJECT #12", Presses("bo", "12", "reject")),
        ("bo: press 12 Mark as posted", Presses("bo", "12", "Mark as posted")),
        ("bo: press 12", Presses("bo", "12", "")),
        ("bo: answer", Answers("bo")),
        ("bo@slack: answer reason=tone", Answers("bo", "reason=tone", "slack")),
        ("wait 4h", Waits(timedelta(hours=4))),
        ("wait 2d", Waits(timedelta(days=2))),
        ("wait 1 hour 30 minutes", Waits(timedelta(minutes=90))),
        ("WAIT 14d", Waits(timedelta(days=14))),
        ("wait until thu 09:30", WaitsUntil(3, 9, 30)),
        ("wait until Sunday", WaitsUntil(6, 9, 0)),
        ("who", Looks("who")),
        ("inbox amina", Looks("inbox", "amina")),
        ("card 3", Looks("card", "3")),
        ("exit", Looks("quit")),
        ("?", Looks("help")),
    ],
)
def test_a_line_is_read_as_it_is_meant(typed: str, meant: object):
    assert grammar.read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("hello", "`help` shows"),
        ("auditt", "Did you mean `audit`?"),
        ("/draft Hello", "`amina: /draft Hello`"),
        ("approve 12", "`amina: approve 12`"),
        ("amina:", "`amina: /help`"),
        ("bo: approve", "`bo: approve 12`"),
        ("wait", "wait until thu"),
        ("wait 4", "wait until thu"),
        ("wait 0h", "wait until thu"),
        ("wait 4h tomorrow", "wait until thu"),
        ("wait until noon", "wait until thu"),
        ("wait until mon 24:00", "wait until thu"),
        ("wait 15d", "two weeks"),
    ],
)
def test_what_makes_no_sense_gets_a_hint(typed: str, hint: str):
    with pytest.raises(Hint, match=hint.replace("?", r"\?")):
        grammar.read(typed)


FORM = Form(
    "reason",
    "Why?",
    (
        Field("reason", "Why?", FieldKind.CHOICE, (Option("tone", "The tone"), Option("7", "It"))),
        Field("words", "Words", required=False, initial="as before"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("tone", {"reason": "tone", "words": "as before"}),
        ("The tone", {"reason": "tone", "words": "as before"}),
        ("reason=the t words=a = b, a reason", {"reason": "tone", "words": "a = b, a reason"}),
        ("words=x reason=It", {"reason": "7", "words": "x"}),
        ("reason=7 words=", {"reason": "7", "words": ""}),
    ],
)  # fmt: skip
def test_a_form_is_filled_in(typed: str, values: dict[str, str]):
    assert grammar.fill(FORM, typed) == values


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("", "needs an answer"), ("t he", "none of the answers"), ("words=x", "needs an answer")],
)
def test_a_form_that_is_not_filled_in_says_what_is_missing(typed: str, hint: str):
    with pytest.raises(Hint, match=hint):
        grammar.fill(FORM, typed)
