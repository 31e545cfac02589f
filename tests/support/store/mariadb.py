"""A MariaDB server of our own, for as long as tests need it."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pymysql
from sqlalchemy import URL, text

from space.store import open_engine

START_UP = 60  # seconds
_OPEN = text("SELECT count(*) FROM information_schema.processlist WHERE user = 'tool'")
_SERVER = ("/usr/sbin", "/usr/local/sbin")  # not on every user's PATH


def _program(name: str) -> str:
    """A program of Debian's mariadb-server package; raises if it is missing."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *_SERVER])
    found = shutil.which(name, path=path)
    if found is None:
        raise FileNotFoundError(f"{name} is missing: install mariadb-server")
    return found


@contextmanager
def mariadb(buffer_pool: int = 32) -> Iterator[URL]:
    """The address of an empty database, reached through a socket only.

    `buffer_pool` are megabytes of its data that it holds in memory.
    """
    with tempfile.TemporaryDirectory(prefix="space-db-") as folder:
        place = Path(folder)
        data, listening = place / "data", place / "socket"
        as_root = ["--user=root"] if os.geteuid() == 0 else []
        subprocess.run(
            [
                _program("mariadb-install-db"),
                "--no-defaults",
                f"--datadir={data}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                *as_root,
            ],
            check=True,
            capture_output=True,
            timeout=START_UP,
        )
        command = [
            _program("mariadbd"),
            "--no-defaults",
            f"--datadir={data}",
            f"--socket={listening}",
            f"--tmpdir={place}",
            f"--pid-file={place / 'pid'}",
            "--skip-networking",
            f"--innodb-buffer-pool-size={buffer_pool}M",
            "--innodb-flush-log-at-trx-commit=0",
            *as_root,
        ]
        with (place / "log").open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log)
            try:
                yield _database(server, listening, place / "log")
            finally:
                server.terminate()
                server.wait(START_UP)


@contextmanager
def account(server: URL, connections: int) -> Iterator[URL]:
    """An empty database of an account that may have so many connections."""
    admin = open_engine(server)
    limited = f"WITH MAX_USER_CONNECTIONS {connections}"
    with admin.begin() as connection:
        connection.exec_driver_sql("CREATE DATABASE tool CHARACTER SET utf8mb4")
        connection.exec_driver_sql(f"CREATE USER tool@localhost {limited}")
        connection.exec_driver_sql("GRANT ALL ON tool.* TO tool@localhost")
    try:
        yield server.set(username="tool", database="tool")
    finally:
        with admin.begin() as connection:
            connection.exec_driver_sql("DROP USER tool@localhost")
            connection.exec_driver_sql("DROP DATABASE tool")


def still_open(server: URL) -> int:
    """Connections of the limited account, once the server has ended the closed ones."""
    admin = open_engine(server)
    for _ in range(1000):
        with admin.connect() as connection:
            found = int(connection.scalar(_OPEN) or 0)
        if not found:
            break
    return found


def _database(server: subprocess.Popen[bytes], file: Path, log: Path) -> URL:
    for _ in range(START_UP * 10):
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.1)
            break
        if _answers(file):
            connection = pymysql.connect(unix_socket=str(file), user="root")
            with connection, connection.cursor() as cursor:
                cursor.execute("CREATE DATABASE space CHARACTER SET utf8mb4")
            return URL.create(
                "mysql+pymysql",
                username="root",
                database="space",
                query={"unix_socket": str(file)},
            )
    raise RuntimeError(f"MariaDB did not start:\n{log.read_text()[-2000:]}")


def _answers(file: Path) -> bool:
    """Whether the server listens; the driver leaves sockets open when it does not."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(file)) == 0
