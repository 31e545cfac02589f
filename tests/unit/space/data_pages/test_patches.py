"""Data pages of changed pages alone: what making all of them anew would give."""

from collections.abc import Collection, Iterable
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from space.data_pages import pages as module
from space.data_pages import patches
from space.data_pages.pages import Entry, Pages, parts_of
from space.data_pages.patches import Family, Places, patch_family

FAMILY = Family("Bot", "Things", "things")
ROOM = 400  # octets of a page, which has a few entries

entries = st.lists(
    st.builds(
        lambda number, place, more: {"id": number, "at": place, "text": "x" * more},
        st.integers(1, 30),
        st.integers(0, 9),
        st.integers(0, 80),
    ),
    unique_by=lambda entry: entry["id"],
    max_size=25,
)


def in_order(found: Iterable[Entry]) -> list[Entry]:
    return sorted(found, key=lambda entry: (entry["at"], entry["id"]))


def all_pages(found: Iterable[Entry]) -> Pages:
    """The family with one group."""
    parts = list(parts_of(in_order(found)))
    titles = FAMILY.titles("a", len(parts))
    rows = [
        {"key": "a", "part": number, "count": len(part)}
        for number, part in enumerate(parts, 1)
    ]
    pages: dict[str, Any] = {
        title: {"schema": 1, "things": part}
        for title, part in zip(titles, parts, strict=True)
    }
    return {**pages, FAMILY.index: {"schema": 1, "parts": rows}}


def patched(before: Pages, changed: Collection[int], new: list[Entry]) -> Pages:
    def read(titles: Collection[str]) -> Pages:
        return {title: before[title] for title in titles if title in before}

    groups = {"a": new} if new else {}
    return patch_family(Places.of(FAMILY, before), read, changed, groups, in_order)


@given(entries, entries, st.sets(st.integers(1, 30)))
def test_patch_whatever_changes_leaves_the_pages_that_making_all_of_them_gives(
    before: list[Entry], after: list[Entry], gone: set[int]
) -> None:
    new = after[:3]
    changed = gone | {entry["id"] for entry in new}
    with patch.object(module, "MAX_BYTES", ROOM):
        old = all_pages(before)
        all_of_them = [*(e for e in before if e["id"] not in changed), *new]
        found = {**old, **patched(old, changed, new)}
        wanted = all_pages(all_of_them)
    emptied = {t: {"schema": 1, "things": []} for t in old.keys() - wanted.keys()}
    assert found == {**wanted, **emptied}


def test_patch_when_one_entry_changes_measures_no_entry_of_other_pages() -> None:
    before = [{"id": number, "at": number, "text": "x" * 20} for number in range(90)]
    with (
        patch.object(module, "MAX_BYTES", ROOM),
        patch.object(patches, "parts_of", wraps=parts_of) as packing,
    ):
        old = all_pages(before)
        entry = old[FAMILY.titles("a", 9)[-1]]["things"][1]
        found = patched(old, {entry["id"]}, [{**entry, "text": "y" * 20}])
    assert packing.call_count == 1
    assert len(found) == len(("the part", "the index"))
