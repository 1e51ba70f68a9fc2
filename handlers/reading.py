"""Reading what people hand in: values of buttons, which anybody may forge, moments and links."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from handlers.chat import Message, Quote, line
from handlers.context import Refusal
from storage.models import Draft

BROKEN = "That button does not make sense to me. /help lists what I can do."
NO_MOMENT = "I cannot read “{given}” as a moment. Write it like 2026-11-24 15:00."
NO_LINK = "“{given}” is not a link. It starts with https:// ; copy it from the post itself."
YEARS = range(2000, 2200)  # in which every moment has a place in every time zone
LONGEST_LINK = 2000
NO_REASON = "Please give a reason of {least} to {most} characters; this one has {count}. {so}"
LEAST_REASON, MOST_REASON = 10, 1000  # characters


def draft_and_revision(value: str) -> tuple[int, int]:
    """Read `7.2`: draft 7, revision 2."""
    draft, dot, revision = value.partition(".")
    if not dot:
        raise Refusal(BROKEN)
    return number(draft), number(revision)


def numbers(text: str, count: int) -> list[int]:
    """Read so many numbers with dots between them: `7.2.1`."""
    parts = text.split(".")
    if len(parts) != count:
        raise Refusal(BROKEN)
    return [number(each) for each in parts]


def number(text: str) -> int:
    """Read a positive number of reasonable size."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise Refusal(BROKEN)
    return int(text)


def moment(given: str) -> datetime:
    """Read a moment, which may come without an offset."""
    try:
        read = datetime.fromisoformat(given.strip())
    except ValueError:
        raise Refusal(NO_MOMENT, given=given) from None
    if read.year not in YEARS:
        raise Refusal(NO_MOMENT, given=given)
    return read


def moment_in(given: str, timezone: str) -> datetime | None:
    """Read a moment; without an offset it is meant in that zone. Nothing was given: None."""
    if not given.strip():
        return None
    wanted = moment(given)
    if wanted.tzinfo is None:
        wanted = wanted.replace(tzinfo=ZoneInfo(timezone))
    return wanted.astimezone(UTC)


def link(given: str) -> str:
    """Read one whole address of a post."""
    address = given.strip()
    whole = address.startswith(("https://", "http://")) and len(address.split()) == 1
    if not whole or len(address) > LONGEST_LINK:
        raise Refusal(NO_LINK, given=given)
    return address


def reason(given: str, so: str, *, about: Draft | None = None, most: int = MOST_REASON) -> str:
    """Read a reason that says something, or give it back and say what did not happen (`so`)."""
    words = given.strip()
    if LEAST_REASON <= len(words) <= most:
        return words
    said = line(NO_REASON, least=LEAST_REASON, most=most, count=len(words), so=so)
    raise Refusal(Message((said, Quote(words)) if words else (said,)), about=about)
