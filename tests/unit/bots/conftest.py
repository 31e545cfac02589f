import pytest

from tests.support.bot_desk import Desk
from tests.support.newsroom import Newsroom


@pytest.fixture
def desk(room: Newsroom) -> Desk:
    return Desk(room)
