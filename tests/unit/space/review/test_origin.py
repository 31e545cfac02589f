"""The revision by which a record began, and whose page it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from space.review.model import Content, LedgerEntry, PageHistory, PageRevision
from space.review.origin import (
    MAX_REDIRECTS,
    is_creator,
    unread_beginning,
    with_origin,
)

BEGUN = datetime(2026, 11, 1, tzinfo=UTC)
NEW = LedgerEntry(page=7, kind="post")
REDIRECT = Content(kind=None, values={}, redirect=True)
TEXT = Content(kind="post", values={})


def revision(number: int, content: Content | None = None) -> PageRevision:
    at = BEGUN + timedelta(minutes=number)
    return PageRevision(number, at, f"U{number}", "x", user_id=number, content=content)


def history(*revisions: PageRevision) -> PageHistory:
    return PageHistory(page=7, kind="post", revisions=revisions)


def test_origin_when_a_page_is_new_then_is_its_first_revision() -> None:
    entry = with_origin(history(revision(4), revision(5)), NEW)
    assert entry == replace(
        NEW, creator="U4", creator_id=4, origin=4, created=revision(4).timestamp
    )


def test_origin_when_a_record_is_written_over_redirects_then_is_behind_them() -> None:
    page = history(revision(4, REDIRECT), revision(5, REDIRECT), revision(6, TEXT))
    assert with_origin(page, NEW).origin == 6


def test_origin_when_its_account_is_renamed_then_names_it_as_now() -> None:
    entry = with_origin(history(revision(4), revision(5)), NEW)
    renamed = replace(revision(4), user="Zoe")
    assert with_origin(history(renamed, revision(5)), entry).creator == "Zoe"


@pytest.mark.parametrize("left", [(), (5, 6)])
def test_origin_when_it_is_deleted_then_the_page_stays_its_creators(
    left: tuple[int, ...],
) -> None:
    page = history(*map(revision, left))
    known = with_origin(history(revision(4), revision(5)), NEW)
    assert with_origin(page, known) == known
    old = replace(known, origin=0, creator_id=0)  # before origins were kept
    assert with_origin(page, old) == old


def test_origin_when_an_entry_has_none_but_its_first_revision_then_is_that() -> None:
    page = history(revision(4), revision(5))
    known = with_origin(page, NEW)
    assert with_origin(page, replace(known, origin=0, creator_id=0)) == known


def test_beginning_when_a_page_has_one_revision_then_needs_no_text() -> None:
    assert unread_beginning(history(revision(4)), NEW) == frozenset()
    assert unread_beginning(history(), NEW) == frozenset()


def test_beginning_when_the_first_text_is_a_redirect_then_needs_a_few_more() -> None:
    later = [revision(number) for number in range(5, 50)]
    assert unread_beginning(history(revision(4), *later), NEW) == {4}
    wanted = unread_beginning(history(revision(4, REDIRECT), *later), NEW)
    assert wanted == {each.id for each in later[:MAX_REDIRECTS]}
    hidden = replace(later[0], text_hidden=True)
    page = history(revision(4, REDIRECT), hidden, revision(6))
    assert unread_beginning(page, NEW) == {6}


def test_beginning_when_the_origin_is_known_then_needs_no_text() -> None:
    page = history(revision(4), revision(5))
    assert unread_beginning(page, with_origin(page, NEW)) == frozenset()


@pytest.mark.parametrize(
    ("creator_id", "name", "user_id", "expected"),
    [
        (7, "Ann", 7, True),
        (7, "Ann, renamed", 7, True),
        (7, "Ann", 8, False),  # somebody took the old name
        (7, "Ann", 0, False),
        (0, "Ann", 8, False),
        (0, "Ann", 0, True),  # no account
        (0, "Bob", 0, False),
        (7, None, 7, False),
    ],
)
def test_creator_when_the_origin_is_known_goes_by_the_account(
    creator_id: int, name: str | None, user_id: int, *, expected: bool
) -> None:
    entry = replace(NEW, origin=4, creator="Ann", creator_id=creator_id)
    assert is_creator(entry, name, user_id) is expected


def test_creator_when_the_origin_is_not_known_goes_by_the_name() -> None:
    entry = replace(NEW, creator="Ann")
    assert is_creator(entry, "Ann", 8)
    assert not is_creator(entry, "Bob", 8)


def test_creator_when_a_revision_was_imported_is_nobody_here() -> None:
    entry = replace(NEW, origin=4, creator="w>Ann")
    assert not is_creator(entry, "w>Ann", 0)


def test_creator_when_the_name_is_hidden_is_nobody() -> None:
    assert not is_creator(replace(NEW, origin=4), "Ann", 0)
