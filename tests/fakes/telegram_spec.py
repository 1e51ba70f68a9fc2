"""Telegram's own description of its interface, to check what is sent and what is answered."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SPEC = json.loads(
    (Path(__file__).parents[1] / "specs" / "telegram_api.json").read_text(encoding="utf-8")
)
METHODS: Mapping[str, Any] = SPEC["methods"]
TYPES: Mapping[str, Any] = SPEC["types"]
ARRAY = "Array of "


def read_request(method: str, form: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Read the parameters of a call as Telegram does, and list what is wrong with them."""
    fields, values, problems = METHODS[method]["fields"], {}, []
    for name, text in form.items():
        if name not in fields:
            problems.append(f"{method} has no parameter {name}")
            continue
        values[name] = _read(fields[name]["types"], text)
        problems += check(fields[name]["types"], values[name], f"{method}.{name}")
    missing = [name for name, field in fields.items() if field.get("required") and name not in form]
    return values, problems + [f"{method} needs {name}" for name in missing]


def check_answer(method: str, result: object) -> list[str]:
    """List what is wrong with an answer to a call."""
    return check(METHODS[method]["returns"], result, f"{method} result")


def check(types: list[str], value: Any, where: str) -> list[str]:
    """List what is wrong with a value that may have one of these types."""
    problems: list[str] = []
    for kind in types:
        found = _check(kind, value, where)
        if not found:
            return []
        problems = problems or found
    return problems


def _check(kind: str, value: Any, where: str) -> list[str]:
    if kind.startswith(ARRAY):
        if not isinstance(value, list):
            return [f"{where} is not a list"]
        return [
            problem
            for number, item in enumerate(value)
            for problem in _check(kind.removeprefix(ARRAY), item, f"{where}[{number}]")
        ]
    if kind not in TYPES:
        return [] if _is_simple(kind, value) else [f"{where} is not of type {kind}"]
    if "subtypes" in TYPES[kind]:
        return check(TYPES[kind]["subtypes"], value, where)
    return _check_object(kind, value, where)


def _check_object(kind: str, value: Any, where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where} is not a {kind}"]
    fields = TYPES[kind]["fields"]
    problems = [f"{where}: {kind} has no field {name}" for name in value if name not in fields]
    for name, field in fields.items():
        if name in value:
            problems += check(field["types"], value[name], f"{where}.{name}")
        elif field.get("required"):
            problems.append(f"{where}: {kind} needs {name}")
    return problems


def _is_simple(kind: str, value: Any) -> bool:
    match kind:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "String":
            return isinstance(value, str)
        case "Boolean" | "True":
            return isinstance(value, bool)
        case _:
            return False


def _read(types: list[str], text: str) -> Any:
    """Read a form's text as the type it should have; text that is not stays text."""
    for kind in types:
        if kind == "String":
            return text
        if kind == "Integer" and text.removeprefix("-").isdecimal():
            return int(text)
        if kind not in ("Integer", "String"):
            try:
                return json.loads(text)
            except ValueError:
                return text
    return text
