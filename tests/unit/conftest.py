from collections.abc import Iterator

import pytest

from tests.support.wiki.bot_and_wiki import BotAndWiki


@pytest.fixture
def bot_and_wiki() -> Iterator[BotAndWiki]:
    bot_and_wiki = BotAndWiki()
    yield bot_and_wiki
    bot_and_wiki.engine.dispose()
