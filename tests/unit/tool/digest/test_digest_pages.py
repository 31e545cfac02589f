"""The page of the digest: a preview for anyone, and one press to get it or to stop."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from space.store.keys import SETTINGS_TEXT
from space.wiki.outcomes import Conflict, ReadOnly
from tests.support.feeds.publications import NOW, event, post
from tests.support.tool.app import ToolApp

LIST = "Space/Digest/Subscribers/en"
LINE = "* {{#target:User talk:Olu|wiki.test}}"


@pytest.fixture
def tool(tool: ToolApp) -> ToolApp:
    """A post of this week and an event of the next; digests in two languages."""
    tool.store.set_value(
        SETTINGS_TEXT, "{{Space settings|digest languages=en; ar|digest prefix=m}}"
    )
    tool.publish(
        replace(post(13, title="News <1>"), published=NOW - timedelta(days=1)),
        event(12, title="Hui", city="Auckland"),
        event(14, title="Call", mode="online", country=""),
    )
    return tool


def text_of(tool: ToolApp, title: str = LIST) -> str:
    page = tool.wiki.state.page(title)
    return page.latest.text if page else ""


def test_page_when_opened_by_anyone_shows_the_next_digest(tool: ToolApp) -> None:
    page = tool.get("/digest").text
    assert "Wikimedia news and events, 16–22 Nov 2026" in page
    assert "<bdi>News &lt;1&gt;</bdi>" in page
    assert "<bdi>Call</bdi></a> (Online)" in page
    assert "Hui" not in page
    assert "Sign in to subscribe" in page
    region = tool.get("/digest?language=ar&region=oceania").text
    assert "<bdi>Hui</bdi></a> (Auckland · نيوزيلندا)" in region
    assert 'lang="ar" dir="rtl"' in region


def test_page_when_nothing_is_new_says_so(tool: ToolApp) -> None:
    tool.now += timedelta(days=90)
    assert "Nothing yet this week." in tool.get("/digest").text


def test_page_when_no_language_is_chosen_is_a_preview_alone(tool: ToolApp) -> None:
    tool.store.set_value(SETTINGS_TEXT, "")
    tool.sign_in("Olu")
    page = tool.get("/digest?language=de").text
    assert "not sent yet" in page
    assert "Neue Beiträge" in page
    assert 'name="do"' not in page


def test_button_when_pressed_adds_the_visitors_line_and_removes_it(
    tool: ToolApp,
) -> None:
    tool.sign_in("Olu")
    before = "Others\n* {{target|user=Lena|site=fr.wikipedia.org}}\n"
    tool.wiki.write(LIST, before)

    answer = tool.post("/digest?language=en", wiki="", do="add")

    assert answer.headers["Location"] == "/digest?language=en&done=added"
    assert text_of(tool) == f"{before}{LINE}"
    page = tool.wiki.state.page(LIST)
    assert page
    assert page.latest.user == "Olu"
    assert page.latest.summary == "Subscribe to the weekly digest"
    shown = tool.get("/digest?language=en&done=added").text
    assert "You are on the list." in shown
    assert "You get this digest on" in shown
    assert 'value="remove"' in shown

    answer = tool.post("/digest?language=en", wiki="wiki.test", do="remove")

    assert answer.headers["Location"] == "/digest?language=en&done=removed"
    assert text_of(tool) == before.rstrip()


def test_button_when_the_list_is_new_makes_it_with_a_sentence_in_its_language(
    tool: ToolApp,
) -> None:
    tool.sign_in("Olu")
    asked = "/digest?language=ar&region=latin-america"
    tool.post(asked, do="add", wiki="https://es.wikipedia.org/wiki/X")

    text = text_of(tool, "Space/Digest/Subscribers/ar/Latin America")

    assert text.startswith("تصل النشرة")
    assert text.endswith("* {{#target:User talk:Olu|es.wikipedia.org}}")


def test_button_when_pressed_twice_or_into_a_conflict_adds_one_line(
    tool: ToolApp,
) -> None:
    tool.sign_in("Olu")
    tool.wiki.answer_next(Conflict("edited meanwhile"))
    for _ in range(2):
        answer = tool.post("/digest?language=en", wiki="", do="add")
        assert answer.status_code == 303
    assert text_of(tool).count("#target") == 1


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"wiki": "not a wiki"}, 422, "is not a wiki’s address"),
        ({"wiki": "a|b.org}}"}, 422, "is not a wiki’s address"),
        ({"csrf": "forged"}, 409, "signed out"),
    ],
)
def test_button_when_something_is_wrong_says_so_and_edits_nothing(
    tool: ToolApp, fields: dict[str, str], status: int, said: str
) -> None:
    tool.sign_in("Olu")
    sent = {"do": "add", **fields}
    send = tool.post_raw if "csrf" in fields else tool.post
    answer = send("/digest?language=en", **sent)
    assert (answer.status_code, text_of(tool)) == (status, "")
    assert said in answer.text


def test_button_when_the_wiki_takes_no_edits_says_why(tool: ToolApp) -> None:
    tool.sign_in("Olu")
    tool.wiki.answer_next(ReadOnly("Maintenance"))
    answer = tool.post("/digest?language=en", wiki="", do="add")
    assert answer.status_code == 409
    assert "Maintenance" in answer.text


def test_page_when_the_wiki_is_away_is_shown_all_the_same(tool: ToolApp) -> None:
    tool.sign_in("Olu")
    tool.down = True
    page = tool.get("/digest")
    assert page.status_code == 200
    assert "Call" in page.text


def test_form_for_senders_when_opened_has_last_weeks_digest_filled_in(
    tool: ToolApp,
) -> None:
    tool.now += timedelta(days=1)
    page = tool.get("/digest/send?language=en").text

    (form,) = re.findall(r'href="([^"]+Special:MassMessage[^"]+)"', page)
    assert parse_qs(urlsplit(unescape(form)).query) == {
        "spamlist": [LIST],
        "subject": ["Wikimedia news and events, 16–22 Nov 2026"],
        "page-message": ["Space/Digest/2026-W47/en"],
        "message": ["~~~~~"],
    }
    assert "* [[m:Space/Blog/Page 13|News &amp;#60;1&gt;]]" in page


def test_form_for_senders_when_there_was_nothing_says_so(tool: ToolApp) -> None:
    tool.now += timedelta(days=90)
    assert "nothing to send" in tool.get("/digest/send").text
