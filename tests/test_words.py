"""Lines of ours and words of others: the others' words are never read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat import Chat, Command, Message, Quote, Sender, line
from handlers.fitting import CHUNK, chunks
from handlers.words import LONGEST, Run, clean, cleaned, inline, plain, runs


def test_template_makes_bold_and_takes_fields():
    assert list(runs(line("Draft {id} by **{author}**.", id=7, author="Bo"))) == [
        Run("Draft "),
        Run("7", foreign=True),
        Run(" by "),
        Run("Bo", strong=True, foreign=True),
        Run("."),
    ]


@given(st.text())
def test_field_is_never_read_as_template_or_markup(text):
    found = list(runs(line("By **{author}** ({id})", author=text, id="x")))
    assert [run.strong for run in found] == [False, True, False, False, False]
    assert found[1].text == inline(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\r\nhere", "two lines here"),
        ("a" * LONGEST, "a" * LONGEST),
        ("a" * (LONGEST + 1), "a" * (LONGEST - 1) + "…"),
        ("safe \u202egnp.exe", "\u2068safe \u202egnp.exe\u2069"),
        ("\u2067open", "\u2068\u2067open\u2069\u2069"),
    ],
)
def test_words_of_others_keep_to_their_place_in_a_line(text, shown):
    assert inline(text) == shown


@pytest.mark.parametrize(
    ("text", "stored"), [("a\0b", "a␀b"), ("\ud800x", "\ufffdx"), ("ok 😀", "ok 😀"), ("", "")]
)
def test_what_no_database_can_hold_is_replaced_visibly(text, stored):
    assert clean(text) == stored


def test_every_word_of_an_event_is_cleaned():
    event = Command(Sender("slack", "U1"), Chat("slack", "C1"), "draft", "a\0b", quoted="c\ud800")
    assert cleaned(event).text == "a␀b"
    assert cleaned(event).quoted == "c\ufffd"


def test_plain_text_sets_a_quote_apart_from_our_words():
    said = Message((line("It says:"), Quote("Approved.\nBy all.")))
    assert plain(said) == "It says:\n│ Approved.\n│ By all."


@given(st.text(max_size=9000))
def test_chunks_of_a_text_fit_and_nothing_is_lost(text):
    parts = chunks(text)
    assert "".join(parts) == text
    units = [len(part.encode("utf-16-le", "surrogatepass")) // 2 for part in parts]
    assert all(count <= CHUNK for count in units)
