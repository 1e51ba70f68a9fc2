"""The main job on the wire: real libraries, both services, in all four modes."""

import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from handlers.escalations import escalate_late_reviews
from handlers.freshness import keep_pages_fresh
from handlers.weekly import send_weekly_messages
from tests.fakes.slack_world import limited
from tests.office import OFFICES
from tests.wire import MODES, SECRET, shown

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
CARD = "Draft 1 for Works on Facebook"
HOSTILE = (
    "<!channel> <@U0BO> <https://evil.example|click> *bold* _it_ `code` @dara /cancel "
    "<b>x</b> &lt;ok&gt; \u202egnp.exe zero\u200bwidth https://evil.example ~s~ :smile: #tag"
)
MONDAY = datetime(2026, 7, 20, 4, tzinfo=UTC)  # 10:00 in Dhaka


async def test_author_in_telegram_and_panel_on_both_decide_one_draft(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    amina, dara = telegram.people[1001], telegram.people[1004]
    async with wire.running(monkeypatch):
        amina.says(f"/draft {CLOSED}")
        card = await slack.message("C0MODS", CARD)
        assert CLOSED in card.quotes
        await telegram.until(lambda: shown(dara.chat, CARD))

        await slack.react("U0MALLORY", card, "+1")
        await slack.whisper("U0MALLORY", "not counted")
        await slack.react("U0BO", card, "white_check_mark::skin-tone-3")
        await telegram.until(lambda: "approved: bo" in shown(dara.chat, CARD).text)
        dara.presses("Approve", shown(dara.chat, CARD))

        await telegram.until(lambda: shown(amina.chat, "approved by bo and dara"))
        await slack.message("U0AMINA", "approved by bo and dara")
        await slack.message("C0MODS", "approved by bo and dara")
        await slack.until(lambda: "Approved on" in slack.messages("C0MODS")[0].words)
        assert len(slack.messages("C0MODS")) == 2
        assert slack.messages("C0MODS")[0].buttons == []


async def test_form_of_slack_files_a_draft_and_a_rejection_asks_for_its_reason(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/draft")
        form = await slack.modal("U0AMINA")
        await slack.submit(
            form,
            {
                "What is it for?": "Service information",
                "The text, exactly as it is to appear": CLOSED,
                "When is it wanted?": datetime(2026, 12, 1, 9, tzinfo=UTC),
            },
        )
        card = await slack.message("C0MODS", CARD)
        assert "Tue 1 Dec 2026 15:00 (Asia/Dhaka)" in card.words

        await slack.press("U0BO", card, "Reject")
        reasons = await slack.modal("U0BO")
        await slack.submit(
            reasons,
            {
                "Why do you reject it?": "The tone is not right",
                "What should the author change? (in your own words)": "Be kinder.",
            },
        )
        await slack.react("U0CHEN", card, "x")
        await slack.message("U0AMINA", "rejected by bo and chen")
        await slack.message("U0AMINA", "Be kinder.")
        await slack.press("U0CHEN", await slack.whisper("U0CHEN", "short question"), "Answer")
        await slack.submit(
            await slack.modal("U0CHEN"), {"Why do you reject it?": "The facts need checking"}
        )
        await telegram.until(lambda: shown(telegram.people[1001].chat, "The facts need checking"))


async def test_conversation_of_telegram_files_a_draft_and_survives_a_restart(wire, monkeypatch):
    slack, amina = wire.slack, wire.telegram.people[1001]
    async with wire.running(monkeypatch):
        amina.says("/draft")
        await wire.telegram.until(lambda: shown(amina.chat, "What is it for?"))
        amina.presses("Service", shown(amina.chat, "What is it for?"))
        await wire.telegram.until(lambda: shown(amina.chat, "The text"))
    amina.says(CLOSED)  # while the bot is down
    async with wire.running(monkeypatch):
        await wire.telegram.until(lambda: shown(amina.chat, "When is it wanted?"))
        amina.presses("Skip", shown(amina.chat, "When is it wanted?"))
        await wire.telegram.until(lambda: shown(amina.chat, "Pictures, clips"))
        amina.presses("Go on", shown(amina.chat, "Pictures, clips"))
        assert CLOSED in (await slack.message("C0MODS", CARD)).quotes


async def test_hostile_text_is_literal_everywhere_and_pings_nobody(wire, monkeypatch):
    slack, dara = wire.slack, wire.telegram.people[1004]
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/draft", HOSTILE)
        held = await slack.whisper("U0AMINA", "is not with the moderators yet")
        await slack.press("U0AMINA", held, "Send it as it is")
        card = await slack.message("C0MODS", CARD)
        assert HOSTILE in card.quotes
        assert card.markup == []
        await wire.telegram.until(lambda: shown(dara.chat, CARD))
        assert HOSTILE in shown(dara.chat, CARD).text
        assert shown(dara.chat, CARD).active == []


async def test_forty_thousand_characters_arrive_whole_on_both_platforms(wire, monkeypatch):
    slack, dara = wire.slack, wire.telegram.people[1004]
    text = "".join(f"{number:05} is part of a very long text" for number in range(1200))[:40_000]
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/draft", text)
        await slack.until(lambda: text in said_to(slack))
        await wire.telegram.until(lambda: shown(dara.chat, "part 6 of 15"))
        assert all(len(each.text) <= 4096 for each in dara.chat.said)


def said_to(slack):
    """Return every quote in the moderators' chat, one after the other."""
    return "".join("".join(said.quotes) for said in slack.messages("C0MODS"))


async def test_votes_that_do_not_count_are_answered_in_private(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/draft", CLOSED)
        card = await slack.message("C0MODS", CARD)
        await slack.react("U0AMINA", card, "+1")
        await slack.whisper("U0AMINA", "your own draft")
        await slack.press("U0SINA", card, "Approve")
        await slack.whisper("U0SINA", "not on this office's panel")
        mallory, dara = telegram.people[1666], telegram.people[1004]
        await telegram.until(lambda: shown(dara.chat, CARD))
        mallory.presses("Approve", shown(dara.chat, CARD))
        await telegram.until(lambda: any("not know" in alert for alert in mallory.alerts))
        assert "0 of 2 approvals" in slack.messages("C0MODS")[0].words


async def test_commands_answer_privately_on_both_platforms_under_both_names(wire, monkeypatch):
    slack, amina = wire.slack, wire.telegram.people[1001]
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/drafts")
        await slack.whisper("U0AMINA", "no drafts yet")
        await slack.command("U0AMINA", "C0MODS", "/countersign", "pages")
        await slack.whisper("U0AMINA", "Works on Facebook")
        await slack.command("U0AMINA", "C0MODS", "/countersign", "frobnicate")
        await slack.whisper("U0AMINA", "I know no command")
        await slack.command("U0MALLORY", "C0MODS", "/drafts")
        await slack.whisper("U0MALLORY", "slack: U0MALLORY")
        amina.says("/countersign me")
        await wire.telegram.until(lambda: shown(amina.chat, "You are amina"))
        amina.says("/frobnicate")
        await wire.telegram.until(lambda: shown(amina.chat, "I know no command"))
        assert slack.messages("C0MODS") == []


async def test_late_reviews_and_quiet_pages_are_chased_once(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    amina, dara = telegram.people[1001], telegram.people[1004]
    wire.wind_to(MONDAY)
    async with wire.running(monkeypatch) as bot:
        amina.says(f"/draft {CLOSED}")
        await slack.message("C0MODS", CARD)
        wire.offset += timedelta(hours=4, minutes=1)
        await beat(bot)
        await telegram.until(lambda: shown(dara.chat, "Your vote is missing"))
        await slack.message("U0BO", "Your vote is missing")
        wire.wind_to(datetime(2026, 8, 12, 6, 5, tzinfo=UTC))
        await beat(bot)
        await slack.message("U0AMINA", "Half the week is over")
        wire.wind_to(datetime(2026, 8, 16, 3, 5, tzinfo=UTC))
    async with wire.running(monkeypatch) as bot:
        await beat(bot)
        await slack.message("C0MODS", "your pages, week of 16 August")
        await beat(bot)
        assert len([s for s in slack.messages("C0MODS") if "week of 16" in s.words]) == 1
        assert len([s for s in slack.messages("U0BO") if "vote is missing" in s.words]) == 1


async def beat(bot):
    """Run the jobs of the chase, as the heartbeat does."""
    for job in (escalate_late_reviews, keep_pages_fresh, send_weekly_messages):
        await bot.threads.run(bot.dispatcher.run, job)
    bot.outbox.wake()


async def test_one_platform_that_is_down_does_not_stop_the_other(wire, monkeypatch):
    slack, amina = wire.slack, wire.telegram.people[1001]
    async with wire.running(monkeypatch):
        await slack.stop()
        amina.says(f"/draft {CLOSED}")
        await wire.telegram.until(lambda: shown(amina.chat, "is with the moderators"))
        await slack.start()
        await slack.until(lambda: bool(slack.messages("C0MODS")))
        assert len(slack.messages("C0MODS")) == 1


async def test_rate_limit_is_waited_for_and_nothing_is_sent_twice(wire, monkeypatch):
    slack, amina = wire.slack, wire.telegram.people[1001]
    slack.fail("chat.postMessage", limited(1))
    async with wire.running(monkeypatch):
        amina.says(f"/draft {CLOSED}")
        await slack.message("C0MODS", CARD)
        assert len(slack.messages("C0MODS")) == 1


async def test_votes_made_while_the_bot_was_down_are_counted_when_it_is_back(wire, monkeypatch):
    slack = wire.slack
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/draft", CLOSED)
        card = await slack.message("C0MODS", CARD)
        await slack.react("U0BO", card, "+1")
        await slack.until(lambda: "approved: bo" in slack.messages("C0MODS")[0].words)
    card.reactions.pop("+1")
    card.reactions["white_check_mark"] = ["U0CHEN"]
    async with wire.running(monkeypatch):
        await slack.until(lambda: "approved: chen" in slack.messages("C0MODS")[0].words)
        assert "approved: bo" not in slack.messages("C0MODS")[0].words
        assert slack.whispers("U0BO") == []


@pytest.mark.parametrize("wire", MODES[:1], indirect=True, ids="-".join)
async def test_votes_made_while_slack_was_cut_off_are_counted_when_it_is_back(wire, monkeypatch):
    slack = wire.slack
    async with wire.running(monkeypatch) as bot:
        await slack.command("U0AMINA", "C0MODS", "/draft", CLOSED)
        card = await slack.message("C0MODS", CARD)
        await slack.stop()
        await slack.until(lambda: bool(bot.platforms["slack"].trouble()))
        card.reactions["white_check_mark"] = ["U0CHEN"]
        await asyncio.sleep(1)
        await slack.start()
        await slack.until(lambda: "approved: chen" in slack.messages("C0MODS")[0].words)
        assert "1 of 2 approvals" in slack.messages("C0MODS")[0].words


async def test_bot_s_own_server_answers_what_it_should(wire, monkeypatch):
    async with wire.running(monkeypatch), aiohttp.ClientSession() as session:
        for path in ("/health", "/ready"):
            async with session.get(wire.base + path) as answer:
                assert answer.status == 200
        wire.telegram.people[1001].says(f"/draft {CLOSED}")
        await wire.slack.message("C0MODS", CARD)
        async with session.get(f"{wire.base}/metrics") as answer:
            assert answer.status == 200
            lines = (await answer.text()).splitlines()
        assert "countersign_waiting_drafts 1.0" in lines
        assert "countersign_waiting_events 0.0" in lines
        assert 'countersign_undelivered_messages{platform="telegram"} 0.0' in lines
        wrong = {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}
        async with session.post(f"{wire.base}/telegram/webhook", headers=wrong, json={}) as answer:
            assert answer.status == (403 if wire.telegram_mode == "webhook" else 404)
        async with session.post(f"{wire.base}/slack/events", data="{}") as answer:
            assert answer.status == (401 if wire.slack_mode == "http" else 404)


async def test_group_of_telegram_votes_with_reactions_and_keeps_working_when_it_is_upgraded(
    wire, monkeypatch
):
    telegram = wire.telegram
    amina, dara, chen = (telegram.people[number] for number in (1001, 1004, 1003))
    group = telegram.group(-77, "Moderators")
    slack_chat, telegram_chat = "platform: slack, chat: C0MODS", 'platform: telegram, chat: "-77"'
    wire.offices = OFFICES.replace(slack_chat, telegram_chat)
    async with wire.running(monkeypatch):
        amina.says(f"/draft {CLOSED}")
        await telegram.until(lambda: shown(group, CARD))
        await wire.slack.message("U0BO", CARD)
        chen.reacts(shown(group, CARD), "👍", anonymously=True)
        await telegram.until(lambda: shown(group, "anonymous administrator"))
        dara.reacts(shown(group, CARD), "👍")
        await telegram.until(lambda: "approved: dara" in shown(group, CARD).text)
        new = telegram.upgrade(group, by=chen)
        amina.says(f"/draft {CLOSED} Again.")
        await telegram.until(lambda: shown(new, "Draft 2"))
        chen.reacts(shown(new, "Draft 2"), "👍")
        dara.presses("Approve", shown(new, "Draft 2"))
        await telegram.until(lambda: shown(amina.chat, "approved by chen and dara"))
        assert shown(group, "Draft 2") is None  # everything of it stands in the new group
