"""Urgent drafts, emergency releases and moments on the wire: real libraries, both services."""

from datetime import UTC, datetime

import pytest

from tests.wire import MODES, Wire, services

FLOOD = "The river rises. Leave the bank at once."
REASON = "The water is rising by the minute."
OBJECTION = "The bank was *not* in danger <!channel> yet."
NEW_YEAR = datetime(2037, 1, 1, 4, tzinfo=UTC)  # 10:00 in Dhaka
TITLE = "draft 1 for Works on Facebook"


@pytest.fixture(params=[MODES[0], MODES[-1]], ids="-".join)
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


async def test_urgent_draft_is_released_on_slack_and_objected_to_on_telegram(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    amina, dara = telegram.people[1001], telegram.people[1004]
    async with wire.running(monkeypatch):
        amina.says(f"/draft urgent {FLOOD}")
        card = await slack.message("C0MODS", TITLE)
        assert card.words.startswith("URGENT")
        await slack.message("C0MODS", "needs your vote now")
        await telegram.until(lambda: shown(dara.chat, "needs your vote now"))
        await slack.press("U0SINA", card, "🚨 Emergency release")
        form = await slack.modal("U0SINA")
        await slack.submit(form, {"Why can it not wait for the panel?": REASON})
        await telegram.until(lambda: shown(amina.chat, "in an emergency by sina, not reviewed"))
        await telegram.until(lambda: shown(dara.chat, "Approved on"))
        dara.presses("I object", shown(dara.chat, "Approved on"))
        await telegram.until(lambda: shown(dara.chat, "What is wrong with the release"))
        dara.says(OBJECTION)
        told = await slack.message("U0SINA", "reviewed the emergency release and objects")
        assert told.markup == []
        await slack.until(
            lambda: "dara reviewed it afterwards" in slack.messages("C0MODS")[0].words
        )


async def test_author_chooses_another_moment_on_both_platforms(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    amina = telegram.people[1001]
    async with wire.running(monkeypatch):
        amina.says("/draft")
        await telegram.until(lambda: shown(amina.chat, "What is it for?"))
        amina.presses("Event", shown(amina.chat, "What is it for?"))
        await telegram.until(lambda: shown(amina.chat, "exactly as it is to appear"))
        amina.says(FLOOD)
        await telegram.until(lambda: shown(amina.chat, "When is it wanted?"))
        amina.says("2036-01-01 10:00")
        await telegram.until(lambda: shown(amina.chat, "Pictures, clips"))
        amina.presses("Go on", shown(amina.chat, "Pictures, clips"))
        card = await slack.message("C0MODS", "Draft 1 for Works")
        await slack.press("U0BO", card, "✅ Approve")
        await slack.press("U0CHEN", card, "✅ Approve")
        told = await slack.message("U0AMINA", "It is wanted on")
        await slack.press("U0AMINA", told, "Choose another time")
        form = await slack.modal("U0AMINA")
        await slack.submit(form, {"When is it wanted?": NEW_YEAR})
        await slack.until(lambda: "1 Jan 2037 10:00" in slack.messages("C0MODS")[0].words)
        approval = shown(amina.chat, "It is wanted on")
        amina.presses("Choose another time", approval)
        await telegram.until(lambda: "When is it wanted?" in amina.chat.said[-1].text)
        amina.says("2001-01-01 10:00")
        await telegram.until(lambda: shown(amina.chat, "has passed already"))
