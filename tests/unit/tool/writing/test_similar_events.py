import re
from html import unescape
from typing import Any

import pytest

from space.publication.similar_events import Duplicate, Plan, duplicates
from space.store import Record
from space.store.keys import COMPLETE
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp, csrf_of, fields_of

MINE = {
    "kind": "event",
    "title": "Women of the Pacific",
    "start-date": "2026-11-28",
    "start-time": "10:00",
    "timezone": "Pacific/Auckland",
    "country": "NZ",
    "city": "Auckland",
    "topics": "women; tea",
    "body": "Kept.",
}
TITLE = "Space/Events/Women of the Pacific"
COMMA = ", "
_LOOKUP = "tool.app.writing.panels.similar_events.duplicates"


def publish(tool: ToolApp) -> None:
    tool.publish(
        event(12, title="Tea", city="Auckland", start="2026-11-27", end=""),
        event(14, title="In Berlin", country="DE", topics=("women",)),
        event(16, title="<b>Far</b>", country="DE", start="2027-01-01", end=""),
    )


def waiting(page_id: int, title: str) -> Record:
    return Record(page_id, "event", f"Space/Events/{title}", 0, 1, "waiting")


def piece(tool: ToolApp, language: str = "en", **fields: str) -> str:
    token = csrf_of(tool.get("/write/event"))
    path = f"/nearby?uselang={language}"
    response = tool.post_raw(path, csrf=token, **MINE | fields)
    assert response.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.text)).split())


def test_nearby_when_events_collide_then_says_in_words_why(tool: ToolApp) -> None:
    publish(tool)
    text = piece(tool)
    assert "Tea Friday, 27 November 2026 · Auckland, New Zealand same city" in text
    assert f"same city{COMMA}one day earlier" in text
    assert f"same topic: women{COMMA}same hour" in text
    assert "Auckland (UTC+13:00) · Germany same topic: women" in text
    assert "Far" not in text


def test_nearby_when_only_the_hour_is_shared_then_says_who_could_go_to_either(
    tool: ToolApp,
) -> None:
    tool.publish(event(12, city="Wellington"), event(14, mode="hybrid", country="DE"))
    assert f"same country{COMMA}same hour" in piece(tool)
    assert f"also online{COMMA}same hour" in piece(tool, mode="online")


def test_nearby_when_there_are_three_reasons_then_any_language_lists_them(
    tool: ToolApp,
) -> None:
    tool.publish(
        event(12, city="Auckland", topics=("women",), start="2026-11-27", end="")
    )
    reasons = {code: piece(tool, code) for code in tool.services.catalogue}
    assert f"same city{COMMA}same topic: women{COMMA}one day earlier" in reasons["en"]
    assert reasons["es"].endswith("misma ciudad, mismo tema: women y un día antes")


def test_nearby_when_there_is_nothing_then_the_piece_is_empty(
    tool: ToolApp,
) -> None:
    publish(tool)
    assert piece(tool, **{"start-date": "2027-06-01"}) == ""
    assert piece(tool, **{"start-date": "soon"}) == ""
    assert piece(tool, kind="post") == ""


def test_nearby_when_the_event_is_edited_then_does_not_clash_with_itself(
    tool: ToolApp,
) -> None:
    tool.publish(event(12, title=MINE["title"], city="Auckland"))
    assert "same title" in piece(tool)
    assert piece(tool, page="12") == ""


def test_nearby_when_sent_without_its_token_then_is_refused(tool: ToolApp) -> None:
    assert tool.post_raw("/nearby", **MINE).status_code == 403


def test_nearby_when_nothing_was_ever_read_then_says_nothing(
    tool: ToolApp,
) -> None:
    tool.store.set_value(COMPLETE, None)
    assert piece(tool) == ""


def test_preview_when_there_is_no_script_then_shows_what_is_nearby(
    tool: ToolApp,
) -> None:
    publish(tool)
    response = tool.post("/write/event", action="preview", **MINE)
    assert f"same city{COMMA}one day earlier" in response.text
    assert "Save anyway" not in response.text


def test_create_when_it_is_there_already_then_asks_once_and_keeps_the_text(
    tool: ToolApp,
) -> None:
    tool.publish(event(12, title="women of the pacific", city="Auckland"))
    tool.sign_in()
    asked = tool.post("/write/event", action="save", **MINE)
    assert asked.status_code == 409
    assert "Save anyway" in asked.text
    assert f"same title{COMMA}same day" in asked.text
    assert tool.wiki.pages_by_title([TITLE]) == {}
    fields = fields_of(asked.text)
    assert fields["body"].strip() == "Kept."
    again = tool.post_raw("/write/event", **fields, action="save")
    assert again.status_code == 303
    assert TITLE in tool.wiki.pages_by_title([TITLE])


def test_create_when_a_duplicate_is_asked_about_then_looks_for_events_once(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[Plan] = []

    def counted(plan: Plan, *args: Any) -> tuple[Duplicate, ...]:
        plans.append(plan)
        return duplicates(plan, *args)

    monkeypatch.setattr(_LOOKUP, counted)
    tool.publish(event(12, title=MINE["title"], city="Auckland"))
    tool.sign_in()
    fields = fields_of(tool.get("/write/event").text) | MINE
    plans.clear()
    asked = tool.post_raw("/write/event", **fields, action="save")
    assert asked.status_code == 409
    assert "Save anyway" in asked.text
    assert len(plans) == 1


def test_create_when_another_duplicate_appears_meanwhile_then_asks_of_that_one(
    tool: ToolApp,
) -> None:
    tool.publish(event(12, title=MINE["title"], city="Auckland"))
    tool.sign_in()
    fields = fields_of(tool.post("/write/event", action="save", **MINE).text)
    tool.publish(event(14, title=MINE["title"], city="Auckland"))
    again = tool.post_raw("/write/event", **fields, action="save")
    assert again.status_code == 409
    assert fields_of(again.text)["known"] == "12 14"


def test_create_when_the_duplicate_waits_then_only_its_title_is_told(
    tool: ToolApp,
) -> None:
    tool.store.put(waiting(70, "Women of the Pacific"), waiting(72, "Tea"))
    tool.sign_in()
    asked = tool.post("/write/event", action="save", **MINE)
    assert asked.status_code == 409
    assert f"same title{COMMA}not published yet" in asked.text
    assert "Space/Events/Tea" not in asked.text


@pytest.mark.parametrize("known", ["", "x", "12x", "9" * 400, " ".join("1" * 200)])
def test_create_when_what_is_known_is_nonsense_then_asks(
    tool: ToolApp, known: str
) -> None:
    tool.publish(event(12, title=MINE["title"], city="Auckland"))
    tool.sign_in()
    asked = tool.post("/write/event", action="save", known=known, **MINE)
    assert asked.status_code == 409


def test_edit_when_saved_then_nobody_is_asked_about_duplicates(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    tool.post("/write/event", action="save", **MINE)
    page_id = tool.wiki.pages_by_title([TITLE])[TITLE].id
    tool.publish(event(12, title=MINE["title"], city="Auckland"))
    form = tool.get(f"/edit/{page_id}").text
    assert "Is this a duplicate?" in form
    sent = fields_of(form) | {"body": "More.", "action": "save"}
    assert tool.post_raw(f"/edit/{page_id}", **sent).status_code == 303
