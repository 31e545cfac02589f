"""The list of an author's own pages."""

from dataclasses import replace

import pytest

from space.review.model import State
from tests.support.feeds.publications import event, post, record
from tests.support.review.tool_and_bot import ToolAndBot
from tests.support.tool.app import ToolApp
from tests.support.wiki.bot_and_wiki import event as event_text
from tool.app.writing.own_pages import OwnPage

CALM = {State.PUBLISHED, State.SCHEDULED, State.WAITING, State.DRAFT, State.GONE}


@pytest.mark.parametrize("state", State)
def test_chip_when_page_stands_in_any_way_then_warns_of_what_asks_for_something(
    state: State,
) -> None:
    page = OwnPage(replace(record(event(12)), state=state), "Talk:A", None)
    assert (page.chip in {"success", "notice"}) == (state in CALM)


def test_mine_when_post_waits_for_its_day_then_says_so_without_a_warning() -> None:
    tool_and_bot = ToolAndBot()
    title = "Space/Blog/Later"
    tool_and_bot.write(
        title, "{{Space post|title=L|language=en|publish after=2031-01-01}}"
    )
    revision = tool_and_bot.page(title).latest.id
    line = f"{{{{Space review|approve|rev={revision}}}}} ~~~~"
    tool_and_bot.wiki.as_user("Rita").write(f"Talk:{title}", line)
    tool_and_bot.sync()
    tool_and_bot.sign_in("Olu")
    page = tool_and_bot.get("/mine").text
    assert "Approved, scheduled" in page
    assert "cdx-info-chip--success" in page
    assert "cdx-info-chip--warning" not in page


def test_mine_when_there_are_many_then_begins_with_what_needs_its_author(
    tool: ToolApp,
) -> None:
    past = event(12, title="Long ago", start="2020-01-01 10:00", end="")
    late = event(14, title="Later", start="2026-12-20 10:00", end="")
    soon = event(
        16,
        title="Weekly",
        start="2026-11-02 18:00",
        end="",
        recurrence="FREQ=WEEKLY;COUNT=9",
    )
    records = [record(page) for page in (past, late, soon, post(13, title="A post"))]
    asked = record(event(18, title="Asked", start="2020-01-01", end=""))
    waiting = replace(record(post(15, title="Waits")), state=State.WAITING)
    tool.store.put(*records, replace(asked, state=State.CHANGES), waiting)
    creators = {row.creator for row in tool.store.records.all()}
    assert len(creators) == 1
    tool.sign_in(creators.pop() or "")
    page = tool.get("/mine").text
    order = ["Needs your attention", "Page 18", "In progress", "Page 15"]
    order += ["Upcoming events", "Page 16", "23 November 2026", "Page 14"]
    order += ["Published posts", "Page 13", "Past and withdrawn (1)", "Page 12"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_mine_when_an_event_is_not_published_then_its_date_is_that_of_its_text() -> (
    None
):
    tool_and_bot = ToolAndBot()
    for name, start in (("Walk", "2026-12-05 10:00"), ("Broken", "in spring")):
        tool_and_bot.write(
            f"Space/Events/{name}",
            f"{{{{Space event|title={name}|start={start}|timezone=UTC|country=NZ}}}}",
        )
    tool_and_bot.sync()
    tool_and_bot.sign_in("Olu")
    page = tool_and_bot.get("/mine").text
    walk = page.partition("Space/Events/Walk")[2].partition("</li>")[0]
    assert 'datetime="2026-12-05T10:00:00+00:00"' in walk
    assert "5 December 2026" in walk
    assert "<time" not in page.partition("Space/Events/Broken")[2].partition("</li>")[0]


def test_mine_when_others_name_somebody_then_has_their_pages_too(tool: ToolApp) -> None:
    shared = event(12, title="Shared", organizers=("[[User:Olu|Our Olu]]", "Ben"))
    written = post(13, title="Together", authors=("Olu", "Lena"))
    alike = post(14, title="Another", authors=("[[User:OLU]]",))
    tool.publish(shared, written, alike, event(15, title="Strange"))
    tool.sign_in("Olu")
    page = tool.get("/mine").text
    assert page.count("mine-item__title") == 2
    assert "Page 12" in page
    assert "Page 13" in page
    assert page.count("Created by: <a") == 2
    assert ">Ana</a>" in page


def test_mine_when_a_new_time_is_live_says_so_instead_of_waiting() -> None:
    tool_and_bot = ToolAndBot()
    title = "Space/Events/A"
    tool_and_bot.write(title, event_text(start="2026-12-05 10:00"))
    tool_and_bot.approve(title)
    tool_and_bot.write(title, event_text(start="2026-12-05 11:00"))
    tool_and_bot.sign_in("Olu")
    page = tool_and_bot.get("/mine").text
    assert "The new time is live already" in page
    assert "Waiting for review" not in page
    assert "older version" not in page
    assert "11:00" in page
    tool_and_bot.write(title, event_text("More.", start="2026-12-05 11:00"))
    page = tool_and_bot.get("/mine").text
    assert "Waiting for review" in page
    assert "The new time is live already" in page


def test_list_when_nobody_is_signed_in_then_says_what_it_is_and_offers_to(
    tool: ToolApp,
) -> None:
    page = tool.get("/mine")
    assert page.status_code == 200
    assert "Sign in with your Wikimedia account to see" in page.text
    assert 'href="/login?return_to=/mine"' in page.text
