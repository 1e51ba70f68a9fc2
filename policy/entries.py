"""Rules as they are written in packs: data, with the examples that they have to obey."""

import string
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from policy import platforms
from policy.checks import CHECKS
from policy.findings import Post, Severity
from policy.patterns import Linear

ONE_OF_TWO = "give either `match` (a pattern) or `check` (the name of a check), not both"
NO_CHECK = "there is no check {name!r}; known are {known}"
NO_KIND = "there is no kind of page {name!r}; known are {known}"
BAD_FIELD = "{{{field}}} in `say` has to be a plain name, such as {{found}}"

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=1, max_length=500)]
Texts = tuple[str, ...]


class Entry(BaseModel):
    """What packs are made of: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Example(Entry):
    """A post that a rule must let pass or must object to. In a pack, a plain string is its text."""

    text: str
    platform: str = ""
    purpose: str = ""
    lang: str = ""
    account: str = "official"
    author_role: str = "author"
    now: datetime | None = None
    directory: Texts = ()
    region: str = ""
    attachments: tuple[dict[str, object], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"text": value} if isinstance(value, str) else value

    def post(self) -> Post:
        """Return it as a post that can be reviewed."""
        return Post(**{name: getattr(self, name) for name in type(self).model_fields})


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
    languages: Texts = ()
    platforms: Texts = ()
    accounts: tuple[Literal["official", "personal"], ...] = ("official",)
    beats: tuple[Name, ...] = ()
    silences: tuple[Name, ...] = ()
    beside: bool = False
    holds_warnings: bool = False
    good: Annotated[tuple[Example, ...], Field(min_length=1)]
    bad: Annotated[tuple[Example, ...], Field(min_length=1)]

    @field_validator("match")
    @classmethod
    def _is_linear(cls, value: str | None) -> str | None:
        if value is not None:
            Linear(value)
        return value

    @field_validator("check")
    @classmethod
    def _exists(cls, value: str | None) -> str | None:
        if value is not None and value not in CHECKS:
            raise ValueError(NO_CHECK.format(name=value, known=", ".join(sorted(CHECKS))))
        return value

    @field_validator("platforms")
    @classmethod
    def _are_kinds(cls, value: Texts) -> Texts:
        for name in value:
            if name not in platforms.KINDS:
                raise ValueError(NO_KIND.format(name=name, known=", ".join(platforms.KINDS)))
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

    def applies_to(self, post: Post) -> bool:
        """Tell whether a post is any of this rule's business."""
        return (
            post.account in self.accounts
            and (not self.languages or not post.lang or post.lang in self.languages)
            and (not self.platforms or post.platform in self.platforms)
        )
