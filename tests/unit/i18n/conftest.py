import pytest

from tests.support.tool.app import ToolApp


@pytest.fixture
def tool() -> ToolApp:
    return ToolApp()
