"""The tables, by subject."""

from storage.models.audit import AuditEntry
from storage.models.chat import Delivery, FormSession, InboxEvent, InboxState, Notice, OutboxMessage
from storage.models.drafts import (
    Dispute,
    Draft,
    DraftFinding,
    Hold,
    Release,
    Revision,
    Vote,
    Voting,
)
from storage.models.files import DraftFile, Stage
from storage.models.offices import Account, Membership, Office, Period, Person, Role
from storage.models.pages import Page, PageUpdate, PageWeek, Source
from storage.models.policy import PolicyReload

__all__ = [
    "Account",
    "AuditEntry",
    "Delivery",
    "Dispute",
    "Draft",
    "DraftFile",
    "DraftFinding",
    "FormSession",
    "Hold",
    "InboxEvent",
    "InboxState",
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
    "Revision",
    "Role",
    "Source",
    "Stage",
    "Vote",
    "Voting",
]
