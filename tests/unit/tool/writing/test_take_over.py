"""A page of `Event:` without our template, taken into the form of an event."""

from dataclasses import replace
from html import unescape

import pytest

from space.sources.entry import Entry
from space.store.keys import SETTINGS_TEXT
from space.wiki.outcomes import Captcha
from tests.support.feeds.registered_events import entry_copies, registered_entry
from tests.support.tool.app import ToolApp, fields_of

TITLE = "Event:Trains"
TEXT = "\n== Wiki Loves Trains ==\n<!-- kept -->Bring  a ticket.\n{{Event footer}}\n\n"


@pytest.fixture
def page_id(tool: ToolApp) -> int:
    """A page that Lena wrote, with Olu signed in."""
    tool.sign_in()
    return tool.wiki.as_user("Lena").write(TITLE, TEXT).page_id


def know(tool: ToolApp, *entries: Entry, registry: str = "reviewed") -> None:
    """Have the bot's pages with registered events in the store."""
    text = f"{{{{Space settings|bot=SpaceBot|registry={registry}}}}}"
    tool.store.set_value(SETTINGS_TEXT, text)
    if entries:
        tool.store.put_copies(*entry_copies(*entries))


def text_of(tool: ToolApp, title: str = TITLE) -> str:
    return tool.wiki.texts([title])[title].text or ""


@pytest.mark.parametrize(
    "written",
    [
        "Event:Trains",
        "event:trains",
        "Trains",
        "https://wiki.test/wiki/Event:Trains",
        "https://wiki.test/w/index.php?title=Event:Trains&action=history",
    ],
)
def test_page_asked_for_when_in_the_namespace_leads_to_its_form(
    tool: ToolApp, page_id: int, written: str
) -> None:
    found = tool.get("/write/event", query_string={"page": written})
    assert found.location == f"/edit/{page_id}"


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        ("Event:Nowhere", None, "tool-existing-none"),
        ("Help:Trains", "x", "tool-existing-elsewhere"),
        ("Event talk:Trains", "x", "tool-existing-elsewhere"),
        ("Event:Old", "#REDIRECT [[Event:Trains]]", "tool-existing-elsewhere"),
        ("Event:<b>|", None, "tool-existing-none"),
    ],
)
def test_page_asked_for_when_it_cannot_be_used_then_the_question_says_why(
    tool: ToolApp, page_id: int, title: str, text: str | None, told: str
) -> None:
    if text:
        tool.wiki.write(title, text)
    asked = {"page": title, "uselang": "qqx"}
    response = tool.get("/write/event", query_string=asked)
    assert response.status_code == 404
    assert told in response.text
    assert "<b>" not in response.text
    assert f'value="{title}"' in unescape(response.text)
    assert page_id


def test_links_to_the_question_when_the_namespace_takes_no_events_are_not_there(
    tool: ToolApp, page_id: int
) -> None:
    pages = ("/write", "/write/event", "/mine")
    assert all("/write/event?page=" in tool.get(path).text for path in pages)
    assert "(tool-existing-title" in tool.get("/write/event?page=&uselang=qqx").text
    tool.store.set_value(SETTINGS_TEXT, "{{Space settings|namespaces=(main)}}")
    assert not any("/write/event?page=" in tool.get(path).text for path in pages)
    assert tool.get("/write/event?page=Trains").status_code == 404
    assert tool.get(f"/edit/{page_id}").status_code == 404


def test_form_of_a_page_when_it_is_registered_is_filled_and_keeps_its_text(
    tool: ToolApp, page_id: int
) -> None:
    know(
        tool,
        registered_entry(
            name="Trains in Accra",
            event_page=TITLE,
            online_meeting=False,
            inperson_meeting=True,
            meeting_country_code="GH",
            timezone="Africa/Accra",
        ),
        registered_entry(18),
    )
    page = tool.get(f"/edit/{page_id}?uselang=qqx").text
    assert "(tool-form-take-over-registered)" in page
    form = fields_of(page)
    assert form["title"] == "Trains in Accra"
    assert (form["start-date"], form["end-time"]) == ("2026-12-03", "20:00")
    assert (form["timezone"], form["wikis"]) == ("Africa/Accra", "English Wikipedia")
    assert form["registration_link"].endswith("Special:RegisterForEvent/17")

    assert tool.post_raw(f"/edit/{page_id}", **form).status_code == 303

    text = text_of(tool)
    call, _, below = text.partition("\n}}\n")
    assert call.startswith("{{Space event\n| title")
    for value in ("2026-12-03 18:00", "= meetup", "= GH", "RegisterForEvent/17"):
        assert value in call
    assert "reviewed" not in call
    assert below == TEXT.rstrip("\n")
    revision = tool.wiki.texts([TITLE])[TITLE]
    assert revision.parent
    assert revision.user == "Olu"


@pytest.mark.parametrize(
    "title", ["Event:Été des \"trains\" & 'Ко'", "Event:100% \\ at 7/8", "Event:Tea"]
)
def test_registration_of_a_page_when_the_bot_knows_it_is_found_by_the_title(
    tool: ToolApp, title: str
) -> None:
    page_id = tool.wiki.write(title, "x").page_id
    know(tool, registered_entry(17), registered_entry(18, event_page=title))
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    assert form["registration_link"].endswith("/18")


@pytest.mark.parametrize(
    ("registry", "bot", "title"),
    [
        ("off", "SpaceBot", TITLE),
        ("marked", "Somebody", TITLE),
        ("marked", "SpaceBot", "Event:Trains in Accra"),
    ],
)
def test_registration_of_a_page_when_it_is_not_known_fills_in_nothing(
    tool: ToolApp, page_id: int, registry: str, bot: str, title: str
) -> None:
    know(tool, registry=registry)
    (copy,) = entry_copies(registered_entry(event_page=title))
    tool.store.put_copies(replace(copy, user=bot))
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    assert form["registration_link"] == ""
    assert form["title"] == "Trains"


def test_form_of_a_page_when_nothing_is_known_of_it_has_its_name(
    tool: ToolApp, page_id: int
) -> None:
    page = tool.get(f"/edit/{page_id}?uselang=qqx").text
    assert "(tool-form-take-over)" in page
    form = fields_of(page)
    assert (form["title"], form["organizers"]) == ("Trains", "")
    incomplete = tool.post_raw(f"/edit/{page_id}", **form)
    assert incomplete.status_code == 422
    assert "Bring  a ticket." in incomplete.text
    assert text_of(tool) == TEXT.rstrip("\n")


def filled(tool: ToolApp, page_id: int) -> dict[str, str]:
    """The form of the page with what an event needs."""
    needed = {"start-date": "2026-12-03", "timezone": "Africa/Accra", "country": "GH"}
    return fields_of(tool.get(f"/edit/{page_id}").text) | needed


def test_form_when_signing_in_comes_between_then_is_as_it_was(
    tool: ToolApp, page_id: int
) -> None:
    tool.client = tool.new_client()
    asked = filled(tool, page_id) | {"return_to": f"/edit/{page_id}"}
    assert tool.post_raw("/login", **asked).status_code in {302, 303}
    back = tool.get("/oauth-callback?code=good&state=s")
    form = fields_of(tool.get(back.location).text)
    assert form["country"] == "Ghana"
    assert tool.post_raw(f"/edit/{page_id}", **form).status_code == 303
    assert text_of(tool).endswith(f"}}}}\n{TEXT.rstrip()}")


def test_save_when_the_wiki_wants_a_captcha_then_the_whole_page_can_be_copied(
    tool: ToolApp, page_id: int
) -> None:
    tool.wiki.answer_next(Captcha())
    refused = tool.post_raw(f"/edit/{page_id}", **filled(tool, page_id))
    assert refused.status_code == 409
    whole = unescape(refused.text).partition('name="wpTextbox1"')[2]
    assert "{{Space event" in whole.partition("</textarea>")[0]
    assert "<!-- kept -->Bring  a ticket." in whole.partition("</textarea>")[0]


def test_save_when_the_page_changed_meanwhile_keeps_the_other_change(
    tool: ToolApp, page_id: int
) -> None:
    form = filled(tool, page_id)
    tool.wiki.as_user("Lena").write(TITLE, f"New first line.\n{TEXT}")
    asked = tool.post_raw(f"/edit/{page_id}", **form)
    assert asked.status_code == 409
    again = fields_of(asked.text)
    assert again["body"].strip().startswith("New first line.")
    assert again["country"] == "Ghana"
    assert tool.post_raw(f"/edit/{page_id}", **again).status_code == 303
    assert "}}\nNew first line.\n" in text_of(tool)


def test_save_when_somebody_else_was_faster_then_makes_no_second_call(
    tool: ToolApp, page_id: int
) -> None:
    form = filled(tool, page_id)
    lena = filled(tool, page_id) | {"city": "Accra"}
    tool.sign_in("Lena")
    lena["csrf"] = fields_of(tool.get(f"/edit/{page_id}").text)["csrf"]
    assert tool.post_raw(f"/edit/{page_id}", **lena).status_code == 303
    tool.sign_in("Olu")
    form["csrf"] = fields_of(tool.get(f"/edit/{page_id}").text)["csrf"]
    asked = tool.post_raw(f"/edit/{page_id}", **form)
    again = fields_of(asked.text)
    assert tool.post_raw(f"/edit/{page_id}", **again).status_code in {200, 303}
    assert text_of(tool).count("{{Space event") == 1
    assert "Bring  a ticket." in text_of(tool)


def test_other_pages_of_the_tool_when_the_page_has_no_template_know_none(
    tool: ToolApp, page_id: int
) -> None:
    for path in ("/saved/{}", "/retract/{}", "/write/event?copy={}", "/review/{}"):
        assert tool.get(path.format(page_id)).status_code == 404
