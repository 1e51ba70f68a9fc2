"""Checking in bulk: one JSON object in, one out, whatever the line holds."""

import json

import pytest

from policy.bulk import check_line

CARD = "Use card 4111 1111 1111 1111 today"


def answer(line: object, *packs: str) -> dict[str, object]:
    return check_line(line if isinstance(line, str) else json.dumps(line), packs)


def test_a_finding_goes_out_with_its_place():
    [found] = answer({"id": "x1", "text": CARD})["findings"]
    assert {key: found[key] for key in ("rule", "severity", "start", "end", "found", "kind")} == {
        "rule": "bank-or-card-number",
        "severity": "block",
        "start": 9,
        "end": 28,
        "found": "4111 1111 1111 1111",
        "kind": "card",
    }
    assert found["say"].startswith("“4111 1111 1111 1111” looks like")
    assert found["pack"] == "common@2026-11-20"


def test_a_finding_about_the_whole_post_has_no_place():
    [found] = answer({"id": "x1", "text": "DO NOT MISS YOUR TAX DEADLINE"})["findings"]
    assert "start" not in found
    assert "end" not in found


def test_a_clean_post_has_no_findings():
    assert answer({"id": 7, "text": "The road is open."}) == {"id": 7, "findings": []}


def test_what_is_known_about_a_post_counts():
    line = {
        "id": "x",
        "text": "Call 01812-345678. My new car!",
        "packs": ["bd"],
        "purpose": "event",
        "platform": "facebook",
        "lang": "en",
        "channel": "something else",
        "context": {
            "account": "official",
            "now": "2026-03-02T09:00:00+06:00",
            "author_role": "author",
            "directory": ["01812345678"],
            "attachments": [{"type": "image", "alt": ""}],
            "jurisdiction": "bd",
        },
    }
    assert answer(line) == {"id": "x", "findings": []}


def test_the_packs_of_a_line_come_before_those_of_the_run():
    line = {"id": "x", "text": "The road is open."}
    assert answer(line, "bd")["findings"]
    assert not answer(line | {"packs": ["uk"]}, "bd")["findings"]


def test_null_is_the_same_as_nothing():
    line = {"id": "x", "text": "a", "platform": None, "packs": None, "context": None, "lang": None}
    assert answer(line) == {"id": "x", "findings": []}


@pytest.mark.parametrize(
    ("line", "id", "said"),
    [
        ("", None, "not a JSON object"),
        ("{", None, "not a JSON object"),
        ("[1]", None, "one JSON object"),
        ("[" * 100_000, None, "not a JSON object"),
        ({"id": "x"}, "x", "text: Field required"),
        ({"text": "a"}, None, "id: Field required"),
        ({"id": "x", "text": 5}, "x", "text: Input should be a valid string"),
        ({"id": "x", "text": "a", "packs": ["mars"]}, "x", "there is no pack 'mars'"),
        ({"id": "x", "text": "a", "context": {"now": "soon"}}, "x", "context.now"),
        ({"id": {}, "text": "a"}, None, "id"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line, id, said):
    result = answer(line)
    assert result["id"] == id
    assert said in str(result["error"])


def test_half_a_character_goes_in_and_out_as_it_was():
    line = '{"id": "x", "text": "\\ud800 4111 1111 1111 1111"}'
    [found] = check_line(line)["findings"]
    assert (found["start"], found["end"]) == (2, 21)
    assert json.loads(json.dumps(check_line(line)))["id"] == "x"
