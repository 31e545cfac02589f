"""The list of an author's own pages."""

from dataclasses import replace

import pytest

from space.review.model import State
from tests.support.feeds.publications import event, record
from tests.support.review.tool_and_bot import ToolAndBot
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
    assert "Approved, to be published later" in page
    assert "cdx-info-chip--success" in page
    assert "cdx-info-chip--warning" not in page
