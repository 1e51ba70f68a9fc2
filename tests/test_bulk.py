"""Checking in bulk: one JSON object in, one out, whatever the line holds."""

import json

import pytest

from policy.bulk import LONGEST_LINE, check_line, replies, written

CARD = "Use card 4111 1111 1111 1111 today"


def answer(line: object, *packs: str) -> dict[str, object]:
    given = line if isinstance(line, bytes) else json.dumps(line).encode()
    return check_line(given, packs)


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
            "attachments": [{"type": "image", "alt": "A red car", "dpi": 72}],
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
        (b"", None, "not a JSON object"),
        (b"{", None, "not a JSON object"),
        (b"[1]", None, "one JSON object"),
        (b"[" * 100_000, None, "not a JSON object"),
        (b"1" * 5_000, None, "not a JSON object"),
        (b'"' + b"a" * LONGEST_LINE, None, "more than 2,000,000 bytes"),
        ({"id": 1.5, "text": "a"}, None, "id"),
        ({"id": "x", "text": None}, "x", "text: Input should be a valid string"),
        ({"id": "x", "text": "a", "lang": 1}, "x", "lang: Input should be a valid string"),
        ({"id": "x", "text": "a", "context": 1}, "x", "context: Input should be"),
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


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "x", "text": "4111 1111 1111 1111"}',
        b'\xef\xbb\xbf{"id": "x", "text": "4111 1111 1111 1111"}\r\n',
        b' {"text": "4111 1111 1111 1111", "id": "x", "platform": "x", "other": [1e999]} ',
        b'{"id": "x", "text": "4111 1111 1111 1111", "other": NaN}',
        b'{"id": "x", "text": "4111 1111 1111 1111", "packs": null, "context": {}}',
        b'{"id": "x", "text": "4111 1111 1111 1111", "context": {"region": null}}',
    ],
)
def test_a_line_may_be_written_in_many_ways(line):
    [found] = check_line(line)["findings"]
    assert (found["start"], found["end"]) == (0, 19)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (b"\\ud800 4111 1111 1111 1111", 2),
        (b"\\ud83d\\ude00 4111 1111 1111 1111", 2),
        (b"\xff\xfe 4111 1111 1111 1111", 3),
        ("\u09df 4111 1111 1111 1111".encode(), 2),
    ],
)
def test_characters_go_in_and_out_as_they_were(text, start):
    answer = check_line(b'{"id": "%s", "text": "%s"}' % (text, text))
    assert answer["findings"][0]["start"] == start
    given = json.loads(b'{"id": "%s"}' % text.replace(b"\xff\xfe", "��".encode()))
    assert json.loads(written(answer))["id"] == given["id"]


@pytest.mark.parametrize("id", [0, -1, 2**53 + 1, 2**64, 10**30, "", "x" * 1000])
def test_an_id_comes_back_as_it_was(id):
    assert json.loads(written(answer({"id": id, "text": "a"}))) == {"id": id, "findings": []}


def test_lines_are_answered_together():
    lines = [b'{"id": 1, "text": "Fine."}', b"?", b'{"id": 2, "text": "Fine."}']
    answers, fine = replies(lines)
    assert [json.loads(line)["id"] for line in answers.splitlines()] == [1, None, 2]
    assert not fine
    assert replies(lines[:1])[1]
