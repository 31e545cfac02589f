"""Dates at the ends of the calendar, in every field and filter of the tool.

Programs write 9999-12-31 for "no end", a day before Python's dates are over; a slip of
the keyboard makes 2199 of 2019. Whatever comes, a page is shown or refused in words.
"""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp, csrf_of
from tests.support.tool.event_form import EVENT

PAGES = (
    *("/events", "/calendar/2026-11", "/map", "/blog", "/subscribe"),
    *("/embed/events", "/embed/map", "/api/v1/events", "/api/v1/posts"),
    *("/feeds/events.ics", "/feeds/events.geojson", "/feeds/events.csv"),
    "/feeds/posts.atom",
)
PUBLIC = (
    *("/", "/events/12", "/events/12.ics", "/events", "/map", "/subscribe"),
    *("/embed/events", "/api/v1/events", "/calendar/2199-12", "/calendar/1900-01"),
    *("/feeds/events.ics", "/feeds/events.geojson", "/feeds/events.csv"),
)
ENDS = st.sampled_from(
    [
        *("0001-01-01", "1899-12-31", "1900-01-01", "2199-12-31", "2200-01-01"),
        *("9999-12-30", "9999-12-31", "0000-00-00", "99999-01-01"),
    ]
)
EXTREMES = st.one_of(ENDS, st.dates().map(str))
IN_RANGE = st.one_of(
    st.sampled_from(["1900-01-01", "1900-12-31", "2199-01-01", "2199-12-31"]),
    st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str),
)
CLOCKS = st.sampled_from(["", "00:00", "02:30", "23:59"])
ZONES = st.sampled_from(
    ["UTC", "UTC+14:00", "UTC-12:00", "Pacific/Kiritimati", "America/New_York"]
)
RULES = st.sampled_from(
    [
        "FREQ=DAILY;INTERVAL=999",
        "FREQ=WEEKLY;COUNT=2",
        "FREQ=MONTHLY;COUNT=999",
        "FREQ=YEARLY;INTERVAL=999",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;UNTIL={day}",
        "FREQ=WEEKLY;UNTIL={day}T235959Z",
        "FREQ=DAILY;UNTIL={day}T000000",
    ]
)
same_stage = [HealthCheck.function_scoped_fixture]
few = settings(max_examples=25, suppress_health_check=same_stage)


def rule(text: str, day: str) -> str:
    return text.format(day=day.replace("-", ""))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "query",
    [
        *("to=9999-12-31", "from=9999-12-30&to=9999-12-31", "to=0001-01-01"),
        "from=0001-01-01&to=9999-12-31",
    ],
)
def test_page_when_a_filter_has_a_far_day_then_it_is_no_bound(
    tool: ToolApp, path: str, query: str
) -> None:
    tool.publish(event(12, title="Zebra"), post(13, title="Zebra"))
    response = tool.get(f"{path}?{query}", follow_redirects=True)
    assert response.status_code == 200
    shown = "from=9999" not in query and "to=0001" not in query
    if path.startswith(("/feeds", "/api")) and "geojson" not in path:
        assert ("Zebra" in response.text) is shown


@pytest.mark.parametrize(
    ("month", "there", "absent"),
    [
        ("2199-12", "/calendar/2199-11", "/calendar/2200-01"),
        ("1900-01", "/calendar/1900-02", "/calendar/1899-12"),
    ],
)
def test_calendar_when_no_event_may_be_in_the_next_month_then_links_to_none(
    tool: ToolApp, month: str, there: str, absent: str
) -> None:
    text = tool.get(f"/calendar/{month}").text
    assert there in text
    assert absent not in text
    assert tool.get(there).status_code == 200
    assert tool.get(absent).status_code == 404


@settings(max_examples=6, suppress_health_check=same_stage)
@example(
    start="2026-11-28",
    end="2199-12-31",
    until="2199-12-31",
    clock="",
    zone="UTC",
    of="FREQ=WEEKLY;COUNT=2",
)
@given(start=IN_RANGE, end=IN_RANGE, until=IN_RANGE, clock=CLOCKS, zone=ZONES, of=RULES)
def test_pages_when_an_event_is_at_the_ends_of_the_calendar_then_all_are_there(
    tool: ToolApp,
    *,
    start: str,
    end: str,
    until: str,
    clock: str,
    zone: str,
    of: str,
) -> None:
    first, last = sorted((start, end))
    moments = {
        name: f"{day} {clock}".strip()
        for name, day in (("start", first), ("end", last))
    }
    tool.publish(
        event(12, **moments, timezone=zone, recurrence=rule(of, until)),
        event(14, title="Another"),
    )
    months = (f"/calendar/{first[:7]}", f"/calendar/{last[:7]}")
    for path in (*PUBLIC, *months):
        assert tool.get(path, follow_redirects=True).status_code == 200, path


@few
@given(
    days=st.fixed_dictionaries(
        {
            "start-date": EXTREMES,
            "end-date": st.one_of(st.just(""), EXTREMES),
            "also": st.one_of(st.just(""), EXTREMES),
            "except": st.one_of(st.just(""), EXTREMES),
            "confirmed": st.one_of(st.just(""), EXTREMES),
        }
    ),
    until=EXTREMES,
    clock=CLOCKS,
    zone=ZONES,
    of=st.one_of(st.just("until"), RULES),
)
def test_form_when_its_dates_are_extreme_then_every_button_answers(
    tool: ToolApp,
    *,
    days: dict[str, str],
    until: str,
    clock: str,
    zone: str,
    of: str,
) -> None:
    tool.publish(event(12, start="2199-12-31", end="", recurrence="FREQ=DAILY"))
    tool.forget_counts()
    tool.sign_in()
    repeats = (
        {
            "recurrence-repeats": "weekly",
            "recurrence-end": "until",
            "recurrence-until": until,
        }
        if of == "until"
        else {"recurrence-repeats": "other", "recurrence": rule(of, until)}
    )
    fields = EVENT | days | repeats
    fields |= {"start-time": clock, "end-time": days["end-date"] and clock}
    fields |= {"timezone": zone}
    token = csrf_of(tool.get("/write/event"))
    for path, action in (
        ("/nearby", ""),
        ("/preview", ""),
        ("/write/event", "dates"),
        ("/write/event", "save"),
    ):
        sent = {**fields, "action": action, "csrf": token}
        answer = tool.post_raw(path, **sent)
        assert answer.status_code in {200, 303, 409, 422}, (path, action)


@few
@given(
    start=EXTREMES,
    end=EXTREMES,
    until=EXTREMES,
    zone=st.sampled_from(["", "Z", ";TZID=Pacific/Kiritimati", ";TZID=Etc/GMT+12"]),
    clock=st.sampled_from(["", "T000000", "T235959"]),
    more=st.sampled_from(["", "DURATION:P9999W", "DURATION:PT99999H", "end"]),
    home=st.sampled_from(["", "X-WR-TIMEZONE:Pacific/Auckland\n"]),
    of=RULES,
)
def test_import_when_its_dates_are_extreme_then_a_form_comes(
    tool: ToolApp,
    *,
    start: str,
    end: str,
    until: str,
    zone: str,
    clock: str,
    more: str,
    home: str,
    of: str,
) -> None:
    mark = zone if zone == "Z" else ""
    said = zone.removesuffix("Z")

    def stamp(name: str, day: str) -> str:
        return f"{name}{said}:{day.replace('-', '')}{clock}{clock and mark}"

    lines = [
        "SUMMARY:Tea",
        stamp("DTSTART", start),
        stamp("DTEND", end) if more == "end" else more,
        f"RRULE:{rule(of, until)}",
        stamp("EXDATE", end),
        stamp("RDATE", until),
    ]
    inside = "\n".join(line for line in lines if line)
    text = f"BEGIN:VCALENDAR\n{home}BEGIN:VEVENT\n{inside}\nEND:VEVENT\nEND:VCALENDAR\n"
    tool.forget_counts()
    tool.sign_in()
    answer = tool.post("/write/event/import", text=text)
    assert answer.status_code in {200, 303, 422}


@pytest.mark.parametrize("until", ["99991231", "99991231T235959Z", "22000101"])
def test_import_when_a_rule_ends_beyond_all_years_then_it_has_no_end(
    tool: ToolApp, until: str
) -> None:
    tool.sign_in()
    text = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Tea\nDTSTART:20261128T100000Z\n"
        f"RRULE:FREQ=WEEKLY;UNTIL={until};BYDAY=SA\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    answer = tool.post("/write/event/import", text=text)
    assert answer.status_code == 200
    assert "UNTIL" not in answer.text
    assert "the series does not end" in answer.text
