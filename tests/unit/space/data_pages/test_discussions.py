"""The data pages about discussions."""

import json
from datetime import UTC, datetime, timedelta

from space.data_pages.discussions import talk_data_pages
from space.data_pages.pages import MAX_BYTES
from space.publication.discussion import Talked, ThreadRow
from tests.support.feeds.publications import event, post

FOLDER = "User:SpaceBot/Space"
START = datetime(2026, 11, 1, 10, tzinfo=UTC)


def row(number: int, page_id: int = 12, title: str = "Trains") -> ThreadRow:
    return ThreadRow(
        id=f"h-{title}-{number}",
        title=title,
        talk_id=page_id + 1000,
        talk_title="Talk:X",
        page_id=page_id,
        page_title="X",
        subject="Photo walk" if page_id == 12 else "",
        kind="event" if page_id == 12 else "question",
        author="Ann",
        begun=START,
        active=START + timedelta(minutes=number),
        comments=2,
        people=2,
        answered=True,
        archived=False,
        aside=False,
    )


def test_pages_when_made_have_threads_by_newest_comment_and_counts_by_block() -> None:
    talked = {12: Talked(3, START), 99: Talked(1, START), 100: Talked(2, START)}
    published = {12: event(12, topics=("glam",), languages=("fr",)), 13: post(13)}
    rows = [row(1), row(2, 90, "How"), row(1)]
    pages = talk_data_pages(FOLDER, rows, published, talked)
    assert list(pages) == [
        f"{FOLDER}/Talk/0.json",
        f"{FOLDER}/Talk/1.json",
        f"{FOLDER}/Talk.json",
    ]
    assert pages[f"{FOLDER}/Talk/0.json"]["pages"] == {
        "p12": {"comments": 3, "active": "2026-11-01T10:00Z"},
        "p99": {"comments": 1, "active": "2026-11-01T10:00Z"},
    }
    index = pages[f"{FOLDER}/Talk.json"]
    first, second = index["threads"]
    assert (first["title"], first["kind"], first["about"]) == ("How", "question", 90)
    assert (second["subject"], second["topics"]) == ("Photo walk", ["glam"])
    assert second["languages"] == ["fr"]


def test_pages_when_made_name_nobody_and_quote_nothing() -> None:
    pages = talk_data_pages(FOLDER, [row(1)], {}, {})
    text = json.dumps(pages)
    assert "Ann" not in text
    assert "Olu" not in text


def test_pages_when_titles_are_long_fit_their_size() -> None:
    rows = [row(number, title=f"{number}" + "ж<&>" * 400) for number in range(300)]
    page = talk_data_pages(FOLDER, rows, {}, {})[f"{FOLDER}/Talk.json"]
    stored = json.dumps(page, ensure_ascii=False, indent=4).encode()
    assert len(stored) < MAX_BYTES
    assert page["threads"][0]["title"].startswith("299")
    assert len(page["threads"]) > 10


def test_pages_when_nobody_talks_are_one_empty_list() -> None:
    assert talk_data_pages(FOLDER, [], {}, {}) == {
        f"{FOLDER}/Talk.json": {"schema": 1, "threads": []}
    }
