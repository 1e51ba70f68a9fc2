"""Who may do what: one table of actions, the roles they take, and the states they are possible in.

Handlers ask it, the documentation prints it, and the tests try every role, action and state.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from policy.roles import Role
from policy.workflow import LABELS, State


class Part(StrEnum):
    """What somebody has to do with a draft."""

    AUTHOR = "author"
    PAGE_OWNER = "page owner"  # of the page it is for, and not its author
    OTHER = "other"


class Action(StrEnum):
    """Something that people do with a draft. The words complete “may”."""

    REVISE = "change the text"
    WITHDRAW = "withdraw it"
    CONFIRM = "send it on in spite of a warning"
    RESUBMIT = "send it again as it is"
    CHOOSE_PURPOSE = "choose its purpose"
    NAME_VERSION = "name its version in another language"
    ASK_RELEASE = "ask a senior to release it"
    APPEAL = "appeal against its rejection"
    DROP_APPEAL = "take an appeal back"
    POST = "mark it as posted"
    RESCHEDULE = "choose another time for it"
    HURRY = "say whether it is urgent"
    VOTE = "vote on it"
    SIGN_OFF = "give a senior's approval"
    CLAIM = "claim it with 👀"
    DISCUSS = "read what was said below its card"
    REQUEST_CHANGES = "ask for changes"
    RELEASE = "release what a rule forbids"
    EMERGENCY = "release it alone in an emergency"
    REVIEW_AFTERWARDS = "review an emergency release afterwards"
    HEAR_APPEAL = "decide an appeal"
    READ = "see it in private"


class Denied(StrEnum):
    """Why somebody may not do something, in the order in which it is looked at."""

    STRANGER = "stranger"  # no role in the office of the draft
    LEFT = "left"  # no role there any more
    OWN = "own"  # nobody decides about what they wrote
    NOT_OWN = "not_own"
    ROLE = "role"
    STATE = "state"


@dataclass(frozen=True)
class Permission:
    """What an action takes: one of these roles, one of these parts, and one of these states."""

    roles: frozenset[Role]
    parts: frozenset[Part]
    states: frozenset[State]


ANYBODY = frozenset(Role)
REVIEWERS = frozenset({Role.MODERATOR, Role.SENIOR, Role.LEAD, Role.ADMIN})
PANEL = frozenset({Role.MODERATOR})
SENIORS = frozenset({Role.SENIOR})
DECIDERS = PANEL | SENIORS
HEARERS = frozenset({Role.SENIOR, Role.LEAD})  # of appeals: those of them who have not voted
LOCKERS = frozenset({Role.LEAD, Role.ADMIN})  # may lock their office down, and open it again
LOCKERS_OF_ALL = frozenset({Role.ADMIN})
SIGNERS = frozenset({Role.LEAD})  # of evaluations; without a lead, the admins
TRAINERS = frozenset({Role.LEAD, Role.ADMIN})  # note who was trained
STATISTICIANS = frozenset({Role.SENIOR, Role.LEAD, Role.ADMIN})

OWN = frozenset({Part.AUTHOR})
ITS_PAGE = frozenset({Part.AUTHOR, Part.PAGE_OWNER})
NOT_ITS_AUTHOR = frozenset({Part.PAGE_OWNER, Part.OTHER})
ANY_PART = frozenset(Part)

REVIEW = frozenset({State.IN_REVIEW})
CHANGES = frozenset({State.CHANGES_REQUESTED})
APPROVED = frozenset({State.APPROVED})
REJECTED = frozenset({State.REJECTED})
EXPIRED = frozenset({State.EXPIRED})
ANY_STATE = frozenset(State)

#: Who may do what. Whoever acts through a deputy's seat has the role of a moderator.
PERMISSIONS: Mapping[Action, Permission] = {
    Action.REVISE: Permission(ANYBODY, OWN, REVIEW | CHANGES | APPROVED | REJECTED | EXPIRED),
    Action.WITHDRAW: Permission(ANYBODY, OWN, REVIEW | CHANGES | APPROVED),
    Action.CONFIRM: Permission(ANYBODY, OWN, CHANGES),
    Action.RESUBMIT: Permission(ANYBODY, OWN, CHANGES | EXPIRED),
    Action.CHOOSE_PURPOSE: Permission(ANYBODY, OWN, REVIEW | CHANGES),
    Action.NAME_VERSION: Permission(ANYBODY, OWN, REVIEW | CHANGES),
    Action.ASK_RELEASE: Permission(ANYBODY, OWN, CHANGES),
    Action.APPEAL: Permission(ANYBODY, OWN, REJECTED),
    Action.DROP_APPEAL: Permission(ANYBODY, OWN, REJECTED),
    Action.POST: Permission(ANYBODY, ITS_PAGE, APPROVED),
    Action.RESCHEDULE: Permission(ANYBODY, OWN, APPROVED),
    Action.HURRY: Permission(ANYBODY, OWN, REVIEW | CHANGES),
    Action.VOTE: Permission(PANEL, NOT_ITS_AUTHOR, REVIEW),
    Action.SIGN_OFF: Permission(SENIORS, NOT_ITS_AUTHOR, REVIEW),
    Action.CLAIM: Permission(DECIDERS, NOT_ITS_AUTHOR, REVIEW),
    Action.DISCUSS: Permission(REVIEWERS, NOT_ITS_AUTHOR, ANY_STATE),
    Action.REQUEST_CHANGES: Permission(DECIDERS, NOT_ITS_AUTHOR, REVIEW),
    Action.RELEASE: Permission(SENIORS, NOT_ITS_AUTHOR, CHANGES),
    Action.EMERGENCY: Permission(SENIORS, NOT_ITS_AUTHOR, REVIEW),
    Action.REVIEW_AFTERWARDS: Permission(
        DECIDERS | HEARERS, NOT_ITS_AUTHOR, APPROVED | {State.PUBLISHED}
    ),
    Action.HEAR_APPEAL: Permission(HEARERS, NOT_ITS_AUTHOR, REJECTED),
    Action.READ: Permission(REVIEWERS, ANY_PART, ANY_STATE),
}


def denial(action: Action, *, roles: Collection[Role], part: Part, state: State) -> Denied | None:
    """Return why somebody may not do something with a draft, or None if they may.

    Who they are is looked at before what they act on, so that a stranger learns nothing of it.
    """
    needed = PERMISSIONS[action]
    if not roles:
        return Denied.LEFT if part is Part.AUTHOR else Denied.STRANGER
    if part not in needed.parts:
        return Denied.OWN if part is Part.AUTHOR else Denied.NOT_OWN
    if needed.roles.isdisjoint(roles):
        return Denied.ROLE
    return None if state in needed.states else Denied.STATE


def table() -> list[tuple[str, str, str]]:
    """Write the table for people: what, who, and in which states."""
    return [(str(action), _who(each), _states(each)) for action, each in PERMISSIONS.items()]


def _who(needed: Permission) -> str:
    roles = (
        "everybody" if needed.roles == ANYBODY else ", ".join(r for r in Role if r in needed.roles)
    )
    if needed.parts == OWN:
        return "its author"
    if needed.parts == ITS_PAGE:
        return "its author, the owner of its page"
    return roles if needed.parts == ANY_PART else f"{roles}; not its author"


def _states(needed: Permission) -> str:
    if needed.states == ANY_STATE:
        return "any"
    return ", ".join(LABELS[state] for state in State if state in needed.states)


class Involved(StrEnum):
    """What somebody has to do with what the public says, or with a nomination."""

    TAKER = "whoever took it"
    PAGE = "the owner and the deputy of its page"
    NOMINATOR = "whoever made it"


class Task(StrEnum):
    """Something that people do for an office, beside its drafts. The words complete “may”."""

    PRAISE = "pass on a citizen's thanks"
    COMPLAIN = "bring in a complaint"
    SEE_COMPLAINTS = "see the open complaints, with personal data hidden"
    TAKE_COMPLAINT = "take a complaint, or take it over"
    READ_COMPLAINT = "read a complaint whole"
    ANSWER_COMPLAINT = "say how a complaint was answered, or take it offline"
    REPLY_IN_PUBLIC = "draft the public reply to a complaint"
    NOMINATE = "nominate what somebody else made"
    TAKE_NOMINATION_BACK = "take a nomination back"
    SEE_OFFICES = "see how all offices stand"
    READ_REPORTS = "ask for a report"
    SIGN_EVALUATIONS = "sign an evaluation"
    NOTE_TRAININGS = "note who was trained"


@dataclass(frozen=True)
class Entitled:
    """Who may do a task: people with one of these roles, or so involved and with any role."""

    roles: frozenset[Role] = frozenset()
    involved: frozenset[Involved] = frozenset()


ANSWERERS = Entitled(REVIEWERS, frozenset({Involved.TAKER, Involved.PAGE}))

#: Who may do what beside drafts. A role is one in the office that it is about.
TASKS: Mapping[Task, Entitled] = {
    Task.PRAISE: Entitled(ANYBODY),
    Task.COMPLAIN: Entitled(ANYBODY),
    Task.SEE_COMPLAINTS: Entitled(ANYBODY),
    Task.TAKE_COMPLAINT: Entitled(ANYBODY),
    Task.READ_COMPLAINT: ANSWERERS,
    Task.ANSWER_COMPLAINT: ANSWERERS,
    Task.REPLY_IN_PUBLIC: ANSWERERS,
    Task.NOMINATE: Entitled(ANYBODY),
    Task.TAKE_NOMINATION_BACK: Entitled(involved=frozenset({Involved.NOMINATOR})),
    Task.SEE_OFFICES: Entitled(frozenset({Role.ADMIN})),
    Task.READ_REPORTS: Entitled(REVIEWERS),
    Task.SIGN_EVALUATIONS: Entitled(SIGNERS),
    Task.NOTE_TRAININGS: Entitled(TRAINERS),
}


def is_entitled(
    task: Task, *, roles: Collection[Role], involved: Collection[Involved] = ()
) -> bool:
    """Tell whether somebody may do a task. Who has no role in the office may do nothing."""
    needed = TASKS[task]
    if not roles:
        return False
    return not (needed.roles.isdisjoint(roles) and needed.involved.isdisjoint(involved))


def tasks() -> list[tuple[str, str]]:
    """Write the table of tasks for people: what, and who."""
    return [(str(task), ", ".join(entitled(task))) for task in TASKS]


def entitled(task: Task) -> list[str]:
    """List who may do a task."""
    needed = TASKS[task]
    if needed.roles == ANYBODY:
        return ["everybody in the office"]
    named = [r for r in Role if r in needed.roles]
    return [*named, *(each for each in Involved if each in needed.involved)]
