"""An import opens, changes and closes pages. A page keeps its past wherever it goes."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from storage.db import transaction
from storage.models import Office, Page
from tests.office import FISHERIES, OFFICES, TestOffice


def pages(engine: Engine) -> dict[str, tuple[int, str, bool]]:
    with transaction(engine) as db:
        return {page.name: (page.id, page.url, page.active) for page in db.exec(select(Page))}


def without(text: str, start: str) -> str:
    """Leave out the line that begins with these words."""
    kept = [line for line in text.splitlines() if not line.strip().startswith(start)]
    return "\n".join(kept) + "\n"


def test_a_page_that_is_not_in_the_file_any_more_is_closed_and_may_come_back(
    office: TestOffice,
) -> None:
    before, _, page = OFFICES.partition("    pages:")
    gone = before + page[page.index("    directory:") :]
    assert office.imports(gone) == ["Ministry of Works: page Works on Facebook is closed"]
    office.says("amina", "/draft The road is closed on Monday.")
    assert "it is not in the offices file any more" in office.heard("amina")
    assert "│ The road is closed on Monday." in office.heard("amina")
    assert office.imports(OFFICES) == ["Ministry of Works: page Works on Facebook: is open again"]
    assert len(pages(office.engine)) == 1


TWO_PAGES = """\
      - {name: One, kind: x, url: "https://x.example/1"}
      - {name: Two, kind: x, url: "https://x.example/2"}
"""
PAGES = OFFICES.partition("    directory:")[0] + TWO_PAGES


def test_two_pages_may_swap_their_addresses(office: TestOffice) -> None:
    office.imports(PAGES)
    ids = {name: each[0] for name, each in pages(office.engine).items()}
    swapped = PAGES.replace("x.example/1", "z").replace("x.example/2", "x.example/1")
    swapped = swapped.replace('"https://z"', '"https://x.example/2"')
    office.imports(swapped)
    now = pages(office.engine)
    assert now["One"] == (ids["One"], "https://x.example/2", True)
    assert now["Two"] == (ids["Two"], "https://x.example/1", True)
    assert office.imports(swapped) == []


def test_the_address_of_a_closed_page_may_be_used_by_another(office: TestOffice) -> None:
    office.imports(PAGES)
    renamed = without(PAGES, "- {name: Two").replace("x.example/1", "x.example/2")
    office.imports(renamed)
    now = pages(office.engine)
    assert now["One"][1:] == ("https://x.example/2", True)
    assert now["Two"][2] is False
    assert office.imports(renamed) == []


@pytest.mark.parametrize("first", ["Ministry of Works", "Fisheries"])
def test_a_page_may_move_to_another_office_with_its_past(office: TestOffice, first: str) -> None:
    fish = '      - {name: Fish, kind: website, url: "https://fish.example"}\n'
    works = OFFICES.removeprefix("offices:\n")
    both = {"Fisheries": FISHERIES, "Ministry of Works": works}
    order = sorted(both, key=lambda name: name != first)
    office.imports("offices:\n" + "".join(both[name] for name in order))
    number = pages(office.engine)["Fish"][0]

    moved = {
        "Fisheries": FISHERIES.replace(fish, "").replace("    pages:\n", ""),
        "Ministry of Works": works.replace("    directory:", f"{fish}    directory:"),
    }
    text = "offices:\n" + "".join(moved[name] for name in order)
    office.imports(text)
    assert pages(office.engine)["Fish"] == (number, "https://fish.example", True)
    with transaction(office.engine) as db:
        assert db.get_one(Office, db.get_one(Page, number).office_id).name == "Ministry of Works"
    assert office.imports(text) == []


def test_a_start_without_a_time_zone_is_meant_in_the_offices_own(office: TestOffice) -> None:
    start = OFFICES.replace("owner: amina", "owner: amina\n        started: 2026-03-01T09:00:00")
    new = start.replace("name: Works on Facebook", "name: Later").replace("/works", "/later")
    office.imports(new)
    with transaction(office.engine) as db:
        page = db.exec(select(Page).where(Page.name == "Later")).one()
    assert page.started_at == datetime(2026, 3, 1, 3, tzinfo=UTC)
