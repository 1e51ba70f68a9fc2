"""The pages on the policy tell the truth, and whoever follows them gets a rule."""

import re
import textwrap

import pytest

from handlers.finding_view import SEVERITIES
from policy import library
from policy.entries import Rule
from policy.library import Override
from policy.periods import PAUSING, PERIODS
from policy.rules import Post, Severity, review
from policy.sections import SECTIONS
from policy.shelf import Shelf
from tests.documents import rows, text
from tests.office import OFFICES, TestOffice

REFERENCE = "docs/reference/policy.md"
HOW_TO = "docs/how-to/write-a-rule.md"


def part(title: str) -> list[list[str]]:
    """Return the rows of the tables below a heading."""
    _, _, after = text(REFERENCE).partition(f"## {title}\n")
    return [[cell.strip("`") for cell in row] for row in rows(after.partition("\n## ")[0])]


def test_reference_lists_every_pack():
    assert {row[0] for row in part("Packs")} == set(library.PACKS)


def test_reference_lists_every_section_in_its_order():
    assert [tuple(row) for row in part("Sections")] == list(SECTIONS.items())


def test_reference_lists_every_key_of_a_rule_with_its_default():
    fields = {field.alias or name: field for name, field in Rule.model_fields.items()}
    listed = {row[0]: row[1] for row in part("What a rule says")}
    assert list(listed) == list(fields)
    assert {key for key, default in listed.items() if default == "needed"} == {
        key for key, field in fields.items() if field.is_required()
    }


def test_reference_names_everything_that_an_override_may_change():
    _, _, after = text(REFERENCE).partition("## What a pack may change\n")
    said = after.partition("\n## ")[0]
    fields = {field.alias or name for name, field in Override.model_fields.items()}
    assert {key for key in fields if f"`{key}`" not in said} == set()


def test_reference_lists_every_period_and_what_pauses():
    listed = {row[0]: (row[1], row[2]) for row in part("Periods")}
    assert {name: title for name, (title, _) in listed.items()} == dict(PERIODS)
    assert [name for name, (_, besides) in listed.items() if "senior" in besides] == [*PAUSING]


def test_how_to_lists_every_severity():
    assert [row[0].strip("`") for row in rows(text(HOW_TO))] == list(Severity) == list(SEVERITIES)


# Following the how-to


@pytest.fixture
def folder(tmp_path):
    """What somebody has who did as the page says."""
    pack, _, words, rule, overrides = (
        textwrap.dedent(piece) if not piece.startswith("  - ") else piece
        for piece in re.findall(r"(?ms)^```yaml\n(.*?)^```", text(HOW_TO))
    )
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists/our-words.yaml").write_text(words, "utf-8")
    whole = pack.replace("rules:\n", f"{overrides}rules:\n") + rule
    (tmp_path / "works.yaml").write_text(whole, "utf-8")
    return tmp_path


def found(folder, said: str) -> list[tuple[str, str]]:
    rules = library.load(("works",), folder)
    return [(each.rule, each.say) for each in review(Post(said), rules)]


def test_rule_of_the_how_to_finds_what_it_is_to_find(folder):
    assert ("click-here", "“Click here” says nothing to those who hear the page. Say what is "
            "behind the link.") in found(folder, "Click here for the form.")  # fmt: skip
    assert ("say-bridge", "Say “bridge”, not “Flyover”.") in found(folder, "The Flyover is open.")
    assert "say-bridge" in dict(found(folder, "An over bridge"))
    assert "all-caps" not in dict(found(folder, "THE BRIDGE AT KANCHPUR IS CLOSED ALL DAY"))


def test_mistake_of_the_how_to_is_reported_as_it_says(engine, folder):
    office = TestOffice(engine, OFFICES.replace("[bd]", "[works]"), shelf=Shelf(folder))
    pack = folder / "works.yaml"
    pack.write_text(pack.read_text("utf-8").replace("severity: warn", "severity: grave", 1))
    office.says("lee", "/policy reload")
    said = office.heard("lee")
    (told,) = re.findall(r"(?m)^works\.yaml line \d+: (.*)$", text(HOW_TO))
    assert told in said
    pack.write_text(pack.read_text("utf-8").replace("severity: grave", "severity: warn", 1))
    office.says("lee", "/policy reload")
    office.says("amina", "/policy click-here")
    assert "From works@2026-11-21" in office.heard("amina")
    office.says("amina", "/policy try Click here for the form.")
    assert "⟦Click here⟧" in office.heard("amina")
    office.close()
