"""One lease over both databases: a row, good until a time by the database's clock."""

import subprocess
import sys
from collections.abc import Iterator
from threading import Event

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import OperationalError

from bots import lease as module
from bots.lease import AlreadyRunningError, Lease
from space.store import Store, open_engine
from space.store.tables.engine import writing
from tests.support.feeds.publications import ADDRESSES, TODAY
from tests.support.store.mariadb import mariadb
from tests.support.store.stores import KEY

NAME = "metawiki SpaceBot"
HOLDER = """
import sys
from bots.lease import Lease
from space.store import open_engine
with Lease(open_engine(sys.argv[1]), "metawiki SpaceBot").held():
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
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('lease') / 'store.sqlite'}"
        return
    with mariadb() as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def engine(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The database without leases; nobody renews one unless a test says so."""
    monkeypatch.setattr(module, "_RENEWAL", 3600.0)
    made = open_engine(address)
    Lease(made, NAME)
    with made.begin() as connection:
        connection.execute(text("DELETE FROM space_lease"))
    yield made
    made.dispose()


def expire(engine: Engine) -> None:
    """Let so much time go by that no lease is good any more."""
    end_at(engine, "1")


def end_at(engine: Engine, until: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE space_lease SET until = {until}"))  # noqa: S608


def until(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT until FROM space_lease")) or 0)


def test_lease_when_another_process_holds_it_then_is_refused(engine: Engine) -> None:
    with (
        Lease(engine, NAME).held(),
        pytest.raises(AlreadyRunningError),
        Lease(engine, NAME).held(),
    ):
        pytest.fail("two at a time")


def test_lease_when_the_other_is_of_another_account_then_is_allowed(
    engine: Engine,
) -> None:
    with Lease(engine, NAME).held(), Lease(engine, "metawiki OtherBot").held():
        pass


def test_lease_when_given_back_is_free_at_once_and_says_who_had_it_since(
    engine: Engine,
) -> None:
    first, second = Lease(engine, NAME), Lease(engine, NAME)
    alone = []
    for lease in (first, first, second, first):
        with lease.held() as is_alone:
            alone.append(is_alone)
    assert alone == [False, True, False, False]


def test_lease_when_its_holder_was_killed_then_is_taken_over_once_it_ended(
    engine: Engine, address: str
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        other.kill()
        other.wait()
    with pytest.raises(AlreadyRunningError), Lease(engine, NAME).held():
        pytest.fail("the dead one may still be about to write")
    expire(engine)
    with Lease(engine, NAME).held() as is_alone:
        assert not is_alone


def test_lease_when_the_clock_was_set_back_then_is_taken_over(engine: Engine) -> None:
    dead, next_one = Lease(engine, NAME), Lease(engine, NAME)
    with dead.held():
        end_at(engine, "until + 3600")
        with next_one.held(), pytest.raises(AlreadyRunningError):
            dead.renew()


def test_lease_when_waited_for_then_is_taken_as_soon_as_it_ended(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_RENEWAL", 0.0)

    class Waits(Event):
        def wait(self, timeout: float | None = None) -> bool:
            del timeout
            expire(engine)
            return False

    hanging, next_one = Lease(engine, NAME), Lease(engine, NAME)
    with hanging.held():
        monkeypatch.setattr(module, "_RENEWAL", 3600.0)
        with next_one.held(Waits()), pytest.raises(AlreadyRunningError):
            hanging.renew()


def test_lease_when_the_wait_is_ended_by_a_signal_then_is_refused(
    engine: Engine,
) -> None:
    ended = Event()
    ended.set()
    with (
        Lease(engine, NAME).held(),
        pytest.raises(AlreadyRunningError),
        Lease(engine, NAME).held(ended),
    ):
        pytest.fail("two at a time")


def test_lease_while_held_is_renewed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_RENEWAL", 0.01)
    with Lease(engine, NAME).held():
        expire(engine)
        while until(engine) == 1:
            pass


def test_renew_when_late_but_nobody_took_over_then_goes_on(engine: Engine) -> None:
    lease = Lease(engine, NAME)
    with lease.held():
        expire(engine)
        lease.renew()
        with pytest.raises(AlreadyRunningError), Lease(engine, NAME).held():
            pytest.fail("two at a time")


def test_store_when_the_lease_was_taken_over_then_is_not_written(
    engine: Engine, address: str
) -> None:
    guarded, hanging = open_engine(address), Lease(engine, NAME)
    hanging.guard(guarded)
    store = Store(guarded, ADDRESSES)
    with hanging.held():
        store.prepare(KEY, TODAY)
        store.set_confirm_months(3)
        expire(engine)
        with Lease(engine, NAME).held(), pytest.raises(AlreadyRunningError):
            store.set_confirm_months(9)
        assert store.confirm_months() == 3
    guarded.dispose()


@pytest.mark.parametrize(
    "address", [pytest.param("mariadb", marks=pytest.mark.mariadb)], indirect=True
)
def test_store_while_it_is_written_then_nobody_takes_over(
    engine: Engine, address: str
) -> None:
    """The one that hangs may do so in a transaction that it goes on with later.

    In SQLite one transaction at a time can write anything.
    """
    guarded, hanging = open_engine(address), Lease(engine, NAME)
    hanging.guard(guarded)
    impatient = open_engine(address)
    event.listen(impatient, "begin", _wait_not)
    with hanging.held():
        expire(engine)
        with (
            writing(guarded).begin(),
            pytest.raises(OperationalError),
            Lease(impatient, NAME).held(),
        ):
            pytest.fail("two at a time")
    impatient.dispose()
    guarded.dispose()


def _wait_not(connection: Connection) -> None:
    connection.exec_driver_sql("SET innodb_lock_wait_timeout = 1")
