"""The tables, by subject."""

from policy.roles import Role
from storage.models import looking
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
from storage.models.pages import (
    Evaluation,
    FeedEntry,
    Handover,
    Page,
    PageFeed,
    PageUpdate,
    PageWeek,
    Source,
)
from storage.models.policy import PolicyReload
from storage.models.public import Complaint, FirstReply, Nomination, NominationKind, Praise
from storage.models.reviews import (
    Appeal,
    AppealOutcome,
    Claim,
    Emergency,
    Remark,
    SentBack,
    Urgency,
)
from storage.models.training import Training

__all__ = [
    "Absence",
    "Account",
    "Appeal",
    "AppealOutcome",
    "AuditEntry",
    "Claim",
    "Complaint",
    "Delivery",
    "Dispute",
    "Draft",
    "DraftFile",
    "DraftFinding",
    "Emergency",
    "Evaluation",
    "FeedEntry",
    "FirstReply",
    "FormSession",
    "Handover",
    "Hold",
    "InboxEvent",
    "InboxState",
    "LinkAttempt",
    "LinkCode",
    "Lockdown",
    "Membership",
    "Nomination",
    "NominationKind",
    "Notice",
    "Office",
    "OutboxMessage",
    "Page",
    "PageFeed",
    "PageUpdate",
    "PageWeek",
    "Period",
    "Person",
    "PolicyReload",
    "Praise",
    "Release",
    "Remark",
    "Revision",
    "Role",
    "Seat",
    "SentBack",
    "Source",
    "Stage",
    "Training",
    "Urgency",
    "Vote",
    "Voting",
    "looking",
]
