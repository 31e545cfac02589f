from pathlib import Path

import pytest

from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki


@pytest.fixture
def runner(bot_and_wiki: BotAndWiki) -> BotRunner:
    return BotRunner(bot_and_wiki)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "SPACE_WIKI_URL": "https://wiki.test/w/api.php",
        "SPACE_ROOT": "Space",
        "SPACE_DATABASE_URL": f"sqlite:///{tmp_path / 'store.sqlite'}",
        "SPACE_PUBLIC_URL": "https://space.example.org",
        "SPACE_BOT_USER": "SpaceBot",
        "SPACE_BOT_PASSWORD": "space@not-a-secret",
    }
