from collections.abc import Iterator

import pytest

from tests.support.sandbox import Sandbox
from tests.support.stages import MemoryStage, SandboxStage, Stage, bot_stage

PORTS = [
    "memory",
    pytest.param("mwclient", marks=pytest.mark.wiki),
    pytest.param("pywikibot", marks=pytest.mark.wiki),
]


@pytest.fixture(scope="module", params=PORTS)
def every_port(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Stage:
    """One wiki behind each of the adapters."""
    if request.param == "memory":
        return MemoryStage()
    sandbox: Sandbox = request.getfixturevalue("sandbox")
    sandbox.restore()
    if request.param == "mwclient":
        from tool.wiki import connect

        session = sandbox.login("Olu").session
        return SandboxStage(sandbox, connect(sandbox.api_url, session), "Olu")
    return bot_stage(sandbox, tmp_path_factory.mktemp("bot"))


@pytest.fixture
def stage(every_port: Stage) -> Iterator[Stage]:
    """The wiki, as calm after each test as before it."""
    yield every_port
    every_port.calm()
