"""What is known about the pictures, clips and documents that go with a post."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, model_validator


class Kind(StrEnum):
    """What an attachment is."""

    IMAGE = "image"
    SCREENSHOT = "screenshot"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"


#: Other names for the kinds.
_SAME = {
    "photo": Kind.IMAGE,
    "picture": Kind.IMAGE,
    "gif": Kind.IMAGE,
    "graphic": Kind.IMAGE,
    "clip": Kind.VIDEO,
    "podcast": Kind.AUDIO,
}

#: Words that mean: nothing.
_NOTHING = frozenset(
    {"", "-", "?", "n/a", "na", "no", "none", "false", "unknown", "missing", "null"}
)
_NOT_YET = frozenset({"asked", "denied", "not given", "not yet", "pending", "refused", "requested"})
_SPOKEN = ("oral", "spoken", "verbal")

AUTOMATIC = frozenset({"auto", "automatic", "auto-generated"})

#: Terms of IPTC's list of digital source types that say: made by a model, in whole or in part.
GENERATED = frozenset({"trainedalgorithmicmedia", "compositewithtrainedalgorithmicmedia"})

MOST_FLASHES = 3  # a second; more can cause seizures


def kind_of(value: str) -> Kind:
    """Read a kind of attachment: one of ours, another name for it, or a media type."""
    name = value.strip().lower().partition("/")[0]
    if name in set(Kind):
        return Kind(name)
    return _SAME.get(name, Kind.DOCUMENT)


def _kind(value: object) -> object:
    return kind_of(value) if isinstance(value, str) else value


def given(value: object) -> object:
    """Read what may be left open: words that mean nothing are nothing."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if isinstance(value, str) and value.strip().lower() in _NOTHING else value


def _count(value: object) -> object:
    """Read yes or no where a number may be given."""
    return value > 0 if isinstance(value, int) else value


def _flashes(value: object) -> object:
    """Read yes or no, or how many flashes there are in a second."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value > MOST_FLASHES if number else value  # type: ignore[operator]


Given = Annotated[str, BeforeValidator(given)]
Counted = Annotated[bool, BeforeValidator(_count)]


class Attachment(BaseModel):
    """One attachment, as declared by its author or found in the file. Unknown keys are left alone.

    `consent`, `licence`, `credit` and `captions` take the words given, or `yes`; empty means none.
    """

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    type: Annotated[Kind, BeforeValidator(_kind)]
    name: str = ""
    alt: str = ""
    decorative: bool = False
    people: Counted = False
    people_under_18: Counted = Field(
        False, validation_alias=AliasChoices("people_under_18", "under_18", "children")
    )
    crowd: bool = False
    consent: Given = Field("", validation_alias=AliasChoices("consent", "consent_ref"))
    exif_gps: bool = Field(False, validation_alias=AliasChoices("exif_gps", "xmp_gps", "gps"))
    owner_name: str = ""
    camera_serial: str = ""
    ai: bool = Field(False, validation_alias=AliasChoices("ai", "ai_generated"))
    c2pa: bool = False
    digital_source_type: str = ""
    realistic: bool = True
    third_party: bool = False
    own: bool = False
    licence: Given = Field("", validation_alias=AliasChoices("licence", "license"))
    credit: Given = ""
    source: str = ""
    captions: Given = ""
    reviewed: bool = Field(False, validation_alias=AliasChoices("reviewed", "captions_reviewed"))
    silent: bool = False
    flashing: Annotated[bool, BeforeValidator(_flashes)] = False

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        return {key: each for key, each in value.items() if each is not None}

    @property
    def is_picture(self) -> bool:
        """Tell whether it is something to look at that does not play."""
        return self.type in (Kind.IMAGE, Kind.SCREENSHOT)

    @property
    def plays(self) -> bool:
        """Tell whether it is something to listen to or to watch."""
        return self.type in (Kind.VIDEO, Kind.AUDIO)

    @property
    def has_consent(self) -> bool:
        """Tell whether the people in it have agreed, in one way or another."""
        return bool(self.consent) and self.consent.strip().lower() not in _NOT_YET

    @property
    def has_written_consent(self) -> bool:
        """Tell whether that is on record in more than spoken words."""
        return self.has_consent and not self.consent.strip().lower().startswith(_SPOKEN)

    @property
    def has_captions(self) -> bool:
        """Tell whether somebody has read its captions; those of a machine have to be checked."""
        if self.captions.strip().lower() in AUTOMATIC:
            return self.reviewed
        return bool(self.captions)

    @property
    def is_generated(self) -> bool:
        """Tell whether a model made it, in whole or in part.

        A signed history (C2PA) counts unless it says that a camera or a person was the source.
        """
        source = self.digital_source_type.strip().lower().rstrip("/").rpartition("/")[2]
        return self.ai or source in GENERATED or (self.c2pa and not source)


class Declared(Attachment):
    """An attachment in an example of a rule: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
