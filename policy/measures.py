"""What an evaluation counts, and how: one list for the messages, the files and the documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a number is of."""

    COUNT = "count"
    TIME = "time"  # seconds


class Group(StrEnum):
    """What numbers are about."""

    UPDATES = "Updates"
    DRAFTS = "Drafts"
    TIMES = "Time to a decision"
    RULES = "Rules and releases"
    APPEALS = "Appeals"
    PUBLIC = "The public"
    PEOPLE = "Recognition and training"


@dataclass(frozen=True)
class Measure:
    """One number: its name in files, what people call it, and how it is counted."""

    name: str
    group: Group
    label: str
    how: str
    unit: Unit = Unit.COUNT


def _group(group: Group, *rows: tuple[str, str, str]) -> tuple[Measure, ...]:
    return tuple(Measure(*(name, group, label, how)) for name, label, how in rows)


def _times(*rows: tuple[str, str, str]) -> tuple[Measure, ...]:
    return tuple(Measure(name, Group.TIMES, label, how, Unit.TIME) for name, label, how in rows)


UPDATES = _group(
    Group.UPDATES,
    ("updates", "Updates", "Everything new on the pages in these days, each once."),
    ("published", "From posts", "Updates that are drafts marked as posted."),
    ("said", "Said in the chat", "Updates that somebody told with `/page updated`."),
    ("feed", "From feeds", "Updates that were read in the feed of a page."),
    (
        "stretches",
        "Weeks that count",
        "The page's own weeks (or fortnights, or months: its cadence) that ended in these days, "
        "without those that are excused.",
    ),
    ("met", "Weeks with enough updates", "Of these, those that were not short."),
    (
        "short",
        "Weeks too short of updates",
        "Of these, those noted as short at their end, or with fewer updates than the floor.",
    ),
    (
        "excused",
        "Weeks excused",
        "Weeks in which the page was new, paused or closed, or its office locked down.",
    ),
)
DRAFTS = _group(
    Group.DRAFTS,
    ("filed", "Filed", "Drafts that were filed in these days."),
    ("urgent", "Filed as urgent", "Of these, those that are marked urgent."),
    (
        "approved",
        "Approved",
        "Drafts whose last decision fell in these days and is an approval. A draft counts once, "
        "by what became of it last.",
    ),
    ("posted", "Approved and posted since", "Of these, those that were marked as posted since."),
    ("rejected", "Rejected", "Drafts whose last decision fell in these days and is a rejection."),
    ("expired", "Expired", "Drafts that nobody decided in time, by the day they expired."),
    ("withdrawn", "Withdrawn", "Drafts that their authors took back, by that day."),
    ("sent_back", "Changes asked for", "Requests of moderators for changes, each once."),
)
TIMES = (
    *_times(
        (
            "median",
            "Half were decided within",
            "Half of the decisions by votes took at most so long: working time of the office "
            "from the last submission to the decision, without lockdowns and without appeals.",
        ),
        (
            "ninetieth",
            "Nine of ten were decided within",
            "Nine of ten of these decisions took at most so long.",
        ),
        ("slowest", "The longest", "The longest of these."),
    ),
    *_group(
        Group.TIMES,
        (
            "late",
            "Late reviews",
            "Decisions after the first reminder of the ladder, and drafts that expired.",
        ),
        ("late_seniors", "Late, the seniors were told", "Of these, after the second rung."),
        ("late_lead", "Late, the lead was told", "Of these, after the third rung."),
    ),
)
RULES = _group(
    Group.RULES,
    (
        "findings",
        "Findings",
        "Wordings written in these days that a rule objected to: once for each wording and rule.",
    ),
    ("confirmed", "Sent on in spite of a warning", "Of these, those that the author confirmed."),
    (
        "disputed",
        "Called a false alarm",
        "Findings that somebody disputed in these days, each once.",
    ),
    ("released", "Released", "Blocks that a senior released with a reason."),
    ("kept", "Not released", "Blocks that a senior was asked about and did not release."),
    ("emergencies", "Emergency releases", "Urgent drafts that a senior released alone."),
    ("unreviewed", "Not reviewed since", "Of these, those that nobody reviewed afterwards yet."),
    ("objected", "Objected to afterwards", "Of these, those that the reviewer objected to."),
    ("lockdowns", "Lockdowns", "Lockdowns of the office, or of all, that were on in these days."),
)
APPEALS = _group(
    Group.APPEALS,
    ("appeals", "Appeals", "Appeals that were made in these days."),
    ("granted", "Granted", "Of these, those that were granted."),
    ("refused", "Refused", "Of these, those where the rejection was kept."),
    ("unheard", "Unheard", "Of these, those that nobody decided in time."),
    ("dropped", "Dropped", "Of these, those whose author changed or withdrew the draft instead."),
    ("open", "Still open", "Of these, those that were not decided when this was written."),
)
PUBLIC = (
    *_group(
        Group.PUBLIC,
        ("praise", "Praise", "Thanks that were passed on with `/praise`."),
        ("complaints", "Complaints", "Complaints that were brought in with `/complaint`."),
        ("answered", "Answered", "Of these, those with a first reply, a holding one included."),
        (
            "late_replies",
            "Answered late",
            "Of these, those whose first reply came too late.",
        ),
        ("unanswered", "Not answered", "Complaints of these days that have had no reply so far."),
        ("offline", "Taken offline", "Of these, those that went on in private."),
    ),
    Measure(
        "first_reply",
        Group.PUBLIC,
        "Time to a first reply",
        "Half of the first replies came within so long, by the clock.",
        Unit.TIME,
    ),
)
PEOPLE = _group(
    Group.PEOPLE,
    ("nominations", "Nominations", "Posts, comments and pages put forward with `/nominate`."),
    (
        "trainings",
        "Trainings",
        "Trainings on these days that were noted with `/training`, once for each person; of the "
        "whole office, whichever page is looked at.",
    ),
    ("trained", "People trained", "How many people these were."),
)

#: Every number, in the order in which it is shown.
MEASURES = (*UPDATES, *DRAFTS, *TIMES, *RULES, *APPEALS, *PUBLIC, *PEOPLE)
BY_NAME: Mapping[str, Measure] = {each.name: each for each in MEASURES}


class Gap(StrEnum):
    """What numbers do not cover."""

    NOT_OVER = "not_over"
    BEFORE_US = "before_us"
    NEW = "new"
    PAUSED = "paused"
    LOCKED = "locked"
    FEED_BROKEN = "feed_broken"
    NO_FEED = "no_feed"
    NOTHING_LOGGED = "nothing_logged"
    LOGGED_LATE = "logged_late"
    OPEN_DRAFTS = "open_drafts"
    OPEN_EMERGENCIES = "open_emergencies"
    NO_TRAINING = "no_training"
    REACH = "reach"
    HEARSAY = "hearsay"


#: Each gap in words.
GAPS: Mapping[Gap, str] = {
    Gap.NOT_OVER: "These days are not over: the numbers go up to {day}.",
    Gap.BEFORE_US: "The record begins on {day}; nothing before it is counted.",
    Gap.NEW: "{page} began on {day}, within these days.",
    Gap.PAUSED: "{page} was paused for {days} of these days, until {day}.",
    Gap.LOCKED: "Lockdowns took {time} of working time, in which nothing could be approved.",
    Gap.FEED_BROKEN: "The feed of {page} could not be read for {days} of these days; what was "
    "posted elsewhere than through here may be missing.",
    Gap.NO_FEED: "{page} has no feed: what nobody marked as posted or told is not counted.",
    Gap.NOTHING_LOGGED: "{page}: no update was counted. Nobody logged one, or there was none.",
    Gap.LOGGED_LATE: "{page}: {count} updates were counted after their week had ended as short.",
    Gap.OPEN_DRAFTS: "{count} drafts of these days are not decided: their time is not counted.",
    Gap.OPEN_EMERGENCIES: "{count} emergency releases have not been reviewed by anybody else.",
    Gap.NO_TRAINING: "No training was noted with /training; there may have been some.",
    Gap.REACH: "Views, likes and followers: the platforms' own numbers are not read.",
    Gap.HEARSAY: "Praise and complaints are those that somebody brought in, and no others.",
}
