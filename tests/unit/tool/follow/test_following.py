"""Following events with one press: the visitor's own line on the wiki, or none."""

from html import unescape
from urllib.parse import parse_qsl

import pytest

from space.follow.lines import read_lines
from space.store.keys import SETTINGS_TEXT
from space.wiki.outcomes import Conflict, ReadOnly
from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp

PAGE = "Space/Followers"
OTHERS = "Words.\n{{Space follower|Lena|country=FR}}\n"


@pytest.fixture
def tool(tool: ToolApp) -> ToolApp:
    """Somebody follows already, and there is an event."""
    settings = f"{{{{Space settings|followers page={PAGE}|mentions a week=3}}}}"
    tool.store.set_value(SETTINGS_TEXT, settings)
    tool.wiki.as_user("Lena").write(PAGE, OTHERS)
    tool.publish(event(12, title="Hui", organizers=("[[User:Ana|Ana]]",)))
    return tool


def text_of(tool: ToolApp) -> str:
    page = tool.wiki.state.page(PAGE)
    assert page
    return page.latest.text


def test_page_when_opened_from_a_list_says_what_is_followed_in_words(
    tool: ToolApp,
) -> None:
    page = tool.get("/follow?country=nz&topic=Women&mode=online").text
    assert "<bdi>Online</bdi> · <bdi>New Zealand</bdi> · <bdi>" in page
    assert "cannot be followed" not in page
    assert "no more than 3 a week" in page
    assert "Sign in to follow" in page
    assert 'name="remind"' not in page
    assert "all events" in tool.get("/follow").text


def test_page_when_a_line_cannot_have_all_of_the_filter_says_what_it_cannot(
    tool: ToolApp,
) -> None:
    tool.sign_in("Olu")
    asked = "country=NZ&q=tea&from=2026-11-30&status=confirmed"
    page = tool.get(f"/follow?{asked}").text
    lost = page.partition("You would hear of more")[2].partition("<form")[0]
    for words in ("<bdi>tea</bdi>", "<bdi>Confirmed</bdi>", "30 Nov"):
        assert words in lost
    assert "New Zealand" not in lost
    tool.wiki.answer_next(ReadOnly("maintenance"))
    again = tool.post("/follow", **dict(parse_qsl(asked)), do="add").text
    assert "<bdi>tea</bdi>" in again


def test_posts_are_followed_by_the_same_button_without_reminders(tool: ToolApp) -> None:
    tool.sign_in("Olu")
    page = tool.get("/follow?kind=post&topic=women&author=Ana").text
    assert "Posts · <bdi>Ana</bdi> · <bdi>" in page
    assert 'name="remind"' not in page
    assert 'action="/follow?kind=post' in page

    tool.post("/follow", kind="post", topic="women", author="Ana", do="add")

    line = read_lines(text_of(tool))[-1]
    assert line.wanted.kind == "post"
    assert line.wanted.items() == (("author", "Ana"), ("topic", "women"))
    assert "Posts · <bdi>Ana" in tool.get("/follow?done=added").text
    assert tool.post("/follow", remove=line.key).status_code == 303
    assert text_of(tool) == OTHERS.rstrip("\n")
    assert tool.get("/follow?kind=post&language=xx-none-such").status_code == 400


def test_button_when_pressed_adds_the_visitors_line_and_removes_it(
    tool: ToolApp,
) -> None:
    tool.sign_in("Olu")

    asked = {"country": "NZ", "series": "Space/Events/Hui", "remind": "7"}
    answer = tool.post("/follow", **asked, do="add")

    assert answer.headers["Location"] == "/follow?done=added"
    assert text_of(tool).startswith(OTHERS)
    line = read_lines(text_of(tool))[-1]
    assert line.user == "Olu"
    assert line.wanted.items() == (("country", "NZ"), ("series", "Space/Events/Hui"))
    assert line.remind == ("7",)
    page = tool.get("/follow?done=added").text
    assert "The bot mentions you" in page
    assert "A week before" in page
    assert "New Zealand</bdi> · <bdi>Hui</bdi>" in page
    assert "France" not in page
    assert line.key in unescape(page)

    answer = tool.post("/follow", remove=line.key)

    assert answer.headers["Location"] == "/follow?done=removed"
    assert text_of(tool) == OTHERS.rstrip("\n")


def test_button_when_pressed_twice_or_into_a_conflict_adds_one_line(
    tool: ToolApp,
) -> None:
    tool.sign_in("Olu")
    tool.wiki.answer_next(Conflict("edited meanwhile"))
    for _ in range(2):
        assert tool.post("/follow", country="NZ", do="add").status_code == 303
    assert len(read_lines(text_of(tool))) == 2


def test_line_of_another_account_when_its_removal_is_sent_stays(tool: ToolApp) -> None:
    tool.sign_in("Olu")
    (line,) = read_lines(OTHERS)
    tool.post("/follow", remove=line.key)
    assert read_lines(text_of(tool)) == (line,)


def test_button_when_the_wiki_refuses_keeps_what_was_chosen(tool: ToolApp) -> None:
    tool.sign_in("Olu")
    tool.wiki.answer_next(ReadOnly("maintenance"))

    answer = tool.post("/follow", country="NZ", remind="1", do="add")

    assert answer.status_code == 409
    assert 'action="/follow?country=NZ"' in answer.text
    assert 'value="1" checked' in answer.text
    assert text_of(tool) == OTHERS.rstrip("\n")


def test_form_when_forged_or_signed_out_writes_nothing(tool: ToolApp) -> None:
    assert tool.post_raw("/follow", country="NZ").status_code == 409
    tool.sign_in("Olu")
    answer = tool.post_raw("/follow?country=NZ", do="add")
    assert answer.status_code == 409
    assert 'action="/follow?country=NZ"' in answer.text
    assert text_of(tool) == OTHERS.rstrip("\n")


def test_filter_when_it_is_none_is_refused_by_name(tool: ToolApp) -> None:
    assert tool.get("/follow?country=Atlantis").status_code == 400


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/events?country=NZ&q=hui", "/follow?country=NZ&q=hui"),
        ("/events?when=today", "/follow?from=2026-"),
        ("/blog?topic=women", "/follow?kind=post&topic=women"),
        ("/blog", "/follow?kind=post"),
        ("/people/Ana", "/follow?kind=post&author=Ana"),
        ("/blog/20-news", "/follow?kind=post&series=GLAM+news"),
        ("/calendar/2026-11?country=NZ", "/follow?country=NZ"),
        ("/map?topic=women", "/follow?topic=women"),
        ("/events/12-hui", "/follow?series=Space/Events/Page+12"),
        ("/people/Ana", "/follow?organizer=Ana"),
    ],
)
def test_pages_of_events_and_posts_lead_to_following_them_where_that_is_on(
    tool: ToolApp, address: str, leads_to: str
) -> None:
    tool.publish(post(20, title="News", authors=("Ana",), series="GLAM news"))
    assert f'href="{leads_to}' in unescape(tool.get(address).text)
    tool.store.set_value(SETTINGS_TEXT, "")
    assert "/follow" not in tool.get(address).text


def test_page_when_the_wiki_has_no_page_for_it_says_so(tool: ToolApp) -> None:
    tool.store.set_value(SETTINGS_TEXT, "")
    tool.sign_in("Olu")
    assert "not switched on" in tool.get("/follow").text
    assert tool.post("/follow", country="NZ").status_code == 404
