"""What a check is: a small generator of the passages it objects to, and the options it takes."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, create_model

from policy.findings import Severity
from policy.texts import Reading, Span


@dataclass(frozen=True)
class Passage:
    """A passage of the text as it was given, or the whole post if it has no place.

    `fields` fill the placeholders of the rule's message. `guard` says which sign excuses it:
    then it is shown to the moderators and is no finding.
    """

    start: int | None = None
    end: int | None = None
    kind: str = ""
    guard: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""
    severity: Severity | None = None

    @classmethod
    def at(cls, span: Span, **more: Any) -> Self:
        """Make a passage of a span."""
        return cls(span.start, span.end, **more)


Finder = Callable[[Reading], Iterator[Passage]]
F = TypeVar("F", bound=Callable[..., Iterator[Passage]])

_CONFIG = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Check:
    """A function that finds passages, and a model of the options that its rule gives it."""

    def __init__(self, function: Callable[..., Iterator[Passage]]) -> None:
        self._function = function
        self.options: type[BaseModel] = create_model(
            function.__name__, __config__=_CONFIG, **_fields(function)
        )

    def bind(self, options: Mapping[str, object], folder: Path) -> Finder:
        """Give it its options. Raises `ValidationError` if they are not what it takes."""
        chosen = self.options.model_validate(options, context=folder)
        return partial(self._function, **dict(chosen))


CHECKS: dict[str, Check] = {}


def check(function: F) -> F:
    """Make a function available to rules under its own name.

    It takes the reading of a post; its keyword arguments are the options of the rule (`with:`).
    """
    CHECKS[function.__name__] = Check(function)
    return function


def _fields(function: Callable[..., object]) -> dict[str, Any]:
    options = list(inspect.signature(function).parameters.values())[1:]
    return {
        option.name: (option.annotation, ... if option.default is option.empty else option.default)
        for option in options
    }
