"""The offices file: the shape an installation starts from, checked before anything is stored."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from policy import (
    cadence_words,
    calendar,
    deadlines,
    durations,
    languages,
    library,
    page_address,
    page_values,
    platforms,
)
from policy.cadence import Cadence
from policy.documents import Document, DocumentError
from policy.periods import PERIODS
from storage.models import Role
from storage.office_checks import misfits

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: tuple[str, ...] = get_args(Day)
ACCOUNTS = {"slack": re.compile(r"[UW][A-Z0-9]+"), "telegram": re.compile(r"[1-9]\d{0,18}")}
CHATS = {"slack": re.compile(r"[CGD][A-Z0-9]+"), "telegram": re.compile(r"-?\d{1,19}")}

ACCOUNT_IDS = {
    "slack": "a Slack account is a member ID such as U0AUTHOR: profile, three dots, Copy member ID",
    "telegram": 'a Telegram account is a number such as "1001"; /me tells people theirs',
}
CHAT_IDS = {
    "slack": "a Slack chat is a channel ID such as C0MODERATE, at the end of the channel’s details",
    "telegram": 'a Telegram chat is a number such as "-1001234567890"',
}


def _text(value: str) -> str:
    if not value.strip() or value != value.strip() or "\n" in value:
        raise ValueError("write a name on one line, without spaces at its ends")
    return value


def _address(value: str) -> str:
    return page_address.read(value)


def _feed(value: str) -> str:
    return page_values.feed(value)


def _cadence(value: str) -> str:
    cadence_words.read(value)
    return value


def _zone(value: str) -> str:
    calendar.zone(value)
    return value


def _country(value: str) -> str:
    calendar.Calendar("UTC", value)
    return value


def _pack(value: str, info: ValidationInfo) -> str:
    folder = info.context if isinstance(info.context, Path) else library.SHIPPED
    return _known(value, library.available(folder), "a policy pack")


def _period(value: str) -> str:
    return _known(value, PERIODS, "a period")


def _language(value: str) -> str:
    return _known(value, languages.NAMES, "a language that I know")


def _kind(value: str) -> str:
    return _known(value, platforms.KINDS, "a kind of page")


def _known(value: str, known: Iterable[str], what: str) -> str:
    names = [*known]
    if value in names:
        return value
    close = get_close_matches(value, names, n=1)
    advice = f"did you mean {close[0]}?" if close else f"choose from {', '.join(names)}."
    raise ValueError(f"“{value}” is not {what}: {advice}")


def _slack(value: str) -> str:
    return _id(value, ACCOUNTS["slack"], ACCOUNT_IDS["slack"])


def _telegram(value: str) -> str:
    return _id(value, ACCOUNTS["telegram"], ACCOUNT_IDS["telegram"])


def _id(value: str, form: re.Pattern[str], advice: str) -> str:
    if not form.fullmatch(value):
        raise ValueError(f"“{value}” cannot be right: {advice}.")
    return value


def _hours(value: str) -> str:
    durations.parse_hours(value)
    return value


def _ladder(value: list[str]) -> list[str]:
    deadlines.parse_ladder(value)
    return value


Name = Annotated[str, Field(max_length=100), AfterValidator(_text)]
Reason = Annotated[str, Field(max_length=70), AfterValidator(_text)]  # the label of a choice


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChatEntry(_Entry):
    """Where the moderators meet."""

    platform: Literal["slack", "telegram"]
    chat: Name

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.platform in CHATS:
            _id(self.chat, CHATS[self.platform], CHAT_IDS[self.platform])
        return self


class QuorumEntry(_Entry):
    """How many must approve, and whether one rejection is enough."""

    needed: int | None = Field(default=None, ge=1)
    veto: bool = False


class DaysEntry(_Entry):
    """Holidays of its own, public holidays on which it works, and days with other hours."""

    add: list[date] = []
    strike: list[date] = []
    part: dict[date, Annotated[str, AfterValidator(_hours)]] = {}


class PeriodEntry(_Entry):
    """A time in which the office speaks differently: whole days, the last one included."""

    period: Annotated[str, AfterValidator(_period)]
    start: date
    end: date | None = None
    note: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end is not None and self.end < self.start:
            raise ValueError("it ends before it starts")
        return self


class PersonEntry(_Entry):
    """Somebody, their roles here, and their accounts."""

    name: Name
    roles: Annotated[list[Role], Field(min_length=1)]
    slack: Annotated[str, AfterValidator(_slack)] | None = None
    telegram: Annotated[str, AfterValidator(_telegram)] | None = None
    deputy: str | None = None

    def accounts(self) -> Iterator[tuple[str, str]]:
        """List the accounts as platform and user."""
        for platform in ("slack", "telegram"):
            if user := getattr(self, platform):
                yield platform, user


class PauseEntry(_Entry):
    """A time in which nothing is expected of a page, its last day included."""

    until: date
    because: Annotated[str, Field(min_length=1, max_length=1000)]


class PageEntry(_Entry):
    """A page, and how alive it is to be."""

    name: Name
    kind: Annotated[str, AfterValidator(_kind)]
    url: Annotated[str, AfterValidator(_address)]
    owner: str | None = None
    deputy: str | None = None
    updates_per_week: int = Field(default=2, ge=0, le=100)
    updates: Annotated[str, AfterValidator(_cadence)] | None = None
    week_start: Day | None = None  # none follows the working week of the office
    timezone: Annotated[str, AfterValidator(_zone)] | None = None  # none: that of the office
    feed: Annotated[str, AfterValidator(_feed)] | None = None
    directory: list[Name] = []
    started: datetime | None = None
    languages: list[Annotated[str, AfterValidator(_language)]] = []
    terms: date | None = None
    paused: PauseEntry | None = None

    def wanted(self) -> tuple[int, Cadence]:
        """Return how many updates are wanted, and in which stretch of time."""
        weekly = (self.updates_per_week, Cadence.WEEK)
        return cadence_words.read(self.updates) if self.updates else weekly


class OfficeEntry(_Entry):
    """One office."""

    name: Name
    timezone: Annotated[str, AfterValidator(_zone)]
    country: Annotated[str, AfterValidator(_country)]
    subdivision: str = ""
    packs: Annotated[list[Annotated[str, AfterValidator(_pack)]], Field(min_length=1)] = ["common"]
    moderators: ChatEntry
    quorum: QuorumEntry = QuorumEntry()
    ladder: Annotated[list[str], AfterValidator(_ladder)] = [*deadlines.LADDER]
    urgent_ladder: Annotated[list[str], AfterValidator(_ladder)] = [*deadlines.URGENT_LADDER]
    urgent_per_day: int = Field(default=3, ge=0, le=100)
    claim_minutes: int = Field(default=30, ge=1, le=1440)
    reason_minutes: int = Field(default=15, ge=0, le=1440)
    reasons: Annotated[list[Reason], Field(max_length=20)] = []
    appeal_days: int = Field(default=5, ge=0, le=100)
    reply_hours: int = Field(default=24, ge=1, le=720)
    hours: Annotated[str, AfterValidator(_hours)] = "09:00-17:00"
    days: DaysEntry = DaysEntry()
    people: Annotated[list[PersonEntry], Field(min_length=1)]
    pages: list[PageEntry] = []
    directory: list[Name] = []
    periods: list[PeriodEntry] = []

    def panel_size(self) -> int:
        """Count the moderators."""
        return sum(Role.MODERATOR in person.roles for person in self.people)


class OfficesFile(_Entry):
    """The whole file."""

    offices: Annotated[list[OfficeEntry], Field(min_length=1)]


def read(path: Path, *, folder: Path = library.SHIPPED) -> OfficesFile:
    """Read and check a file. Raises `DocumentError` that names each line which is wrong.

    Offices may have the packs that ship, and those of a folder.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path}: cannot be read, since it is not UTF-8: {error}") from None
    return parse(text, path.name, folder=folder)


def parse(
    text: str, source: str = "offices.yaml", *, folder: Path = library.SHIPPED
) -> OfficesFile:
    """Check the text of a file, each entry and then how the entries fit together."""
    document = Document(text, source)
    file = document.as_(OfficesFile, context=folder)
    document.complain(misfits(file))
    return file
