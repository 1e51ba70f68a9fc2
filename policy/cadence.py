"""How often a page is to be updated: so many times in a week, a fortnight or a month."""

from enum import StrEnum


class Cadence(StrEnum):
    """The stretch of time in which a page's updates are counted."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
