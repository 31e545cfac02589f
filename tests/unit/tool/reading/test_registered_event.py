"""Registered events in the tool: marked, filtered, and with a page of few words."""

from dataclasses import replace

import pytest

from space.publication.registered import FIRST_CALENDAR_ID, FIRST_ID, REVIEWED
from space.store.keys import CLAIMED, DOUBLES, PAGE_REGISTRATIONS, SETTINGS_TEXT
from tests.support.feeds.publications import event
from tests.support.feeds.registered_events import from_calendar, registered
from tests.support.tool.app import ToolApp

MARK = "Registered, not reviewed"
LEADING_ON = {
    "/events/{}-title?uselang=de": "/events/{}?uselang=de",
    "/events/{}.ics?alarm=1d": "/events/{}.ics?alarm=1d",
    "/series/{}-title": "/series/{}",
    "/tell/{}": "/tell/{}",
    "/tell/{}/poster?uselang=ar": "/tell/{}/poster?uselang=ar",
    "/interested/{}": "/interested/{}",
    "/api/v1/events/{}?from=2026-12-01": "/api/v1/events/{}?from=2026-12-01",
}
"""Addresses of an event, and where they lead if another one stands for it."""


@pytest.fixture
def tool(tool: ToolApp) -> ToolApp:
    tool.publish(event(12, title="Tea"), registered(name="Trains <b>north</b>"))
    return tool


def test_lists_when_an_event_is_registered_mark_it_alone(tool: ToolApp) -> None:
    for path in ("/", "/events", "/map", "/calendar/2026-12", "/search?q=trains"):
        page = tool.get(path).text
        assert "Trains &lt;b&gt;north&lt;/b&gt;" in page, path
        assert MARK in page, path
    assert tool.get("/events").text.count(MARK) == 1


@pytest.mark.parametrize(
    ("source", "titles"), [("page", {"Tea"}), ("Registered", {"Trains <b>north</b>"})]
)
def test_filter_when_by_source_lets_through_events_of_it(
    tool: ToolApp, source: str, titles: set[str]
) -> None:
    found = tool.get(f"/api/v1/events?source={source}").json
    assert found
    assert {row["title"] for row in found["events"]} == titles
    calendar = tool.get(f"/feeds/events.ics?source={source.lower()}").text
    assert calendar.count("BEGIN:VEVENT") == 1
    page = tool.get(f"/events?source={source.lower()}").text
    assert "Source" in page
    assert (MARK in page) is (source == "Registered")


def test_filter_when_of_no_source_is_refused_by_name(tool: ToolApp) -> None:
    answer = tool.get("/api/v1/events?source=rumours")
    assert answer.status_code == 400
    assert answer.json
    assert answer.json["parameter"] == "source"
    assert tool.get("/api/v1/posts?source=page").status_code == 400


def test_page_of_a_registered_event_says_so_and_offers_what_can_be_done(
    tool: ToolApp,
) -> None:
    page = tool.get(f"/events/{FIRST_ID + 17}", follow_redirects=True).text

    assert "Nobody has reviewed it here." in page
    assert "https://meta.wikimedia.org/wiki/Special:RegisterForEvent/17" in page
    assert "Event:Registered_event_17" in page
    for what in ("/edit/", "/write/translation", "action=history", 'id="comments"'):
        assert what not in page


def test_page_of_a_registered_event_when_closed_says_so(tool: ToolApp) -> None:
    tool.publish(registered(18, status="closed"))

    page = tool.get(f"/events/{FIRST_ID + 18}", follow_redirects=True).text

    assert "Registration is closed." in page
    assert "Special:RegisterForEvent" not in page


def test_api_when_an_event_is_registered_tells_what_is_known_of_it(
    tool: ToolApp,
) -> None:
    told = tool.get(f"/api/v1/events/{FIRST_ID + 17}").json

    assert told
    assert (told["source"], told["registration"], told["reviewed"]) == (
        "registered",
        "open",
        False,
    )
    other = tool.get("/api/v1/events/12").json
    assert other
    assert "source" not in other


@pytest.mark.parametrize("path", ["/edit/{}", "/review/{}", "/blog/{}"])
def test_other_pages_when_asked_of_a_registered_event_know_none(
    tool: ToolApp, path: str
) -> None:
    assert tool.get(path.format(FIRST_ID + 17)).status_code in {302, 303, 404}


@pytest.mark.parametrize(
    ("title", "shown", "absent"),
    [
        ("Special:RegisterForEvent/17", "Special:RegisterForEvent/17", "is closed"),
        ("", "Registration is closed.", "Special:RegisterForEvent"),
    ],
)
def test_page_of_an_event_when_it_has_a_registration_says_how_that_stands(
    tool: ToolApp, title: str, shown: str, absent: str
) -> None:
    tool.store.set_value(SETTINGS_TEXT, "{{Space settings|registry=marked}}")
    tool.store.set_value(PAGE_REGISTRATIONS, {"12": title})

    page = tool.get("/events/12", follow_redirects=True).text

    assert shown in page
    assert absent not in page


def test_address_of_a_registered_event_when_another_stands_for_it_leads_there(
    tool: ToolApp,
) -> None:
    tool.store.set_value(CLAIMED, {"20": 12, "21": 12})
    tool.store.set_value(DOUBLES, {"22": 17, "23": 21})

    for number, other in ((20, 12), (22, FIRST_ID + 17), (23, 12)):
        for path, there in LEADING_ON.items():
            answer = tool.get(path.format(FIRST_ID + number))
            assert answer.status_code == 302
            assert answer.location == there.format(other)
    assert tool.get(f"/events/{FIRST_ID + 24}").status_code == 404
    assert tool.get(f"/events/{FIRST_ID + 17}").status_code == 301


@pytest.mark.parametrize(
    ("user", "members", "offered"),
    [
        ("Olu", {}, True),
        (None, {}, False),
        ("Olu", {"event_page": "Project:Trains"}, False),
        ("Olu", {"event_page_wiki": "frwiki"}, False),
    ],
)
def test_page_of_a_registered_event_when_signed_in_leads_to_the_form_of_its_page(
    tool: ToolApp, user: str | None, members: dict[str, str], *, offered: bool
) -> None:
    tool.publish(registered(19, **members))
    if user:
        tool.sign_in(user)

    page = tool.get(f"/events/{FIRST_ID + 19}", follow_redirects=True).text

    assert ("/write/event?page=Event:Registered+event+19" in page) is offered


@pytest.mark.parametrize(
    ("user", "reviewed", "lines"),
    [
        ("Pavati", False, {"approve", "hide"}),
        ("Pavati", True, {"hide"}),
        ("Olu", False, set()),
        (None, False, set()),
    ],
)
def test_page_of_an_event_from_elsewhere_when_a_reviewer_reads_it_leads_to_a_decision(
    tool: ToolApp, user: str | None, lines: set[str], *, reviewed: bool
) -> None:
    tool.wiki.as_user("Pavati", "patroller")
    listed = registered(19)
    values = {**listed.values, REVIEWED: "yes" if reviewed else "no"}
    tool.publish(replace(listed, values=values), from_calendar(18))
    if user:
        tool.sign_in(user)

    page = tool.get(f"/events/{FIRST_ID + 19}", follow_redirects=True).text

    preload = "preload=Template%3ASpace_registration%2Fpreload"
    form = f"{preload}&amp;preloadparams%5B%5D=19&amp;preloadparams%5B%5D="
    assert {w for w in ("approve", "hide") if f"{form}{w}" in page} == lines
    assert ('content="noindex"' in page) is not reviewed
    other = tool.get(f"/events/{FIRST_CALENDAR_ID + 18}", follow_redirects=True).text
    is_led = f"%5B%5D={FIRST_CALENDAR_ID + 18}&amp;preloadparams%5B%5D=hide" in other
    assert is_led is bool(lines)


def test_page_of_an_event_from_elsewhere_leads_to_where_problems_are_reported(
    tool: ToolApp,
) -> None:
    page = tool.get(f"/events/{FIRST_ID + 17}", follow_redirects=True).text
    report = "Talk:Space/Registrations?action=edit&amp;section=new&amp;preloadtitle="
    assert f"{report}Report%3A+Trains" in page


@pytest.mark.parametrize(("policy", "is_told"), [("marked", True), ("reviewed", False)])
def test_footer_when_unreviewed_events_are_listed_does_not_say_that_all_is_reviewed(
    tool: ToolApp, policy: str, *, is_told: bool
) -> None:
    tool.store.set_value(SETTINGS_TEXT, f"{{{{Space settings|registry={policy}}}}}")

    for path in ("/", "/privacy", "/events/1"):
        page = tool.get(path).text
        assert ("Everything here is a wiki page" in page) is not is_told, path
        assert ("Events from elsewhere are marked" in page) is is_told, path


def test_event_of_a_calendar_when_shown_says_whose_that_is(tool: ToolApp) -> None:
    tool.publish(
        from_calendar(title="<i>Hui</i>", website="https://example.org/hui"),
        from_calendar(18, title="No site"),
    )
    mark = "From a calendar, not reviewed"
    first, other = FIRST_CALENDAR_ID + 17, FIRST_CALENDAR_ID + 18
    for path in ("/events", "/calendar/2026-12", "/search?q=hui"):
        page = tool.get(path).text
        assert "&lt;i&gt;Hui&lt;/i&gt;" in page, path
        assert mark in page, path

    page = tool.get(f"/events/{first}", follow_redirects=True).text
    assert "This event is from the calendar of Wikimedia Aotearoa." in page
    assert "Nobody has reviewed it here." in page
    assert "https://example.org/hui" in page
    for what in ("/edit/", "action=history", 'id="comments"', "RegisterForEvent"):
        assert what not in page

    told = tool.get("/api/v1/events?source=calendar").json
    assert told
    rows = {row["id"]: row for row in told["events"]}
    assert rows.keys() == {first, other}
    assert rows[first]["calendar"] == "Wikimedia Aotearoa"
    assert rows[first]["page"] == "https://example.org/hui"
    assert rows[other]["page"].endswith(f"/events/{other}")
    assert "registration" not in rows[first]
    assert tool.get("/feeds/events.ics?source=registered").text.count("VEVENT") == 2
    page = tool.get("/events?source=calendar").text
    assert page.count(mark) == 2
    assert MARK not in page


def test_event_of_a_calendar_when_nothing_tells_where_it_is_claims_no_place(
    tool: ToolApp,
) -> None:
    tool.publish(from_calendar(), from_calendar(18, mode="online"))

    page = tool.get(f"/events/{FIRST_CALENDAR_ID + 17}", follow_redirects=True).text

    assert "In person" not in page
    assert "eventAttendanceMode" not in page
    assert '"location"' not in page
    told = "From a calendar, not reviewed"
    assert f'property="og:description" content="{told}"' in page
    assert f'"description":"{told}"' in page
    assert "In person" not in tool.get(f"/tell/{FIRST_CALENDAR_ID + 17}").text
    other = tool.get(f"/events/{FIRST_CALENDAR_ID + 18}", follow_redirects=True).text
    assert "OnlineEventAttendanceMode" in other


def test_pages_about_an_event_of_a_calendar_when_nobody_reviewed_it_say_so(
    tool: ToolApp,
) -> None:
    settings = "{{Space settings|registry=marked|followers page=Space/Followers}}"
    tool.store.set_value(SETTINGS_TEXT, settings)
    tool.publish(from_calendar(recurrence="FREQ=WEEKLY"))
    number = FIRST_CALENDAR_ID + 17

    for path in (f"/series/{number}-hui", f"/tell/{number}"):
        page = tool.get(path).text
        assert "From a calendar, not reviewed" in page, path
        assert 'content="noindex"' in page, path
        assert "/follow" not in page, path
    for source, is_led in (("calendar", False), ("registered", False), ("page", True)):
        page = tool.get(f"/events?source={source}").text
        assert ("Follow these events" in page) is is_led, source


def test_texts_about_an_event_of_a_calendar_when_made_link_its_website(
    tool: ToolApp,
) -> None:
    tool.publish(from_calendar(website="https://example.org/hui"))

    page = tool.get(f"/tell/{FIRST_CALENDAR_ID + 17}").text

    assert "[https://example.org/hui Hui]" in page
    assert "/wiki/ " not in page
