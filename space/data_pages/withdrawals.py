"""Changes of a data page that take something back or correct a time: none waits.

The bot compares the page's present value with the new one, so nothing has to be
remembered between runs. Any sign that less is shown is enough; a needless early edit
costs a parse, a late one keeps an address public.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from space.data_pages.tabular import rows_of

_CALLED_OFF = frozenset({"cancelled", "postponed"})

Entry = Mapping[str, Any]


def takes_back(old: Any, new: Any) -> bool:
    """Whether a data page's `new` value shows less of any page than its `old` one.

    Less is: no entry, fewer of them, a field gone, another point on the map, an older
    revision, an event at another time or called off, or fewer comments; in map data,
    which has no page ids, any place that is not as it was. A value that cannot be read
    counts as taken back.
    """
    if _features(old) - _features(new):
        return True
    try:
        before, after = _by_page(old), _by_page(new)
        return any(
            entries != after.get(number) and _less(entries, after.get(number, ()))
            for number, entries in before.items()
        )
    except (AttributeError, KeyError, TypeError):
        return True


def _features(value: Any) -> set[str]:
    data = value.get("data") if isinstance(value, Mapping) else None
    features = data.get("features") if isinstance(data, Mapping) else None
    listed = features if isinstance(features, list) else []
    return {json.dumps(feature, sort_keys=True) for feature in listed}


def _by_page(value: Any) -> Mapping[str, Sequence[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in _entries(value):
        found.setdefault(str(entry["id"]), []).append(entry)
    return found


def _entries(value: Any) -> Iterator[Entry]:
    yield from value.get("events", ())
    yield from (row for row in rows_of(value) if "id" in row)
    yield from value.get("posts", ())
    for place in value.get("places", ()):
        around = {name: fact for name, fact in place.items() if name != "events"}
        for event in place["events"]:
            yield {**around, **event}
    for thread in value.get("threads", ()):
        yield {**thread, "id": f"{thread['about']} {thread['id']}"}
    for page, talk in value.get("pages", {}).items():
        yield {**talk, "id": page}


def _less(old: Sequence[Entry], new: Sequence[Entry]) -> bool:
    return (
        len(new) < len(old)
        or bool(_names(old) - _names(new))
        or bool(_beside(old) - _beside(new))
        or bool(_times(old) - _times(new))
        or max(map(_revision, new)) < max(map(_revision, old))
        or (_called_off(new) > _called_off(old))
        or _points(old) != _points(new)
        or _comments(new) < _comments(old)
    )


def _names(entries: Sequence[Entry]) -> set[str]:
    return {name for entry in entries for name in entry}


def _beside(entries: Sequence[Entry]) -> set[str]:
    """Titles of the pages that are named beside posts."""
    return {
        near["page"]
        for post in entries
        for near in (post.get("before"), post.get("after"), *post.get("related", ()))
        if near
    }


def _revision(entry: Entry) -> int:
    return int(entry.get("rev", 0))


def _times(entries: Sequence[Entry]) -> set[tuple[Any, ...]]:
    timed = (entry for entry in entries if "start" in entry)
    return {(entry["start"], entry.get("end"), entry.get("zone")) for entry in timed}


def _called_off(entries: Sequence[Entry]) -> int:
    return sum(
        entry.get("status") in _CALLED_OFF or "dropped" in entry for entry in entries
    )


def _comments(entries: Sequence[Entry]) -> int:
    return sum(int(entry.get("comments", 0)) for entry in entries)


def _points(entries: Sequence[Entry]) -> set[tuple[Any, Any]]:
    return {(entry.get("lat"), entry.get("lon")) for entry in entries}
