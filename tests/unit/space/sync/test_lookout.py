"""What news concern."""

import pytest

from space.sync.lookout import concern_everything
from tests.support.wiki.bot_and_wiki import RULES


@pytest.mark.parametrize(
    ("title", "everything"),
    [
        ("Space/Settings", True),
        ("Space/Registrations", True),
        ("User:SpaceBot/Space/Ledger/0.json", True),
        ("User:SpaceBot/Space/Notes", False),  # anybody may write it, ever again
        ("User talk:SpaceBot/Space/Ledger/0.json", False),
        ("Space/Events/Walk", False),
    ],
)
def test_news_when_of_pages_that_rule_or_of_our_json_then_concern_everything(
    title: str,
    everything: bool,  # noqa: FBT001
) -> None:
    assert concern_everything(RULES, ["Elsewhere", title]) is everything
