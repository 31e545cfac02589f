import pytest

from tests.support.bots.runner import Desk
from tests.support.wiki.bot_and_wiki import Newsroom


@pytest.fixture
def desk(room: Newsroom) -> Desk:
    return Desk(room)
