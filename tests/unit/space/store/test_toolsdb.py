import pymysql
import pytest
import toolforge
from sqlalchemy import NullPool

from space.store.tables.toolsdb import open_database

ADDRESS = "mysql://tools.db.svc.wikimedia.cloud/s12345__space"


class DialledError(Exception):
    pass


def test_open_database_when_on_toolsdb_then_toolforge_connects(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def toolsdb(name: str, **options: str) -> None:
        raise DialledError(name, options)

    monkeypatch.setattr(toolforge, "toolsdb", toolsdb)
    engine = open_database(ADDRESS)
    assert isinstance(engine.pool, NullPool)
    with pytest.raises(DialledError) as dialled:
        engine.connect()
    assert dialled.value.args == ("s12345__space", {})
    with pytest.raises(DialledError) as dialled:
        open_database(f"{ADDRESS}?ssl_disabled=yes").connect()
    assert dialled.value.args == ("s12345__space", {"ssl_disabled": "yes"})


@pytest.mark.parametrize(
    ("address", "user"),
    [
        ("mysql://me:pw@tools.db.svc.wikimedia.cloud/s12345__space", "me"),
        ("mysql://me@127.0.0.1/space", "me"),
        ("sqlite://", None),
    ],
)
def test_open_database_when_elsewhere_or_with_a_user_then_the_address_is_enough(
    address: str, user: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(toolforge, "toolsdb")
    assert open_database(address).url.username == user


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("mysql://me@127.0.0.1/space", True),
        ("mysql://me@/space?unix_socket=/run/mysqld/mysqld.sock", True),
        ("mysql://me@db.example.org/space", False),
    ],
)
def test_open_database_when_the_server_is_elsewhere_then_tls_is_tried(
    address: str, *, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(**arguments: object) -> None:
        raise DialledError("plain" if arguments.get("ssl_disabled") else "tls")

    monkeypatch.setattr(pymysql, "connect", connect)
    with pytest.raises(DialledError, match="plain" if plain else "tls"):
        open_database(address).connect()
