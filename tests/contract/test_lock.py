"""One lock over both databases: `flock` beside SQLite's file, MariaDB's GET_LOCK."""

import subprocess
import sys
from collections.abc import Iterator
from threading import Event

import pymysql
import pytest
from sqlalchemy import make_url

from bots.lock import AlreadyRunningError, single_run
from space.settings.environment import Config
from tests.support.store.mariadb import mariadb

HOLDER = """
import sys
from threading import Event
from bots.lock import single_run
from space.settings.environment import Config
with single_run(Config(
    wiki_url="https://wiki.test/w/api.php", root="Space",
    database_url=sys.argv[1], public_url="https://space.test",
), Event()):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("mariadb", marks=pytest.mark.mariadb)],
)
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The database whose store the runs would write."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('lock') / 'store.sqlite'}"
        return
    with mariadb() as url:
        yield url.render_as_string(hide_password=False)


def config(address: str, root: str = "Space") -> Config:
    return Config(
        wiki_url="https://wiki.test/w/api.php",
        root=root,
        database_url=address,
        public_url="https://space.test",
    )


def test_single_run_when_another_is_going_on_then_is_refused(address: str) -> None:
    with (
        single_run(config(address), Event()),
        pytest.raises(AlreadyRunningError),
        single_run(config(address), Event()),
    ):
        pytest.fail("two at a time")


def test_single_run_when_the_other_is_of_another_root_then_is_allowed(
    address: str,
) -> None:
    with (
        single_run(config(address), Event()),
        single_run(config(address, "Elsewhere"), Event()),
    ):
        pass


def test_single_run_when_the_other_ended_then_is_allowed(address: str) -> None:
    for _ in range(2):
        with single_run(config(address), Event()):
            pass


def test_single_run_when_the_other_was_killed_then_is_allowed(address: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunningError), single_run(config(address), Event()):
            pytest.fail("two at a time")
        other.kill()
        other.wait()
        freed(address)


def freed(address: str) -> None:
    """Take the lock; MariaDB may need a moment to see that its holder is gone."""
    for _ in range(1000):
        try:
            with single_run(config(address), Event()):
                return
        except AlreadyRunningError:
            continue
    pytest.fail("the lock was left behind")


@pytest.mark.parametrize(
    "address", [pytest.param("mariadb", marks=pytest.mark.mariadb)], indirect=True
)
def test_single_run_when_the_server_takes_the_lock_away_then_says_so(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.lock._KEEP_ALIVE", 0.01)
    lost = Event()
    url = make_url(address)
    with single_run(config(address), lost):
        admin = pymysql.connect(unix_socket=str(url.query["unix_socket"]), user="root")
        with admin, admin.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM information_schema.processlist"
                " WHERE id <> CONNECTION_ID() AND db = 'space'"
            )
            for (number,) in cursor.fetchall():
                cursor.execute(f"KILL {number}")
        assert lost.wait(30)
