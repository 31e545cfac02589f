"""Input of the form of an event, and the page that it makes on the wiki."""

from tests.support.tool.app import ToolApp

EVENT = {
    "kind": "event",
    "title": "Women's day 🎉 हिन्दी",
    "start-date": "2026-11-28",
    "start-time": "10:00",
    "timezone": "Asia/Kolkata",
    "country": "IN",
    "city": "पुणे",
    "body": "Bring a laptop.\r\n\r\nTea at four.",
    "action": "save",
}
TITLE = "Space/Events/Women's day 🎉 हिन्दी"


def page_text(tool: ToolApp, title: str = TITLE) -> str:
    """The latest wikitext of a page."""
    revision = tool.wiki.texts([title])[title]
    assert revision.text is not None
    return revision.text


def saved_event(tool: ToolApp) -> int:
    """Save the event as Olu and return the id of its page."""
    tool.sign_in()
    assert tool.post("/write/event", **EVENT).status_code == 303
    return tool.wiki.pages_by_title([TITLE])[TITLE].id
