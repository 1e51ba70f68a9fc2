"""The recipes of CONTRIBUTING.md work as they stand."""

import re
import textwrap

from handlers import queue
from handlers.router import Router
from policy import library
from policy.rules import Post, review
from tests.documents import text

PACK = """
pack: mine
version: "2026-01-01"
title: Mine
rules:
"""


def recipes(language: str = "python") -> list[str]:
    """Return the pieces of code in CONTRIBUTING.md: job, its test, feature, its test."""
    found = re.findall(rf"(?ms)^ *```{language}\n(.*?)^ *```", text("CONTRIBUTING.md"))
    return [textwrap.dedent(piece) for piece in found]


def test_recipe_of_a_rule_works(tmp_path):
    (rule,) = recipes("yaml")
    (tmp_path / "mine.yaml").write_text(PACK + rule, "utf-8")
    rules = library.load(("mine",), tmp_path)
    (finding,) = review(Post("Click here for the form."), rules)
    assert finding.say.startswith("“Click here” says nothing")


def test_recipe_of_a_job_works(office):
    job, test, _, _ = recipes()
    names = {**vars(queue), "router": Router()}
    exec(job + test, names)
    assert "tell_lead_what_waits" in names["router"].jobs
    names["test_lead_hears_once_a_day_what_waits"](office)


def test_recipe_of_a_feature_works(office):
    _, _, feature, test = recipes()
    names: dict[str, object] = {}
    exec(feature, names)
    office.dispatcher.router.include(names["router"])
    exec(test, names)
    tests = [value for called, value in names.items() if called.startswith("test_")]
    assert len(tests) == 2
    for each in tests:
        each(office)
