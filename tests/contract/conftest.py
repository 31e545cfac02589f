from collections.abc import Iterator
from contextlib import closing
from itertools import count

import pytest
from sqlalchemy import URL, Engine, delete

from space.store import Store, open_engine
from space.store.keys import LAYOUT
from space.store.tables.tables import key_values, metadata
from tests.support.feeds.publications import ADDRESSES, TODAY
from tests.support.store.mariadb import mariadb
from tests.support.store.stores import KEY
from tests.support.wiki.drivers import (
    MemoryDriver,
    SandboxDriver,
    WikiDriver,
    bot_driver,
)
from tests.support.wiki.oauth import oauth_session
from tests.support.wiki.sandbox import Sandbox

PORTS = [
    "memory",
    pytest.param("mwclient", marks=pytest.mark.wiki),
    pytest.param("pywikibot", marks=pytest.mark.wiki),
]
SIGNED = pytest.param("pywikibot-oauth", marks=pytest.mark.wiki)
"""Differs from pywikibot in how requests are sent, not in what answers mean."""
NUMBERS = count(1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Read and save with signed requests, too; not each page of each kind again."""
    if "every_port" in metafunc.fixturenames:
        name = metafunc.module.__name__.rpartition(".")[2]
        signed = [SIGNED] if name in {"test_wiki", "test_wiki_saving"} else []
        ports = [*PORTS, *signed]
        metafunc.parametrize("every_port", ports, indirect=True, scope="module")


@pytest.fixture(scope="module")
def every_port(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WikiDriver]:
    """One wiki behind each of the adapters."""
    if request.param == "memory":
        yield MemoryDriver()
        return
    sandbox: Sandbox = request.getfixturevalue("sandbox")
    sandbox.restore()
    if request.param.startswith("pywikibot"):
        oauth = request.param.endswith("oauth")
        yield bot_driver(sandbox, tmp_path_factory.mktemp("bot"), oauth=oauth)
        return
    from tool.upstream.adapter import bounded
    from tool.upstream.call_limits import CallLimits
    from tool.wiki.client import connect

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
        with closing(oauth_session(sandbox, "Olu")) as pool:
            bounded(pool, CallLimits(seconds=60), "Space tests")
            yield SandboxDriver(sandbox, connect(sandbox.api_url, pool), "Olu")


@pytest.fixture
def driver(every_port: WikiDriver) -> Iterator[WikiDriver]:
    """The wiki, as calm after each test as before it."""
    yield every_port
    every_port.calm()


@pytest.fixture
def title() -> str:
    """A page that no other test has."""
    return f"Contract/{next(NUMBERS)}"


@pytest.fixture(scope="session")
def server() -> Iterator[URL]:
    """A MariaDB server for the whole run."""
    with mariadb() as address:
        yield address


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("mariadb", marks=pytest.mark.mariadb)],
)
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("store") / "space.sqlite"
        found = open_engine(f"sqlite:///{file}")
    else:
        found = open_engine(request.getfixturevalue("server"))
    yield found
    found.dispose()


@pytest.fixture
def engine(database: Engine) -> Iterator[Engine]:
    """A database without rows; its tables stay, as making them takes a while."""
    yield database
    with database.begin() as connection:
        for table in metadata.tables.values():
            doomed = table is not key_values or key_values.c.name != LAYOUT.name
            connection.execute(delete(table).where(doomed))


@pytest.fixture
def store(engine: Engine) -> Store:
    made = Store(engine, ADDRESSES)
    made.prepare(KEY, TODAY)
    return made
