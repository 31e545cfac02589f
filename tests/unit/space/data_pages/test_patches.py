"""Data pages of changed pages alone: what making all of them anew would give."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from space.data_pages import pages as module
from space.data_pages import patches
from space.data_pages.pages import (
    Entry,
    GroupedPages,
    Pages,
    grouped_pages,
    packed,
    stored_size,
)
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


def all_pages(found: Iterable[Entry]) -> GroupedPages:
    """The family with one group."""
    return grouped_pages("Bot", "Things", "things", {"a": in_order(found)})


def patched(
    places: Places, before: Pages, changed: Collection[int], new: list[Entry]
) -> Pages:
    def read(titles: Collection[str]) -> Pages:
        return {title: before[title] for title in titles if title in before}

    groups = {"a": new} if new else {}
    return patch_family(places, read, changed, groups, in_order)


@given(entries, entries, st.sets(st.integers(1, 30)))
def test_patch_whatever_changes_leaves_the_pages_that_making_all_of_them_gives(
    before: list[Entry], after: list[Entry], gone: set[int]
) -> None:
    new = after[:3]
    changed = gone | {entry["id"] for entry in new}
    with room_for_few():
        old = all_pages(before)
        places = Places.of(FAMILY, old)
        all_of_them = [*(e for e in before if e["id"] not in changed), *new]
        found = {**old, **patched(places, old, changed, new)}
        wanted = all_pages(all_of_them)
    emptied = {t: {"schema": 1, "things": []} for t in old.keys() - wanted.keys()}
    assert found == {**wanted, **emptied}
    assert places == replace(
        Places.of(FAMILY, wanted), octets=dict.fromkeys(emptied, 0) | wanted.octets
    )


def test_patch_when_one_entry_changes_measures_that_and_the_one_after_its_part() -> (
    None
):
    before = [{"id": number, "at": number, "text": "x" * 20} for number in range(90)]
    with (
        room_for_few(),
        patch.object(patches, "packed", wraps=packed) as packing,
        patch.object(patches, "stored_size", wraps=stored_size) as measuring,
    ):
        old = all_pages(before)
        (first, after), places = parts_at(old, 3), Places.of(FAMILY, old)
        entry = first[1]
        changed = {**entry, "text": "y" * 20}
        found = patched(places, old, {entry["id"]}, [changed])
    asked = [call.args[0]["id"] for call in measuring.call_args_list]
    assert asked.count(entry["id"]) == len(("before", "now"))
    assert after[0]["id"] in asked
    assert len(asked) <= len(old) + 1  # of other parts only the entry after each
    assert [list(call.args[0]) for call in packing.call_args_list] == [[]]
    assert len(found) == len(("the part", "the index"))


@contextmanager
def room_for_few() -> Iterator[None]:
    """Pages that have room for a few entries."""
    with (
        patch.object(module, "MAX_BYTES", ROOM),
        patch.object(patches, "MAX_BYTES", ROOM),
    ):
        yield


def parts_at(pages: Pages, number: int) -> tuple[list[Entry], list[Entry]]:
    """The entries of a part, and those of the next."""
    here, after = FAMILY.titles("a", number + 1)[-2:]
    return pages[here]["things"], pages[after]["things"]
