"""Copy for next time: the form of an event, filled in from an old one."""

from tests.support.tool.app import ToolApp, failed_fields, fields_of
from tests.support.tool.event_form import EVENT, saved_event


def test_copy_when_an_event_is_over_then_all_but_its_dates_is_filled_in(
    tool: ToolApp,
) -> None:
    page_id = saved_event(tool)
    page = tool.get(f"/write/event?copy={page_id}")
    fields = fields_of(page.text)
    for name in ("title", "timezone", "city", "start-time"):
        assert fields[name] == EVENT[name]
    assert fields["country"] == "India"
    assert fields["body"].strip().startswith("Bring a laptop.")
    assert fields["start-date"] == ""
    assert "page" not in fields
    assert failed_fields(page.text) == []
    new = fields | {"start-date": "2026-12-28", "action": "save"}
    asked = tool.post_raw("/write/event", **new)
    assert "already" in asked.text
    offered = fields_of(asked.text) | {"suffix": "1"}
    assert tool.post_raw("/write/event", **offered).status_code == 303


def test_copy_when_the_page_is_no_event_then_is_not_found(tool: ToolApp) -> None:
    post = tool.wiki.write("Space/Blog/A", "{{Space post|title=A|language=en}}")
    for asked in (str(post.page_id), "99", "x"):
        assert tool.get(f"/write/event?copy={asked}").status_code == 404


def test_preview_when_fields_are_empty_then_they_have_no_errors_yet(
    tool: ToolApp,
) -> None:
    sent = {"title": "Tea", "timezone": "Mars", "action": "preview"}
    page = tool.post("/write/event", **sent)
    assert failed_fields(page.text) == ["timezone"]
