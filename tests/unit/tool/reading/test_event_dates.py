"""Each date of a series has an address: its page, its neighbours, its calendar."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest

from tests.support.feeds.ics_lint import lint
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp

MOVED = {
    "title": "Moved",
    "start": "2026-12-06 10:00",
    "end": "",
    "series": "Space/Events/Page 12",
    "occurrence": "2026-12-05 10:00",
}


@pytest.fixture
def weekly(tool: ToolApp) -> ToolApp:
    """Five Saturdays: one with a page of its own, one that is skipped."""
    series = event(
        12,
        title="Weekly",
        end="2026-11-28 12:00",
        recurrence="FREQ=WEEKLY;COUNT=5",
        **{"except": ("2026-12-19",)},
    )
    tool.publish(series, event(13, **MOVED), event(14, title="Once"))
    return tool


def opened(tool: ToolApp, path: str) -> str:
    return unescape(tool.get(path, follow_redirects=True).text)


def pager(page: str) -> list[tuple[str, str]]:
    return re.findall(r'rel="(prev|next)" href="([^"]+)"', page)


def test_date_of_a_series_when_followed_from_a_list_then_its_page_shows_that_date(
    weekly: ToolApp,
) -> None:
    month = weekly.get("/calendar/2026-12").text
    days = set(re.findall(r'href="(/events/12-weekly\?date=2026-12-\d\d)"', month))
    assert days == {f"/events/12-weekly?date=2026-12-{day}" for day in (12, 26)}
    page = opened(weekly, "/events/12-weekly?date=2026-12-12")
    assert 'datetime="2026-12-11T21:00:00+00:00"' in page
    assert "<bdi>Saturday, 12 December 2026</bdi>, <a href" in page
    assert 'href="/series/12-weekly">one of 4 dates</a>' in page
    address = "https://space.example.org/events/12-weekly?date=2026-12-12"
    assert f'rel="canonical" href="{address}"' in page
    assert f'"url":"{address}"' in page
    assert '"startDate":"2026-12-12T10:00:00+13:00"' in page
    assert "<title>Weekly (Saturday, 12 December 2026)" in page


def test_series_when_opened_without_a_date_then_shows_the_next_at_its_own_address(
    weekly: ToolApp,
) -> None:
    page = opened(weekly, "/events/12-weekly")
    assert 'datetime="2026-11-27T21:00:00+00:00"' in page
    assert 'rel="canonical" href="https://space.example.org/events/12-weekly"' in page
    assert pager(page) == [("next", "/events/13-moved")]


def test_dates_when_followed_one_after_the_other_then_all_that_are_held_are_passed(
    weekly: ToolApp,
) -> None:
    address, passed = "/events/12-weekly?date=2026-11-28", []
    while address:
        passed.append(address)
        address = dict(pager(opened(weekly, address))).get("next", "")
    assert passed == [
        "/events/12-weekly?date=2026-11-28",
        "/events/13-moved",
        "/events/12-weekly?date=2026-12-12",
        "/events/12-weekly?date=2026-12-26",
    ]


@pytest.mark.parametrize(
    ("path", "code", "location"),
    [
        ("/events/12?date=2026-12-12", 301, "/events/12-weekly?date=2026-12-12"),
        ("/events/12-weekly?date=2026-12-05", 302, "/events/13-moved"),
        ("/events/12-weekly?date=20261212", 302, "/events/12-weekly"),
        ("/events/12-weekly?date=x", 302, "/events/12-weekly"),
        ("/events/14-once?date=2026-11-28", 302, "/events/14-once"),
        ("/events/13-moved?date=2026-12-06", 302, "/events/13-moved"),
    ],
)
def test_date_when_it_has_another_address_then_leads_there(
    weekly: ToolApp, path: str, code: int, location: str
) -> None:
    response = weekly.get(path)
    assert (response.status_code, response.location) == (code, location)


@pytest.mark.parametrize("day", ["2026-12-20", "2027-01-02", "1850-01-01"])
def test_date_when_the_series_does_not_have_it_then_404_says_which_it_has(
    weekly: ToolApp, day: str
) -> None:
    response = weekly.get(f"/events/12-weekly?date={day}")
    assert response.status_code == 404
    assert "has no date on" in response.text
    assert 'href="/events/12-weekly?date=2026-12-26"' in response.text


def test_date_when_the_series_skips_it_then_its_page_and_calendar_say_so(
    weekly: ToolApp,
) -> None:
    page = opened(weekly, "/events/12-weekly?date=2026-12-19")
    assert "does not take place on this date" in page
    assert "EventCancelled" in page
    calendar = weekly.get("/events/12.ics?date=2026-12-19").text
    assert "STATUS:CANCELLED" in calendar
    assert "UID:12-20261219@meta.wikimedia.org" in calendar


def test_calendar_of_a_date_when_downloaded_then_is_valid_and_has_that_date_alone(
    weekly: ToolApp,
) -> None:
    response = weekly.get("/events/12.ics?date=2026-12-12")
    assert lint(response.data) == []
    assert response.text.count("BEGIN:VEVENT") == 1
    assert "UID:12-20261212@meta.wikimedia.org" in response.text
    assert "DTSTART;TZID=Pacific/Auckland:20261212T100000" in response.text
    assert "DTEND;TZID=Pacific/Auckland:20261212T120000" in response.text
    for name in ("RRULE", "RECURRENCE-ID", "EXDATE"):
        assert f"\r\n{name}" not in response.text.partition("BEGIN:VEVENT")[2]
    tag = {"If-None-Match": response.headers["ETag"]}
    again = weekly.get("/events/12.ics?date=2026-12-12", headers=tag)
    assert (again.status_code, again.data) == (304, b"")


def test_calendar_of_a_date_when_a_page_overrides_it_then_keeps_its_uid(
    weekly: ToolApp,
) -> None:
    calendar = weekly.get("/events/12.ics?date=2026-12-05")
    assert lint(calendar.data) == []
    assert "UID:12-20261205@meta.wikimedia.org" in calendar.text
    assert "DTSTART;TZID=Pacific/Auckland:20261206T100000" in calendar.text


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("date=2026-12-20", 404),
        ("date=x", 400),
        ("date=2026-12-12&colour=red", 400),
        ("colour=red", 400),
    ],
)
def test_calendar_of_a_date_when_there_is_none_then_is_refused(
    weekly: ToolApp, query: str, code: int
) -> None:
    assert weekly.get(f"/events/12.ics?{query}").status_code == code
    assert weekly.get("/events/14.ics?date=2026-11-28").status_code == 404


def test_changes_when_a_date_has_a_page_but_its_usual_time_then_it_is_not_moved(
    weekly: ToolApp,
) -> None:
    on_time = MOVED | {"title": "Off", "start": "2026-12-05 10:00"}
    weekly.publish(event(13, **on_time, status="cancelled"))
    page = weekly.get("/events/12-weekly?date=2026-12-12&uselang=qqx").text
    assert "/events/13-off" in page
    assert "(tool-event-changed-date" not in page
    weekly.publish(event(13, **MOVED))
    page = weekly.get("/events/12-weekly?date=2026-12-12&uselang=qqx").text
    assert "(tool-event-changed-date" in page


def test_changes_when_a_series_has_skipped_extra_and_moved_dates_then_all_are_named(
    tool: ToolApp,
) -> None:
    dates = {"except": ("2026-12-12",), "also": ("2026-12-30 18:00",)}
    rule = {"recurrence": "FREQ=WEEKLY;COUNT=5", "end": "", "venue": "Library"}
    tool.publish(event(12, title="Weekly", **rule, **dates), event(13, **MOVED))
    page = opened(tool, "/events/12-weekly?date=2026-12-26&uselang=en")
    assert page.index("Library") < page.index("Changes to this series")
    changes = page.partition("Changes to this series")[2].partition("</section>")[0]
    told = re.sub(r"<[^>]+>", "", changes)
    assert "Not on Saturday, 12 December 2026, 10:00" in told
    assert "Also on Wednesday, 30 December 2026, 18:00" in told
    assert "moved from Saturday, 5 December 2026, 10:00" in told
    assert "more change" not in told
    # The numbers agree: four of the rule and one more.
    assert "one of 5 dates" in page
    assert "Every Saturday, 4 times, until 26 December 2026, plus one extra" in page


def test_changes_when_there_are_many_then_those_to_come_are_folded_beyond_a_few(
    tool: ToolApp,
) -> None:
    days = tuple(f"2026-12-{day:02}" for day in (7, 8, 9, 10, 11))
    daily = {"start": "2026-11-02 10:00", "recurrence": "FREQ=DAILY;COUNT=60"}
    tool.publish(event(12, end="", **daily, **{"except": ("2026-11-03", *days)}))
    page = opened(tool, "/events/12?uselang=en")
    in_sight, _, folded = page.partition('id="changes"')[2].partition("<details")
    assert in_sight.count("Not on") == 3
    folded = folded.partition("</details>")[0]
    assert "2 more changes" in folded
    assert folded.count("Not on") == 2


def test_series_when_its_next_date_has_a_page_of_its_own_then_names_that_first(
    weekly: ToolApp,
) -> None:
    weekly.now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    page = opened(weekly, "/events/12-weekly?uselang=en")
    line = re.sub(r"<[^>]+>", "", page.partition("date-line")[2])
    assert line.startswith('">Next date: Moved, Sunday, 6 December 2026, 10:00')
    weekly.now = datetime(2026, 12, 7, 12, tzinfo=UTC)
    page = opened(weekly, "/events/12-weekly?uselang=en")
    line = re.sub(r"<[^>]+>", "", page.partition("date-line")[2])
    assert line.startswith('">Next date: Saturday, 12 December 2026')
    page = opened(weekly, "/events/12-weekly?date=2026-12-12&uselang=en")
    assert "Next date" not in page


def test_lists_when_a_series_dropped_a_date_then_it_is_struck_and_leads_to_its_page(
    tool: ToolApp,
) -> None:
    series = event(
        12,
        title="Weekly",
        end="2026-11-28 12:00",
        recurrence="FREQ=WEEKLY;UNTIL=20261211T000000Z",
    )
    tool.publish(replace(series, dropped=("2026-12-12 10:00",)), event(14))
    address = "/events/12-weekly?date=2026-12-12"
    for path in ("/events", "/calendar/2026-12", "/embed/events"):
        page = opened(tool, path)
        assert address in page, path
        assert "Cancelled" in page, path
    (dropped,) = (
        each
        for each in tool.get("/api/v1/events").get_json()["events"]
        if each["start"] == "2026-12-12 10:00"
    )
    assert dropped["status"] == "cancelled"
    page = opened(tool, address)
    assert "does not take place on this date" in page
    assert "STATUS:CANCELLED" in tool.get("/events/12.ics?date=2026-12-12").text
    calendar = tool.get("/events/12.ics").text
    assert lint(calendar.encode()) == []
    assert calendar.count("BEGIN:VEVENT") == 2
