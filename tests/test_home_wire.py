"""App Home and the menu, through the real libraries."""

import pytest

from tests.fakes.slack_world import Fault
from tests.wire import Wire, services

CLOSED = "The road is closed on Monday."


@pytest.fixture(params=["socket", "http"])
async def wire(request, sqlite_url):
    async with services() as (slack, telegram):
        yield Wire(slack, telegram, sqlite_url, request.param)
        slack.assert_clean()
        telegram.assert_clean()


async def test_home_tab_shows_what_waits_and_its_buttons_work(wire, monkeypatch):
    slack = wire.slack
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/draft", CLOSED)
        await slack.message("C0MODS", "Draft 1 for")
        await slack.open_home("U0BO")
        await slack.until(lambda: "U0BO" in slack.world.homes)
        assert "Waits for your vote: 1" in slack.world.homes["U0BO"].words
        await slack.press_home("U0BO", "Show draft 1")
        card = await slack.message("U0BO", "Draft 1 for")
        await slack.press("U0BO", card, "Approve")
        await slack.until(lambda: "approved: bo" in slack.messages("C0MODS")[0].words)
        await slack.press_home("U0BO", "New draft")
        assert (await slack.modal("U0BO")).view["title"]["text"] == "New draft"


async def test_home_that_slack_refuses_holds_up_nothing(wire, monkeypatch):
    slack = wire.slack
    async with wire.running(monkeypatch):
        slack.fail("views.publish", Fault(error="not_enabled"), times=1)
        await slack.open_home("U0BO")
        await slack.until(lambda: len(slack.calls("views.publish")) == 1)
        await slack.command("U0AMINA", "C0MODS", "/draft", CLOSED)
        await slack.message("C0MODS", "Draft 1 for")
        await slack.open_home("U0BO")
        await slack.until(lambda: "U0BO" in slack.world.homes)


async def test_menu_of_telegram_shows_the_same(wire, monkeypatch):
    telegram = wire.telegram
    amina = telegram.people[1001]
    async with wire.running(monkeypatch):
        amina.says(f"/draft {CLOSED}")
        amina.says("/start")
        await telegram.until(
            lambda: any("Draft 1 for Works" in m.text for m in amina.chat.said if "Hello" in m.text)
        )
        menu = next(m for m in reversed(amina.chat.said) if "Hello" in m.text)
        amina.presses("My drafts", menu)
        await telegram.until(lambda: any("Your newest drafts" in m.text for m in amina.chat.said))
