"""Why, false alarm and release on the wire: real libraries, both services."""

import pytest

from tests.wire import MODES, offering, shown

PHONE = "For land records call Rafiq on 01812-345678."
CARD = "Fees can be paid to card 4111 1111 1111 1111 from today."
MANY = " ".join(f"Call 01812-34567{number} or write to a{number}@gmail.com." for number in range(8))
HOSTILE = "For <!channel> *records* call @dara on 01812-345678 https://evil.example"
TITLE = "Draft 1 for Works on Facebook"
QUESTION = "Why may it be published although a rule forbids it?"
pytestmark = pytest.mark.parametrize("wire", [MODES[0], MODES[-1]], indirect=True, ids="-".join)


async def test_why_and_false_alarm_travel_by_both_platforms(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    amina, dara = telegram.people[1001], telegram.people[1004]
    async with wire.running(monkeypatch):
        amina.says(f"/draft {PHONE}")
        card = await slack.message("C0MODS", TITLE)
        await slack.press("U0BO", card, "Why?")
        why = await slack.whisper("U0BO", "private-phone")
        assert "Source: " in why.words
        await slack.press("U0BO", why, "1: false alarm")
        await slack.whisper("U0BO", "changes no vote")

        receipt = shown(amina.chat, "is with the moderators")
        amina.presses("Why?", receipt)
        await telegram.until(lambda: shown(amina.chat, "Rule private-phone"))
        amina.presses("1: false alarm", receipt)
        await slack.until(
            lambda: "A false alarm, says amina, bo." in slack.messages("C0MODS")[0].words
        )
        await telegram.until(lambda: "says amina, bo." in shown(dara.chat, TITLE).text)


async def test_many_findings_fit_both_platforms(wire, monkeypatch):
    slack, amina = wire.slack, wire.telegram.people[1001]
    async with wire.running(monkeypatch):
        amina.says(f"/draft {MANY}")
        await wire.telegram.until(lambda: shown(amina.chat, "What is it for?"))
        receipt = shown(amina.chat, "What is it for?")
        amina.presses("Why?", receipt)
        await wire.telegram.until(lambda: offering(amina.chat, "5: false alarm"))
        amina.presses("More", offering(amina.chat, "More"))
        await wire.telegram.until(lambda: offering(amina.chat, "10: false alarm"))
        await slack.message("C0MODS", TITLE)
        await slack.press("U0BO", slack.messages("C0MODS")[0], "Why?")
        await slack.whisper("U0BO", "Rule ")


async def test_senior_releases_with_a_form_on_slack(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/draft", CARD)
        await slack.press("U0AMINA", await slack.whisper("U0AMINA", "cannot go to"), "Ask a senior")
        request = await slack.message("U0SINA", "asks you to release")
        assert CARD in request.quotes
        await slack.press("U0SINA", request, "Release, with a reason")
        form = await slack.modal("U0SINA")
        await slack.submit(form, {QUESTION: "It is the public specimen of our bank."})
        card = await slack.message("C0MODS", TITLE)
        assert "Released by sina" in card.words
        await telegram.until(
            lambda: shown(telegram.people[1001].chat, "sina has released what stopped it")
        )
        assert CARD in card.quotes


async def test_senior_releases_in_a_conversation_on_telegram(wire, monkeypatch):
    slack, telegram = wire.slack, wire.telegram
    amina, chen = telegram.people[1001], telegram.people[1003]
    async with wire.running(monkeypatch):
        amina.says(f"/draft {CARD}")
        await telegram.until(lambda: shown(amina.chat, "cannot go to"))
        amina.presses("Ask a senior", shown(amina.chat, "cannot go to"))
        await telegram.until(lambda: shown(chen.chat, "asks you to release"))
        chen.presses("Release, with a reason", shown(chen.chat, "asks you to release"))
        await telegram.until(lambda: shown(chen.chat, "Why may it be published"))
        chen.says("It is the public specimen of our bank.")
        card = await slack.message("C0MODS", TITLE)
        assert "Released by chen" in card.words


async def test_words_of_others_stay_literal_in_every_answer(wire, monkeypatch):
    slack, dara = wire.slack, wire.telegram.people[1004]
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/policy", f"try {HOSTILE}")
        tried = await slack.whisper("U0AMINA", "Nothing of this is kept")
        assert tried.markup == []
        await slack.command("U0AMINA", "C0MODS", "/draft", HOSTILE)
        card = await slack.message("C0MODS", TITLE)
        assert card.markup == []
        await slack.press("U0BO", card, "Why?")
        assert (await slack.whisper("U0BO", "private-phone")).markup == []
        await wire.telegram.until(lambda: shown(dara.chat, TITLE))
        dara.presses("Why?", shown(dara.chat, TITLE))
        await wire.telegram.until(lambda: shown(dara.chat, "private-phone"))
        assert shown(dara.chat, "private-phone").active == []


async def test_policy_answers_by_section_on_both_platforms(wire, monkeypatch):
    slack, amina = wire.slack, wire.telegram.people[1001]
    async with wire.running(monkeypatch):
        await slack.command("U0AMINA", "C0MODS", "/countersign", "policy")
        said = await slack.whisper("U0AMINA", "The policy of Ministry of Works")
        await slack.press("U0AMINA", said, "Personal data")
        await slack.whisper("U0AMINA", "private-email")
        amina.says("/policy private-phone")
        await wire.telegram.until(lambda: shown(amina.chat, "It lets pass:"))
        amina.says("/policy try\nCall Rafiq on 01812-345678.")
        await wire.telegram.until(lambda: shown(amina.chat, "⟦01812-345678⟧"))
