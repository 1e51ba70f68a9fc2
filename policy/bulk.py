"""Checking many posts: one JSON object a line in, one out."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from policy import library
from policy.documents import DocumentError
from policy.rules import Finding, Post, review

NOT_JSON = "this line is not a JSON object: {reason}"
NOT_AN_OBJECT = "a line has to be one JSON object"

Answer = dict[str, object]

#: A JSON null means the same as leaving a key out.
Given = BeforeValidator(lambda value: "" if value is None else value)
Word = Annotated[str, Given]
Many = BeforeValidator(lambda value: () if value is None else value)


class Context(BaseModel):
    """What is known about a post beyond its text. Unknown keys are left alone."""

    account: Word = "official"
    author_role: Word = "author"
    now: datetime | None = None
    directory: Annotated[tuple[str, ...], Many] = ()
    attachments: Annotated[tuple[dict[str, object], ...], Many] = ()
    region: Word = ""


class Line(BaseModel):
    """A post as it comes in. Unknown keys are left alone."""

    id: str | int
    text: str
    platform: Word = ""
    purpose: Word = ""
    lang: Word = ""
    packs: tuple[str, ...] | None = None
    context: Annotated[Context, BeforeValidator(lambda value: value or {})] = Field(
        default_factory=Context
    )

    def post(self) -> Post:
        """Return it as a post that can be reviewed."""
        context = self.context
        return Post(
            text=self.text,
            platform=self.platform,
            purpose=self.purpose,
            lang=self.lang,
            account=context.account or "official",
            author_role=context.author_role,
            now=context.now,
            directory=context.directory,
            region=context.region,
            attachments=context.attachments,
        )


def check_line(line: str, default_packs: Sequence[str] = ()) -> Answer:
    """Check the post in a line. Returns its findings, or what is wrong with the line."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": NOT_JSON.format(reason=str(error) or type(error).__name__)}
    if not isinstance(given, dict):
        return {"id": None, "error": NOT_AN_OBJECT}
    try:
        post = Line.model_validate(given)
        packs = tuple(default_packs) if post.packs is None else post.packs
        found = review(post.post(), library.load(packs))
    except ValidationError as error:
        return {"id": _id(given), "error": _reasons(error)}
    except DocumentError as error:
        return {"id": _id(given), "error": str(error)}
    return {"id": post.id, "findings": [as_json(each) for each in found]}


def as_json(finding: Finding) -> Answer:
    """Return a finding as it goes out. One about the whole post has no place."""
    answer: Answer = {"rule": finding.rule, "severity": finding.severity.value}
    if finding.start is not None:
        answer |= {"start": finding.start, "end": finding.end, "found": finding.found}
    answer |= {"kind": finding.kind, "say": finding.say, "source": finding.source}
    answer |= {"why": finding.why, "pack": finding.pack}
    if finding.suggestion:
        answer["suggestion"] = finding.suggestion
    return answer


def _id(given: Mapping[str, Any]) -> object:
    """Return the id of a line that is wrong elsewhere."""
    id = given.get("id")
    return id if isinstance(id, str | int) else None


def _reasons(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
