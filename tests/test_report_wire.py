"""A report on the wire: its words and its three files, on both platforms."""

import pytest

from bot.making import chart
from storage import evaluations
from tests.test_report import full
from tests.wire import Wire, services


@pytest.fixture
async def wire(sqlite_url):
    chart.make(evaluations.to_json(full()))  # the library that draws is slow to load
    async with services() as (slack, telegram):
        yield Wire(slack, telegram, sqlite_url)
        slack.assert_clean()
        telegram.assert_clean()


async def test_report_comes_with_its_picture_its_page_and_its_table(wire, monkeypatch):
    slack, chen, sent = wire.slack, wire.telegram.people[1003], wire.telegram.called
    async with wire.running(monkeypatch):
        await slack.command("U0LEE", "C0MODS", "/report", "this month")
        for count in (1, 2, 3):
            await slack.until(lambda count=count: len(files(slack)) >= count)
        assert [name.rpartition(".")[2] for name in files(slack)] == ["png", "html", "csv"]
        chen.says("/report this month")
        await wire.telegram.until(lambda: len(sent("sendPhoto")) == 1)
        await wire.telegram.until(lambda: len(sent("sendDocument")) == 2)
        assert any("Report: Ministry of Works" in each.text for each in chen.chat.said)


def files(slack):
    return [file["name"] for each in slack.messages("U0LEE") for file in each.files]
