"""A mistake in offices.yaml names its line, and says what was expected."""

from pathlib import Path

import pytest

from policy.documents import DocumentError
from storage import office_file

GOOD = """\
offices:
  - name: Ministry of Works
    timezone: Asia/Dhaka
    country: BD
    packs: [bd]
    moderators: {platform: slack, chat: C0MODERATE}
    quorum: {needed: 2}
    ladder: [4h, 8h, 16h, 40h]
    hours: "09:00-17:00"
    days:
      add: [2026-12-31]
      strike: [2026-12-12]
    people:
      - {name: Author One, roles: [author], slack: U0AUTHOR, telegram: "1001"}
      - {name: Bo, roles: [moderator], slack: U0BO}
      - {name: Chen, roles: [moderator, senior], slack: U0CHEN, telegram: "1003"}
      - {name: Dara, roles: [moderator], telegram: "1004"}
    pages:
      - {name: Facebook, kind: facebook, url: "https://facebook.example/works", owner: Author One}
      - name: Works on X
        kind: x
        url: "https://x.example/works"
        week_start: friday
        updates_per_week: 3
    directory: ["+8802223380000"]
  - name: Fisheries
    timezone: Pacific/Apia
    country: WS
    moderators: {platform: telegram, chat: "-100200"}
    people:
      - {name: Author One, roles: [author], slack: U0AUTHOR, telegram: "1001"}
      - {name: Eti, roles: [moderator], telegram: "2002"}
    pages:
      - {name: Fish, kind: website, url: "https://fish.example"}
"""
SECOND_X = '{name: Works on X, kind: x, url: "https://x.example/two"}'
# What is changed in the good file, the line that must be named, and what must be said about it.
MISTAKES = [
    # Unknown and missing
    ("timezone: Asia/Dhaka", "timezome: Asia/Dhaka", 3, "offices[0].timezome", "'timezone'"),
    ("\n    timezone: Asia/Dhaka", "", 2, "offices[0].timezone", "missing"),
    ("kind: x\n", "kind: x\n        color: red\n", 22, "offices[0].pages[1].color", "unknown"),
    ("quorum: {needed: 2}", "quorum: {neded: 2}", 7, "offices[0].quorum.neded", "'needed'"),
    ("slack: U0BO}", "slak: U0BO}", 15, "offices[0].people[1].slak", "'slack'"),
    # Values that cannot be
    ("Asia/Dhaka", "Asia/Daka", 3, "offices[0].timezone", "Asia/Dhaka"),
    ("country: BD", "country: Bangladesh", 4, "offices[0].country", "two capitals"),
    ("country: BD", "country: BD\n    subdivision: A", 5, "offices[0].subdivision", "leave"),
    ("packs: [bd]", "packs: [db]", 5, "offices[0].packs[0]", "bd"),
    ("packs: [bd]", "packs: []", 5, "offices[0].packs", "at least 1"),
    ("platform: slack,", "platform: teams,", 6, "offices[0].moderators.platform", "'slack'"),
    ("chat: C0MODERATE", "chat: '#mods'", 6, "offices[0].moderators", "channel ID"),
    ('chat: "-100200"', 'chat: "@fish"', 29, "offices[1].moderators", "number"),
    ("{needed: 2}", "{needed: 4}", 7, "offices[0].quorum.needed", "1 to 3"),
    ("{needed: 2}", "{needed: 0}", 7, "offices[0].quorum.needed", "greater than or equal to 1"),
    ("[4h, 8h, 16h, 40h]", "[4h, 8h, 40h]", 8, "offices[0].ladder", "four steps"),
    ("[4h, 8h, 16h, 40h]", "[4h, 8h, 8h, 40h]", 8, "offices[0].ladder", "comes later"),
    ("[4h, 8h, 16h, 40h]", "[4h, 8h, 2d, 40h]", 8, "offices[0].ladder", "hours or minutes"),
    ("[4h, 8h, 16h, 40h]", "[4h, 8h, soon, 40h]", 8, "offices[0].ladder", "“soon”"),
    ('"09:00-17:00"', '"9 to 5"', 9, "offices[0].hours", "09:00-17:00"),
    ('"09:00-17:00"', '"17:00-09:00"', 9, "offices[0].hours", "within one day"),
    ("[2026-12-31]", "[2026-02-30]", 11, "", "2026-02-30"),
    ("[2026-12-31]", "[2026-12-12]", 10, "offices[0].days", "added and struck"),
    ("roles: [author]", "roles: [writer]", 14, "offices[0].people[0].roles[0]", "'author'"),
    ("roles: [author]", "roles: []", 14, "offices[0].people[0].roles", "at least 1"),
    ('telegram: "1001"', "telegram: 1001", 14, "offices[0].people[0].telegram", "quotes"),
    ('telegram: "1001"', 'telegram: "@one"', 14, "offices[0].people[0].telegram", "/me"),
    ("slack: U0BO}", "slack: bo}", 15, "offices[0].people[1].slack", "member ID"),
    ("name: Bo,", "name: '',", 15, "offices[0].people[1].name", "a name"),
    (", slack: U0BO}", "}", 15, "offices[0].people[1]", "no account"),
    ("owner: Author One}", "owner: Author One, languages: [xx]}", 19,
     "offices[0].pages[0].languages[0]", "a language that I know"),
    ("kind: facebook", "kind: facebok", 19, "offices[0].pages[0].kind", "facebook"),
    ("kind: x\n", "kind: fax machine\n", 21, "offices[0].pages[1].kind", "choose from"),
    ("https://facebook.example/works", "facebook.example", 19, "offices[0].pages[0].url", "whole"),
    ("https://x.example/works", "ftp://x.example/w", 22, "offices[0].pages[1].url", "whole"),
    ("week_start: friday", "week_start: freitag", 23, "offices[0].pages[1].week_start", "'friday'"),
    ("per_week: 3", "per_week: -1", 24, "offices[0].pages[1].updates_per_week", "equal to 0"),
    ("per_week: 3", "per_week: many", 24, "offices[0].pages[1].updates_per_week", "integer"),
    ('["+8802223380000"]', "[+8802223380000]", 25, "offices[0].directory[0]", "quotes"),
    # What does not fit together
    ("slack: U0BO}", "slack: U0BO, deputy: Bo}", 15, "offices[0].people[1].deputy", "themself"),
    ("slack: U0BO}", "slack: U0BO, deputy: Chan}", 15, "offices[0].people[1].deputy", "“Chen”?"),
    ("slack: U0BO}", "slack: U0BO, deputy: Eti}", 15, "offices[0].people[1].deputy",
     "not among the people"),
    ("strike: [2026-12-12]", "part: {2026-12-31: '09:00-12:00'}", 10, "offices[0].days",
     "given hours at once"),
    ("strike: [2026-12-12]", "part: {2026-12-24: '12:00-09:00'}", 12,
     "offices[0].days.part.2026-12-24", "end before they begin"),
    ("name: Bo,", "name: Chen,", 16, "offices[0].people[2].name", "second time"),
    ("slack: U0BO}", "slack: U0CHEN}", 16, "offices[0].people[2].slack", "Bo already"),
    ("owner: Author One", "owner: Autor One", 19, "offices[0].pages[0].owner", "“Author One”?"),
    ("owner: Author One", "owner: Zz", 19, "offices[0].pages[0].owner", "not among the people"),
    ("    directory:", f"      - {SECOND_X}\n    directory:", 25, "offices[0].pages[2].name",
     "second time"),
    ("https://fish.example", "https://x.example/works/", 34, "offices[1].pages[0].url",
     "Works on X"),
    ("- name: Fisheries", "- name: Ministry of Works", 26, "offices[1].name", "second time"),
    ('Eti, roles: [moderator], telegram: "2002"', 'Di, roles: [moderator], telegram: "1004"',
     32, "offices[1].people[1].telegram", "Dara"),
    ('Eti, roles: [moderator], telegram: "2002"',
     'Chen, roles: [moderator], slack: U9, telegram: "1003"',
     32, "offices[1].people[1].slack", "U0CHEN"),
    # Not a file of offices at all
    ("offices:\n", "offices:\n\t- name: x\n", 2, "", "not YAML"),
    ("{needed: 2}", "{needed: 2", 8, "", "not YAML"),
    ("country: BD", "country: BD\n    country: BD", 5, "offices[0].country", "twice"),
    ("country: BD", "country: &here BD", 4, "", "anchors"),
    (GOOD, "", 1, "", "empty"),
    (GOOD, "# nothing yet\n", 1, "", "empty"),
    (GOOD, "offices: []\n", 1, "offices", "at least 1"),
    (GOOD, "offices:\n", 1, "offices", "list"),
    (GOOD, "- one\n", 1, "", "keys with values"),
]  # fmt: skip


def test_a_file_that_says_all_it_can_is_read() -> None:
    file = office_file.parse(GOOD)
    works, fish = file.offices
    assert (works.panel_size(), fish.panel_size()) == (3, 1)
    assert list(works.people[2].accounts()) == [("slack", "U0CHEN"), ("telegram", "1003")]
    assert (fish.packs, fish.hours, fish.quorum.needed) == (["common"], "09:00-17:00", None)
    assert works.pages[1].week_start == "friday"


@pytest.mark.parametrize(("old", "new", "line", "path", "said"), MISTAKES)
def test_a_mistake_names_its_line_and_what_was_expected(
    old: str, new: str, line: int, path: str, said: str
) -> None:
    assert old in GOOD
    with pytest.raises(DocumentError) as caught:
        office_file.parse(GOOD.replace(old, new, 1))
    where = f"offices.yaml line {line}: {path}"
    assert [m for m in str(caught.value).splitlines() if m.startswith(where) and said in m]


def test_all_mistakes_are_said_at_once() -> None:
    text = GOOD.replace("Asia/Dhaka", "Mars").replace("kind: x\n", "kind: y\n")
    with pytest.raises(DocumentError) as caught:
        office_file.parse(text.replace("slack: U0BO}", "slack: bo}"))
    lines = [mistake.partition(":")[0] for mistake in str(caught.value).splitlines()]
    assert lines == ["offices.yaml line 3", "offices.yaml line 15", "offices.yaml line 21"]


@pytest.mark.parametrize("size", [1, 3, 4, 5])
def test_a_panel_may_have_one_or_three_to_five_moderators(size: int) -> None:
    office_file.parse(_panel_of(size))


@pytest.mark.parametrize("size", [0, 2, 6, 7])
def test_other_panels_are_refused(size: int) -> None:
    with pytest.raises(DocumentError, match=f"line 6: .*this one has {size}"):
        office_file.parse(_panel_of(size))


def _panel_of(size: int) -> str:
    return (
        "offices:\n  - name: W\n    timezone: UTC\n    country: GB\n"
        "    moderators: {platform: slack, chat: C1}\n    people:\n"
        "      - {name: A, roles: [author], slack: U1}\n"
        + "".join(
            f"      - {{name: M{n}, roles: [moderator], slack: U9{n}}}\n" for n in range(size)
        )
    )


@pytest.mark.parametrize(
    ("content", "said"), [(None, "cannot be read"), (b"offices: \xff", "cannot be read")]
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "mine.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DocumentError, match=f"mine.yaml: {said}"):
        office_file.read(path)


def test_the_shipped_example_is_right() -> None:
    assert office_file.read(Path(__file__).parents[1] / "deploy" / "offices.yaml").offices
