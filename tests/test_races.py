"""Several processes at once: nothing is decided twice, and nothing is sent twice."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import select

from bot.dispatcher import utc_now
from handlers.card import draft_of
from handlers.chat import Chat, Command, Event, Press, Reaction, Sender, message
from handlers.stored import event_to_json, message_from_json
from handlers.words import plain
from policy.workflow import State
from storage import audit, drafts
from storage.db import transaction
from storage.models import Delivery, Draft, OutboxMessage
from tests.office import TestOffice
from tests.processes.paper import Paper

ROOT = Path(__file__).parents[1]
DRAFTS = 30
MESSAGES = 100
MODERATORS = Chat("slack", "C0MODS")
BO, CHEN = Sender("slack", "U0BO"), Sender("slack", "U0CHEN")
DARA = Sender("telegram", "1004")


def at_once(engine: Engine, folder: Path, *parts: Iterable[Event]) -> None:
    """Run one replica for each part. All of them begin at the same moment."""
    url = engine.url.render_as_string(hide_password=False)
    script = [sys.executable, "-m", "tests.processes.replica", url, str(folder)]
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(script, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        for _ in parts
    ]
    for replica, events in zip(running, parts, strict=True):
        assert replica.stdin is not None
        replica.stdin.writelines(f"{json.dumps(event_to_json(event))}\n" for event in events)
        replica.stdin.write("\n")
        replica.stdin.flush()
    for replica in running:
        assert replica.stdout is not None
        assert replica.stdout.readline() == "ready\n"
    for replica in running:
        assert replica.stdin is not None
        replica.stdin.write("go\n")
        replica.stdin.flush()
    for replica in running:
        _, errors = replica.communicate(timeout=90)
        assert (replica.returncode, errors) == (0, "")


def submitted(engine: Engine) -> list[int]:
    """Hand in the drafts, and let their cards be posted under the number of their row."""
    office = TestOffice(engine)
    amina = Sender("telegram", "1001")
    for number in range(DRAFTS):
        text = f"The road is closed on day {number}."
        event = Command(amina, Chat("telegram", amina.user), "draft", text, id=f"draft {number}")
        office.dispatcher.store(event)
        office.dispatcher.handle()
    office.close()
    with transaction(engine) as db:
        for row in db.exec(select(OutboxMessage)):
            row.state, row.sent_chat, row.message = Delivery.SENT, row.chat, f"m{row.id}"
        return sorted(db.exec(select(Draft.id)).all())


def cards(engine: Engine) -> dict[int, str]:
    """Return the id of each draft's card in the moderators' chat."""
    with transaction(engine) as db:
        rows = db.exec(
            select(OutboxMessage)
            .where(OutboxMessage.chat == MODERATORS.id)
            .order_by(OutboxMessage.id)
        ).all()
        return {number: row.message or "" for row in rows if (number := draft_of(row.subject))}


def votes(by: Sender, cards: dict[int, str]) -> list[Event]:
    """Vote on every draft: for the even ones, against the odd ones. Dara has only buttons."""
    if by is DARA:
        names = ("approve", "reject")
        return [
            Press(by, Chat("telegram", "1004"), "", names[n % 2], f"{n}.1", id=f"{by.user} {n}")
            for n in cards
        ]
    return [
        Reaction(by, MODERATORS, message, "👍👎"[n % 2], id=f"{by.user} {n}")
        for n, message in cards.items()
    ]


def test_two_processes_that_vote_at_once_decide_no_draft_twice(
    engine: Engine, tmp_path: Path
) -> None:
    numbers = submitted(engine)
    posted = cards(engine)
    assert list(posted) == numbers
    by_bo, by_chen, by_dara = (votes(by, posted) for by in (BO, CHEN, DARA))
    again = [replace(event, id=f"{event.id} again") for event in by_bo[::2]]
    first, second = [*by_bo, *by_dara[::2], *again], [*reversed(by_chen), *by_dara, *by_bo]
    at_once(engine, tmp_path, first, second)

    with transaction(engine) as db:
        states = {d.id: (d.state, len(drafts.votes(db, d))) for d in db.exec(select(Draft))}
        entries = list(audit.entries(db))
        waiting = drafts.to_announce(db, utc_now() + timedelta(days=1))
        assert audit.verify(db).broken is None
        told = [row for row in db.exec(select(OutboxMessage)) if row.state is Delivery.PENDING]
    outcomes = (State.APPROVED, State.REJECTED)
    assert states == {number: (outcomes[number % 2], 2) for number in numbers}
    counted = [e for e in entries if e.subject[:5] == "draft" and e.action != "refused"]
    done = Counter((e.action.split()[0], e.subject) for e in counted)
    assert done == {
        (action, f"draft:{n}"): times
        for n in numbers
        for action, times in {"draft": 2, "voted": 2}.items()  # submitted, decided
    }
    too_late = [entry for entry in entries if entry.action == "refused"]
    assert DRAFTS <= len(too_late) <= DRAFTS + len(again)
    for account in ("1001", "U0AMINA"):
        said = [plain(message_from_json(row.body)) for row in told if row.chat == account]
        approved = [number for number in numbers if number % 2 == 0]
        assert Counter(int(text.split()[1]) for text in said) == dict.fromkeys(approved, 1)
    assert waiting == [number for number in numbers if number % 2]


def test_two_processes_send_no_message_twice_and_keep_the_order_of_each_reader(
    engine: Engine, tmp_path: Path
) -> None:
    office = TestOffice(engine)
    with transaction(engine) as db:
        ctx = office.dispatcher.context(db)
        for number in range(MESSAGES):
            chat = Chat(("slack", "telegram")[number % 2], f"C{number % 10}")
            ctx.say(chat, message("{number}", number=number))
    office.close()
    at_once(engine, tmp_path, [], [])

    posts = Paper("slack", tmp_path / "paper.db").posts()
    assert sorted(int(post.first) for post in posts) == list(range(MESSAGES))
    for chat in range(10):
        heard = [int(post.first) for post in posts if post.chat == f"C{chat}"]
        assert heard == sorted(heard)
