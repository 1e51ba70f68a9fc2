"""The tables, by subject."""

from storage.models.audit import AuditEntry
from storage.models.chat import Delivery, FormSession, InboxEvent, InboxState, Notice, OutboxMessage
from storage.models.drafts import Draft, DraftFinding, Hold, Revision, Vote, Voting
from storage.models.offices import Account, Membership, Office, Person, Role
from storage.models.pages import Page, PageUpdate, PageWeek, Source

__all__ = [
    "Account",
    "AuditEntry",
    "Delivery",
    "Draft",
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
    "Person",
    "Revision",
    "Role",
    "Source",
    "Vote",
    "Voting",
]
