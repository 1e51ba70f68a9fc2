"""Moderation under any order of people, votes, edits, clocks, restarts and repeats.

A state machine plays an office at random. What must always hold is read from the tables, from the
record and from what readers see, by an oracle that shares no code with what is tested.
"""

import shutil
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import select

from handlers import ROUTERS
from handlers.card import subject
from handlers.card_view import render
from handlers.chat import Button, FieldKind, message
from policy.workflow import MOVES, STARTS, State
from storage import outbox, people
from storage.db import transaction
from storage.models import AuditEntry, Delivery, Draft, Emergency, Person, Vote
from tests.engines import hurried
from tests.office import MODERATORS, OFFICES, TestOffice

ON = {
    "amina": "slack", "bo": "slack", "chen": "telegram", "dara": "telegram",
    "sina": "slack", "lee": "slack", "mallory": "slack",
}  # fmt: skip
PEOPLE = sorted(ON)
PANEL, SENIORS = {"bo", "chen", "dara"}, {"chen", "sina"}
NEEDED = 2  # of a panel of three
#: Without dara the panel would be too small, so somebody takes the seat for good.
WITHOUT_DARA = OFFICES.replace(
    '{name: dara, roles: [moderator], telegram: "1004"}',
    "{name: omar, roles: [moderator], slack: U0OMAR}",
)
NO_SENIOR_CHEN = OFFICES.replace("roles: [moderator, senior]", "roles: [moderator]")
FILES = {"as it was": OFFICES, "dara left": WITHOUT_DARA, "chen is no senior": NO_SENIOR_CHEN}
TEXTS = (
    "The road is closed on Monday.",
    "The road is closed on Tuesday, not on Monday.",
    "Write to tavita.forms.test@gmail.com for the forms.",  # asks for a senior
    "THE ROAD AT KANCHPUR IS CLOSED ALL DAY ON MONDAY",  # warns
)
PRESSES = (
    "approve", "reject", "edit", "withdraw", "confirm", "resubmit", "posted", "ask-changes",
    "claim", "appeal", "grant-appeal", "refuse-appeal", "emergency", "was-right", "hurry",
    "still-fits", "show",
)  # fmt: skip
LINK = "https://facebook.example/works/posts/1"
DECIDED = ("draft approved", "draft rejected")
JOBS = [job for router in ROUTERS for _, job in router.jobs.values()]
person, draft = st.sampled_from(PEOPLE), st.integers(1, 3)
choices = st.lists(st.sampled_from(["approve", "approve", "reject"]), min_size=1, max_size=3)


def answer(field, text):
    """Answer a question as somebody in a hurry would: with the first option, or some words."""
    return field.options[0].value if field.options else text


class Moderation(RuleBasedStateMachine):
    """An office at work, with an oracle that watches."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="countersign-")
        self.engine = hurried(self.database())
        self.office = TestOffice(self.engine)
        self.file = "as it was"
        self.actor = "amina"  # who acted last, and may have a form before them
        self.seen = 0  # entries of the record that the oracle has judged
        self.moves: dict[int, list[State]] = defaultdict(list)
        self.decided: dict[tuple[int, int], int] = defaultdict(int)

    def database(self) -> str:
        raise NotImplementedError

    def teardown(self) -> None:
        assert self.office.verdict().broken is None
        self.office.close()
        self.engine.dispose()
        self.folder.cleanup()

    # What people do

    @initialize()
    def file_two(self):
        self.file_draft(TEXTS[0], urgent=False, by="amina")
        self.file_draft(TEXTS[0], urgent=True, by="amina")

    @rule(number=draft, votes=choices, first=st.integers(0, 2))
    def moderators_vote(self, number, votes, first):
        """The panel does its work: else chance would hardly ever reach a decision."""
        for place, choice in enumerate(votes):
            self.press(sorted(PANEL)[(first + place) % 3], number, choice, 0)

    @rule(number=draft, action=st.sampled_from([
        "appeal", "emergency", "ask-changes", "grant-appeal", "refuse-appeal", "was-right",
        "posted", "edit",
    ]))  # fmt: skip
    def whoever_may_does(self, number, action):
        """Somebody who may well do it does it, and fills in the form."""
        by = {"appeal": "amina", "posted": "amina", "edit": "amina", "ask-changes": "bo"}
        self.press(by.get(action, "sina"), number, action, 0)
        self.fill_in(self.actor, "The road is closed on Wednesday, for a good reason.")

    @rule(text=st.sampled_from(TEXTS), urgent=st.booleans(), by=st.sampled_from(["amina", "bo"]))
    def file_draft(self, text, urgent, by):
        self.office.says(by, f"/draft {'urgent ' if urgent else ''}{text}", on=ON[by])

    @rule(by=person, number=draft, action=st.sampled_from(PRESSES), back=st.integers(0, 1))
    def press(self, by, number, action, back):
        with transaction(self.engine) as db:
            found = db.get(Draft, number)
            revision = max(1, found.revision - back) if found else 1
        button = Button("", action, f"{number}.{revision}")
        self.actor, on = by, ON[by]
        at = next(iter(self.office.platforms[on].messages), None)
        if at is not None:
            self.office.presses_forged(by, button, on=on, at=at)

    @rule(by=person, number=draft, emoji=st.sampled_from("👍👎✅❌👀"), added=st.booleans())
    def react(self, by, number, emoji, added):
        card = next(self.office._cards(number, "slack", MODERATORS), None)
        if card is not None and ON[by] == "slack":
            self.office.reacts(by, emoji, card, added=added)

    @rule(text=st.sampled_from(TEXTS))
    def fill_in_what_was_asked(self, text):
        self.fill_in(self.actor, text)

    @rule(by=person, text=st.sampled_from(TEXTS))
    def fill_in(self, by, text):
        platform = self.office.platforms[ON[by]]
        if not platform.waiting:
            if ON[by] == "telegram":
                self.office.writes(by, text)
            return
        form = platform.waiting[next(reversed(platform.waiting))]
        values = {
            field.name: LINK if field.name == "link" else answer(field, text)
            for field in form.fields
            if field.kind not in (FieldKind.MOMENT, FieldKind.FILES)
        }
        self.office.fills(by, on=ON[by], **values)

    @rule(by=person, command=st.sampled_from([
        "/away until Thursday", "/away off", "/away until Thursday deputy sina",
        "/lockdown water in the cellar", "/lockdown lift it is dry", "/queue", "/drafts 1",
    ]))  # fmt: skip
    def say(self, by, command):
        self.office.says(by, command, on=ON[by])

    @rule(hours=st.sampled_from([0.2, 1, 5, 20, 100]))
    def wind(self, hours):
        self.office.later(*JOBS, hours=hours)

    @rule()
    def restart(self):
        self.office.restart()

    @rule()
    def deliver_again(self):
        if hasattr(self.office, "_last"):
            self.office.again()

    @rule(file=st.sampled_from(sorted(FILES)))
    def change_people(self, file):
        self.file = file
        self.office.imports(FILES[file])

    # What must hold

    def panel(self) -> set[str]:
        seats = PANEL | {"sina"}  # the only deputy whom anybody names
        return (seats - {"dara"}) | {"omar"} if self.file == "dara left" else seats

    @invariant()
    def every_decision_has_its_quorum_and_is_made_once(self):
        with transaction(self.engine) as db:
            found = db.exec(
                select(AuditEntry).where(AuditEntry.id > self.seen).order_by(AuditEntry.id)
            ).all()
            for entry in found:
                self.seen = entry.id
                self.judge(db, entry)

    def judge(self, db, entry):
        kind, _, number = entry.subject.partition(":")
        if kind != "draft" or not entry.action.startswith("draft "):
            return
        word = entry.action.removeprefix("draft ")
        if word == "submitted" or word not in set(State):
            return
        number, revision = int(number), entry.detail["revision"]
        was, to = State(entry.detail["was"]), State(word)
        assert to in MOVES[was]
        if self.moves[number]:
            assert self.moves[number][-1] is was
        self.moves[number].append(to)
        if entry.action not in DECIDED:
            return
        author = db.get_one(Person, db.get_one(Draft, number).author_id).name
        if "appeal" in entry.detail:
            assert was is State.REJECTED
            assert entry.actor in (SENIORS | {"lee"}) - {author}
            return
        self.decided[number, revision] += 1
        if entry.actor != "quorum":
            assert to is State.APPROVED
            assert entry.actor in SENIORS - {author}
            assert db.get_one(Emergency, (number, revision)).reason
            return
        voted = dict(entry.detail["votes"])
        assert author not in voted
        assert set(voted) <= self.panel() | SENIORS
        approving = {name for name, choice in voted.items() if choice == "approve"}
        if to is State.APPROVED:
            assert len(approving & self.panel()) >= NEEDED
        else:
            assert len(voted) > len(approving)

    @invariant()
    def no_decision_is_changed_and_no_vote_comes_after_it(self):
        assert all(count == 1 for count in self.decided.values())
        with transaction(self.engine) as db:
            for each in db.exec(select(Draft)).all():
                for vote in db.exec(select(Vote).where(Vote.draft_id == each.id)).all():
                    assert vote.person_id != each.author_id
                    assert vote.revision <= each.revision
                    if vote.revision == each.revision and each.decided_at:
                        assert vote.voted_at <= each.decided_at

    @invariant()
    def state_is_the_last_move_in_the_record(self):
        with transaction(self.engine) as db:
            for each in db.exec(select(Draft)).all():
                moves = self.moves[each.id]
                assert each.state is moves[-1] if moves else each.state in STARTS

    @invariant()
    def every_card_tells_the_truth(self):
        self.office.deliver()
        with transaction(self.engine) as db:
            ctx = self.office.dispatcher.context(db)
            for each in db.exec(select(Draft)).all():
                expected = render(ctx, each, people.office(db, each.office_id))
                gone = message("**Draft {id}** is no longer shown here.", id=each.id)
                for row in outbox.about(db, subject(each)):
                    if row.state is not Delivery.SENT:
                        continue
                    shown = next(
                        s
                        for s in self.office.platforms[row.platform].messages
                        if s.id == row.message
                    )
                    is_main = (row.platform, row.chat) == ("slack", MODERATORS)
                    assert shown.message == expected or (not is_main and shown.message == gone)
                if each.state is not State.IN_REVIEW:
                    assert not {b.action for b in expected.buttons} & {"approve", "reject", "claim"}


def play(machine, *, examples):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_invariants_hold_on_sqlite(sqlite_template):
    class OnSqlite(Moderation):
        def database(self):
            path = Path(self.folder.name, "countersign.db")
            shutil.copy(sqlite_template, path)
            return f"sqlite:///{path}"

    play(OnSqlite, examples=8)


def test_invariants_hold_on_postgres(postgres_server, postgres_template):
    class OnPostgres(Moderation):
        def database(self):
            self.clone = postgres_server.clone(postgres_template)
            return self.clone

        def teardown(self):
            super().teardown()
            postgres_server.drop(self.clone)

    play(OnPostgres, examples=10)
