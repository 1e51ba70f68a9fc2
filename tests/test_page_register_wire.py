"""The register of pages on the wire: real libraries, both services."""

import pytest

from tests.wire import MODES, offering, shown

WHY = "We move to <!channel> *another* building."
pytestmark = pytest.mark.parametrize("wire", [MODES[0], MODES[-1]], indirect=True, ids="-".join)


async def test_page_is_registered_by_a_modal_and_confirmed_by_a_button_on_slack(wire, monkeypatch):
    slack = wire.slack
    async with wire.running(monkeypatch):
        await slack.command("U0LEE", "C0MODS", "/page", "add https://works.example/*news*")
        form = await slack.modal("U0LEE")
        answers = {
            "Its name": "<!channel> *Works* news",
            "What kind of page is it?": "website",
            "Who looks after it?": "2",
            "How often is it to be updated?": "often",
        }
        await slack.submit(form, answers)
        again = await slack.modal("U0LEE")
        await slack.submit(again, {"How often is it to be updated?": "1 per month"})
        said = await slack.whisper("U0LEE", "is registered for Ministry of Works")
        assert said.markup == []
        asked = await slack.message("U0BO", "Please confirm for your pages")
        assert asked.markup == []
        await slack.press("U0BO", asked, "Confirm: <!channel>")
        await slack.submit(await slack.modal("U0BO"), {"person": "0"})
        await slack.until(
            lambda: any(
                "It is live" in said.words
                for said in [*slack.messages("U0BO"), *slack.whispers("U0BO")]
            )
        )


async def test_page_is_paused_and_handed_over_in_a_conversation_on_telegram(wire, monkeypatch):
    amina, dara = wire.telegram.people[1001], wire.telegram.people[1004]
    async with wire.running(monkeypatch):
        amina.says("/page pause Works")
        await wire.telegram.until(lambda: shown(amina.chat, "Until which day?"))
        amina.says("tomorrow")
        await wire.telegram.until(lambda: shown(amina.chat, "Why?"))
        amina.says(WHY)
        await wire.telegram.until(lambda: shown(amina.chat, "is paused until the end of"))
        amina.says("/page 1")
        await wire.telegram.until(lambda: shown(amina.chat, "page 1 of Ministry of Works"))
        assert shown(amina.chat, "page 1 of Ministry of Works").active == []
        amina.presses("Hand over", offering(amina.chat, "Hand over"))
        await wire.telegram.until(lambda: shown(amina.chat, "Who is to look after it?"))
        amina.presses("dara", offering(amina.chat, "dara"))
        await wire.telegram.until(lambda: shown(dara.chat, "asks you to look after"))
        dara.presses("Take it", offering(dara.chat, "Take it"))
        await wire.telegram.until(lambda: shown(amina.chat, "dara looks after"))
