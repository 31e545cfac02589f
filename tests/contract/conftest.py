from collections.abc import Iterator

import pytest

from sandbox.accounts import BOT
from space.config import BotConfig
from tests.support.sandbox import Sandbox
from tests.support.stages import MemoryStage, SandboxStage, Stage

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
    from bots.wiki import connect as connect_bot

    assert BOT.bot_password is not None
    config = BotConfig(
        wiki_url=sandbox.api_url,
        root="Space",
        database_url="sqlite://",
        public_url="https://space.example.org",
        bot_user=BOT.name,
        bot_password=f"{BOT.bot_password.app}@{BOT.bot_password.password}",
    )
    home = tmp_path_factory.mktemp("bot")
    return SandboxStage(sandbox, connect_bot(config, home, write_delay=0), BOT.name)


@pytest.fixture
def stage(every_port: Stage) -> Iterator[Stage]:
    """The wiki, as calm after each test as before it."""
    yield every_port
    every_port.calm()
