"""Asking the table of tasks on behalf of whoever caused an event."""

from collections.abc import Collection

from handlers.context import Context, Refusal
from handlers.words import listed
from policy.permissions import Involved, Task, entitled, is_entitled
from storage import people
from storage.models import Office

DENIED = "You may not {task}: that is for {who} of {office}."


def permit(ctx: Context, task: Task, office: Office, involved: Collection[Involved] = ()) -> None:
    """Refuse whoever may not do a task in an office, and say who may."""
    roles = people.roles(ctx.db, office.id, ctx.person())
    if not is_entitled(task, roles=roles, involved=involved):
        raise Refusal(DENIED, task=task, who=listed(entitled(task), "or"), office=office.name)
