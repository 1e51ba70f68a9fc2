"""A moderator may see a card, and vote, before the bot has noted where it stands."""

from datetime import timedelta

from bot.platforms.sandbox import Shown, nobody_watches
from handlers.chat import Chat, Reaction, Sender
from tests.office import MODERATORS, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday."


def votes_at_once(office: TestOffice) -> None:
    """Let bo react to a card in the moment in which it appears."""

    def react(platform: str, shown: Shown) -> None:
        if shown.chat == MODERATORS and not shown.edits:
            by, chat = Sender(platform, "U0BO"), Chat(platform, shown.chat)
            office.dispatcher.store(Reaction(by, chat, shown.id, "👍", id=f"quick-{shown.id}"))
            office.dispatcher.handle()

    office.slack.watch = react


def test_vote_that_is_quicker_than_the_note_is_counted_a_moment_later(office):
    votes_at_once(office)
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    assert "0 of 2 approvals" in office.text(office.card())
    office.clock += timedelta(seconds=1)
    office.dispatcher.handle()
    office.deliver()
    assert "approved: bo" in office.text(office.card())


def test_others_do_not_wait_for_it(office):
    votes_at_once(office)
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    office.slack.watch = nobody_watches
    office.says("chen", "/queue")
    assert "Draft 1" in office.heard("chen")


def test_emoji_under_a_message_that_is_not_ours_is_nobody_s_vote(office):
    office.says("amina", f"/draft {CLOSED}", on="telegram")
    office.reacts("bo", "👍", Shown("999", MODERATORS, office.card().message))
    assert "0 of 2 approvals" in office.text(office.card())
    assert office.inbox("bo") == []
