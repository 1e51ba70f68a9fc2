"""Reading YAML that people write, so that every mistake names its line."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Annotated, NoReturn, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policy.scalars import Loader

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]

MAX_SIZE = 4_000_000
MAX_DEPTH = 30

EMPTY = "the file is empty"
TOO_LARGE = f"the file has more than {MAX_SIZE} characters"
TOO_DEEP = f"lists and mappings are nested more than {MAX_DEPTH} levels deep"
ANCHOR = "anchors and aliases (& and *) are not used here; write the value out"
TAG = "tags (such as !!str) are not used here"
DUPLICATE = "this key is given twice"
NOT_A_NAME = "a key has to be a name"
NOT_TEXT = "half of a character (a lone surrogate) is not text"
NOT_A_MAPPING = "Input should be keys with values, such as `name: Author One`"
UNKNOWN = "unknown key"
MISSING = "is missing"
QUOTES = 'write it in quotes, such as "1001"'


class DocumentError(ValueError):
    """What is wrong with a file: one line for each mistake."""

    @classmethod
    def at(cls, source: str, line: int, path: Path, message: str) -> "DocumentError":
        """Describe one mistake: `offices.yaml line 12: offices[0].name: is missing`."""
        return cls(describe(source, line, path, message))


def describe(source: str, line: int, path: Path, message: str) -> str:
    """Write a mistake as one line."""
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return ": ".join(filter(None, (f"{source} line {line}", where.lstrip("."), message)))


class Document:
    """A YAML text that has been read, and remembers on which line everything stands."""

    def __init__(self, text: str, source: str) -> None:
        """Read a text. Raises `DocumentError` for bad syntax, duplicate keys and an empty file."""
        self.source = source
        self._lines: dict[Path, int] = {(): 1}
        self._mistakes: list[str] = []
        try:
            self.value = self._read(text)
        except yaml.YAMLError as error:
            self._fail(_line(error, text), _problem(error))
        except UnicodeEncodeError as error:
            self._fail(text.count("\n", 0, error.start) + 1, NOT_TEXT)
        if self._mistakes:
            raise DocumentError("\n".join(self._mistakes))

    def as_(self, model: type[M], context: object = None) -> M:
        """Check the text against a model. Raises `DocumentError` with all mistakes in it."""
        try:
            return model.model_validate(self.value, context=context)
        except ValidationError as error:
            self.blame(error, model)
            raise

    def blame(self, error: ValidationError, model: type[BaseModel], under: Path = ()) -> None:
        """Raise `DocumentError` for what a model refused in the part of the text at a path."""
        self.complain(self._mistakes_of(error, model, under))

    def complain(self, mistakes: Iterable[tuple[Path, str]]) -> None:
        """Raise `DocumentError` if there are mistakes, each given as its path and a message."""
        found = [
            describe(self.source, self.line_of(path), path, message) for path, message in mistakes
        ]
        if found:
            raise DocumentError("\n".join(found))

    def line_of(self, path: Path) -> int:
        """Return the line of a value, or of what it would stand in if it is missing."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _fail(self, line: int, message: str) -> NoReturn:
        raise DocumentError.at(self.source, line, (), message) from None

    def _read(self, text: str) -> object:
        if len(text) > MAX_SIZE:
            self._fail(1, TOO_LARGE)
        self._refuse_tricks(text)
        loader = Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                self._fail(1, EMPTY)
            return self._value(loader, node, ())
        finally:
            loader.dispose()

    def _refuse_tricks(self, text: str) -> None:
        """Walk the events, which needs no recursion, before anything is built from them."""
        depth = 0
        for event in yaml.parse(text, Loader=Loader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                self._fail(line, TOO_DEEP)
            if getattr(event, "anchor", None) is not None:
                self._fail(line, ANCHOR)
            if getattr(event, "tag", None) is not None:
                self._fail(line, TAG)

    def _value(self, loader: Loader, node: yaml.Node, path: Path) -> object:
        self._lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(loader, node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self._value(loader, each, (*path, i)) for i, each in enumerate(node.value)]
        try:
            return loader.construct_object(node)
        except ValueError as error:
            self._mistake(node, path, f"{node.value!r} cannot be read: {error}")
            return None

    def _pairs(
        self, loader: Loader, node: yaml.MappingNode, path: Path
    ) -> Iterator[tuple[str, object]]:
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._mistake(key, path, NOT_A_NAME)
                continue
            here = (*path, str(key.value))
            if here in self._lines:
                self._mistake(key, here, DUPLICATE)
                continue
            self._lines[here] = key.start_mark.line + 1
            yield str(key.value), self._value(loader, value, here)

    def _mistake(self, node: yaml.Node, path: Path, message: str) -> None:
        line = node.start_mark.line + 1
        self._mistakes.append(describe(self.source, line, path, message))

    def _mistakes_of(
        self, error: ValidationError, model: type[BaseModel], under: Path
    ) -> Iterator[tuple[Path, str]]:
        for detail in error.errors(include_url=False):
            path = self._path_of(detail, under)
            yield path, _message(detail, [*_keys_at(model, path[len(under) : -1])])

    def _path_of(self, detail: ErrorDetails, path: Path) -> Path:
        """Leave out what pydantic adds to a path to name the branches it tried."""
        for part in detail["loc"]:
            if (*path, part) in self._lines:
                path = (*path, part)
        return (*path, detail["loc"][-1]) if detail["type"] == "missing" else path


def read(text: str, model: type[M], source: str) -> M:
    """Read a YAML text into a model. Raises `DocumentError` that names every wrong line."""
    return Document(text, source).as_(model)


def _line(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return min(int(mark.line), text.rstrip().count("\n")) + 1
    return text.count("\n", 0, max(0, getattr(error, "position", None) or 0)) + 1


def _problem(error: yaml.YAMLError) -> str:
    parts = (getattr(error, "context", None), getattr(error, "problem", None))
    said = ", ".join(filter(None, parts)) or getattr(error, "reason", None)
    return f"this is not YAML: {said}"


def _message(detail: ErrorDetails, known: Sequence[str]) -> str:
    if detail["type"] == "missing":
        return MISSING
    if detail["type"] == "extra_forbidden":
        near = get_close_matches(str(detail["loc"][-1]), known, n=1)
        advice = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
        return f"{UNKNOWN}; {advice}"
    if detail["type"] == "model_type":
        return NOT_A_MAPPING
    if detail["type"] == "string_type" and isinstance(detail["input"], int | float):
        return f"{detail['msg']}; {QUOTES}"
    return detail["msg"].removeprefix("Value error, ")


def _keys_at(annotation: object, path: Path) -> Iterator[str]:
    """List the keys that a model knows at a path."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = {field.alias or name: field for name, field in annotation.model_fields.items()}
        if not path:
            yield from fields
        elif path[0] in fields:
            yield from _keys_at(fields[str(path[0])].annotation, path[1:])
        return
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        yield from _keys_at(arguments[0], path)
        return
    inside = path[1:] if get_origin(annotation) in (list, tuple, dict) else path
    for argument in arguments[-1:] if get_origin(annotation) is dict else arguments:
        yield from _keys_at(argument, inside)
