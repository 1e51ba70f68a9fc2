"""The example of an offices file, and its reference, tell the truth."""

import re
from collections.abc import Iterator
from typing import get_args

import yaml
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from policy import library, platforms, quorum
from storage import office_file
from storage.models import Role
from tests.documents import ROOT, rows

EXAMPLE = ROOT / "deploy/offices.yaml"
OFFICES_FILE = ROOT / "docs/reference/offices-file.md"


def models(kind: type[BaseModel] = office_file.OfficesFile) -> Iterator[type[BaseModel]]:
    """List every model of the offices file."""
    yield kind
    for field in kind.model_fields.values():
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from models(inner)


def keys_of(value: object) -> Iterator[str]:
    """List every key that a document uses, however deep."""
    if isinstance(value, dict):
        yield from (key for key in value if isinstance(key, str))  # days are no names
        for inner in value.values():
            yield from keys_of(inner)
    if isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def test_example_offices_can_be_imported():
    assert len(office_file.read(EXAMPLE).offices) == 2


def test_example_offices_use_every_key_there_is():
    there_are = {key for kind in models() for key in kind.model_fields}
    assert set(keys_of(yaml.safe_load(EXAMPLE.read_text("utf-8")))) == there_are


def test_example_offices_explain_every_key():
    explained = re.findall(r"^ *-? *(\w+):.*# .+$", EXAMPLE.read_text("utf-8"), re.MULTILINE)
    groups = {
        "offices",
        "people",
        "pages",
        "roles",
        "url",
    }  # explained above them, or by themselves
    there_are = {key for kind in models() for key in kind.model_fields}
    assert there_are - set(explained) <= groups


def test_offices_reference_lists_every_key_with_its_default():
    sections = re.split(r"^#+ ", OFFICES_FILE.read_text("utf-8"), flags=re.MULTILINE)
    tables = [{row[0].strip("`"): row[1] for row in rows(section)} for section in sections]
    for kind in set(models()) - {office_file.OfficesFile}:
        listed = next(table for table in tables if kind.model_fields.keys() <= table.keys())
        for key, field in kind.model_fields.items():
            is_needed = field.default is PydanticUndefined and field.default_factory is None
            assert (listed[key] == "needed") == is_needed, key
            if isinstance(field.default, list | str | bool | int) and field.default:
                assert listed[key].strip("`") == shown(field.default), key


def shown(default: object) -> str:
    """Write a default as it stands in YAML."""
    if isinstance(default, list):
        return f"[{', '.join(default)}]"
    return f'"{default}"' if ":" in str(default) else str(default)


def test_offices_reference_tells_the_quorum_of_every_panel():
    table = {row[0]: row[1] for row in rows(OFFICES_FILE.read_text("utf-8"))}
    told = {int(size): int(needed) for size, needed in table.items() if size.isdecimal()}
    assert told == quorum.NEEDED


def test_offices_reference_names_every_role_pack_and_kind_of_page():
    said = OFFICES_FILE.read_text("utf-8")
    assert {role for role in Role if f"| `{role}` |" not in said} == set()
    packs = re.search(r"one or more of ([\w, -]+) \|", said)
    assert packs
    assert set(packs[1].split(", ")) == set(library.PACKS)
    kinds = re.search(r"(?ms)^Kinds of pages: (.+?)\.$", said)
    assert kinds
    assert set(re.findall(r"`(\w+)`", kinds[1])) == set(platforms.KINDS)
