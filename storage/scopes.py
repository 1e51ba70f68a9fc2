"""What is counted: the drafts of offices, or of one page, in some time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col

from storage.models import Draft, Office, Page


@dataclass(frozen=True)
class Scope:
    """Offices or a page of theirs, from one moment to just before another."""

    offices: Sequence[Office]
    since: datetime
    until: datetime | None = None  # none: there is no end
    page: Page | None = None  # none: all of them

    @property
    def drafts(self) -> ColumnElement[bool]:
        """Return the condition on the drafts."""
        if self.page is not None:
            return col(Draft.page_id) == self.page.id
        return col(Draft.office_id).in_([office.id for office in self.offices])

    def when(self, moment: object) -> tuple[ColumnElement[bool], ...]:
        """Return the conditions on a column that holds a moment."""
        column: Any = col(moment)
        since: ColumnElement[bool] = column >= self.since
        return (since,) if self.until is None else (since, column < self.until)
