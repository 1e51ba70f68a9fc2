"""Consultations: whether people are told until when they may answer, and how."""

from collections.abc import Iterator

from policy.checks.registry import Passage, check
from policy.checks.warnings import listed
from policy.dates import find_dates
from policy.terms import Phrases
from policy.texts import Reading
from policy.wording import EXCUSED

A_CLOSING_DATE = "a closing date"
HOW_TO_REPLY = "how to reply"


@check
def incomplete_consultation(
    reading: Reading, *, routes: Phrases, closing: Phrases, over: Phrases
) -> Iterator[Passage]:
    """Object to a consultation without a closing date or without a way to answer.

    A date is one of the calendar, or a phrase of `closing`, such as `by friday`. A way is a
    link, an e-mail address or a phrase of `routes`. One of
    `over`, such as `has closed`, excuses it all.
    """
    parts = []
    if not find_dates(reading) and not closing.of(reading):
        parts.append(A_CLOSING_DATE)
    if not (reading.links or reading.emails or routes.of(reading)):
        parts.append(HOW_TO_REPLY)
    if parts:
        found = over.of(reading)
        guard = EXCUSED.format(words=found[0].entry) if found else ""
        yield Passage(guard=guard, fields={"parts": listed(parts)})
