from typing import Any

import pytest

from space.data_pages.withdrawals import takes_back

EVENT = {"id": 7, "rev": 20, "title": "X", "venue": "Hall", "lat": 1.5, "lon": 2.5}


def events(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"schema": 1, "events": list(entries)}


def without(*names: str) -> dict[str, Any]:
    return {name: fact for name, fact in EVENT.items() if name not in names}


@pytest.mark.parametrize(
    "new",
    [
        events(),
        events(without("venue")),
        events(without("lat", "lon")),
        events(EVENT | {"lat": 1.0, "lon": 2.0}),
        events(EVENT | {"rev": 19}),
        events(EVENT | {"status": "cancelled"}),
        events(EVENT | {"status": "postponed"}),
    ],
)
def test_takes_back_when_less_is_shown_then_is_true(new: dict[str, Any]) -> None:
    assert takes_back(events(EVENT), new)


@pytest.mark.parametrize(
    "new",
    [
        events(EVENT),
        events(EVENT, EVENT | {"id": 8}),
        events(EVENT | {"rev": 21, "title": "Y", "city": "Z"}),
        events(EVENT | {"start": "2026-11-28"}, EVENT | {"start": "2026-11-29"}),
    ],
)
def test_takes_back_when_as_much_or_more_is_shown_then_is_false(
    new: dict[str, Any],
) -> None:
    assert not takes_back(events(EVENT), new)


@pytest.mark.parametrize(
    "change",
    [
        {"start": "2026-11-29 11:00"},
        {"end": "2026-11-29 14:00"},
        {"zone": "Australia/Sydney"},
        {"dropped": True},
    ],
)
def test_takes_back_when_the_same_text_has_another_time_then_is_true(
    change: dict[str, Any],
) -> None:
    times = {"start": "2026-11-29 10:00", "end": "2026-11-29 12:00"}
    timed = EVENT | times | {"zone": "Pacific/Auckland"}
    assert takes_back(events(timed), events(timed | change))
    assert not takes_back(events(timed), events(timed, timed | {"start": "2026-12"}))


def test_takes_back_when_an_occurrence_goes_then_is_true() -> None:
    assert takes_back(events(EVENT, EVENT), events(EVENT))


def test_takes_back_when_a_cancelled_event_stays_so_then_is_false() -> None:
    cancelled = EVENT | {"status": "cancelled"}
    assert not takes_back(events(cancelled), events(cancelled | {"rev": 21}))


def test_takes_back_when_a_place_on_the_map_goes_then_is_true() -> None:
    place = {"lat": 1.5, "lon": 2.5, "events": [{"id": 7, "title": "X"}]}
    assert takes_back({"places": [place]}, {"places": []})
    assert not takes_back({"places": [place]}, {"places": [place | {"label": "Z"}]})


@pytest.mark.parametrize(
    "old",
    [
        None,
        [],
        "text",
        {"events": 3},
        {"events": [{}]},
        {"posts": [{"id": 7, "related": ["Space/Blog/A"]}]},
    ],
)
def test_takes_back_when_the_old_page_is_unreadable_then_is_true(old: Any) -> None:
    assert takes_back(old, events(EVENT))


THREAD = {"id": "h-A-20261101100000", "about": 7, "title": "A", "comments": 2}


@pytest.mark.parametrize(
    ("new", "taken"),
    [
        ({"threads": []}, True),
        ({"threads": [THREAD | {"comments": 1}]}, True),
        ({"threads": [THREAD | {"comments": 3}]}, False),
        ({"threads": [THREAD | {"about": 8}]}, True),
        ({"threads": [THREAD, THREAD | {"id": "h-B-20261101100000"}]}, False),
    ],
)
def test_takes_back_when_threads_change_then_tells_fewer_from_more(
    new: dict[str, Any],
    taken: object,
) -> None:
    assert takes_back({"threads": [THREAD]}, new) is taken


def test_takes_back_when_a_page_is_talked_about_less_then_is_true() -> None:
    pages = {"p7": {"comments": 2}, "p8": {"comments": 1}}
    assert takes_back({"pages": pages}, {"pages": {"p7": {"comments": 2}}})
    assert takes_back({"pages": pages}, {"pages": pages | {"p7": {"comments": 1}}})
    assert not takes_back({"pages": pages}, {"pages": pages | {"p9": {"comments": 1}}})
