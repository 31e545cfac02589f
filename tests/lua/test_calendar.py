"""The calendar of a month over the bot's data pages."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lua.data import event, pages, titles
from tests.lua.scribunto import MODULES, Scribunto

Make = Callable[..., Scribunto]


def show(scribunto: Scribunto, month: str = "2026-11", **arguments: str) -> str:
    return scribunto.invoke("Calendar", "show", _1=month, **arguments)


def grid(html: str) -> list[list[str]]:
    """The rows of the table, each cell as often as it is wide."""
    table = html.partition("<table")[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [
        [
            text
            for wide, text in re.findall(r"<t[dh](.*?)>(.*?)</t[dh]>", row, re.DOTALL)
            for _ in range(int((re.findall(r'colspan="(\d)"', wide) or ["1"])[0]))
        ]
        for row in rows
    ]


def words(cell: str) -> str:
    return " ".join(re.sub(r"<.*?>|\[\[.*?\||\]\]", " ", cell).split())


def days_with(html: str, title: str) -> list[str]:
    """The numbers of the days on which an event stands."""
    found, numbers = [], [""] * 7
    for row in grid(html):
        if any(words(cell).isdigit() for cell in row):
            numbers = [words(cell) for cell in row]
        found += [day for day, cell in zip(numbers, row, strict=True) if title in cell]
    return found


def days(html: str) -> list[str]:
    return [words(cell) for row in grid(html) for cell in row if words(cell).isdigit()]


def agenda(html: str) -> list[str]:
    return titles(html.partition("</table>")[2])


def long_event(first: str, last: str, **fields: Any) -> dict[str, Any]:
    return event(1, first, end=last, to=f"{last[:10]}T23:59Z", **fields)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-11-27 20:00", "2026-11-29 00:00", ["27", "28"]),
        ("2026-11-28 00:00", "2026-11-29 00:00", ["28"]),
        ("2026-11-21", "2026-11-24", ["21", "22", "23", "24"]),
        ("2026-10-30", "2026-11-02", ["1", "2"]),
        ("2026-11-29", "2026-12-02", ["29", "30"]),
    ],
)
def test_an_event_is_on_each_of_its_days(
    scribunto: Make, first: str, last: str, found: list[str]
) -> None:
    html = show(scribunto(pages(long_event(first, last))))

    assert days_with(html, "Event 1") == found


def test_an_event_of_several_days_is_one_bar_a_week(scribunto: Make) -> None:
    html = show(scribunto(pages(long_event("2026-11-20", "2026-11-24"))))

    table = html.partition("</table>")[0]
    assert re.findall(r'colspan="(\d)"', table) == ["3", "2"]
    assert table.count("Event 1</bdi>") == 2
    # The bar that goes on and the one that has begun say so.
    bars = re.findall(r'<div class="space-bar">(.*?)</div>', table)
    assert [words(bar) for bar in bars] == ["Event 1 …", "… Event 1"]


def test_bars_that_overlap_are_in_lanes_and_others_share_one(scribunto: Make) -> None:
    three = [
        long_event("2026-11-02", "2026-11-04", title="A"),
        long_event("2026-11-03", "2026-11-05", title="B") | {"id": 2},
        long_event("2026-11-05", "2026-11-07", title="C") | {"id": 3},
    ]

    rows = grid(show(scribunto(pages(*three))))

    lanes = [[words(cell) for cell in row] for row in rows if "A" in map(words, row)]
    assert lanes == [["A", "A", "A", "C", "C", "C", ""]]
    assert days_with(show(scribunto(pages(*three))), ">B<") == ["3", "4", "5"]


def test_bars_for_which_there_is_no_lane_are_counted(scribunto: Make) -> None:
    many = [long_event("2026-11-03", "2026-11-04") | {"id": n} for n in range(1, 7)]

    html = show(scribunto(pages(*many)))

    assert days_with(html, "and 2 more") == ["3", "4"]
    assert "[[#space-2026-11-03|and 2 more]]" in html
    assert len(agenda(html)) == len(many)


def test_what_takes_more_than_a_week_is_told_above(scribunto: Make) -> None:
    html = show(scribunto(pages(long_event("2026-11-01", "2026-11-30"))))

    above, _, below = html.partition("<table")
    assert titles(above) == ["Event 1"]
    assert not titles(below.partition("</table>")[0])


def test_calendar_uses_the_wall_of_the_event_not_utc(scribunto: Make) -> None:
    first = event(1, "2026-12-01 09:00", zone="Pacific/Auckland")
    first |= {"from": "2026-11-30T20:00Z", "to": "2026-11-30T22:00Z"}
    lua = scribunto(pages(first))

    assert days_with(show(lua, "2026-12"), "Event 1") == ["1"]
    assert not titles(show(lua, "2026-11"))


@pytest.mark.parametrize(
    ("month", "name"),
    [("", "November 2026"), ("+1", "December 2026"), ("-11", "December 2025")],
)
def test_calendar_by_distance_from_this_month(
    scribunto: Make, month: str, name: str
) -> None:
    assert f">{name}</caption>" in show(scribunto(), month)


def test_calendar_on_a_page_of_a_month_shows_that_one(scribunto: Make) -> None:
    html = show(scribunto(title="User:Ana/Events/2027-02"), "")

    assert ">February 2027</caption>" in html
    assert "space-day-today" not in html
    for other in ("2027-01", "2027-03"):
        assert f"User:Ana/Events/{other}?" in html


def test_calendar_links_to_the_pages_of_other_months(scribunto: Make) -> None:
    lua = scribunto({"Portal/2026-12": ""}, title="Portal")

    html = show(lua, country="NZ", topic="glam", style="grid")

    assert "[[:Portal/2026-12|December 2026 →]]" in html
    link = re.search(
        r"\[http://wiki\.test/Portal/2026-10\?(\S+) ← October 2026\]", html
    )
    assert link
    wanted = parse_qs(link[1])
    assert wanted["action"] == ["edit"]
    assert wanted["preload"] == ["Template:Space calendar/preload"]
    assert wanted["preloadparams[]"] == ["|country=NZ|style=grid|topic=glam"]


def test_calendar_links_to_the_tool_where_no_page_is(scribunto: Make) -> None:
    settings = {"Space/Settings": "{{Space settings|tool=https://tool.test}}"}

    html = show(scribunto(settings, title="Portal"))

    assert "[https://tool.test/calendar/2026-10 ← October 2026]" in html


@pytest.mark.parametrize(("month", "first"), [("2026-11", ""), ("2026-06", "1")])
def test_weeks_begin_as_the_language_has_it(
    scribunto: Make, month: str, first: str
) -> None:
    rows = grid(show(scribunto(), month))

    assert words(rows[0][0]) == "Mon"
    assert words(rows[1][0]) == first


@pytest.mark.parametrize("start", range(1, 8))
@pytest.mark.parametrize("first", ["2026-02-01", "2027-02-01", "2028-02-01"])
def test_weeks_have_every_day_once_whatever_they_begin_with(
    scribunto: Make, first: str, start: int
) -> None:
    weeks = scribunto().run(
        "local Month = require('Module:Space/Month') local first, start = ... "
        "return Month.weeks(Month.new(first), start)",
        first,
        start,
    )

    last = 29 if first.startswith("2028") else 28
    assert weeks == list(range(weeks[0], weeks[0] + 7 * len(weeks), 7))
    assert -6 < weeks[0] <= 1
    assert weeks[-1] <= last < weeks[-1] + 7


def test_calendar_has_every_day_of_a_leap_february(scribunto: Make) -> None:
    assert days(show(scribunto(), "2028-02")) == [str(day) for day in range(1, 30)]


def test_calendar_marks_today_only_where_it_asked_for_it(scribunto: Make) -> None:
    assert "space-day-today" in show(scribunto(), "")
    assert "space-day-today" not in show(scribunto(), "2026-11")


def test_calendar_shows_few_events_a_day_and_counts_the_rest(scribunto: Make) -> None:
    busy = [event(number, "2026-11-28 10:00") for number in range(1, 8)]

    html = show(scribunto(pages(*busy)))

    assert days_with(html, "and 3 more") == ["28"]
    assert "[[#space-2026-11-28|and 3 more]]" in html
    assert html.count('id="space-2026-11-28"') == 1
    assert len(agenda(html)) == len(busy)


def test_what_is_cancelled_is_so_in_words_as_well(scribunto: Make) -> None:
    off = [
        event(1, "2026-11-28 10:00", status="cancelled"),
        long_event("2026-11-02", "2026-11-04", status="cancelled") | {"id": 2},
    ]

    table = show(scribunto(pages(*off)), style="grid").partition("</table>")[0]

    assert table.count("<s>") == table.count(">Cancelled</span>") == 2


def test_agenda_when_days_of_this_month_are_over_then_they_are_folded(
    scribunto: Make,
) -> None:
    begun = event(1, "2026-11-20", end="2026-11-23", to="2026-11-24T00:00Z")
    month = [event(2, "2026-11-20 10:00"), begun, event(3, "2026-11-28 10:00")]

    html = show(scribunto(pages(*month)), "")
    folded, _, rest = html.partition("</table>")[2].partition("</ul></div></div>")

    assert 'mw-collapsed" data-expandtext="Show earlier days"' in folded
    sheet = (MODULES / "styles/Space.css").read_text(encoding="utf-8")
    paper = sheet.partition("@media print")[2]
    assert ".space-earlier .mw-collapsible-content {\n\t\tdisplay: block" in paper
    assert titles(folded) == ["Event 2"]
    assert titles(rest) == ["Event 1", "Event 3"]
    assert html.count('id="space-2026-11-20"') == 1
    assert "mw-collapsed" not in show(scribunto(pages(*month)), "2026-11")


def test_agenda_when_events_share_a_day_then_they_share_a_tile(
    scribunto: Make,
) -> None:
    day = [event(1, "2026-11-28 10:00"), event(2, "2026-11-28 12:00", city="Lagos")]

    html = show(scribunto(pages(*day)), style="agenda")

    assert html.count("space-tile-day") == 1
    assert html.count("<li") == 3


def test_agenda_has_no_table(scribunto: Make) -> None:
    html = show(scribunto(pages(event(1, "2026-11-28 10:00"))), style="agenda")

    assert "<table" not in html
    assert titles(html) == ["Event 1"]


def test_calendar_without_events_says_how_to_add_one(scribunto: Make) -> None:
    html = show(scribunto())

    assert "No events in <bdi>November 2026</bdi> yet. [[Space/Events|" in html


@pytest.mark.parametrize(
    ("month", "arguments", "sentence"),
    [
        ("2026-13", {}, "“2026-13” is not a month"),
        ("soon", {}, "“soon” is not a month"),
        ("2026-11", {"from": "2026-11-01"}, "shows whole months"),
        ("2026-11", {"colour": "red"}, "Unknown filter “colour”"),
        ("2026-11", {"style": "week"}, "Choose one of: month, grid, agenda."),
    ],
)
def test_calendar_when_an_argument_is_not_understood_says_so(
    scribunto: Make, month: str, arguments: dict[str, str], sentence: str
) -> None:
    html = show(scribunto(), month, **arguments)

    assert sentence in re.sub(r"</?bdi>", "", html)
    assert "<table" not in html


SPANS = st.lists(
    st.tuples(st.integers(1, 28), st.integers(1, 6)).map(
        lambda span: {"from": span[0], "to": span[0] + span[1], "event": {}}
    ),
    max_size=12,
)


@given(spans=SPANS, week=st.integers(-5, 30))
def test_lanes_of_any_week_hold_every_span_once_and_none_overlap(
    lua: Scribunto, spans: list[dict[str, Any]], week: int
) -> None:
    lanes, rest = lua.run(
        "return { require('Module:Space/Month').lanes(...) }", spans, week
    )

    for lane in lanes:
        for before, after in pairwise(lane):
            assert before["to"] < after["from"]
    placed = [span for lane in lanes for span in lane] + rest
    wanted = [
        (max(span["from"], week), min(span["to"], week + 6))
        for span in spans
        if span["from"] <= week + 6 and span["to"] >= week
    ]
    assert sorted((span["from"], span["to"]) for span in placed) == sorted(wanted)
