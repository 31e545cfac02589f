"""The zone of an event's form: proposed by the place, never silently another."""

import pytest

from space.schema.kinds import load_kind
from tests.support.tool.app import ToolApp, failed_fields, fields_of
from tests.support.tool.event_form import page_text
from tool.app.form.event_zone import with_zone
from tool.app.form.fields import read_form

BERLIN = {"timezone": "Europe/Berlin", "timezone-proposed": "Europe/Berlin"}
LAGOS = {
    "kind": "event",
    "title": "Wiki Wednesday",
    "start-date": "2026-12-02",
    "start-time": "18:00",
    "mode": "hybrid",
    "country": "NG",
    "city": "Lagos",
    "action": "save",
}
TITLE = "Space/Events/Wiki Wednesday"


def codes(**fields: str) -> list[str]:
    """Codes of the problems at the zone."""
    sent = {name: (text,) for name, text in {**LAGOS, **fields}.items()}
    form = read_form(load_kind("event"), with_zone(sent), "")
    return [
        problem.code
        for control in form.controls
        for problem in control.problems
        if control.field.name == "timezone"
    ]


@pytest.mark.parametrize("sent", [BERLIN, {"timezone": ""}])
def test_save_when_the_zone_was_only_proposed_then_it_is_that_of_the_place(
    tool: ToolApp, sent: dict[str, str]
) -> None:
    tool.sign_in()
    assert tool.post("/write/event", **LAGOS, **sent).status_code == 303
    assert "| timezone = Africa/Lagos\n" in page_text(tool, TITLE)


def test_preview_when_the_zone_was_only_proposed_then_the_form_shows_that_of_the_place(
    tool: ToolApp,
) -> None:
    page = tool.post("/write/event", **LAGOS | BERLIN | {"action": "preview"})
    assert fields_of(page.text)["timezone"] == "Africa/Lagos"


@pytest.mark.parametrize("typed", ["Lagos", "lagos", "لاغوس", "Nigeria"])
def test_save_when_a_city_is_typed_as_the_zone_then_it_is_understood(
    tool: ToolApp, typed: str
) -> None:
    tool.sign_in()
    assert tool.post("/write/event", **LAGOS, timezone=typed).status_code == 303
    assert "| timezone = Africa/Lagos\n" in page_text(tool, TITLE)


def test_save_when_the_country_has_no_such_zone_then_asks_once_at_the_field(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    page = tool.post("/write/event", **LAGOS, timezone="Europe/Berlin")
    assert page.status_code == 409
    assert failed_fields(page.text) == ["timezone"]
    assert page.text.count("Time zones there: Africa/Lagos.") == 2
    again = fields_of(page.text) | {"action": "save"}
    other = tool.post_raw("/write/event", **again | {"timezone": "Asia/Tokyo"})
    assert other.status_code == 409
    assert tool.post_raw("/write/event", **again).status_code == 303
    assert "Europe/Berlin" in page_text(tool, TITLE)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"timezone": "Europe/Berlin"}, ["zone-elsewhere"]),
        ({"timezone": "UTC+01:00"}, []),
        ({"timezone": "Europe/Berlin", "mode": "online"}, []),
        ({"timezone": "Europe/Berlin", "start-time": ""}, []),
        ({**BERLIN, "country": "US", "city": "Seattle"}, ["missing"]),
        ({"timezone": "America/Denver", "country": "US"}, []),
        (
            {
                "timezone": "America/Denver",
                "country": "US",
                "city": "Seattle",
                "timezone-proposed": "America/Denver",
            },
            ["zone-unsure"],
        ),
    ],
)
def test_zone_when_it_may_be_wrong_then_says_so(
    fields: dict[str, str], expected: list[str]
) -> None:
    assert codes(**fields) == expected
