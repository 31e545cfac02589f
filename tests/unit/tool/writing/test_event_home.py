"""A new event in the namespace `Event:`, where registration can be opened."""

from dataclasses import replace
from html import unescape

import pytest

from space.store.keys import PAGE_REGISTRATIONS, SETTINGS_TEXT
from tests.support.feeds.publications import event
from tests.support.feeds.registered_events import entry_copies, registered_entry
from tests.support.tool.app import ToolApp, fields_of
from tests.support.tool.event_form import EVENT, TITLE, page_text

IN_EVENT = "Event:Women's day 🎉 हिन्दी"
OPENING = "Special:EnableEventRegistration?wpEventPage=Event%3A"


def allow(
    tool: ToolApp, home: str = "allowed", namespaces: str = "Event", others: str = ""
) -> None:
    said = f"event home={home}|namespaces=(main);{namespaces}|{others}"
    tool.store.set_value(SETTINGS_TEXT, f"{{{{Space settings|{said}}}}}")


def saved(tool: ToolApp, **fields: str) -> str:
    """The page after the event was saved by Olu."""
    tool.sign_in()
    response = tool.post("/write/event", **EVENT | fields)
    assert response.status_code == 303, response.text
    return unescape(tool.get(f"{response.location}?uselang=qqx").text)


@pytest.mark.parametrize(
    ("home", "namespaces", "chosen"),
    [
        ("off", "Event", None),
        ("allowed", "Event", "root"),
        ("default", "Event", "event"),
        ("default", "Help", None),
    ],
)
def test_form_of_an_event_when_settings_allow_asks_where_its_page_is_to_be(
    tool: ToolApp, home: str, namespaces: str, chosen: str | None
) -> None:
    allow(tool, home, namespaces)
    assert fields_of(tool.get("/write/event").text).get("home") == chosen
    assert "home" not in fields_of(tool.get("/write/post").text)


@pytest.mark.parametrize(
    ("settings", "sent", "title"),
    [
        ("allowed", {"home": "event"}, IN_EVENT),
        ("allowed", {"home": "root"}, TITLE),
        ("allowed", {}, TITLE),
        ("default", {}, IN_EVENT),
        ("default", {"home": "root"}, TITLE),
        ("off", {"home": "event"}, TITLE),
        ("allowed", {"home": "event", "title": " :_: Tea"}, "Event:Tea"),
    ],
)
def test_create_when_a_home_is_chosen_then_the_page_is_there(
    tool: ToolApp, settings: str, sent: dict[str, str], title: str
) -> None:
    allow(tool, settings)
    saved(tool, **sent)
    assert page_text(tool, title).startswith("{{Space event\n")


def test_create_when_the_title_is_taken_there_then_one_with_the_date_is_offered(
    tool: ToolApp,
) -> None:
    allow(tool)
    tool.wiki.write(IN_EVENT, "Somebody was faster.")
    tool.sign_in()
    refused = tool.post("/write/event", **EVENT, home="event")
    assert refused.status_code == 409
    assert f"{IN_EVENT} (2026-11-28)" in unescape(refused.text)
    again = fields_of(refused.text) | {"action": "save", "suffix": "1"}
    assert tool.post_raw("/write/event", **again).status_code == 303
    assert page_text(tool, IN_EVENT) == "Somebody was faster."
    assert "Tea at four." in page_text(tool, f"{IN_EVENT} (2026-11-28)")


def test_form_when_signing_in_comes_between_then_the_choice_is_kept(
    tool: ToolApp,
) -> None:
    allow(tool)
    sent = {**fields_of(tool.get("/write/event").text), **EVENT, "home": "event"}
    asked = tool.post_raw("/login", **sent | {"return_to": "/write/event"})
    assert asked.status_code in {302, 303}
    back = tool.get("/oauth-callback?code=good&state=s")
    assert fields_of(tool.get(back.location).text)["home"] == "event"


@pytest.mark.parametrize(
    ("groups", "told", "next_step"),
    [
        (["event-organizer"], "tool-home-may:", "(tool-next-registration: "),
        ([], "tool-home-may-not:", "(tool-next-registration-others: "),
    ],
)
def test_right_to_open_registration_when_held_leads_there_after_saving(
    tool: ToolApp, groups: list[str], told: str, next_step: str
) -> None:
    allow(tool)
    tool.wiki.register("Olu", *groups)
    tool.sign_in()
    assert told in tool.get("/write/event?uselang=qqx").text
    page = saved(tool, home="event")
    assert next_step in page
    assert (OPENING in page) is bool(groups)
    assert ("Special:ListGroupRights" in page) is not groups


def test_form_when_nobody_is_signed_in_says_who_can_open_registration(
    tool: ToolApp,
) -> None:
    allow(tool)
    assert "(tool-home-unknown: " in tool.get("/write/event?uselang=qqx").text


def test_saved_when_somebody_else_made_the_page_does_not_lead_there(
    tool: ToolApp,
) -> None:
    allow(tool)
    tool.wiki.register("Olu", "event-organizer")
    saved(tool, home="event")
    page_id = tool.wiki.pages_by_title([IN_EVENT])[IN_EVENT].id
    tool.publish(replace(event(page_id), page_title=IN_EVENT, creator="Lena"))
    page = tool.get(f"/saved/{page_id}?uselang=qqx").text
    assert "(tool-next-registration-others: " in page


def test_saved_when_the_page_has_registration_or_is_elsewhere_says_nothing_of_it(
    tool: ToolApp,
) -> None:
    allow(tool)
    assert "tool-next-registration" not in saved(tool, home="root")
    assert "tool-next-registration" in saved(tool, home="event")
    page_id = tool.wiki.pages_by_title([IN_EVENT])[IN_EVENT].id
    address = f"/saved/{page_id}?uselang=qqx"
    tool.store.set_value(PAGE_REGISTRATIONS, {str(page_id): ""})
    assert "tool-next-registration" not in tool.get(address).text
    tool.store.set_value(PAGE_REGISTRATIONS, {})
    assert "tool-next-registration" in tool.get(address).text
    allow(tool, others="bot=SpaceBot|registry=marked")
    tool.store.put_copies(*entry_copies(registered_entry(event_page=IN_EVENT)))
    assert "tool-next-registration" not in tool.get(address).text


def test_page_in_the_namespace_when_edited_and_translated_stays_there(
    tool: ToolApp,
) -> None:
    allow(tool)
    saved(tool, home="event")
    page_id = tool.wiki.pages_by_title([IN_EVENT])[IN_EVENT].id
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    assert "home" not in form
    edited = tool.post_raw(f"/edit/{page_id}", **form | {"start-time": "11:00"})
    assert edited.status_code == 303
    assert "2026-11-28 11:00" in page_text(tool, IN_EVENT)
    tool.publish(replace(event(page_id), page_title=IN_EVENT))
    begun = fields_of(tool.get(f"/write/translation?translate={page_id}&into=fr").text)
    sent = begun | {"title": "Journée des femmes", "action": "save"}
    assert tool.post_raw("/write/translation", **sent).status_code == 303
    assert "Journée" in page_text(tool, f"{IN_EVENT}/fr")


@pytest.mark.parametrize(("settings", "chosen"), [("allowed", "event"), ("off", None)])
def test_copy_of_an_event_when_it_is_in_the_namespace_is_to_be_there_again(
    tool: ToolApp, settings: str, chosen: str | None
) -> None:
    allow(tool)
    saved(tool, home="event")
    page_id = tool.wiki.pages_by_title([IN_EVENT])[IN_EVENT].id
    allow(tool, settings)
    form = fields_of(tool.get(f"/write/event?copy={page_id}").text)
    assert form.get("home") == chosen
