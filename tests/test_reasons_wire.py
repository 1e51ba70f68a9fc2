"""Requests for changes, word diffs and late reasons on the wire of both services."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.wire import MODES, Wire, services

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
TUESDAY = "The bridge at Kanchpur is closed on Tuesday from 9 am."
CARD = "Draft 1 for Works on Facebook"
HOSTILE = "<!channel> <@U0BO> *bold* @dara /cancel <b>x</b> https://evil.example"
WHAT, WHY = "What is wrong with it?", "Why do you reject it?"
WORDS = "What should the author change? (in your own words)"
TEXT = "The text, exactly as it is to appear"
MONDAY = datetime(2026, 7, 20, 4, tzinfo=UTC)  # 10:00 in Dhaka


@pytest.fixture(params=[MODES[0], MODES[3]], ids="-".join)
async def wire(request, sqlite_url):
    """Both services, and a bot that is set up for them and not yet started."""
    slack_mode, telegram_mode = request.param
    async with services() as (slack, telegram):
        yield Wire(slack, telegram, sqlite_url, slack_mode, telegram_mode)
        slack.assert_clean()
        telegram.assert_clean()


def shown(room, words):
    """Return the newest message of the bot in a Telegram chat that contains words."""
    return next((each for each in reversed(room.said) if words in each.text), None)


async def test_moderator_on_slack_asks_for_changes_and_author_on_telegram_makes_them(
    wire, monkeypatch
):
    slack, telegram = wire.slack, wire.telegram
    amina, dara = telegram.people[1001], telegram.people[1004]
    async with wire.running(monkeypatch):
        amina.says(f"/draft {CLOSED}")
        card = await slack.message("C0MODS", CARD)
        await slack.react("U0CHEN", card, "+1")
        await slack.press("U0BO", card, "Ask for changes")
        form = await slack.modal("U0BO")
        await slack.submit(form, {WHAT: "The facts need checking", WORDS: HOSTILE})
        await telegram.until(lambda: shown(amina.chat, "bo asks for changes"))
        said = shown(amina.chat, "bo asks for changes")
        assert HOSTILE in said.text
        assert said.active == []
        await slack.until(lambda: "Waiting for changes" in slack.messages("C0MODS")[0].words)
        assert slack.messages("C0MODS")[0].buttons == []
        assert slack.messages("C0MODS")[0].markup == []

        amina.presses("Change the text", said)
        await telegram.until(lambda: shown(amina.chat, TEXT))
        amina.says(TUESDAY)
        await slack.until(lambda: "“Monday” → “Tuesday”" in slack.messages("C0MODS")[0].words)
        await telegram.until(lambda: "“Monday” → “Tuesday”" in shown(dara.chat, CARD).text)
        await slack.message("C0MODS", "the votes of chen")
        assert "Show me the draft" in (await slack.message("U0CHEN", "is void")).buttons


async def test_moderator_on_telegram_asks_for_changes_and_author_on_slack_sends_it_as_it_is(
    wire, monkeypatch
):
    slack, telegram = wire.slack, wire.telegram
    dara = telegram.people[1004]
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/draft", CLOSED)
        await telegram.until(lambda: shown(dara.chat, CARD))
        dara.presses("Ask for changes", shown(dara.chat, CARD))
        await telegram.until(lambda: shown(dara.chat, WHAT))
        dara.presses("The tone is not right", shown(dara.chat, WHAT))
        await telegram.until(lambda: shown(dara.chat, "in your own words"))
        dara.says("Be kinder.")
        said = await slack.message("U0AMINA", "dara asks for changes")
        await slack.press("U0AMINA", said, "Send it again as it is")
        await slack.until(lambda: "the same as in revision 1" in slack.messages("C0MODS")[0].words)
        await telegram.until(lambda: shown(dara.chat, "You had asked for changes"))


async def test_reasons_that_come_late_are_edited_into_one_message(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    amina, dara = telegram.people[1001], telegram.people[1004]
    wire.wind_to(MONDAY)
    async with wire.running(monkeypatch):
        amina.says(f"/draft {CLOSED}")
        card = await slack.message("C0MODS", CARD)
        await slack.react("U0BO", card, "x")
        invited = await slack.whisper("U0BO", "short question")
        await telegram.until(lambda: shown(dara.chat, CARD))
        dara.presses("Reject", shown(dara.chat, CARD))
        await slack.until(lambda: "Rejected on" in slack.messages("C0MODS")[0].words)
        assert shown(amina.chat, "is rejected by") is None
    wire.wind_to(MONDAY + timedelta(minutes=16))
    async with wire.running(monkeypatch):
        await telegram.until(lambda: shown(amina.chat, "No reason has been given yet"))
        await slack.message("U0AMINA", "No reason has been given yet")
        await telegram.until(lambda: shown(dara.chat, WHY))
        dara.presses("It is not the right moment", shown(dara.chat, WHY))
        await telegram.until(lambda: shown(dara.chat, "in your own words"))
        dara.says("Wait for the minister.")
        await telegram.until(lambda: shown(amina.chat, "Wait for the minister."))
        await slack.press("U0BO", invited, "Answer")
        await slack.submit(await slack.modal("U0BO"), {WHY: "The tone is not right"})
        await telegram.until(lambda: shown(amina.chat, "The tone is not right"))
        said = await slack.message("U0AMINA", "The tone is not right")
        assert any("Wait for the minister." in quote for quote in said.quotes)
        decisions = [each for each in amina.chat.said if "is rejected by" in each.text]
        assert len(decisions) == 1
