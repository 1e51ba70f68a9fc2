"""Who may do what with a page: one table, which handlers ask and the documentation prints."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from policy.permissions import ANYBODY
from policy.roles import Role


class PageAction(StrEnum):
    """Something that people do with a page. The words complete “may”."""

    SHOW = "see all about it"
    UPDATED = "say that it was updated"
    DRAFT = "write drafts for it"
    CONFIRM = "confirm its checklist"
    CHANGE_OWN = "change its deputy and its feed"
    PAUSE = "pause it, and end the pause"
    GIVE = "hand it over"
    ADD = "register it"
    CHANGE = "change the rest of it"
    CLOSE = "close it, and open it again"
    INSIST = "register it in a person's name, with a reason"


@dataclass(frozen=True)
class PagePermission:
    """What an action takes: one of these roles, or to be the page's owner."""

    roles: frozenset[Role]
    owner: bool = False


KEEPERS = frozenset({Role.LEAD, Role.ADMIN})
NOBODY: frozenset[Role] = frozenset()

PERMISSIONS: Mapping[PageAction, PagePermission] = {
    PageAction.SHOW: PagePermission(ANYBODY),
    PageAction.UPDATED: PagePermission(ANYBODY),
    PageAction.DRAFT: PagePermission(ANYBODY),
    PageAction.CONFIRM: PagePermission(NOBODY, owner=True),
    PageAction.CHANGE_OWN: PagePermission(KEEPERS, owner=True),
    PageAction.PAUSE: PagePermission(KEEPERS, owner=True),
    PageAction.GIVE: PagePermission(KEEPERS, owner=True),
    PageAction.ADD: PagePermission(KEEPERS),
    PageAction.CHANGE: PagePermission(KEEPERS),
    PageAction.CLOSE: PagePermission(KEEPERS),
    PageAction.INSIST: PagePermission(frozenset({Role.ADMIN})),
}


def may(action: PageAction, roles: Collection[Role], *, is_owner: bool) -> bool:
    """Tell whether somebody with these roles in the page's office may do something with it.

    Who has left the office may nothing, even with a page that is still theirs.
    """
    needed = PERMISSIONS[action]
    return bool(roles) and (not needed.roles.isdisjoint(roles) or (needed.owner and is_owner))


def who(action: PageAction) -> list[str]:
    """List who may do something."""
    needed = PERMISSIONS[action]
    roles = ["everybody"] if needed.roles == ANYBODY else [r for r in Role if r in needed.roles]
    return [*roles, *(["its owner"] if needed.owner else [])]


def table() -> list[tuple[str, str]]:
    """Write the table for people: what, and who."""
    return [(str(action), ", ".join(who(action))) for action in PERMISSIONS]
