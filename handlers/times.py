"""How moments are written: in the time that the clocks of an office show."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage.models import Office

MOMENT = "%a %-d %b %Y %H:%M"


def moment(at: datetime, office: Office) -> str:
    """Write a moment in an office's own time."""
    return f"{at.astimezone(ZoneInfo(office.timezone)):{MOMENT}} ({office.timezone})"
