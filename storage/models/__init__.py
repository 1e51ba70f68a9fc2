"""The tables, by subject."""

from policy.roles import Role
from storage.models.audit import AuditEntry
from storage.models.chat import Delivery, FormSession, InboxEvent, InboxState, Notice, OutboxMessage
from storage.models.drafts import (
    Dispute,
    Draft,
    DraftFinding,
    Hold,
    Release,
    Revision,
    Seat,
    Vote,
    Voting,
)
from storage.models.files import DraftFile, Stage
from storage.models.offices import (
    Absence,
    Account,
    LinkAttempt,
    LinkCode,
    Lockdown,
    Membership,
    Office,
    Period,
    Person,
)
from storage.models.pages import Page, PageUpdate, PageWeek, Source
from storage.models.policy import PolicyReload
from storage.models.reviews import (
    Appeal,
    AppealOutcome,
    Claim,
    Emergency,
    Remark,
    SentBack,
    Urgency,
)

__all__ = [
    "Absence",
    "Account",
    "Appeal",
    "AppealOutcome",
    "AuditEntry",
    "Claim",
    "Delivery",
    "Dispute",
    "Draft",
    "DraftFile",
    "DraftFinding",
    "Emergency",
    "FormSession",
    "Hold",
    "InboxEvent",
    "InboxState",
    "LinkAttempt",
    "LinkCode",
    "Lockdown",
    "Membership",
    "Notice",
    "Office",
    "OutboxMessage",
    "Page",
    "PageUpdate",
    "PageWeek",
    "Period",
    "Person",
    "PolicyReload",
    "Release",
    "Remark",
    "Revision",
    "Role",
    "Seat",
    "SentBack",
    "Source",
    "Stage",
    "Urgency",
    "Vote",
    "Voting",
]
