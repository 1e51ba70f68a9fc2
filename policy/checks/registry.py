"""What a check is: a small generator of the passages it objects to, and the options it takes."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from propcache.api import cached_property
from pydantic import BaseModel, ConfigDict, create_model

from policy.findings import Post, Severity
from policy.spellings import Spelling, spelling
from policy.terms import Disguised, Needed, Terms, terms
from policy.texts import Reading, Span

#: Tells whether something is declared about a post.
Declared = Callable[[Post], object]

#: So many passages are reported for one rule; a text with more is wrong as a whole.
MOST_PASSAGES = 30


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


@dataclass(frozen=True)
class Finder:
    """A check with its options, and without what there is nothing for it to find.

    A post needs a phrase of each group of `cues`, in words as `spelling` reads them; or something
    that `pattern` matches; or what `declared` asks of it. Where none is given any post will do.
    """

    find: Callable[[Reading], Iterator[Passage]]
    cues: tuple[tuple[Terms, ...], ...] = ()
    spelling: Spelling | None = None
    pattern: str | None = None
    declared: Declared | None = None

    def __call__(self, reading: Reading) -> Iterator[Passage]:
        """Find the passages in a post."""
        return self.find(reading)


F = TypeVar("F", bound=Callable[..., Iterator[Passage]])

_CONFIG = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Check:
    """A function that finds passages, and a model of the options that its rule gives it.

    `where` and `declared` are the `pattern` and the `declared` of its finders.
    """

    def __init__(
        self,
        function: Callable[..., Iterator[Passage]],
        where: str | None = None,
        declared: Declared | None = None,
    ) -> None:
        self._function = function
        self._parameters = list(inspect.signature(function).parameters.values())[1:]
        self._where, self._declared = where, declared
        self.options: type[BaseModel] = create_model(
            function.__name__, __config__=_CONFIG, **dict(_options(self._parameters))
        )

    def bind(self, options: Mapping[str, object], folder: Path) -> Finder:
        """Give it its options. Raises `ValidationError` if they are not what it takes."""
        chosen = dict(self.options.model_validate(options, context=folder))
        groups: dict[str, list[Terms]] = {}
        known: Spelling | None = None
        for name, mark in self._marks:
            if isinstance(mark, Needed) and chosen[name] is not None:
                groups.setdefault(mark.name, []).append(_phrases(chosen[name]))
            if isinstance(mark, Disguised):
                known = spelling(chosen[name], *(chosen[other] for other in mark.others))
        cues = tuple(map(tuple, groups.values()))
        find = partial(self._function, **self._arguments(chosen))
        return Finder(find, cues, known, self._where, self._declared)

    def _arguments(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        """Put the options that a dataclass holds into it."""
        return {
            each.name: each.annotation(**{one.name: chosen[one.name] for one in held})
            if (held := _held(each))
            else chosen[each.name]
            for each in self._parameters
        }

    @cached_property
    def _marks(self) -> tuple[tuple[str, object], ...]:
        options = self.options.model_fields.items()
        return tuple((name, mark) for name, option in options for mark in option.metadata)


def _phrases(entries: Terms | frozenset[str]) -> Terms:
    return entries if isinstance(entries, Terms) else terms(tuple(sorted(entries)))


CHECKS: dict[str, Check] = {}


def check(function: F) -> F:
    """Make a function available to rules under its own name.

    It takes the reading of a post; its other arguments are the options of the rule (`with:`). One
    that is a dataclass stands for its fields, each an option of its own.
    """
    return check_if()(function)


def check_if(where: str | None = None, declared: Declared | None = None) -> Callable[[F], F]:
    """The same for a check that has something to find only in some posts.

    Those are the posts that have a phrase that it needs (see `Needed`), or in which the pattern
    `where` occurs, for google-re2, or about which something is `declared`.
    """

    def register(function: F) -> F:
        CHECKS[function.__name__] = Check(function, where, declared)
        return function

    return register


def _options(parameters: list[inspect.Parameter]) -> Iterator[tuple[str, Any]]:
    for each in parameters:
        held = _held(each)
        yield from ((one.name, (one.type, ...)) for one in held)
        if not held:
            default = ... if each.default is each.empty else each.default
            yield each.name, (each.annotation, default)


def _held(parameter: inspect.Parameter) -> tuple[Field[Any], ...]:
    """Return the fields of the dataclass that an argument is."""
    kind = parameter.annotation
    return fields(kind) if is_dataclass(kind) else ()
