"""Impossible dates in every argument that takes a date: never a Lua error."""

import json
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.generate.list_templates import TEMPLATES
from space.publication.filters import keys
from space.schema.kinds import load_kind
from tests.lua.data import BASE, event, pages, post, posts
from tests.lua.scribunto import Scribunto

PROBLEM = "[[Category:Space pages with list problems]]"
DATES = (
    *(
        "0000",
        "0001",
        "1899",
        "1900",
        "2199",
        "2200",
        "9999",
        "10000",
        "0",
        "-1",
        "nan",
    ),
    *(
        "0000-00",
        "0000-01",
        "0001-01",
        "1899-12",
        "1900-01",
        "2199-12",
        "2200-01",
        "9999-12",
    ),
    *(
        "2026-00",
        "2026-13",
        "2026-1",
        "0000-00-00",
        "0001-01-01",
        "1899-12-31",
        "1900-01-01",
    ),
    *(
        "2026-02-30",
        "2026-13-01",
        "2026-12-00",
        "2199-12-31",
        "2200-01-01",
        "9999-12-31",
    ),
    *(
        "10000-01-01",
        "2026-12-31T00:00",
        "2026-W48-6",
        "20261231",
        "@0",
        "@99999999999999",
    ),
    *(
        "now",
        "tomorrow",
        "0 days",
        "366 days",
        "367 days",
        "999 days",
        "+99",
        "-99",
        "+100",
    ),
    *("9" * 30, "1e9", "0x7ea", "inf", "2026-11-28 10:00", "9999-12-31 23:59", "00:00"),
    *(
        "FREQ=DAILY;UNTIL=99991231",
        "FREQ=DAILY;UNTIL=00000000",
        "FREQ=DAILY;UNTIL=20261328",
    ),
)
DATE_KEYS = {"from", "to", "when", "year", "month", "_1", "limit"}
DAYS = [date for date in DATES if re.fullmatch(r"\d{4}-\d\d-\d\d", date)]
MODULES = {
    "events": ("List", "events"),
    "posts": ("List", "posts"),
    "archive": ("Archive", "show"),
    "calendar": ("Calendar", "show"),
    "map": ("Map", "show"),
}
LISTS = [
    (*MODULES[name], key)
    for name, template in TEMPLATES.items()
    for key in sorted(
        {
            *keys(template.kind),
            "from",
            "to",
            *(option.name for option in template.options),
        }
        | ({"_1"} if name == "calendar" else set())
    )
]
OTHERS = [
    (module, function, key)
    for module, function, names in (
        ("Discussions", "show", ("_1", "limit", "language", "topic", "kind")),
        ("Queue", "show", ("_1", "limit", "kind", "language")),
        ("Log", "show", ("_1", "limit")),
        ("Review", "show", ("_1", "_2", "rev", "date")),
        ("Review", "stale", ("_1", "rev", "seen")),
        ("Reviewers", "show", ("_1",)),
        ("Topics", "show", ("_1", "_2")),
    )
    for key in names
]
PAGES = [
    ("Event" if name == "event" else "Post", "show", field.parameter)
    for name in ("event", "post")
    for field in load_kind(name).fields.values()
    if field.reader in {"date", "moment", "recurrence", "zone"}
]
DATED = [("List", "events"), ("List", "posts"), ("Archive", "show"), ("Map", "show")]
SURE = {
    "Event": {"start": "2026-11-28 10:00", "timezone": "Asia/Tokyo", "country": "JP"},
    "Post": {"language": "en"},
}


@pytest.fixture(scope="module")
def wiki(mediawiki: Path) -> Scribunto:
    """A wiki with an event at each end of time, a place and a post."""
    far = [
        event(1, "1900-01-01", zone="Asia/Tokyo"),
        event(2, "2026-11-28 10:00", end="2026-11-28 12:00", country="NZ"),
        event(3, "2199-12-31", end="2199-12-31", to="2200-01-01T00:00Z"),
    ]
    place = {"lat": 1, "lon": 1, "country": "NZ", "events": [far[1]]}
    mapped = json.dumps({"schema": 1, "places": [place]})
    return Scribunto(
        mediawiki,
        pages(*far) | posts(post(4, "2026-11-01")) | {f"{BASE}/Map.json": mapped},
        expensive=10**7,
    )


@pytest.mark.parametrize(
    ("module", "function", "key"),
    [*(each for each in LISTS if each[-1] in DATE_KEYS), *OTHERS, *PAGES],
)
def test_argument_of_any_template_when_it_is_an_odd_date_is_no_lua_error(
    wiki: Scribunto, module: str, function: str, key: str
) -> None:
    for date in DATES:
        arguments = SURE.get(module, {}) | {key: date}
        assert isinstance(wiki.invoke(module, function, **arguments), str), date


@pytest.mark.parametrize(("module", "function"), DATED)
def test_list_between_any_two_odd_dates_is_no_lua_error(
    wiki: Scribunto, module: str, function: str
) -> None:
    for since, until in product(DAYS, DAYS):
        shown = wiki.invoke(module, function, **{"from": since, "to": until})
        assert shown, (since, until)


NUMBERS = st.integers(0, 12000).map(str) | st.sampled_from(["00", "01", "12", "31", ""])
TEXTS = st.lists(NUMBERS, min_size=1, max_size=4).map("-".join) | st.text(max_size=8)


@given(
    where=st.sampled_from([*LISTS, *PAGES]),
    text=TEXTS.filter(lambda text: "\0" not in text),
)
def test_argument_of_any_template_when_it_is_any_text_is_no_lua_error(
    wiki: Scribunto, where: tuple[str, str, str], text: str
) -> None:
    module, function, key = where

    shown = wiki.invoke(module, function, **(SURE.get(module, {}) | {key: text}))

    assert isinstance(shown, str)


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("calendar", {"month": "9999-12"}),
        ("calendar", {"month": "2200-01"}),
        ("calendar", {"month": "1899-12"}),
        ("calendar", {"_1": "0000-01"}),
        ("calendar", {"_1": "2026-13"}),
        ("posts", {"month": "9999-12"}),
        ("posts", {"year": "0000"}),
        ("archive", {"year": "9999"}),
        ("archive", {"year": "2026", "month": "13"}),
        ("events", {"to": "0000-12-31"}),
        ("events", {"from": "10000-01-01"}),
        ("events", {"when": "367 days"}),
        ("map", {"to": "2026-02-30"}),
    ],
)
def test_date_that_there_is_not_is_a_problem_of_the_list(
    wiki: Scribunto, call: str, arguments: dict[str, str]
) -> None:
    shown = wiki.invoke(*MODULES[call], **arguments)

    assert "space-error" in shown
    assert PROBLEM in shown


@pytest.mark.parametrize("call", ["events", "posts", "map"])
def test_list_to_the_end_of_time_has_all_that_one_without_an_end_has(
    wiki: Scribunto, call: str
) -> None:
    whole = wiki.invoke(*MODULES[call], **{"from": "1900-01-01"})
    ends = {"from": "1900-01-01", "to": "9999-12-31"}

    assert wiki.invoke(*MODULES[call], **ends) == whole
    assert "[[:Space/" in whole


@pytest.mark.parametrize(
    ("month", "event_shown", "other"),
    [("1900-01", "Event 1", "1900-02"), ("2199-12", "Event 3", "2199-11")],
)
def test_month_at_an_end_of_time_is_shown_and_leads_one_way(
    wiki: Scribunto, month: str, event_shown: str, other: str
) -> None:
    shown = wiki.invoke("Calendar", "show", month=month)

    assert event_shown in shown
    assert re.findall(r"/(\d{4}-\d\d)\?", shown) == [other]


def test_calendar_on_a_page_of_a_month_that_there_is_not_shows_the_present_one(
    scribunto: Callable[..., Scribunto],
) -> None:
    lua = scribunto(pages(), title="Space/Calendar/9999-12", today="2026-11-22")

    assert "November 2026" in lua.invoke("Calendar", "show")
