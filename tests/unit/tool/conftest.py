import pytest

from tests.support.tool.app import ToolStage


@pytest.fixture
def stage() -> ToolStage:
    return ToolStage()
