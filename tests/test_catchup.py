"""After a pause the cards are read: what is certain counts, what is not is asked about."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.catchup import catch_up
from bot.platforms.base import NotSent, Undeliverable
from bot.platforms.sandbox import Sandbox
from handlers.escalations import escalate_late_reviews
from tests.office import OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."


@dataclass
class Slack(Sandbox):
    """A chat service that can be asked who reacts with what."""

    name: str = "slack"
    has_forms: bool = True
    present: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # by message
    lost: dict[str, Exception] = field(default_factory=dict)

    async def reactions(self, chat, message_id):
        """Tell what was set for a message."""
        if message_id in self.lost:
            raise self.lost[message_id]
        return self.present.get(message_id, set())


class PausedOffice(TestOffice):
    """An office whose Slack remembers reactions while the bot is away."""

    __test__ = False

    def restart(self):
        """Start anew, with the Slack that remembers."""
        if not isinstance(self.slack, Slack):
            self.slack = self.platforms["slack"] = Slack()
        super().restart()

    def shows(self, shown, *pairs):
        """Let a message have these reactions, by name."""
        self.slack.present[shown.id] = {
            (self.sender(name, "slack").user, emoji) for name, emoji in pairs
        }

    def wakes(self):
        """Come back after a pause."""
        self.restart()
        self.clock += self.clock.resolution
        asyncio.run(self._wake())
        self.deliver()

    async def _wake(self):
        await catch_up(self.dispatcher, self.slack)
        while await self.dispatcher.handle_next():
            pass


@pytest.fixture
def office(engine):
    """An office with one open draft."""
    office = PausedOffice(engine)
    office.says("amina", f"/draft {CLOSED}")
    yield office
    office.close()


def change(office, text):
    """Let amina change her draft."""
    office.presses("amina", "Change the text")
    office.fills("amina", text=text)


def test_votes_cast_and_taken_back_meanwhile_are_counted(office):
    office.reacts("bo", "👍", office.card())
    office.shows(office.card(), ("chen", "✅"))
    office.wakes()
    assert "approved: chen" in office.text(office.card())
    assert "approved: bo" not in office.text(office.card())


def test_waking_again_changes_nothing(office):
    office.shows(office.card(), ("chen", "👍"))
    office.wakes()
    before = office.record()
    office.wakes()
    assert office.record() == before


def test_vote_on_one_copy_of_the_card_is_not_missed_on_another(office):
    office.reacts("chen", "👍", office.card())
    office.later(escalate_late_reviews, hours=4)
    office.presses("bo", "Show me the draft")
    office.shows(office.card(), ("chen", "👍"))
    office.wakes()
    assert "approved: chen" in office.text(office.card())


@pytest.mark.parametrize("error", [NotSent("busy"), Undeliverable("deleted")])
def test_card_that_cannot_be_read_takes_no_vote_back(office, error):
    office.reacts("chen", "👍", office.card())
    office.slack.lost[office.card().id] = error
    office.wakes()
    assert "approved: chen" in office.text(office.card())


def test_emoji_of_an_earlier_wording_does_not_come_back_to_life(office):
    office.reacts("bo", "👍", office.card())
    office.reacts("bo", "👎", office.card())
    change(office, "The bridge at Kanchpur is open.")
    office.shows(office.card(), ("bo", "👍"), ("bo", "👎"))
    for _ in range(2):
        office.wakes()
    assert "0 of 2 approvals" in office.text(office.card())
    assert "against" not in office.text(office.card())
    asked = [said for said in office.inbox("bo") if "vote with the buttons" in said]
    assert len(asked) == 1


def test_vote_by_button_is_not_doubled_by_the_emoji_beside_it(office):
    office.reacts("bo", "👍", office.card())
    office.presses("bo", "Reject", at=office.card())
    office.shows(office.card(), ("bo", "👍"))
    office.wakes()
    assert "rejected: bo" in office.text(office.card())


def test_vote_that_was_taken_back_stays_so(office):
    office.reacts("bo", "👍", office.card())
    office.reacts("bo", "✅", office.card())
    office.reacts("bo", "✅", office.card(), added=False)
    office.shows(office.card(), ("bo", "👍"))
    office.wakes()
    assert "0 of 2 approvals" in office.text(office.card())
    assert "vote with the buttons" in office.heard("bo")


def test_reactions_of_strangers_authors_and_other_emoji_are_silent(office):
    office.shows(office.card(), ("mallory", "👍"), ("amina", "👍"), ("bo", "🎉"))
    before = len(office.slack.messages)
    office.wakes()
    assert len(office.slack.messages) == before
    assert "0 of 2 approvals" in office.text(office.card())


def test_decided_drafts_are_not_looked_at(office):
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    office.slack.lost[office.card().id] = AssertionError("asked about a decided draft")
    office.wakes()
    assert "Approved on" in office.text(office.card())


def test_two_votes_seen_at_once_decide_once(engine):
    office = PausedOffice(engine, OFFICES)
    office.says("amina", f"/draft {CLOSED}")
    office.shows(office.card(), ("bo", "👍"), ("chen", "👍"))
    office.wakes()
    assert office.record().count(("quorum", "draft approved")) == 1
    office.close()
