"""Whatever comes first, the author has one message for each decision, and it holds all reasons."""

from collections import defaultdict
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.changes import remind_authors
from handlers.chat import Button
from handlers.reasons import announce_rejections
from tests.office import TestOffice

REJECTERS = {"bo": "slack", "chen": "slack", "dara": "telegram"}
NAMES = st.sampled_from([*REJECTERS])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("reject"), NAMES),
        st.tuples(st.just("reason"), st.sampled_from(["bo", "chen"])),
        st.tuples(st.sampled_from(["again", "restart", "job", "wait", "revise"]), st.just("")),
    ),
    min_size=4,
    max_size=14,
)


class Play:
    """One draft, and what was said about it."""

    def __init__(self, office: TestOffice) -> None:
        """File the next draft."""
        office.says("amina", "/draft The bridge at Kanchpur is closed on Monday.")
        self.office = office
        self.number = int(office.heard("amina").split()[1])
        self.revision = 1
        self.given: dict[int, list[str]] = defaultdict(list)

    def step(self, act: str, name: str) -> None:
        """Let one thing happen."""
        match act:
            case "reject" | "reason":
                getattr(self, act)(name)
            case "revise":
                self.revise()
            case "again":
                self.office.again()
            case "restart":
                self.office.restart()
            case "job":
                self.office.later(announce_rejections, remind_authors)
            case "wait":
                self.office.later(announce_rejections, minutes=8)

    def reject(self, name: str) -> None:
        """Let somebody reject the present wording."""
        self.press(name, "reject")
        self.office.slack.waiting.clear()

    def reason(self, name: str) -> None:
        """Let somebody say why they reject the present wording, or one before."""
        self.press(name, "give-reason")
        if not self.office.slack.waiting:
            return
        words = f"reason {sum(map(len, self.given.values()))} of {name}."
        self.office.fills(name, reason="tone", words=words)
        if "Thank you" in self.office.heard(name):
            self.given[self.revision].append(words)

    def revise(self) -> None:
        """Let the author write something else."""
        self.press("amina", "edit")
        if self.office.slack.waiting:
            self.office.fills("amina", text=f"The road is open, says note {self.revision}.")
            self.revision += 1

    def press(self, name: str, action: str) -> None:
        """Press a button of the present wording."""
        on = REJECTERS.get(name, "slack")
        button = Button("", action, f"{self.number}.{self.revision}")
        self.office.presses_forged(name, button, on=on, at=self.office.card(self.number))

    def rejections(self) -> list[int]:
        """List the revisions that were rejected."""
        subject, found = f"draft:{self.number}", list[int]()

        def is_mine(entry) -> bool:
            if (entry.subject, entry.action) == (subject, "draft rejected"):
                found.append(entry.detail["revision"])
            return False

        self.office.record(is_mine)
        return found

    def announced(self) -> list[Sequence[str]]:
        """Return the decision messages of each account, and of the moderators' chat."""
        start = f"Draft {self.number} for Works on Facebook is rejected by"
        places = [
            self.office.inbox("amina"),
            self.office.inbox("amina", on="telegram"),
            self.office.chat(),
        ]
        return [[said for said in place if said.startswith(start)] for place in places]


@given(steps=STEPS)
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_one_message_for_each_account_and_rejection_holds_every_reason(office, steps):
    play = Play(office)
    for act, name in steps:
        play.step(act, name)
    office.later(announce_rejections, minutes=15)
    rejected = play.rejections()
    for messages in play.announced():
        assert len(messages) == len(rejected)
        for revision, said in zip(rejected, messages, strict=True):
            for words in play.given[revision]:
                assert said.count(words) == 1
            assert ("No reason has been given" in said) == (not play.given[revision])
