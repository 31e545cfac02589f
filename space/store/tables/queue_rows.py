"""Table rows of the review queue and its statistics, and the values they stand for."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from space.review.queue.event_facts import EventFacts
from space.review.queue.rows import Row
from space.review.queue.sections import Section
from space.review.queue.statistics import Language, MonthStatistics
from space.review.queue.surroundings import SimilarPage
from space.review.record import Refusal
from space.serialize import from_json, to_json

_LISTS = frozenset(("corrected", "languages", "problems", "missing", "spam"))


def queue_rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The table rows of a queue, in its order."""
    return [
        {"page_id": row.page, "position": position, "row": _json(to_json(row))}
        for position, row in enumerate(rows)
    ]


def to_queue_row(text: str) -> Row:
    """The row of the queue of a text; a queue has thousands, so this is no detour."""
    data = json.loads(text)
    values = {**data, "pending_since": datetime.fromisoformat(data["pending_since"])}
    values["section"] = Section(data.get("section", Section.WAITING))
    if "event" in values:
        values["event"] = from_json(EventFacts, values["event"])
    for name in _LISTS & values.keys():
        values[name] = tuple(values[name])
    if "like" in values:
        values["like"] = SimilarPage(**values["like"])
    if "refusals" in values:
        values["refusals"] = tuple(from_json(Refusal, r) for r in values["refusals"])
    return Row(**values)


def statistics_row(month: MonthStatistics) -> dict[str, Any]:
    """The table row of a month."""
    languages = [[language.code, language.pages] for language in month.languages]
    return {**asdict(month), "languages": _json(languages)}


def to_statistics(row: Mapping[str, Any]) -> MonthStatistics:
    """The month of a table row."""
    languages = tuple(Language(*language) for language in json.loads(row["languages"]))
    return MonthStatistics(**{**row, "languages": languages})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
