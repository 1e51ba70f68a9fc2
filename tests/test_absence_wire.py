"""Being away and deputies on the wire: real libraries, both services."""

from datetime import timedelta

import pytest

from bot.dispatcher import utc_now
from tests.office import OFFICES
from tests.wire import MODES, Wire, services

CLOSED = "The bridge at Kanchpur is closed on Monday."
TITLE = "Draft 1 for Works on Facebook"
#: Amina, who has an account on both, stands in for bo; lee writes.
DEPUTY = OFFICES.replace("slack: U0BO}", "slack: U0BO, deputy: amina}")


@pytest.fixture(params=[MODES[0], MODES[-1]], ids="-".join)
async def wire(request, sqlite_url):
    """Both services, and a bot that is set up for them and not yet started."""
    slack_mode, telegram_mode = request.param
    async with services() as (slack, telegram):
        yield Wire(slack, telegram, sqlite_url, slack_mode, telegram_mode, offices=DEPUTY)
        slack.assert_clean()
        telegram.assert_clean()


def shown(room, words):
    """Return the newest message of the bot in a Telegram chat that contains words."""
    return next((each for each in reversed(room.said) if words in each.text), None)


async def test_deputy_votes_in_the_seat_until_the_holder_is_back(wire, monkeypatch):
    slack = wire.slack
    async with wire.running(monkeypatch):
        await slack.command("U0LEE", "C0MODS", "/draft", CLOSED)
        await slack.message("C0MODS", TITLE)
        await slack.command("U0BO", "C0MODS", "/countersign", "away until Thursday")
        said = await slack.whisper("U0BO", "is away until the end of Thu")
        await slack.until(
            lambda: "Away: bo (amina votes instead)." in slack.messages("C0MODS")[0].words
        )
        await slack.message("U0AMINA", "You stand in for bo")
        await slack.press("U0AMINA", slack.messages("C0MODS")[0], "Approve")
        await slack.until(lambda: "approved: amina" in slack.messages("C0MODS")[0].words)
        await slack.press("U0BO", said, "Not so: I am back")
        await slack.whisper("U0BO", "bo is back")
        await slack.until(lambda: "approved: amina" not in slack.messages("C0MODS")[0].words)
        await slack.message("U0AMINA", "You no longer stand in for bo")


async def test_away_is_said_and_taken_back_on_telegram(wire, monkeypatch):
    dara, amina = wire.telegram.people[1004], wire.telegram.people[1001]
    async with wire.running(monkeypatch):
        dara.says("/away until Thursday deputy amina")
        await wire.telegram.until(lambda: shown(dara.chat, "dara is away until the end of Thu"))
        await wire.telegram.until(lambda: shown(amina.chat, "You stand in for dara"))
        dara.says("/away")
        await wire.telegram.until(lambda: shown(dara.chat, "amina stands in"))
        dara.presses("Not so: I am back", shown(dara.chat, "dara is away until the end of Thu"))
        await wire.telegram.until(lambda: shown(dara.chat, "dara is back."))
        await wire.telegram.until(lambda: shown(amina.chat, "no longer stand in for dara"))


async def test_days_of_the_office_are_set_on_slack(wire, monkeypatch):
    slack, day = wire.slack, (utc_now() + timedelta(days=40)).date()
    async with wire.running(monkeypatch):
        await slack.command("U0LEE", "C0MODS", "/office", f"days part {day} 09:00-12:00")
        await slack.whisper("U0LEE", "has the hours 09:00-12:00.")
        await slack.command("U0LEE", "C0MODS", "/office", "days")
        await slack.whisper("U0LEE", "works 09:00-12:00")
