"""Complaints, praise and the central view over the wire, between both services."""

import pytest

from tests.wire import MODES, Wire, services, shown

WORDS = "Nobody *answers* my <b>letters</b>. Call 01812-345678."
MASKED = "Nobody *answers* my <b>letters</b>. Call •••••-••••••."
TITLE = "Complaint 1 about Works on Facebook"
OUTCOME = "The link to your answer, or a word on how it ended"


@pytest.fixture(params=[MODES[0], MODES[-1]], ids="-".join)
async def wire(request, sqlite_url):
    """Both services, and a bot that is set up for them and not yet started."""
    slack_mode, telegram_mode = request.param
    async with services() as (slack, telegram):
        yield Wire(slack, telegram, sqlite_url, slack_mode, telegram_mode)
        slack.assert_clean()
        telegram.assert_clean()


async def test_complaint_from_telegram_is_taken_on_slack_and_ends_on_both(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    amina, dara = telegram.people[1001], telegram.people[1004]
    async with wire.running(monkeypatch):
        dara.says(f"/complaint {WORDS}")
        card = await slack.message("C0MODS", TITLE)
        assert card.markup == []
        assert MASKED in card.quotes
        await telegram.until(lambda: shown(amina.chat, TITLE))
        copy = shown(amina.chat, TITLE)
        assert MASKED in copy.text
        assert "01812" not in copy.text
        await slack.press("U0BO", card, "I take it")
        await telegram.until(lambda: "bo has taken it" in shown(amina.chat, TITLE).text)
        amina.presses("Take it offline", shown(amina.chat, TITLE))
        await telegram.until(lambda: shown(amina.chat, "a private message to send"))
        await slack.until(lambda: "Taken offline on" in card.words)
        await slack.press("U0BO", card, "Answered")
        await slack.submit(await slack.modal("U0BO"), {OUTCOME: "Called back."})
        await telegram.until(lambda: "Answered on" in shown(amina.chat, TITLE).text)
        assert not shown(amina.chat, TITLE).buttons
        await slack.until(lambda: card.buttons == [])
        await telegram.until(lambda: shown(dara.chat, "which you brought in, is answered"))


@pytest.mark.parametrize("wire", [MODES[-1]], ids="-".join, indirect=True)
async def test_thanks_and_a_complaint_from_slack_reach_telegram(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    amina = telegram.people[1001]
    async with wire.running(monkeypatch):
        await slack.command("U0BO", "C0MODS", "/praise", "You are <i>great</i> & *kind*!")
        await telegram.until(lambda: shown(amina.chat, "A citizen says thank you"))
        assert "You are <i>great</i> & *kind*!" in shown(amina.chat, "A citizen says").text
        await slack.command("U0BO", "C0MODS", "/complaint", WORDS)
        await telegram.until(lambda: shown(amina.chat, TITLE))
        amina.presses("Show all of it", shown(amina.chat, TITLE))
        await telegram.until(lambda: shown(amina.chat, "in the citizen's own words"))
        assert "01812-345678" in shown(amina.chat, "in the citizen's own words").text
        amina.presses("Holding reply sent", shown(amina.chat, TITLE))
        card = await slack.message("C0MODS", TITLE)
        await slack.until(lambda: "Holding reply sent on" in card.words)
        await slack.command("U0LEE", "C0MODS", "/offices")
        await slack.whisper("U0LEE", "Offices: 1. With something to see to: 0")
