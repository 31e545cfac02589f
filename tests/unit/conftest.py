from collections.abc import Iterator

import pytest

from tests.support.newsroom import Newsroom


@pytest.fixture
def room() -> Iterator[Newsroom]:
    room = Newsroom()
    yield room
    room.engine.dispose()
