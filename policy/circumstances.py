"""What is known about a post beyond its text, as examples of rules and bulk checks give it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, field_validator, model_validator

from policy.attachments import Attachment
from policy.calendar import zone
from policy.periods import PERIODS


class Circumstances(BaseModel):
    """The same names as those of `Post`. A period may also be given as `crisis: true`."""

    account: str = "official"
    author_role: str = "author"
    now: datetime | None = None
    publish_at: datetime | None = None
    timezone: str = ""
    periods: tuple[str, ...] = ()
    reply: bool = False
    repost_of: str = ""
    embargo: datetime | None = None
    release_at: datetime | None = None
    statement_at: datetime | None = None
    profile: str = ""
    versions: tuple[str, ...] = ()
    languages_required: tuple[str, ...] = ()
    directory: tuple[str, ...] = ()
    region: str = ""
    attachments: tuple[Attachment, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _named_periods(cls, value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        given = {key: each for key, each in value.items() if key not in FLAGS}
        named = tuple(period for flag, period in FLAGS.items() if value.get(flag))
        if named:
            given["periods"] = (*(given.get("periods") or ()), *named)
        return given

    @field_validator("now", "publish_at", "embargo", "release_at", "statement_at")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        """Take a moment without a time zone as one in UTC."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value:
            zone(value)
        return value

    def known(self) -> dict[str, Any]:
        """Return what is known, by name, for a `Post`."""
        return {name: getattr(self, name) for name in Circumstances.model_fields}


#: Ways to say that a period is on.
FLAGS: Mapping[str, str] = {"pre_election": "election", **{name: name for name in PERIODS}}
