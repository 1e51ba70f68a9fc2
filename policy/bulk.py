"""Checking many posts: one JSON object a line in, one out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, BeforeValidator, Field, ValidationError, model_validator

from policy import library
from policy.circumstances import Circumstances
from policy.documents import DocumentError
from policy.rules import Finding, Post, review

NOT_JSON = "this line is not a JSON object: {reason}"
NOT_AN_OBJECT = "a line has to be one JSON object"

#: A line with more bytes than this is no post.
LONGEST_LINE = 2_000_000
TOO_LONG = f"this line has more than {LONGEST_LINE:,} bytes"

Answer = dict[str, object]
_Given = tuple[str | int, Post, tuple[str, ...] | None]

_WORDS = ("text", "platform", "purpose", "lang")

#: A JSON null means the same as leaving a key out.
Word = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]


class Context(Circumstances):
    """What is known about a post beyond its text. Unknown keys are left alone."""

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        return {key: each for key, each in value.items() if each is not None}


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
        return Post(self.text, self.platform, self.purpose, self.lang, **self.context.known())


def replies(
    lines: Iterable[bytes], default_packs: Sequence[str] = (), folder: Path = library.SHIPPED
) -> tuple[bytes, bool]:
    """Check the posts in some lines. Returns the lines that answer them, and if all is fine."""
    answers = [check_line(line, default_packs, folder) for line in lines]
    fine = not any(answer.get("findings") or "error" in answer for answer in answers)
    return b"".join(map(written, answers)), fine


def check_line(
    line: bytes, default_packs: Sequence[str] = (), folder: Path = library.SHIPPED
) -> Answer:
    """Check the post in a line. Returns its findings, or what is wrong with the line."""
    if len(line) > LONGEST_LINE:
        return {"id": None, "error": TOO_LONG}
    try:
        given = _parsed(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": NOT_JSON.format(reason=str(error) or type(error).__name__)}
    if not isinstance(given, dict):
        return {"id": None, "error": NOT_AN_OBJECT}
    try:
        id, post, packs = _plain(given) or _validated(given)
        found = review(post, library.load(default_packs if packs is None else packs, folder))
    except ValidationError as error:
        return {"id": _id(given), "error": _reasons(error)}
    except DocumentError as error:
        return {"id": _id(given), "error": str(error)}
    return {"id": id, "findings": [as_json(each) for each in found]}


def written(answer: Answer) -> bytes:
    """Return an answer as a line of JSON."""
    try:
        return orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # half a character, or a very large number
        return f"{json.dumps(answer)}\n".encode()


def _parsed(line: bytes) -> Any:
    try:
        given = orjson.loads(line)
    except orjson.JSONDecodeError:
        return json.loads(line.decode("utf-8", "replace").removeprefix("\ufeff"))
    if isinstance(given, dict) and isinstance(given.get("id"), float):
        return json.loads(line)  # it may be a very large number
    return given


def _plain(given: Mapping[str, Any]) -> _Given | None:
    """Read a line of nothing but words, as nearly all are, without further ado."""
    if given.get("context") or given.get("packs") is not None:
        return None
    words: list[Any] = [given.get(name) or "" for name in _WORDS]
    if type(given.get("id")) not in (str, int) or not given.get("text"):
        return None
    if any(type(word) is not str for word in words):
        return None
    text, platform, purpose, lang = words
    return given["id"], Post(text, platform, purpose, lang), None


def _validated(given: Mapping[str, Any]) -> _Given:
    line = Line.model_validate(given)
    return line.id, line.post(), line.packs


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
