"""Rules as they are written in packs: data, with the examples that they have to obey."""

import string
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from policy import platforms
from policy.attachments import Declared
from policy.checks import CHECKS
from policy.circumstances import Circumstances
from policy.findings import Post, Setting, Severity
from policy.patterns import Linear
from policy.periods import PERIODS
from policy.purposes import PURPOSES
from policy.sections import SECTIONS
from policy.shadows import shadow

ONE_OF_TWO = "give either `match` (a pattern) or `check` (the name of a check), not both"
NO_CHECK = "there is no check {name!r}; known are {known}"
UNKNOWN = "there is no {what} {name!r}; known are {known}"
BAD_FIELD = "{{{field}}} in `say` has to be a plain name, such as {{found}}"

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=1, max_length=500)]
Texts = tuple[str, ...]
V = TypeVar("V", Texts, str, dict[str, Severity])

#: What the words of a rule may be, and what a list of them is called.
VOCABULARY: Mapping[str, tuple[str, Iterable[str]]] = {
    "platforms": ("kind of page", platforms.KINDS),
    "purposes": ("purpose", PURPOSES),
    "except_purposes": ("purpose", PURPOSES),
    "periods": ("period", PERIODS),
    "during": ("period", PERIODS),
    "section": ("section", SECTIONS),
}


class Entry(BaseModel):
    """What packs are made of: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Example(Circumstances):
    """A post that a rule must let pass or must object to. In a pack, a plain string is its text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    platform: str = ""
    purpose: str = ""
    lang: str = ""
    attachments: tuple[Declared, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"text": value} if isinstance(value, str) else value

    def post(self) -> Post:
        """Return it as a post that can be reviewed."""
        return Post(self.text, self.platform, self.purpose, self.lang, **self.known())


class Rule(Entry):
    """One entry of a pack. A rule carries its own examples and has to obey them."""

    id: Name
    title: Sentence
    severity: Severity
    kind: str = ""
    say: Sentence
    source: Sentence
    why: Sentence
    match: str | None = None
    within: Literal["text", "everything"] = "text"
    check: str | None = None
    options: dict[str, Any] = Field(default_factory=dict, alias="with")
    section: str = "office"
    languages: Texts = ()
    platforms: Texts = ()
    accounts: tuple[Literal["official", "personal"], ...] = ("official",)
    purposes: Texts = ()
    except_purposes: Texts = ()
    periods: Texts = ()
    replies: bool = False
    during: dict[str, Severity] = Field(default_factory=dict)
    beats: tuple[Name, ...] = ()
    silences: tuple[Name, ...] = ()
    beside: bool = False
    holds_warnings: bool = False
    opt_in: bool = False
    good: Annotated[tuple[Example, ...], Field(min_length=1)]
    bad: Annotated[tuple[Example, ...], Field(min_length=1)]

    @field_validator("match")
    @classmethod
    def _is_linear(cls, value: str | None) -> str | None:
        if value is None:
            return None
        pattern = shadow(value, "NFC").text  # as the texts that it is for
        Linear(pattern)
        return pattern

    @field_validator("check")
    @classmethod
    def _exists(cls, value: str | None) -> str | None:
        if value is not None and value not in CHECKS:
            raise ValueError(NO_CHECK.format(name=value, known=", ".join(sorted(CHECKS))))
        return value

    @field_validator("platforms", "purposes", "except_purposes", "periods", "during", "section")
    @classmethod
    def _are_known(cls, value: V, info: ValidationInfo) -> V:
        what, known = VOCABULARY[info.field_name or ""]
        for name in [value] if isinstance(value, str) else value:
            if name not in known:
                raise ValueError(UNKNOWN.format(what=what, name=name, known=", ".join(known)))
        return value

    @field_validator("say")
    @classmethod
    def _has_plain_fields(cls, value: str) -> str:
        for _, field, format_spec, conversion in string.Formatter().parse(value):
            if field is not None and (not field.isidentifier() or format_spec or conversion):
                raise ValueError(BAD_FIELD.format(field=field))
        return value

    @model_validator(mode="after")
    def _has_one_way_to_find(self) -> "Rule":
        if (self.match is None) == (self.check is None):
            raise ValueError(ONE_OF_TWO)
        return self

    def applies_to(self, post: Setting) -> bool:
        """Tell whether a post is any of this rule's business."""
        return (
            post.account in self.accounts
            and (not self.languages or not post.lang or post.lang in self.languages)
            and (not self.platforms or post.platform in self.platforms)
            and (not self.purposes or post.purpose in self.purposes)
            and post.purpose not in self.except_purposes
            and (not self.periods or not set(self.periods).isdisjoint(post.periods))
            and (not self.replies or post.is_reply)
        )

    def severity_for(self, post: Post) -> Severity:
        """Return how bad it is for a post: a period in force may make it worse."""
        said = [self.during[period] for period in post.periods if period in self.during]
        return min((self.severity, *said), key=lambda each: each.rank)
