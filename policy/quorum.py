"""Counting votes: whose count, how many it takes, and what they add up to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from policy.workflow import State


class Choice(StrEnum):
    """What a moderator said."""

    APPROVE = "approve"
    REJECT = "reject"


class Outcome(StrEnum):
    """What the votes add up to."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"


#: How many approvals a panel of each size needs, unless its office says otherwise.
NEEDED: Mapping[int, int] = {1: 1, 3: 2, 4: 3, 5: 3}

PANEL = "A panel has 1, 3, 4 or 5 moderators; this one has {size}: {advice}."
OUT_OF_REACH = "A panel of {size} cannot give {needed} approvals: ask for 1 to {size}."


@dataclass(frozen=True)
class Quorum:
    """How many of the panel must approve: `Quorum(3, of=5)`. With a veto, one rejection decides."""

    needed: int
    of: int
    veto: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.needed <= self.of:
            raise ValueError(OUT_OF_REACH.format(size=self.of, needed=self.needed))


@dataclass(frozen=True)
class Ballot:
    """One person's present vote. A senior off the panel signs off without being counted."""

    choice: Choice
    senior: bool = False
    on_panel: bool = True


def default_needed(panel_size: int) -> int:
    """Return the approvals that a panel of this size needs. Other sizes raise `ValueError`."""
    if panel_size not in NEEDED:
        raise ValueError(PANEL.format(size=panel_size, advice=_advice(panel_size)))
    return NEEDED[panel_size]


def _advice(panel_size: int) -> str:
    if panel_size > max(NEEDED):
        return f"remove {panel_size - max(NEEDED)}"
    return "add one or remove one" if panel_size == 2 else "add at least one"


def quorum_for(panel_size: int, needed: int | None = None, *, veto: bool = False) -> Quorum:
    """Return the quorum of a panel: the office's own number, or the usual one for its size."""
    usual = default_needed(panel_size)
    return Quorum(usual if needed is None else needed, of=panel_size, veto=veto)


def tally(
    ballots: Collection[Ballot],
    quorum: Quorum,
    *,
    eligible: int,
    needs_senior: bool = False,
    seniors_left: int = 0,
) -> Outcome:
    """Decide, given one ballot per person.

    `eligible` is how many of the panel may vote on this draft: all but its author.
    `seniors_left` is how many seniors have not rejected it, whether they have voted or not.

    A draft is rejected as soon as the missing approvals can no longer arrive, so nobody waits
    for votes that cannot change the outcome. But it takes a person to reject: when only the
    panel has shrunk, or no senior is left in the office, the draft stays open for the ladder.
    """
    panel = [ballot.choice for ballot in ballots if ballot.on_panel]
    approvals, rejections = panel.count(Choice.APPROVE), panel.count(Choice.REJECT)
    by_seniors = {ballot.choice for ballot in ballots if ballot.senior}
    signed_off = not needs_senior or Choice.APPROVE in by_seniors
    if quorum.veto and rejections:
        return Outcome.REJECTED
    if approvals >= quorum.needed and signed_off:
        return Outcome.APPROVED
    if rejections and rejections > eligible - quorum.needed:
        return Outcome.REJECTED
    if not signed_off and not seniors_left and Choice.REJECT in by_seniors:
        return Outcome.REJECTED
    return Outcome.OPEN


class Refused(StrEnum):
    """Why a vote does not count."""

    BOT = "bot"
    ANONYMOUS = "anonymous"
    STRANGER = "stranger"
    AUTHOR = "author"
    NOT_ON_PANEL = "not_on_panel"
    OTHER_REVISION = "other_revision"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    PUBLISHED = "published"
    RETRACTED = "retracted"


#: What the voter hears: that the vote does not count, why, and what to do.
TEXTS: Mapping[Refused, str] = {
    reason: f"Your vote was not counted. {why}"
    for reason, why in {
        Refused.BOT: "Only people vote; this account is a bot.",
        Refused.ANONYMOUS: "You are an anonymous administrator here, so I cannot tell who you "
        "are. Turn off “Remain anonymous” in your administrator rights, or vote with your own "
        "account.",
        Refused.STRANGER: "I do not know this account. If you are on the panel, ask your "
        "administrator to add the account to you.",
        Refused.AUTHOR: "This is your own draft, and others decide about it.",
        Refused.NOT_ON_PANEL: "You are not on this office's panel of moderators. If you should "
        "be, ask your administrator.",
        Refused.OTHER_REVISION: "The text has changed since then. Read the card again and vote "
        "on the new text.",
        Refused.CHANGES_REQUESTED: "This draft is back with its author. You can vote when it "
        "returns.",
        Refused.APPROVED: "This draft is approved already. If it must not go out, write to its "
        "author now.",
        Refused.REJECTED: "This draft is rejected already. If you disagree, write to its author: "
        "a new text can be sent in.",
        Refused.WITHDRAWN: "Its author has withdrawn this draft, so nothing is left to decide.",
        Refused.EXPIRED: "This draft has expired. You can vote when its author sends it again.",
        Refused.PUBLISHED: "This draft is published already. If something is wrong with it, "
        "write to its author now.",
        Refused.RETRACTED: "This draft was published and taken back, so nothing is left to decide.",
    }.items()
}


def why_not(
    *,
    known: bool,
    may_vote: bool,
    author: bool,
    state: State,
    bot: bool = False,
    anonymous: bool = False,
    same_revision: bool = True,
) -> Refused | None:
    """Return why somebody's vote does not count, or None if it does.

    Who votes is looked at before what they vote on, so that a stranger learns nothing about a
    draft. `may_vote` says that they are on the panel, or a senior whose approval is needed.
    """
    reasons = {
        Refused.BOT: bot,
        Refused.ANONYMOUS: anonymous,
        Refused.STRANGER: not known,
        Refused.AUTHOR: author,
        Refused.NOT_ON_PANEL: not may_vote,
    }
    if refused := next((reason for reason, holds in reasons.items() if holds), None):
        return refused
    if state is not State.IN_REVIEW:
        return Refused(state)
    return None if same_revision else Refused.OTHER_REVISION
