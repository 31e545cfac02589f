"""What all tests share: only this machine, the sandbox wiki, no skips in CI."""

import gc
import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from shutil import rmtree

import pytest
from hypothesis import settings
from pytest_socket import socket_allow_hosts
from sqlalchemy import Pool, event

from sandbox.place import HOST
from sandbox.product import Product
from sandbox.snapshot import copy_databases
from tests.support.wiki.api_warnings import warnings_of_the_wiki
from tests.support.wiki.deployed import (
    deploy,
    fill_links,
    pages_of_readers,
    run_bots,
)
from tests.support.wiki.sandbox import Sandbox, claim_place

EXAMPLES, SOAK_EXAMPLES = 50, 5000
NEW_OBJECTS = 20_000
"""How many Python lets a test make before it looks for garbage; else 2,000."""


def pytest_configure() -> None:
    """No test asserts a duration; `make soak` tries far more examples."""
    settings.register_profile("short", deadline=None, max_examples=EXAMPLES)
    settings.register_profile("soak", deadline=None, max_examples=SOAK_EXAMPLES)
    settings.load_profile("soak" if os.environ.get("SPACE_SOAK") else "short")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker ends with it alone."""
    real = ("wiki", "browser")
    items.sort(key=lambda item: not any(map(item.get_closest_marker, real)))


def pytest_collection_finish() -> None:
    """Ten thousand tests are no garbage: leave them out of each look for some.

    Looking after so many objects as is usual takes a fifteenth of a test's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])


def pytest_runtest_setup() -> None:
    socket_allow_hosts([HOST], allow_unix_socket=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a component that is missing: the run fails."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped, which CI does not accept.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def closed_databases() -> Iterator[None]:
    """Close at the end what engines left open.

    An engine that nobody disposed of is collected in some later test, which would
    fail in its place: from Python 3.13 on sqlite3 warns of it.
    """
    opened: list[sqlite3.Connection] = []

    def keep(connection: object, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            opened.append(connection)

    event.listen(Pool, "connect", keep)
    yield
    event.remove(Pool, "connect", keep)
    for connection in opened:
        with suppress(sqlite3.ProgrammingError):  # made in a thread that has ended
            connection.close()


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One real wiki for the whole run, in its known state at the start.

    The run fails at its end if the wiki warned of anything that tool or bots asked for
    in this process: mostly of what its next version will not have.
    """
    with claim_place() as place, warnings_of_the_wiki() as warned:
        running = Sandbox(place)
        try:
            running.start()
            yield running
        finally:
            running.stop()
    assert warned == []


@pytest.fixture(scope="module")
def fresh_wiki(sandbox: Sandbox) -> Sandbox:
    """The sandbox wiki, restored to its known state before this module."""
    sandbox.restore()
    return sandbox


@pytest.fixture(scope="module")
def indexed_wiki(fresh_wiki: Sandbox) -> Product:
    """The product on a fresh wiki: its templates deployed, its first run done."""
    product = Product(fresh_wiki.wiki)
    product.tool.stop()
    product.drop_database()
    own = fresh_wiki.place.folder
    kept = own / "indexed"

    def index() -> None:
        deploy(fresh_wiki, fresh_wiki.place.tool_url)
        product.write_at_once()
        run_bots(product)
        fill_links(fresh_wiki, pages_of_readers())
        fresh_wiki.run_jobs()
        rmtree(kept, ignore_errors=True)  # of an ended run, maybe of another layout
        copy_databases(own, kept)

    fresh_wiki.bring_to("indexed", index)
    copy_databases(kept, own)
    return product
