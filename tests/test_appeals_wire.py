"""Appeals and lockdowns on the wire: real libraries, both services."""

import pytest

from tests.wire import MODES, Wire, services

TEXT = "The bridge at Kanchpur is closed on Monday."
REASON = "The closure was announced <!channel> by the *ministry* itself."
BECAUSE = "The announcement is public, so nothing is given away."
TITLE = "Draft 1 for Works on Facebook"
WHY = "Why do you grant the appeal?"


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


#: A rejection is announced at once, without waiting for its reason.
AT_ONCE = "packs: [bd]\n    reason_minutes: 0"


async def rejected(wire):
    """Let amina file a draft on Telegram, and bo and chen reject it on Slack."""
    slack, amina = wire.slack, wire.telegram.people[1001]
    amina.says(f"/draft {TEXT}")
    card = await slack.message("C0MODS", TITLE)
    for user in ("U0BO", "U0CHEN"):
        await slack.press(user, card, "Reject")
    await wire.telegram.until(lambda: shown(amina.chat, "You can appeal until"))
    return shown(amina.chat, "You can appeal until")


async def test_appeal_from_telegram_is_granted_on_slack(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    amina = telegram.people[1001]
    wire.offices = wire.offices.replace("packs: [bd]", AT_ONCE)
    async with wire.running(monkeypatch):
        amina.presses("Appeal", await rejected(wire))
        await telegram.until(lambda: shown(amina.chat, "Why should the rejection not stand?"))
        amina.says(REASON)
        card = await slack.message("U0SINA", "Appeal on draft 1")
        assert card.markup == []
        assert REASON in card.quotes
        await slack.press("U0SINA", card, "Grant it")
        await slack.submit(await slack.modal("U0SINA"), {WHY: BECAUSE})
        await telegram.until(lambda: shown(amina.chat, "This is the text to post"))
        assert "approved on appeal by sina" in shown(amina.chat, "This is the text to post").text
        await slack.until(lambda: "Approved on appeal by sina" in card.words)
        assert card.buttons == []
        await slack.until(lambda: "Approved on" in slack.messages("C0MODS")[0].words)


async def test_appeal_from_slack_is_refused_on_telegram(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    chen = telegram.people[1003]
    wire.offices = wire.offices.replace("packs: [bd]", AT_ONCE)
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/draft", TEXT)
        card = await slack.message("C0MODS", TITLE)
        await slack.press("U0BO", card, "Reject")
        dara = telegram.people[1004]
        await telegram.until(lambda: shown(dara.chat, TITLE))
        dara.presses("Reject", shown(dara.chat, TITLE))
        await slack.until(lambda: "Rejected on" in slack.messages("C0MODS")[0].words)
        await slack.command("U0AMINA", "C0MODS", "/appeal", f"1 {REASON}")
        await telegram.until(lambda: shown(chen.chat, "Appeal on draft 1"))
        chen.presses("Keep the rejection", shown(chen.chat, "Appeal on draft 1"))
        await telegram.until(lambda: shown(chen.chat, "Why does the rejection stand?"))
        chen.says("The announcement names another bridge.")
        await slack.message("U0AMINA", "was refused by chen")
        await telegram.until(
            lambda: "The rejection stands, says chen" in shown(chen.chat, "Appeal on draft 1").text
        )
        assert not shown(chen.chat, "Appeal on draft 1").buttons


async def test_lockdown_changes_open_cards_on_both_platforms(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    amina, dara = telegram.people[1001], telegram.people[1004]
    wire.offices = wire.offices.replace("packs: [bd]", AT_ONCE)
    async with wire.running(monkeypatch):
        amina.says(f"/draft {TEXT}")
        await slack.message("C0MODS", TITLE)
        await telegram.until(lambda: shown(dara.chat, TITLE))
        await slack.command("U0LEE", "C0MODS", "/lockdown", "Somebody posts in our name.")
        await slack.until(lambda: "🔒" in slack.messages("C0MODS")[0].words)
        await telegram.until(lambda: "🔒" in shown(dara.chat, TITLE).text)
        assert not any("Approve" in label for label in shown(dara.chat, TITLE).buttons)
        amina.says(f"/draft {TEXT} It is wet.")
        await telegram.until(lambda: shown(amina.chat, "Nothing was stored"))
        await slack.command("U0LEE", "C0MODS", "/lockdown", "lift The accounts are ours again.")
        await slack.until(lambda: "🔒" not in slack.messages("C0MODS")[0].words)
        await telegram.until(lambda: "🔒" not in shown(dara.chat, TITLE).text)
        dara.presses("Approve", shown(dara.chat, TITLE))
        await slack.press("U0BO", slack.messages("C0MODS")[0], "Approve")
        await telegram.until(lambda: shown(amina.chat, "This is the text to post"))
        await slack.command("U0LEE", "C0MODS", "/office", "stats 30")
        await slack.whisper("U0LEE", "Approved: 1. Rejected: 0")
