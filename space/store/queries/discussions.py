"""Queries of the threads of talk pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Select,
    and_,
    func,
    or_,
    select,
)

from space.dates.moments import unix_midnight, utc_day
from space.publication.discussion import (
    ARCHIVES,
    QUESTIONS,
    CommentRow,
    Talked,
    TalkPageRow,
    ThreadRow,
)
from space.publication.discussion_filters import TalkFilter
from space.settings.topics import Topics
from space.store.queries.sql.conditions import LANGUAGES
from space.store.queries.sql.prepared import Prepared, any_id
from space.store.tables.record_rows import known_moment
from space.store.tables.tables import (
    comments,
    records,
    talk_pages,
    terms,
    threads,
)
from space.store.tables.talk_rows import INTEREST, to_comment, to_thread
from space.text.folding import fold
from space.text.languages import spellings
from space.wiki.threads import Comment
from space.wiki.values import batches

WAITING = timedelta(days=180)
"""Age up to which a thread without an answer counts as waiting for one."""

_BATCH = 500


class Discussions:
    """The threads of a store; `topics` gives the topics' other names."""

    def __init__(self, engine: Engine, topics: Callable[[], Topics]) -> None:
        self._engine = engine
        self._topics = topics

    def pages(self) -> dict[int, TalkPageRow]:
        """All talk pages that were read, by the talk page's id."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(talk_pages)).mappings()
            return {row["talk_id"]: TalkPageRow(**row) for row in rows}

    def pages_of(
        self, page_ids: Iterable[int], titles: Iterable[str]
    ) -> dict[int, TalkPageRow]:
        """Talk pages about some pages or of some titles, by the talk page's id."""
        found: dict[int, TalkPageRow] = {}
        with self._engine.connect() as connection:
            for column, wanted in (
                (talk_pages.c.page_id, sorted(page_ids)),
                (talk_pages.c.title, sorted(titles)),
            ):
                for batch in batches(wanted, _BATCH):
                    query = select(talk_pages).where(column.in_(batch))
                    for row in connection.execute(query).mappings():
                        found[row["talk_id"]] = TalkPageRow(**row)
        return found

    def authors(self) -> dict[str, set[int]]:
        """Who wrote comments → the ids of the talk pages with them."""
        query = select(comments.c.author, comments.c.talk_id).distinct()
        found: dict[str, set[int]] = {}
        with self._engine.connect() as connection:
            for author, talk_id in connection.execute(query):
                found.setdefault(author, set()).add(talk_id)
        return found

    def threads(
        self,
        criteria: TalkFilter | None = None,
        *,
        now: datetime,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[ThreadRow]:
        """Threads that a filter lets through, in its order."""
        criteria = criteria or TalkFilter()
        query = (
            _thread_query()
            .where(self._shown(criteria, now))
            .order_by(threads.c.aside, *_ORDERS[criteria.state], *_LAST)
            .limit(limit)
            .offset(offset)
        )
        yield from map(to_thread, self._rows(query))

    def thread(
        self, page_id: int, key: str
    ) -> tuple[ThreadRow, tuple[Comment, ...]] | None:
        """A public thread of a page by its key, with its comments; None without one."""
        query = _thread_query().where(_public(), threads.c.page_id == page_id)
        for row in self._rows(query):
            thread = to_thread(row)
            if thread.key != key:
                continue
            own = and_(
                comments.c.talk_id == thread.talk_id, comments.c.thread == thread.id
            )
            rows = self._rows(select(comments).where(own).order_by(comments.c.number))
            return thread, tuple(map(to_comment, rows))
        return None

    def comments(
        self, criteria: TalkFilter, *, now: datetime, limit: int
    ) -> Iterator[CommentRow]:
        """The newest comments of threads that a filter lets through.

        Verdicts of review are none, and threads set aside are left out.
        """
        newest = (
            comments.c.at.desc(),
            comments.c.talk_id.desc(),
            comments.c.number.desc(),
        )
        shown = self._shown(criteria, now)
        return self._said(_said_query().where(shown).order_by(*newest).limit(limit))

    def about(self, page_id: int, limit: int) -> Iterator[CommentRow]:
        """At most `limit` comments on a page, each thread from its beginning.

        The thread that was active last comes first. Verdicts of review are none, and
        threads set aside are left out.
        """
        by_thread = (*_ORDERS["active"], *_LAST, comments.c.number)
        own = and_(_public(), threads.c.page_id == page_id)
        return self._said(_said_query().where(own).order_by(*by_thread).limit(limit))

    def talked(self, page_ids: Iterable[int] | None = None) -> dict[int, Talked]:
        """Comments, newest activity and the interested by page id, of some or of all.

        Pages without either are absent.
        """
        engine = self._engine
        if page_ids is None:
            rows, interested = _TALKED.alone(engine), _INTERESTED.alone(engine)
        else:
            ids = set(page_ids)
            rows = _TALKED_OF.alone(engine, ids)
            interested = _INTERESTED_OF.alone(engine, ids)
        numbers = {page: int(number) for page, number in interested}
        found = {
            page: Talked(int(number), known_moment(active), numbers.pop(page, 0))
            for page, number, active in rows
        }
        alone = {page: Talked(0, None, number) for page, number in numbers.items()}
        return found | alone

    def interests_of(self, user: str) -> tuple[int, ...]:
        """Ids of the published pages in which an account is interested, sorted."""
        query = _INTERESTS.where(comments.c.author == user).distinct()
        with self._engine.connect() as connection:
            return tuple(sorted(connection.scalars(query)))

    def waiting_authors(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Accounts that began the newest threads which wait for an answer."""
        newest = func.max(threads.c.begun)
        query = (
            select(threads.c.author)
            .where(_waiting(now))
            .group_by(threads.c.author)
            .order_by(newest.desc(), threads.c.author)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return tuple(connection.scalars(query))

    def _shown(self, criteria: TalkFilter, now: datetime) -> ColumnElement[bool]:
        conditions = [_public()]
        if criteria.state == "unanswered":
            conditions.append(_waiting(now))
        if criteria.kinds:
            kinds = [records.c.kind.in_(criteria.kinds)]
            if "question" in criteria.kinds:
                kinds.append(records.c.kind.is_(None))
            conditions.append(or_(*kinds))
        if criteria.pages:
            conditions.append(threads.c.page_id.in_(criteria.pages))
        if criteria.topics:
            topics = self._topics()
            names = {fold(n) for topic in criteria.topics for n in topics.names(topic)}
            conditions.append(_having(("topics",), names))
        if criteria.languages:
            names = {fold(n) for code in criteria.languages for n in spellings(code)}
            conditions.append(_having(LANGUAGES, names))
        conditions += [
            threads.c.search.contains(word, autoescape=True) for word in criteria.words
        ]
        return and_(*conditions)

    def _said(self, query: Select[Any]) -> Iterator[CommentRow]:
        for row in self._rows(query):
            own = {
                name.removeprefix("c_"): value
                for name, value in row.items()
                if name.startswith("c_")
            }
            yield CommentRow(to_comment(own), to_thread(row))

    def _rows(self, query: Select[Any]) -> list[Mapping[str, Any]]:
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


_ORDERS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "active": (threads.c.active.desc(),),
    "newest": (threads.c.begun.desc(),),
    "unanswered": (threads.c.begun,),
}
_RECORD = (records.c.page_title, records.c.kind, records.c.fields)
_LAST = (threads.c.talk_id.desc(), threads.c.thread)


def _joined() -> Any:
    """Threads with their talk page, and the record they are about if there is one."""
    return threads.join(
        talk_pages, talk_pages.c.talk_id == threads.c.talk_id
    ).outerjoin(records, records.c.page_id == threads.c.page_id)


def _thread_query(*more: ColumnElement[Any]) -> Select[Any]:
    talk_title = talk_pages.c.title.label("talk_title")
    return select(threads, talk_title, *_RECORD, *more).select_from(_joined())


def _said_query() -> Select[Any]:
    """Comments that are no verdicts, in threads that are not set aside."""
    of_thread = and_(
        comments.c.talk_id == threads.c.talk_id, comments.c.thread == threads.c.thread
    )
    return (
        _thread_query(*(column.label(f"c_{column.name}") for column in comments.c))
        .join(comments, of_thread)
        .where(threads.c.aside == 0, comments.c.verdict == 0)
    )


def _public() -> ColumnElement[bool]:
    """Threads about published pages, and questions; without copies."""
    asked = threads.c.place.in_((QUESTIONS, ARCHIVES[QUESTIONS]))
    return and_(threads.c.copy == 0, or_(records.c.revision.is_not(None), asked))


def _waiting(now: datetime) -> ColumnElement[bool]:
    """Threads that somebody may still answer."""
    return and_(
        threads.c.answered == 0,
        threads.c.copy == 0,
        threads.c.place.not_in(ARCHIVES.values()),
        threads.c.begun >= unix_midnight(utc_day(now) - WAITING),
    )


def _having(fields: tuple[str, ...], names: set[str]) -> ColumnElement[bool]:
    having = select(terms.c.page_id).where(
        terms.c.field.in_(fields), terms.c.term.in_(sorted(names))
    )
    return threads.c.page_id.in_(having)


_TALKED_OF_ALL = (
    select(threads.c.page_id, func.sum(threads.c.comments), func.max(threads.c.active))
    .select_from(_joined())
    .where(_public())
    .group_by(threads.c.page_id)
    .order_by(threads.c.page_id)
)
_TALKED = Prepared(_TALKED_OF_ALL)
_TALKED_OF = Prepared(_TALKED_OF_ALL.where(threads.c.page_id.in_(any_id())))
_INTERESTS = (
    select(talk_pages.c.page_id)
    .select_from(comments)
    .join(talk_pages, talk_pages.c.talk_id == comments.c.talk_id)
    .join(records, records.c.page_id == talk_pages.c.page_id)
    .where(comments.c.verdict == INTEREST, records.c.revision.is_not(None))
)
_INTERESTED_IN_ALL = (
    _INTERESTS.add_columns(func.count(comments.c.author.distinct()))
    .group_by(talk_pages.c.page_id)
    .order_by(talk_pages.c.page_id)
)
_INTERESTED = Prepared(_INTERESTED_IN_ALL)
_INTERESTED_OF = Prepared(_INTERESTED_IN_ALL.where(talk_pages.c.page_id.in_(any_id())))
