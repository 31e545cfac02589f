from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.oauth import oauth_session
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
) -> Iterator[Stage]:
    """One wiki behind each of the adapters."""
    if request.param == "memory":
        yield MemoryStage()
        return
    sandbox: Sandbox = request.getfixturevalue("sandbox")
    sandbox.restore()
    if request.param == "pywikibot":
        yield bot_stage(sandbox, tmp_path_factory.mktemp("bot"))
        return
    from tool.wiki import connect

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
        with closing(oauth_session(sandbox, "Olu")) as pool:
            yield SandboxStage(sandbox, connect(sandbox.api_url, pool), "Olu")


@pytest.fixture
def stage(every_port: Stage) -> Iterator[Stage]:
    """The wiki, as calm after each test as before it."""
    yield every_port
    every_port.calm()
