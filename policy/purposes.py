"""What a post is for: the purposes people choose from, and the official ones they stand for."""

from collections.abc import Mapping

PURPOSES: Mapping[str, str] = {
    "service-info": "Service information",
    "warning": "Warning",
    "campaign": "Campaign",
    "announcement": "Announcement",
    "consultation": "Consultation",
    "complaint-reply": "Reply to a complaint",
    "correction": "Correction",
    "statistics": "Statistics",
    "election-info": "Election information",
    "recruitment": "Recruitment",
    "event": "Event",
    "celebration": "Celebration",
}

COMMUNICATION = "communication"
PROBLEM_SOLVING = "problem solving"
AWARENESS = "awareness"
EASING_SERVICES = "easing services"
DECISION_MAKING = "decision making"
PEOPLE_FRIENDLY = "people-friendly administration"
COMPLAINTS = "resolving complaints"

#: The kind of finding that asks for a purpose.
ASKS_PURPOSE = "purpose"

#: The seven purposes of the guideline of Bangladesh (2016).
OFFICIAL_BD = (
    COMMUNICATION,
    PROBLEM_SOLVING,
    AWARENESS,
    EASING_SERVICES,
    DECISION_MAKING,
    PEOPLE_FRIENDLY,
    COMPLAINTS,
)

#: Which of the seven each purpose serves.
BD: Mapping[str, tuple[str, ...]] = {
    "service-info": (EASING_SERVICES,),
    "warning": (AWARENESS,),
    "campaign": (AWARENESS,),
    "announcement": (COMMUNICATION,),
    "consultation": (DECISION_MAKING, PROBLEM_SOLVING),
    "complaint-reply": (COMPLAINTS,),
    "correction": (AWARENESS,),
    "statistics": (AWARENESS,),
    "election-info": (AWARENESS,),
    "recruitment": (COMMUNICATION,),
    "event": (COMMUNICATION,),
    "celebration": (COMMUNICATION,),
}


def official_bd(purpose: str) -> tuple[str, ...]:
    """Return the official purposes that a purpose serves; it may name one of the seven itself."""
    named = tuple(each for each in OFFICIAL_BD if each == purpose.replace("-", " "))
    return BD.get(purpose, named)
