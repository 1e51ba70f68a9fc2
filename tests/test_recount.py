"""When people, panels and chats change, open drafts and their cards follow."""

from handlers.chat import Button
from tests.office import MODERATORS, OFFICES

CLOSED = "The bridge at Kanchpur is closed on Monday from 9 am."
FIVE = OFFICES.replace(
    "    pages:\n",
    '      - {name: eli, roles: [moderator], telegram: "1005"}\n'
    "      - {name: fay, roles: [moderator], slack: U0FAY}\n"
    "    pages:\n",
)
OTHER = """\
  - name: Ministry of Health
    timezone: Asia/Dhaka
    country: BD
    packs: [bd]
    moderators: {platform: slack, chat: C0HEALTH}
    people:
      - {name: hana, roles: [author, moderator, senior, lead, admin], slack: U0HANA}
    pages:
      - {name: Health on X, kind: x, url: "https://x.example/health", owner: hana}
"""


def test_smaller_panel_decides_by_the_votes_that_are_there(office):
    office.imports(FIVE)
    office.says("amina", f"/draft {CLOSED}")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    assert "2 of 3 approvals" in office.text(office.card())
    office.imports(OFFICES)
    office.deliver()
    assert "approved by bo and chen" in office.heard("amina")
    assert office.record().count(("quorum", "draft approved")) == 1


def test_new_member_of_the_panel_gets_the_open_card_and_votes_on_it(office):
    office.says("amina", f"/draft {CLOSED}")
    office.imports(FIVE)
    office.deliver()
    eli = office.sender("eli", "telegram").user
    assert "0 of 3 approvals" in office.text(office.card(on="telegram", chat=eli))
    office.presses("eli", "Approve", on="telegram")
    assert "approved: eli" in office.text(office.card())


def test_vote_of_somebody_who_left_the_panel_counts_no_more_and_their_copy_is_closed(office):
    office.imports(FIVE)
    office.says("amina", f"/draft {CLOSED}")
    eli = office.card(on="telegram", chat=office.sender("eli", "telegram").user)
    button = eli.message.buttons[0]
    office.presses("eli", "Approve", on="telegram")
    office.imports(OFFICES)
    office.deliver()
    assert "0 of 2 approvals" in office.text(office.card())
    assert "approved: eli" not in office.text(office.card())
    assert (office.text(eli), eli.message.buttons) == ("Draft 1 is no longer shown here.", ())
    office.accounts["eli", "telegram"] = "1005"
    office.presses_forged("eli", button, on="telegram", at=eli)
    assert "not on this office's panel" in office.heard("eli", on="telegram")


def test_decided_drafts_are_not_touched_by_another_panel(office):
    office.says("amina", f"/draft {CLOSED}")
    for name in ("bo", "chen"):
        office.reacts(name, "👍", office.card())
    before = office.text(office.card())
    office.imports(FIVE)
    office.deliver()
    assert office.text(office.card()) == before


def test_import_that_changes_nothing_leaves_the_cards_alone(office):
    office.says("amina", f"/draft {CLOSED}")
    edits = office.card().edits
    assert office.imports(OFFICES) == []
    office.deliver()
    assert office.card().edits == edits


def test_open_drafts_follow_the_moderators_to_another_chat(office):
    office.says("amina", f"/draft {CLOSED}")
    old = office.card()
    office.imports(OFFICES.replace(MODERATORS, "C0ELSE"))
    office.deliver()
    assert "no longer shown here" in office.text(old)
    assert CLOSED in office.text(office.card(chat="C0ELSE"))


def test_author_who_joins_the_panel_has_no_vote_on_their_own_draft(office):
    office.says("amina", f"/draft {CLOSED}")
    roles = {"amina, roles: [author]": "amina, roles: [author, moderator]"}
    roles["dara, roles: [moderator]"] = "dara, roles: [author]"
    text = OFFICES
    for old, new in roles.items():
        text = text.replace(old, new)
    office.imports(text)
    office.deliver()
    office.presses("amina", "Approve", at=office.card())
    assert "your own draft" in office.heard("amina")
    office.reacts("bo", "👎", office.card())
    assert "rejected: bo" in office.text(office.card())
    assert "Rejected on" in office.text(office.card())


def test_offices_know_nothing_of_each_other(office):
    office.imports(OFFICES + OTHER)
    office.says("amina", f"/draft {CLOSED}")
    office.reacts("hana", "👍", office.card())
    assert "not on this office's panel" in office.heard("hana")
    for action in ("approve", "reject", "show"):
        office.presses_forged("hana", Button("", action, "1.1"), on="slack", at=office.card())
    assert "0 of 2 approvals" in office.text(office.card())
    for said in ("/queue", "/audit 1", "/pages", "/page", "/office", "/drafts", "/drafts 1"):
        office.says("hana", said)
    office.presses_forged("hana", Button("", "updated", "1"), on="slack", at=office.card())
    heard = "".join(office.inbox("hana"))
    assert "Kanchpur" not in heard
    assert "Works" not in heard
    assert office.chat(id="C0HEALTH") == []


def test_form_that_names_a_page_of_another_office_is_refused(office):
    office.imports(OFFICES + OTHER)
    office.says("hana", "/draft")
    office.fills("hana", page="1", purpose="event", text=CLOSED)
    assert office.chat() == []
    assert "no role in the office" in office.heard("hana")


def test_closed_office_votes_no_more(office):
    office.imports(OFFICES + OTHER)
    office.says("amina", f"/draft {CLOSED}")
    office.imports("offices:\n" + OTHER)
    office.accounts["bo", "slack"] = "U0BO"
    office.reacts("bo", "👍", office.card())
    assert "not on this office's panel" in office.heard("bo")
