"""Queries of published posts: lists, languages, series, relations."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Select,
    and_,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    tuple_,
)

from space.publication.filters import Filter
from space.publication.publication import Publication
from space.publication.translations import preferred
from space.store.queries.publications import Publications
from space.store.queries.sql.conditions import Condition, is_published, passing
from space.store.queries.sql.paging import Position, newest_first
from space.store.queries.sql.prepared import Prepared, given
from space.store.queries.sql.streaming import stream
from space.store.tables.record_rows import OF_PUBLICATION, to_listed
from space.store.tables.tables import (
    contents,
    occurrences,
    records,
    searchable,
    terms,
)
from space.text.folding import fold
from space.text.languages import spellings
from space.wiki.values import batches

_AT_ONCE = 500
_EVERY = is_published(Filter("post"))
_NEWEST = Prepared(
    newest_first(select(records.c.page_id).where(_EVERY))
    .limit(given("most"))
    .offset(given("skipped"))
)
# Nothing else stands for itself, and an index knows it without the kind.
_COUNT = Prepared(
    select(func.count())
    .select_from(records)
    .where(records.c.lead > 0, records.c.lead == records.c.page_id)
)


class Posts:
    """The published posts of a store."""

    def __init__(self, engine: Engine, condition: Condition) -> None:
        self._engine = engine
        self._condition = condition
        self._publications = Publications()

    def newest(
        self,
        criteria: Filter | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Publication]:
        """Posts, newest publication first, then the higher page id.

        One in several languages is there once, unless the filter asks for languages.
        """
        query = _listed().where(self._condition(criteria or Filter("post")))
        return self._read(newest_first(query).limit(limit).offset(offset))

    def after(
        self, criteria: Filter, position: Position | None, limit: int
    ) -> Iterator[Publication]:
        """Posts as `newest` orders them, from the one after a position on."""
        query = select(*OF_PUBLICATION).where(self._condition(criteria))
        if position is not None:
            place = tuple_(records.c.published, records.c.page_id)
            query = query.where(place < tuple_(*map(literal, position)))
        return self._read(newest_first(query).limit(limit))

    def page(
        self, criteria: Filter, *, limit: int, offset: int = 0
    ) -> tuple[list[Publication], int]:
        """Some of the posts that `newest` has, and how many it has in all."""
        with self._engine.connect() as connection:
            if criteria == Filter("post"):
                rows = _NEWEST.rows(connection, most=limit, skipped=offset)
                ids = [row[0] for row in rows]
                [(count,)] = _COUNT.rows(connection)
            else:
                found = self._condition(criteria)
                newest = newest_first(select(records.c.page_id).where(found))
                every = select(func.count()).select_from(records).where(found)
                ids = list(connection.scalars(newest.limit(limit).offset(offset)))
                count = connection.scalar(every) or 0
            posts = self._publications.of(connection, ids, timed=True)
        return [posts[page_id] for page_id in ids if page_id in posts], count

    def all_versions(self) -> Iterator[Publication]:
        """Every version of every post, newest publication first."""
        return self._read(
            newest_first(select(*OF_PUBLICATION).where(passing(Filter("post"))))
        )

    def published(self, page_ids: Collection[int]) -> dict[int, int]:
        """Page id of each of some posts that are published → the Unix time since."""
        found: dict[int, int] = {}
        with self._engine.connect() as connection:
            for batch in batches(sorted(page_ids), _AT_ONCE):
                query = select(records.c.page_id, records.c.published).where(
                    _posts(), records.c.page_id.in_(batch)
                )
                found |= {row[0]: row[1] for row in connection.execute(query)}
        return found

    def get(self, page_ids: Collection[int]) -> dict[int, Publication]:
        """Posts by page id; unpublished ones are absent."""
        posts: dict[int, Publication] = {}
        if not page_ids:
            return posts
        with self._engine.connect() as connection:
            for batch in batches(sorted(page_ids), _AT_ONCE):
                posts |= self._publications.of(connection, batch, timed=True)
        return {page: post for page, post in posts.items() if post.kind == "post"}

    def best(self, posts: Iterable[Publication], *languages: str) -> list[Publication]:
        """Each post in the version for a reader of some languages, best one first."""
        posts = list(posts)
        chosen = {
            post.page_id: preferred(post.versions, languages).page_id
            for post in posts
            if post.versions
        }
        others = {page for page in chosen.values() if page and page not in chosen}
        by_id = self.get(others) | {post.page_id: post for post in posts}
        return [by_id.get(chosen.get(p.page_id) or p.page_id, p) for p in posts]

    def untranslated(
        self, language: str, criteria: Filter, *, limit: int, offset: int = 0
    ) -> list[Publication]:
        """Posts, one each, that are in other languages but not in this one.

        Newest first. Pages of the Translate extension count as translations.
        """
        version = records.alias("version")
        codes = sorted(spellings(language))
        there = exists().where(
            version.c.lead == records.c.page_id,
            version.c.page_id == terms.c.page_id,
            terms.c.field == "language",
            terms.c.term.in_(list(map(fold, codes))),
        )
        # The languages of Translate's pages are in the text only.
        named = [
            records.c.versions.contains(f'["{code}",', autoescape=True)
            for code in codes
        ]
        elsewhere = and_(records.c.versions.is_not(None), or_(*named))
        query = select(*OF_PUBLICATION).where(
            passing(criteria),
            records.c.lead == records.c.page_id,
            not_(there),
            not_(elsewhere),
        )
        return list(self._read(newest_first(query).limit(limit).offset(offset)))

    def beside_in_series(
        self, post: Publication
    ) -> tuple[Publication | None, Publication | None]:
        """The posts before and after a post in its series, by publication; or None.

        Versions of one post are one, in the series of the one that stands for all;
        those in the post's own language go first.
        """
        lead = self.get([post.lead]).get(post.lead, post)
        series = lead.values.get("series")
        if not series:
            return None, None
        place = tuple_(records.c.published, records.c.page_id)
        own = int(lead.published.timestamp()), lead.page_id
        having = _having("series", [str(series)])
        query = select(*OF_PUBLICATION).where(
            _posts(), having, records.c.lead == records.c.page_id
        )
        before = newest_first(query.where(place < own)).limit(1)
        after = query.where(place > own).order_by(
            records.c.published, records.c.page_id
        )
        language = str(post.values["language"])
        posts = [
            next(iter(self.best(self._read(side), language)), None)
            for side in (before, after.limit(1))
        ]
        return posts[0], posts[1]

    def related(
        self, publication: Publication, kind: str, since: int, limit: int
    ) -> list[Publication]:
        """Posts or events that share topics with a publication, most shared first.

        Then the nearest in time; of events, that are not over at a Unix time, the next.
        Other versions of the same post are none.
        """
        topics = publication.values.get("topics", ())
        if not topics:
            return []
        shared = (
            select(terms.c.page_id, func.count().label("shared"))
            .where(terms.c.field == "topics", terms.c.term.in_(list(map(fold, topics))))
            .group_by(terms.c.page_id)
            .subquery()
        )
        conditions = [records.c.kind == kind, records.c.revision.is_not(None)]
        own_time = int(publication.published.timestamp())
        order: tuple[ColumnElement[Any], ...] = (
            func.abs(records.c.published - own_time),
            records.c.published.desc(),
        )
        if kind == "post":
            conditions.append(records.c.lead == records.c.page_id)
        else:
            own = occurrences.c.page_id == records.c.page_id
            conditions.append(exists().where(own, occurrences.c.ends > since))
            order = (records.c.starts,)
        query = (
            select(*OF_PUBLICATION)
            .join(shared, shared.c.page_id == records.c.page_id)
            .where(*conditions, records.c.page_id.not_in([*_same(publication)]))
            .order_by(shared.c.shared.desc(), *order, records.c.page_id.desc())
            .limit(limit)
        )
        return list(self._read(query))

    def without_content(self, limit: int, of_newest: int) -> list[Publication]:
        """Posts among the newest whose HTML the wiki was not asked for yet."""
        newest = (
            newest_first(select(records.c.page_id).where(_posts()))
            .limit(of_newest)
            .subquery()
        )
        stored = and_(
            contents.c.page_id == records.c.page_id,
            contents.c.revision == records.c.revision,
        )
        query = (
            select(*OF_PUBLICATION)
            .join(newest, newest.c.page_id == records.c.page_id)
            .where(~exists().where(stored))
        )
        return list(self._read(newest_first(query).limit(limit)))

    def series(self) -> tuple[str, ...]:
        """The series of published posts as one of them writes each, by name."""
        one = (
            select(func.max(terms.c.page_id))
            .where(terms.c.field == "series")
            .group_by(terms.c.term)
        )
        query = select(*OF_PUBLICATION).where(
            records.c.kind == "post", records.c.page_id.in_(one)
        )
        names = {str(post.values["series"]) for post in self._read(query)}
        return tuple(sorted(names))

    def unknown_originals(self) -> tuple[str, ...]:
        """Titles by which posts name their original, and which no record has."""
        title = records.c.original_title
        stored = select(records.c.page_title)
        query = (
            select(title)
            .where(title.is_not(None), title.not_in(stored))
            .distinct()
            .order_by(title)
        )
        with self._engine.connect() as connection:
            return tuple(connection.scalars(query))

    def _read(self, query: Select[Any]) -> Iterator[Publication]:
        return map(to_listed, stream(self._engine, query))


def _listed() -> Select[Any]:
    """Records with the minutes that it takes to read them."""
    own = searchable.c.page_id == records.c.page_id
    joined = records.outerjoin(searchable, own)
    return select(*OF_PUBLICATION, searchable.c.minutes).select_from(joined)


def _posts() -> ColumnElement[bool]:
    return and_(records.c.kind == "post", records.c.revision.is_not(None))


def _having(field: str, values: Iterable[str]) -> ColumnElement[bool]:
    own = select(terms.c.page_id).where(
        terms.c.field == field, terms.c.term.in_(list(map(fold, values)))
    )
    return records.c.page_id.in_(own)


def _same(publication: Publication) -> set[int]:
    ids = {version.page_id for version in publication.versions if version.page_id}
    return ids | {publication.page_id}
