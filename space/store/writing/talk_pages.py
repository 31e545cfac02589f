"""Writing the threads of talk pages."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Connection, and_, delete, insert, select, update

from space.publication.discussion import TalkPageRow
from space.store.tables.tables import TALK, comments, talk_pages, threads
from space.store.tables.talk_rows import interest_rows, rows_of
from space.wiki.threads import Thread, talk_only


def put_talk(
    connection: Connection, page: TalkPageRow, page_threads: Iterable[Thread]
) -> None:
    """Store a talk page's threads in place of those it had."""
    stored = tuple(page_threads)
    thread_rows, comment_rows = rows_of(page, talk_only(stored))
    comment_rows += interest_rows(page, stored, len(comment_rows))
    owners = _owners(connection, [page.talk_id])
    _remove(connection, [page.talk_id])
    connection.execute(insert(talk_pages), [asdict(page)])
    for table, rows in ((threads, thread_rows), (comments, comment_rows)):
        if rows:
            connection.execute(insert(table), rows)
    _mark_copies(connection, owners | {page.page_id})


def remove_talk(connection: Connection, talk_ids: Iterable[int]) -> None:
    """Remove talk pages with their threads."""
    ids = list(talk_ids)
    owners = _owners(connection, ids)
    _remove(connection, ids)
    _mark_copies(connection, owners)


def set_aside(connection: Connection, blocked: Iterable[str]) -> bool:
    """Mark the threads in which only these accounts wrote; unmark all others.

    Returns whether that changed any mark.
    """
    names = sorted(set(blocked))
    alone = and_(threads.c.answered == 0, threads.c.author.in_(names))
    changed = 0
    for condition, value in ((~alone, 0), (alone, 1)):
        changed += connection.execute(
            update(threads)
            .where(condition, threads.c.aside != value)
            .values(aside=value)
        ).rowcount
    return changed > 0


def _owners(connection: Connection, talk_ids: Iterable[int]) -> set[int]:
    query = select(talk_pages.c.page_id).where(talk_pages.c.talk_id.in_(list(talk_ids)))
    return set(connection.scalars(query))


def _remove(connection: Connection, talk_ids: Iterable[int]) -> None:
    ids = list(talk_ids)
    for table in TALK:
        connection.execute(delete(table).where(table.c.talk_id.in_(ids)))


def _mark_copies(connection: Connection, owners: Iterable[int]) -> None:
    """Of threads that several pages of one talk have, show the longest, then newest.

    So one that is being archived, and stands on two pages for a while, is one.
    """
    own = threads.c.page_id.in_(sorted(owners))
    query = (
        select(threads.c.page_id, threads.c.thread, threads.c.talk_id)
        .where(own)
        .order_by(threads.c.comments.desc(), threads.c.talk_id.desc())
    )
    seen: set[tuple[int, str]] = set()
    copies: dict[int, list[str]] = {}
    for page_id, thread, talk_id in connection.execute(query).all():
        if (page_id, thread) in seen:
            copies.setdefault(talk_id, []).append(thread)
        seen.add((page_id, thread))
    connection.execute(update(threads).where(own, threads.c.copy == 1).values(copy=0))
    for talk_id, names in copies.items():
        doomed = and_(threads.c.talk_id == talk_id, threads.c.thread.in_(names))
        connection.execute(update(threads).where(doomed).values(copy=1))
