import json
from dataclasses import replace
from datetime import date, timedelta

from space.data_pages.queue import MOST_PAIRS, MOST_ROWS, queue_pages
from space.review.queue import Row, Section
from tests.support.review.queue_row import FULL_ROW, NOW

FOLDER = "User:SpaceBot/Space"
TODAY = date(2026, 11, 23)
EMPTY = Row(1, "post", "Space/Blog/A", "A", NOW, Section.REFUSED, edits=0)


def test_page_when_a_row_has_everything_names_no_address() -> None:
    pages = queue_pages(FOLDER, [FULL_ROW, EMPTY], TODAY, 3)
    assert list(pages) == [f"{FOLDER}/Queue.json"]
    page = pages[f"{FOLDER}/Queue.json"]
    assert "secret" not in json.dumps(page).casefold()
    full, empty = page.pop("rows")
    assert page == {
        "schema": 1,
        "parts": 1,
        "waiting": 1,
        "late": 0,
        "promised_days": 3,
        "counts": [{"kind": "event", "count": 1}],
    }
    assert full == {
        "id": 12,
        "page": "Space/Events/X",
        "kind": "event",
        "name": "Ünïcode & <b>",
        "section": "soon",
        "begins": "2026-11-22",
        "mode": "hybrid",
        "country": "NZ",
        "rev": 34,
        "since": "2026-11-22T12:00Z",
        "published": 30,
        "corrected": ["start"],
        "languages": ["en", "mi"],
        "author": "Ann",
        "edits": 100,
        "earlier": 2,
        "first": True,
        "again": True,
        "fixed": True,
        "problems": ["image_alt"],
        "missing": ["summary"],
        "spam": 1,
        "like": {"id": 7, "page": "Space/Events/Y"},
        "asks_again": ["Pavati"],
        "refused": [
            {
                "verdict": "approve",
                "flaw": "unclear-rev",
                "account": "Pavati",
                "by": "Pavati",
                "at": "2026-11-22T12:00Z",
            }
        ],
    }
    assert empty == {
        "id": 1,
        "page": "Space/Blog/A",
        "kind": "post",
        "name": "A",
        "section": "refused",
        "since": "2026-11-22T12:00Z",
        "edits": 0,
    }


def test_page_when_one_account_floods_the_queue_has_one_row_for_it() -> None:
    flood = [
        replace(
            FULL_ROW, page=n, title=f"E{n}", published_revision=None, pending_since=NOW
        )
        for n in range(1, 2001)
    ]
    page = queue_pages(FOLDER, flood, TODAY, 0)[f"{FOLDER}/Queue.json"]
    (row,) = page["rows"]
    assert (page["waiting"], page["late"], row["flood"]) == (2000, 2000, 2000)
    assert row["pages"][0] == {"id": 1, "page": "E1"}
    assert len(row["pages"]) == 20


def test_pages_when_the_queue_is_long_are_parts_that_lua_reads_well() -> None:
    rows = [
        replace(
            FULL_ROW, page=n, author=f"A{n}", pending_since=NOW + timedelta(minutes=n)
        )
        for n in range(1, 2001)
    ]
    pages = queue_pages(FOLDER, rows, TODAY, 3)
    assert len(pages) > 1
    *_, first = pages
    assert first == f"{FOLDER}/Queue.json"
    assert pages[first]["parts"] == len(pages)
    order = [first, *(f"{FOLDER}/Queue/{n}.json" for n in range(2, len(pages) + 1))]
    assert [row["id"] for title in order for row in pages[title]["rows"]] == [
        row.page for row in rows
    ]
    for page in pages.values():
        stored = json.dumps(page, ensure_ascii=False, indent=4)
        assert len(stored.encode()) < 256 * 1024


def test_pages_when_nothing_waits_are_one_empty_page() -> None:
    (page,) = queue_pages(FOLDER, [], TODAY, 3).values()
    assert (page["waiting"], page["rows"], page["parts"]) == (0, [], 1)
    assert MOST_ROWS > 2000


def test_page_when_events_are_announced_twice_has_their_ids_and_not_too_many() -> None:
    pairs = [(4_000_000_000 + n, 4_200_000_000 + n) for n in range(MOST_PAIRS + 1)]
    (page,) = queue_pages(FOLDER, [], TODAY, 3, pairs).values()
    assert page["pairs"] == [list(pair) for pair in pairs[:MOST_PAIRS]]
