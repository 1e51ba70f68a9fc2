"""Being away: who says so, for how long, what is answered, and how it is taken back."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from sqlmodel import select

from handlers.absence import follow_absences, watch_panels
from handlers.chat import Button
from storage.db import transaction
from storage.models import Absence, AuditEntry
from tests.office import FISHERIES, OFFICES, TestOffice

CLOSED = "The bridge at Kanchpur is closed on Monday."
HEALTH = """\
  - name: Ministry of Health
    timezone: Asia/Dhaka
    country: BD
    moderators: {platform: slack, chat: C0HEALTH}
    people:
      - {name: hana, roles: [author, moderator, lead, admin], slack: U0HANA}
    pages:
      - {name: Health on X, kind: x, url: "https://x.example/health", owner: hana}
"""


def absences(office):
    """Return what is stored: who, from when, until when."""
    with transaction(office.engine) as db:
        return sorted((a.person_id, a.starts_at, a.ends_at) for a in db.exec(select(Absence)))


@pytest.mark.parametrize(("name", "on"), [("bo", "slack"), ("dara", "telegram")])
def test_away_until_thursday_is_answered_with_the_day_and_can_be_taken_back(office, name, on):
    office.says(name, "/away until Thursday", on=on)
    assert f"{name} is away until the end of Thu 23 Jul 2026." in office.heard(name, on=on)
    assert "nobody takes the seat" in office.heard(name, on=on)
    office.presses(name, "Not so: I am back", on=on)
    assert office.heard(name, on=on) == f"{name} is back."
    office.presses(name, "Not so: I am back", on=on)
    assert "is over, or was changed" in office.heard(name, on=on)
    actions = [action for actor, action in office.record() if actor == name]
    assert actions == ["away", "back", "refused"]


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("until 2026-07-24", "bo is away until the end of Fri 24 Jul 2026."),
        ("today", "bo is away until the end of Mon 20 Jul 2026."),
        ("tomorrow", "bo will be away on Tue 21 Jul 2026."),
        ("2026-07-24 2026-07-26", "from Fri 24 Jul 2026 until the end of Sun 26 Jul 2026."),
        ("until Thursday deputy amina", "amina stands in: takes the seat on the panel"),
        ("until Thursday deputy ch", "chen stands in and hears in bo's place"),
        ("deputy amina", "bo is not away. To say so: /away bo until Thursday"),
        ("off", "bo is not away."),
        ("sometime", "I do not understand “sometime”."),
        ("until 2026-07-19", "2026-07-19 is over."),
        ("until Thursday deputy bo", "Nobody stands in for themself."),
        ("until Thursday deputy zoe", "I know nobody called “zoe” in Ministry of Works."),
        ("until Thursday deputy a b c", "I know nobody called “a b c”"),
        ("dara until Thursday", "Only a lead or an admin"),
        ("zoe until Thursday", "Only a lead or an admin"),
    ],
)
def test_each_way_to_say_it_has_its_answer(office, said, answered):
    office.says("bo", f"/away {said}")
    assert answered in office.heard("bo")


def test_away_alone_shows_who_is_away_and_how_to_say_it(office):
    office.says("amina", "/away")
    assert office.heard("amina").startswith("Nobody is away from Ministry of Works.\nSay /away")
    office.says("bo", "/away until Wed deputy amina")
    office.says("dara", "/away 2026-07-24 2026-07-25", on="telegram")
    office.says("sina", "/away")
    assert "bo: until the end of Wed 22 Jul 2026. amina stands in" in office.heard("sina")
    assert "dara: Fri 24 Jul 2026 to Sat 25 Jul 2026" in office.heard("sina")


def test_strangers_hear_nothing_of_it(office):
    office.says("mallory", "/away")
    assert "I do not know you yet" in office.heard("mallory")


def test_lead_says_it_for_somebody_who_hears_of_it_and_can_object(office):
    office.says("lee", "/away dar until Thursday")
    assert "dara is away until the end of Thu 23 Jul 2026." in office.heard("lee")
    assert office.heard("dara", on="telegram").startswith("lee says:\ndara is away until")
    office.presses("dara", "Not so: I am back", on="telegram")
    assert office.heard("dara", on="telegram") == "dara is back."
    office.says("lee", "/away dara until Thursday")
    office.says("lee", "/away dara off")
    assert office.heard("dara", on="telegram") == "lee says:\ndara is back."


def test_name_that_two_people_could_mean_is_asked_for_in_full(engine):
    two = OFFICES.replace("name: sina", "name: bob")
    office = TestOffice(engine, two.replace("name: bo,", "name: bo larsen,"))
    office.says("lee", "/away bo until Thursday")
    assert "“bo” could be bo larsen or bob." in office.heard("lee")
    office.close()


def test_lead_of_another_office_can_say_nothing_and_press_nothing(office):
    office.imports(OFFICES + HEALTH)
    office.says("hana", "/away bo until Thursday")
    assert "I know nobody called “bo” in Ministry of Health." in office.heard("hana")
    office.says("bo", "/away until Thursday")
    shown = office.slack.messages[-1]
    office.presses_forged("hana", Button("", "not-away", "1"), on="slack", at=shown)
    assert "Only a lead or an admin" in office.heard("hana")
    office.presses_forged("amina", Button("", "not-away", "1"), on="slack", at=shown)
    assert "Only a lead or an admin" in office.heard("amina")
    for value in ("", "x", "99", "1.1"):
        office.presses_forged("bo", Button("", "not-away", value), on="slack", at=shown)
    assert len(absences(office)) == 1
    office.says("amina", "/away")
    assert "bo: until the end" in office.heard("amina")


def test_deputy_who_is_away_then_is_refused(office):
    office.says("amina", "/away 2026-07-22 2026-07-23")
    office.says("bo", "/away until Friday deputy amina")
    assert "amina is away then, too: Wed 22 Jul 2026 to Thu 23 Jul 2026." in office.heard("bo")
    office.says("bo", "/away tomorrow deputy amina")
    assert "amina stands in" in office.heard("bo")


@pytest.mark.parametrize(
    ("first", "then", "answered", "left"),
    [
        ("until Thursday", "until Wednesday", "until the end of Wed 22 Jul", 1),
        ("until Wednesday", "until Thursday", "until the end of Thu 23 Jul", 1),
        ("until Wednesday", "2026-07-22 2026-07-24", "until the end of Fri 24 Jul", 1),
        ("until Wednesday", "2026-07-23 2026-07-24", "until the end of Fri 24 Jul", 1),
        ("until Wednesday", "2026-07-24", "will be away on Fri 24 Jul", 2),
        ("2026-07-23 2026-07-24", "until Thursday", "until the end of Thu 23 Jul", 1),
        ("2026-07-24", "until Thursday", "until the end of Thu 23 Jul", 2),
        ("until Wednesday deputy amina", "until Thursday", "amina stands in", 1),
        ("until Wednesday deputy amina", "until Thursday deputy sina", "sina stands in", 1),
    ],
)
def test_what_is_said_later_holds(office, first, then, answered, left):
    office.says("bo", f"/away {first}")
    office.later(minutes=1)
    office.says("bo", f"/away {then}")
    assert answered in office.heard("bo")
    now = office.clock
    stored = [(start, end) for _, start, end in absences(office) if end > now]
    assert len(stored) == left
    assert all(one[1] <= two[0] for one, two in pairwise(stored))


def test_days_are_meant_in_the_zone_of_the_office(engine):
    office = TestOffice(engine, "offices:\n" + FISHERIES)  # Samoa, 13 hours ahead
    office.clock = datetime(2026, 7, 20, 12, tzinfo=UTC)  # 01:00 on Tuesday there
    office.says("eti", "/away today", on="telegram")
    assert "until the end of Tue 21 Jul 2026" in office.heard("eti", on="telegram")
    assert absences(office)[0][2] == datetime(2026, 7, 21, 11, tzinfo=UTC)
    office.close()


def test_repeated_delivery_and_a_restart_change_nothing(office):
    office.says("bo", "/away until Thursday")
    office.again()
    office.restart()
    office.later(follow_absences, watch_panels, minutes=1)
    assert len(absences(office)) == 1
    assert office.record().count(("bo", "away")) == 1
    assert office.verdict().broken is None


def test_record_says_who_said_it_and_until_when(office):
    office.says("lee", "/away bo until Thursday deputy amina")
    with transaction(office.engine) as db:
        entry = db.exec(select(AuditEntry).where(AuditEntry.action == "away")).one()
    assert (entry.actor, entry.office) == ("lee", "Ministry of Works")
    assert (entry.detail["person"], entry.detail["deputy"]) == ("bo", "amina")
    assert entry.detail["until"] == "2026-07-23T18:00:00+00:00"
