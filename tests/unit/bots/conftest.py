import pytest

from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki


@pytest.fixture
def runner(bot_and_wiki: BotAndWiki) -> BotRunner:
    return BotRunner(bot_and_wiki)
