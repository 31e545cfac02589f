from collections.abc import Iterator

import pytest

from tests.support.review.tool_and_bot import ToolAndBot
from tests.support.tool.app import ToolApp


@pytest.fixture
def tool() -> ToolApp:
    return ToolApp()


@pytest.fixture
def tool_and_bot() -> Iterator[ToolAndBot]:
    tool_and_bot = ToolAndBot()
    yield tool_and_bot
    tool_and_bot.engine.dispose()
