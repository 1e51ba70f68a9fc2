"""`check` as people use it: what was found is marked, the worst comes first, nothing does harm."""

import pytest

from bot.commands.check import check_texts
from bot.commands.mistakes import WRONG_USAGE

CARD = "Use card 4111 1111 1111 1111 today"
NUMBER = "Call 07700 900123"
FINE, STOPPED = 0, 1


@pytest.fixture
def terminal(monkeypatch):
    """Pretend that somebody is watching, on a screen of a width."""

    def pretend(columns: int, **environment: str) -> None:
        for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
            monkeypatch.delenv(name, raising=False)
        settings = {"TERM": "xterm", "COLUMNS": str(columns), "TTY_COMPATIBLE": "1", **environment}
        for name, value in settings.items():
            monkeypatch.setenv(name, value)

    return pretend


def check(*texts: str, packs: tuple[str, ...] = ("common",), **known: object) -> int:
    return check_texts(texts, packs, known)


def test_what_must_not_be_posted_ends_with_one(capsys):
    assert check(CARD) == STOPPED
    assert check(NUMBER, region="GB") == FINE
    assert check("The road is open.") == FINE
    assert capsys.readouterr().out.endswith("The road is open.\nNothing to object to.\n\n")


def test_a_finding_says_what_to_do_and_where_the_rule_comes_from(capsys):
    check(CARD)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == CARD
    assert lines[1].startswith("block: “4111 1111 1111 1111” looks like a card")
    assert lines[2].startswith("  Why: Whoever reads the number")
    assert lines[3].startswith("  Rule: bank-or-card-number, common@")


def test_the_worst_comes_first(capsys):
    check(f"{NUMBER}. {CARD}", region="GB")
    out = capsys.readouterr().out
    assert out.index("block:") < out.index("senior:")


def test_what_a_guard_let_pass_is_shown(capsys):
    assert check("Migrant workers are not parasites") == FINE
    assert "guard applied: negation: “not”; rule: hate-incitement" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["\x1b[31mred\x07", "\u202etxt", "a\ud800b", "\x9b2J", "\r\x00"])
def test_no_text_commands_the_terminal(capsys, text):
    check(f"{text} {CARD}")
    out = capsys.readouterr().out
    assert not set(out) & set("\x1b\x07\u202e\ud800\x9b\r\x00")


def test_what_letters_and_emoji_need_is_shown(capsys):
    check("র‍্যাম্প 👨‍👩‍👧 চালু")
    assert capsys.readouterr().out.startswith("র‍্যাম্প 👨‍👩‍👧 চালু\n")


def test_a_narrow_screen_is_enough(capsys, terminal):
    terminal(40, NO_COLOR="1")
    check(f"{NUMBER}. {CARD}", region="GB")
    lines = capsys.readouterr().out.splitlines()
    assert max(len(line.replace("\x1b[4m", "").replace("\x1b[0m", "")) for line in lines) < 60
    assert not any("\x1b[31m" in line or "\x1b[1;31m" in line for line in lines)


def test_on_a_terminal_what_was_found_is_underlined_in_the_colour_of_the_worst(capsys, terminal):
    terminal(80)
    check(CARD)
    assert "\x1b[1;4;31m4111 1111 1111 1111\x1b[0m" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"platform": "twitter"}, "there is no kind of page 'twitter'; known are facebook"),
        ({"purpose": "fun"}, "there is no purpose 'fun'"),
        ({"periods": ("summer",)}, "there is no period 'summer'; known are election"),
        ({"now": "soon"}, "NOW: Input should be a valid datetime"),
    ],
)
def test_a_slip_in_an_option_is_named(capsys, known, said):
    assert check(CARD, **known) == WRONG_USAGE
    assert said in capsys.readouterr().err


def test_what_is_known_about_a_post_counts(capsys):
    check("The road is open.", packs=("bd",), purpose="service-info", lang="en", now="2026-03-02",
          periods=("crisis",))  # fmt: skip
    assert "Nothing to object to." in capsys.readouterr().out
