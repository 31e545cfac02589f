"""Being interested in an event: a line on its talk page, counts, and a calendar."""

import pytest
from hypothesis import HealthCheck, given, settings
from icalendar import Calendar

from space.publication.discussion import TALK_PAGE, TalkPageRow
from space.store.keys import FOLLOWS
from space.wiki.outcomes import Conflict
from space.wiki.threads import Comment, Thread
from tests.support.feeds.ics_lint import lint
from tests.support.feeds.publications import NOW, event
from tests.support.schema.secrets import Guarded, guarded_events
from tests.support.tool.app import ToolApp
from tool.app.feeds import routes

TALK = "Talk:Space/Events/Page 12"
LINE = "* {{Space interested}} [[User:Olu"


@pytest.fixture
def tool(tool: ToolApp) -> ToolApp:
    """Four events: one of a series and one that is a date of its own among them."""
    tool.publish(
        event(12, title="Hui", topics=("women",)),
        event(14, title="Tea", country="FR"),
        event(15, title="Weekly", country="GH", recurrence="FREQ=WEEKLY;COUNT=3"),
        event(16, title="Member", country="PT", series="Space/Events/Page 15"),
    )
    return tool


def text_of(tool: ToolApp) -> str:
    page = tool.wiki.state.page(TALK)
    return page.latest.text if page else ""


def interest(tool: ToolApp, page_id: int, *users: str) -> None:
    """Have the bot read that some accounts are interested, and nothing else."""
    comments = tuple(
        Comment(f"c-{user}", user, NOW, 1, interest=True) for user in users
    )
    row = TalkPageRow(page_id + 100, page_id, f"Talk:{page_id}", 1, TALK_PAGE)
    tool.store.put_talk(row, [Thread("h-Interested", "Interested", comments)])


def titles(tool: ToolApp, name: str, query: str = "") -> set[str]:
    answer = tool.get(f"/feeds/people/{name}.ics{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert lint(answer.data) == []
    calendar = Calendar.from_ical(answer.text)
    return {str(each["SUMMARY"]) for each in calendar.walk("VEVENT")}


def test_button_when_pressed_adds_a_signed_line_and_removes_it(tool: ToolApp) -> None:
    tool.sign_in("Olu")
    before = "== Rain? ==\nWhat then? [[User:Lena]] 10:00, 1 November 2026 (UTC)"
    tool.wiki.write(TALK, before)
    page = tool.get("/interested/12").text
    assert "which everyone can see" in page
    tool.wiki.answer_next(Conflict("edited meanwhile"))

    for _ in range(2):
        answer = tool.post("/interested/12", do="add")
        assert answer.headers["Location"] == "/interested/12?done=added"

    assert text_of(tool).startswith(f"{before}\n\n== Interested ==\n{LINE}")
    assert text_of(tool).count("{{Space interested}}") == 1
    assert "Not interested any more" in tool.get("/interested/12").text
    tool.wiki.write(TALK, f"{text_of(tool)}\n* {{{{Space interested}}}} [[User:Eva]]\n")

    answer = tool.post("/interested/12", do="remove")

    assert answer.headers["Location"] == "/interested/12?done=removed"
    assert "Olu" not in text_of(tool)
    assert text_of(tool).endswith("* {{Space interested}} [[User:Eva]]")


def test_section_when_its_last_line_goes_goes_too(tool: ToolApp) -> None:
    tool.sign_in("Olu")
    for do in ("add", "remove"):
        tool.post("/interested/12", do=do)
    assert text_of(tool) == ""


def test_page_when_it_is_no_published_event_is_none(tool: ToolApp) -> None:
    assert tool.get("/interested/99").status_code == 404


def test_counts_stand_on_the_event_and_in_lists_but_are_no_discussion(
    tool: ToolApp,
) -> None:
    assert "interested</span>" not in tool.get("/events/12-hui").text
    interest(tool, 12, "Olu", "Lena")
    for address in ("/events/12-hui", "/events", "/interested/12"):
        assert "2 people are interested" in tool.get(address).text, address
    assert "Interested" not in tool.get("/discuss").text
    counted = tool.store.discussions.talked([12])[12]
    assert (counted.comments, counted.active, counted.interested) == (0, None, 2)


def test_calendar_of_a_person_has_what_they_follow_or_are_interested_in(
    tool: ToolApp,
) -> None:
    follows = {"Olu": ["topic=women", "country=PT&topic=women"]}
    tool.store.set_value(FOLLOWS, follows)
    interest(tool, 14, "Olu", "Lena")

    assert titles(tool, "Olu") == {"Hui", "Tea"}
    assert titles(tool, "olu", "?alarm=15") == {"Hui", "Tea"}
    assert titles(tool, "Lena") == {"Tea"}
    assert titles(tool, "Nobody") == set()
    tool.store.set_value(FOLLOWS, {"Olu": ["series=Space%2FEvents%2FPage+15"]})
    assert titles(tool, "Olu") == {"Tea", "Weekly", "Member"}
    assert tool.get("/feeds/people/Olu.ics?country=NZ").status_code == 400


def test_calendar_of_a_person_when_unchanged_is_not_sent_again(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/feeds/people/Olu.ics"
    tool.store.set_value(FOLLOWS, {"Olu": ["country=NZ"]})
    first = tool.get(address)
    tags = [first.headers["ETag"], tool.get(f"{address}?alarm=15").headers["ETag"]]
    monkeypatch.setattr(routes, "_finish", None)  # nothing is made of any event

    again = tool.get(address, headers={"If-None-Match": tags[0]})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tags[0]
    monkeypatch.undo()
    interest(tool, 14, "Olu")
    tags.append(tool.get(address, headers={"If-None-Match": tags[0]}).headers["ETag"])
    tool.store.set_value(FOLLOWS, {})
    tags.append(tool.get(address).headers["ETag"])
    tool.publish(event(14, title="Tea, and more", sequence=2))
    tags.append(tool.get(address).headers["ETag"])
    assert len(set(tags)) == 5


def test_calendar_of_a_person_says_of_an_event_what_the_public_one_says(
    tool: ToolApp,
) -> None:
    interest(tool, 12, "Olu")

    own = tool.get("/feeds/people/Olu.ics").text
    public = tool.get("/events/12.ics").text

    begin, end = "BEGIN:VEVENT", "END:VEVENT"
    assert own[own.index(begin) : own.index(end)] in public
    assert own.count(begin) == 1


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(guarded_events())
def test_calendar_of_a_person_has_nothing_private_of_any_event(
    tool: ToolApp, guarded: Guarded
) -> None:
    tool.publish(guarded.event)
    tool.store.set_value(FOLLOWS, {"Olu": ["country=NZ"]})

    told = tool.get("/feeds/people/Olu.ics?alarm=15").text.replace("\r\n ", "")

    assert "Hui" in told
    assert [secret for secret in guarded.secrets if secret in told] == []
