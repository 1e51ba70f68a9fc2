"""The documents tell the truth: what they name is what the code has."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from pydantic_settings import BaseSettings

from bot.commandline import app
from bot.demo.play import play
from bot.platforms.slack.settings import SlackSettings
from bot.platforms.telegram.settings import TelegramSettings
from bot.settings import Settings
from handlers import ROUTERS
from handlers.router import Router
from policy import page_permissions, page_values, permissions, workflow
from storage.models import Role
from tests.documents import DOCUMENTS, ROOT, name, rows, text
from tests.newcomer import screen

SETTINGS: tuple[type[BaseSettings], ...] = (Settings, SlackSettings, TelegramSettings)
COMMANDS = "docs/reference/commands.md"

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|<(https?://[^>\s]+)>")
OFFICIAL = ("https://api.slack.com/", "https://core.telegram.org/", "http://127.0.0.1:8080/")


def links(path: Path) -> Iterator[str]:
    for found in LINK.finditer(path.read_text("utf-8")):
        yield found[1] or found[2]


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


# Links


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_relative_link_leads_somewhere(path):
    for link in links(path):
        if link.startswith(("https://", "http://")):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_to_elsewhere_lead_to_official_pages_only(path):
    elsewhere = [link for link in links(path) if link.startswith(("https://", "http://"))]
    assert [link for link in elsewhere if not link.startswith(OFFICIAL)] == []


def test_every_how_to_and_reference_is_linked_from_the_readme():
    linked = set(links(ROOT / "README.md"))
    pages = {str(path.relative_to(ROOT)) for path in DOCUMENTS if ROOT / "docs" in path.parents}
    assert pages - linked == set()


# What the README shows


def test_readme_shows_the_loop_as_the_demo_shows_it(tmp_path):
    told = re.search(r"```text\n(.*?)\n```", text("README.md"), re.DOTALL)
    assert told
    shown, out = screen()
    assert play(tmp_path, shown, has_terminal=False) == 0
    number = re.compile(r"(?<=#)\d+|(?<=approve )\d+")  # other messages may come between
    played = iter(number.sub("", out.getvalue()).splitlines())
    for line in number.sub("", told[1]).splitlines():
        assert line in ("", "...") or line in played, f"the demo does not show: {line}"


def test_state_diagram_of_the_readme_shows_every_move():
    drawn = re.search(r"```mermaid\n(.*?)\n```", text("README.md"), re.DOTALL)
    assert drawn
    assert drawn[1] == workflow.diagram()


# Settings


def given() -> dict[str, str]:
    """Read the settings of .env.example, all of which are commented."""
    return dict(re.findall(r"^#?([A-Z][A-Z_]+)=(.*)$", text(".env.example"), re.MULTILINE))


def known() -> dict[str, object]:
    """List every setting there is, with its default."""
    return {
        f"{kind.model_config.get('env_prefix', '')}{field}".upper(): info.default
        for kind in SETTINGS
        for field, info in kind.model_fields.items()
    }


def test_example_settings_are_exactly_those_there_are():
    assert given().keys() == known().keys()


def test_copied_example_sets_nothing():
    assert not re.findall(r"^[^#\s].*$", text(".env.example"), re.MULTILINE)


def test_example_settings_show_the_defaults():
    for setting, default in known().items():
        if default is not None:
            plain = getattr(default, "get_secret_value", lambda value=default: value)()
            assert given()[setting] == str(plain), setting


@pytest.mark.parametrize("kind", SETTINGS, ids=lambda kind: kind.__name__)
def test_example_settings_are_valid_once_they_are_uncommented(kind, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for setting, value in given().items():
        monkeypatch.setenv(setting, value)
    assert kind()


@pytest.mark.parametrize("path", [".env.example", *map(name, DOCUMENTS)])
def test_every_setting_that_a_document_names_exists(path):
    prefixes = "DATABASE|OFFICES|PACKS|SLACK|TELEGRAM|HTTP|LOG"
    named = re.findall(rf"\b(?:{prefixes})_[A-Z][A-Z_]*\b", text(path))
    assert set(named) <= known().keys()


# Commands


def merged() -> Router:
    router = Router()
    for each in ROUTERS:
        router.include(each)
    return router


def test_chat_commands_are_listed_with_their_help_and_roles():
    listed = [row for row in rows(text(COMMANDS)) if row[0].startswith("`/")]
    assert listed == [
        [f"`/{e.name}`", ", ".join(r for r in Role if r in e.roles) or "everyone", e.help]
        for e in merged().commands.values()
    ]


def command_line() -> dict[str, str]:
    """List the commands of the command line with their help."""

    def walk(command: typer.core.TyperGroup, before: str) -> Iterator[tuple[str, str]]:
        for called, each in command.commands.items():
            if hasattr(each, "commands"):
                yield from walk(each, f"{before} {called}")
                continue
            arguments = [p.name.upper() for p in each.params if p.required]
            yield " ".join([before, called, *arguments]), each.help

    return dict(walk(typer.main.get_command(app), "countersign"))


def test_command_line_is_listed_with_its_help():
    found = [row for row in rows(text(COMMANDS)) if row[0].startswith("`countersign")]
    assert {command.strip("`"): what for command, what in found} == command_line()


@pytest.mark.parametrize("path", [*map(name, DOCUMENTS), "deploy/countersign.service"])
def test_every_command_that_a_document_names_exists(path):
    called = re.findall(
        r"(?:\bbin/countersign|[`]countersign|^countersign) ([a-z]+)", text(path), re.M
    )
    first_words = {shlex.split(each)[1] for each in command_line()}
    assert set(called) <= first_words


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_make_target_that_a_document_names_exists(path):
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    named = re.findall(r"(?:`|^)make ([a-z]+)", path.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= targets


def test_table_of_permissions_is_printed_for_moderators():
    listed = rows(text("docs/how-to/moderate.md").partition("## Who may do what")[2])
    assert listed == [list(row) for row in permissions.table()]


def test_table_of_page_permissions_is_printed_for_leads():
    listed = rows(text("docs/how-to/pages.md").partition("## Who may do what")[2])
    assert listed == [list(row) for row in page_permissions.table()]


def test_everything_that_can_be_changed_of_a_page_is_printed_for_leads():
    told = text("docs/how-to/pages.md").partition("## Change a page")[2].partition("##")[0]
    words = {word for row in rows(told) for word in re.findall(r"`(\w+)`", row[0])}
    assert words == set(page_values.What)


# What is installed


def test_every_dependency_is_explained():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.match(r"[\w-]+", each)[0] for each in wanted}
    assert {row[0] for row in rows(text("docs/dependencies.md"))} == names
