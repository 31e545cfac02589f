"""The way on when the tool cannot save: the page's wikitext, to copy or to send."""

import html
import re
from urllib.parse import unquote

import pytest

from space.wiki import outcomes
from tests.support.tool.app import ToolApp
from tests.support.tool.event_form import EVENT, TITLE, saved_event

OPENS = (
    outcomes.Captcha("x"),
    outcomes.ConsumerRefused("x"),
    outcomes.FilterRefused("x"),
    outcomes.Unknown("x", "hookaborted"),
)
COPIES = (
    outcomes.Blocked("x"),
    outcomes.Blocked("x", outcomes.Block.GLOBAL),
    outcomes.Protected("x"),
)
KEPT = (outcomes.Spam("x", ("a.example",)), outcomes.RateLimited("x"))


def refused(tool: ToolApp, outcome: outcomes.Outcome) -> str:
    """The page after the wiki answered so to a new event."""
    tool.sign_in()
    tool.wiki.answer_next(outcome)
    return tool.post("/write/event", **EVENT).text


def named(page: str, name: str) -> str:
    """The value of an input, or the text of a text area, by its name."""
    match = re.search(rf'name="{name}"(?: value="([^"]*)"|[^>]*>\n([^<]*))', page)
    assert match, name
    return html.unescape(match[1] or match[2] or "")


def wiki_action(page: str) -> str:
    """The address of the wiki's edit page."""
    match = re.search(r'method="post" action="([^"]*action=submit)"', page)
    assert match
    return html.unescape(match[1])


@pytest.mark.parametrize("outcome", OPENS, ids=lambda outcome: type(outcome).__name__)
def test_form_when_only_the_wiki_can_save_it_opens_its_edit_page(
    tool: ToolApp, outcome: outcomes.Outcome
) -> None:
    page = refused(tool, outcome)

    text = named(page, "wpTextbox1")
    assert text.startswith("{{Space event\n")
    assert text.endswith("Tea at four.")
    assert named(page, "wpSummary") == "New event"
    assert named(page, "wpUltimateParam") == "1"
    address = wiki_action(page)
    assert address.startswith("https://wiki.test/wiki/")
    assert TITLE.replace(" ", "_") in unquote(address)


@pytest.mark.parametrize("outcome", COPIES, ids=lambda outcome: outcome.message_key)
def test_form_when_the_wiki_takes_it_from_nobody_is_there_to_copy(
    tool: ToolApp, outcome: outcomes.Outcome
) -> None:
    page = refused(tool, outcome)

    assert named(page, "wpTextbox1").startswith("{{Space event\n")
    assert "action=submit" not in page


@pytest.mark.parametrize("outcome", KEPT, ids=lambda outcome: type(outcome).__name__)
def test_form_when_it_can_be_saved_again_shows_no_wikitext(
    tool: ToolApp, outcome: outcomes.Outcome
) -> None:
    assert "wpTextbox1" not in refused(tool, outcome)


def test_changed_page_when_refused_is_sent_with_the_revision_it_was_made_from(
    tool: ToolApp,
) -> None:
    page_id = saved_event(tool)
    base = named(tool.get(f"/edit/{page_id}").text, "base")
    tool.wiki.answer_next(outcomes.Captcha("x"))

    page = tool.post(
        f"/edit/{page_id}", **EVENT | {"base": base, "body": "More tea."}
    ).text

    assert named(page, "wpTextbox1").endswith("More tea.")
    assert named(page, "editRevId") == base
    assert re.fullmatch(r"\d{14}", named(page, "wpEdittime"))
