import pytest

from tests.support.tool_stage import ToolStage


@pytest.fixture
def stage() -> ToolStage:
    return ToolStage()
