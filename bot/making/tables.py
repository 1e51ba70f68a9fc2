"""Tables as CSV files that are safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Mapping
from typing import Any

#: A cell that begins with one of these is a formula to a spreadsheet.
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
TEXT = "'"  # before a cell, makes it text
MARK = "\ufeff"  # tells spreadsheets that this is UTF-8


def make(figures: Mapping[str, Any]) -> bytes:
    """Write `rows`, a list of lists, the first of which is the heading."""
    written = io.StringIO()
    csv.writer(written).writerows([cell(each) for each in row] for row in figures["rows"])
    return f"{MARK}{written.getvalue()}".encode("utf-8", "replace")


def cell(value: object) -> object:
    """Return a value as a cell: numbers as they are, words so that they are never a formula."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool | int | float):
        return value
    text = str(value)
    return f"{TEXT}{text}" if text.lstrip().startswith(ACTIVE) or text[:1] in ACTIVE else text
