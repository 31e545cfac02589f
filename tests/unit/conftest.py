from collections.abc import Iterator

import pytest

from tests.support.wiki.bot_and_wiki import Newsroom


@pytest.fixture
def room() -> Iterator[Newsroom]:
    room = Newsroom()
    yield room
    room.engine.dispose()
