"""Rows of records, and the records and publications they stand for."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from sys import intern
from typing import Any

from space.publication.event_texts import KIND as TRANSLATION
from space.publication.event_texts import EventText
from space.publication.publication import Publication, Tombstone
from space.publication.series import Replaced, series_title
from space.publication.translations import PostVersion
from space.review.record import Newest, Record, Review
from space.schema.kinds import Values
from space.schema.problems import Problem
from space.serialize import from_json, to_json
from space.store.tables.tables import records


def problems_text(problems: Iterable[Problem]) -> str:
    """Problems as JSON for a column."""
    return _json([asdict(problem) for problem in problems])


def to_row(record: Record, instead: Replaced | None = None) -> dict[str, Any]:
    """The columns that can be turned back into the record, without the body.

    `instead` is the occurrence of a series that its event stands for.
    """
    row = {
        "page_id": record.page_id,
        "kind": record.kind,
        "page_title": record.page_title,
        "namespace": record.namespace,
        "latest": record.latest,
        "state": record.state,
        "creator": record.creator,
        "pending_revision": record.pending_revision,
        "pending_since": seconds(record.pending_since),
        "problems": problems_text(record.problems),
        "review": _json(to_json(record.review)),
        "newest": _json(to_json(record.newest)),
        **dict.fromkeys(_PUBLISHED),
        **dict.fromkeys((*_OF_SERIES, *_OF_VERSIONS)),
        "starts": None,
        "removed": None,
    }
    if publication := record.publication:
        row |= {
            "revision": publication.revision,
            "fields": _json(publication.values),
            "created": seconds(publication.created),
            "published": seconds(publication.published),
            "updated": seconds(publication.updated),
            "sequence": publication.sequence,
            "series_title": series_title(publication),
            "dropped": _json(publication.dropped) if publication.dropped else None,
        }
        row |= _language_columns(publication)
        if instead and publication:
            row |= {
                "series_id": instead.series.page_id,
                "replaces": str(instead.start),
                "inherited": _json(instead.inherited(publication)),
            }
    elif tombstone := record.tombstone:
        row |= {
            "sequence": tombstone.sequence,
            "starts": seconds(tombstone.start),
            "removed": seconds(tombstone.removed),
        }
    return row


_OF_SERIES = ("series_title", "series_id", "replaces", "inherited")
_OF_VERSIONS = ("original_title", "lead", "versions")
_PUBLISHED = (
    *("revision", "fields", "created", "published", "updated", "sequence"),
    "dropped",
)


OF_PUBLICATION = tuple(
    records.c[name]
    for name in (
        *("page_id", "page_title", "kind", "creator", *_PUBLISHED),
        *("inherited", "versions"),
    )
)
"""The columns from which publications are read; the others are of the review."""


def to_record(row: Mapping[str, Any]) -> Record:
    """The record of a row of `space.store.tables.tables.records`."""
    return Record(
        page_id=row["page_id"],
        kind=intern(row["kind"]),
        page_title=row["page_title"],
        namespace=row["namespace"],
        latest=row["latest"],
        state=intern(row["state"]),
        creator=intern(row["creator"]) if row["creator"] else row["creator"],
        pending_revision=row["pending_revision"],
        pending_since=moment(row["pending_since"]),
        problems=tuple(
            Problem(**{**problem, "params": tuple(problem["params"])})
            for problem in json.loads(row["problems"])
        ),
        publication=to_publication(row) if row["revision"] is not None else None,
        tombstone=_tombstone(row) if row["removed"] is not None else None,
        review=from_json(Review, json.loads(row["review"])),
        newest=from_json(Newest, json.loads(row["newest"])),
    )


def to_publication(row: Mapping[str, Any]) -> Publication:
    """The publication of a row that has one; its body stays on the wiki."""
    return _publication(row, _values(row["fields"]))


def _publication(
    row: Mapping[str, Any],
    values: Values,
    versions: tuple[PostVersion, ...] = (),
    minutes: int = 0,
    read_from: tuple[Any, ...] = (),
) -> Publication:
    return Publication(
        page_id=row["page_id"],
        page_title=row["page_title"],
        kind=row["kind"],
        revision=row["revision"],
        values=values,
        creator=row["creator"],
        created=known_moment(row["created"]),
        published=known_moment(row["published"]),
        updated=known_moment(row["updated"]),
        sequence=row["sequence"],
        versions=versions,
        minutes=minutes,
        dropped=tuple(json.loads(row["dropped"])) if row["dropped"] else (),
        texts=to_texts(row) if row["kind"] == "event" else (),
        read_from=read_from,
    )


def to_texts(row: Mapping[str, Any]) -> tuple[EventText, ...]:
    """The texts in other languages of an event's row."""
    if not row["versions"]:
        return ()
    return tuple(EventText(*text) for text in json.loads(row["versions"]))


def _language_columns(publication: Publication) -> dict[str, Any]:
    if publication.kind == "post":
        return _version_columns(publication)
    if publication.kind == TRANSLATION:
        return {"original_title": publication.values.get("original")}
    return {"versions": texts_column(publication.texts)}


def texts_column(texts: Iterable[EventText]) -> str | None:
    """The texts of an event as JSON for a column; None for none."""
    rows = [
        (
            *(text.language, text.page_title, text.page_id, text.title, text.summary),
            *(text.revision, text.updated),
        )
        for text in texts
    ]
    return _json(rows) if rows else None


def _version_columns(post: Publication) -> dict[str, Any]:
    versions = [
        (version.language, version.page_title, version.page_id, version.title)
        for version in post.versions
    ]
    return {
        "original_title": post.values.get("original"),
        "lead": post.lead,
        "versions": _json(versions) if versions else None,
    }


def to_listed(row: Mapping[str, Any], read_from: tuple[Any, ...] = ()) -> Publication:
    """The publication of a row as lists show it.

    A post has its versions and, where the row has them, its minutes of reading; an
    override has the values it inherits from its series.
    """
    values = _values(row["fields"])
    if row["inherited"]:
        values = {**_values(row["inherited"]), **values}
    versions = row["versions"] if row["kind"] == "post" else None
    return _publication(
        row,
        values,
        tuple(PostVersion(*version) for version in json.loads(versions or "[]")),
        row.get("minutes") or 0,
        read_from,
    )


def seconds(time: datetime | None) -> int | None:
    """The Unix time of an aware time; None for None."""
    return int(time.timestamp()) if time else None


def moment(number: int | None) -> datetime | None:
    """The time in UTC of a Unix time; None for None."""
    return None if number is None else known_moment(number)


def known_moment(number: int) -> datetime:
    """The time in UTC of a Unix time."""
    return datetime.fromtimestamp(number, UTC)


def _tombstone(row: Mapping[str, Any]) -> Tombstone:
    return Tombstone(
        page_id=row["page_id"],
        start=known_moment(row["starts"]),
        removed=known_moment(row["removed"]),
        sequence=row["sequence"],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _values(text: str) -> Values:
    return {
        intern(name): tuple(value) if isinstance(value, list) else value
        for name, value in json.loads(text).items()
    }
