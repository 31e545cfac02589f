"""Codes and tokens that the gateway has given out, in one SQLite file."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

CODE_LIFE = 600  # seconds, as on Meta
ACCESS_LIFE = 4 * 3600
REFRESH_LIFE = 365 * 86400
REFRESH_GRACE = 600  # a used refresh token works on, so that two requests may race

TABLE = """
create table if not exists token (
    value text primary key,
    kind text not null,     -- code, access, refresh
    pair text not null,     -- the access token that a refresh token came with
    expires real not null,  -- unix time
    content text not null
)
"""


@dataclass(frozen=True, slots=True)
class Grant:
    """A person's consent: account, client, and the parameters of the code's request."""

    user: str
    client: str
    redirect_uri: str | None = None
    challenge: str | None = None
    challenge_method: str | None = None


@dataclass(frozen=True, slots=True)
class TokenStore:
    """The tokens of one gateway; processes and threads may share the file."""

    path: Path

    def add_code(self, code: str, grant: Grant) -> None:
        """Remember an authorization code."""
        self._add("code", code, "", CODE_LIFE, grant)

    def take_code(self, code: str) -> Grant | None:
        """The grant of a code, once; None if it is unknown, used or too old."""
        with self._open() as database:
            grant = self._find(database, "code", code)
            database.execute("delete from token where value = ?", (code,))
            return grant

    def add_pair(self, access: str, refresh: str, grant: Grant) -> None:
        """Remember an access token and the refresh token given with it."""
        self._add("access", access, access, ACCESS_LIFE, grant)
        self._add("refresh", refresh, access, REFRESH_LIFE, grant)

    def access(self, token: str) -> Grant | None:
        """The grant of a valid access token."""
        with self._open() as database:
            return self._find(database, "access", token)

    def refresh(self, token: str) -> Grant | None:
        """The grant of a valid refresh token."""
        with self._open() as database:
            return self._find(database, "refresh", token)

    def retire(self, refresh: str) -> None:
        """After a refresh: the old access token is void, the refresh token expires."""
        with self._open() as database:
            database.execute(
                "delete from token where kind = 'access' and value ="
                " (select pair from token where value = ?)",
                (refresh,),
            )
            database.execute(
                "update token set expires = min(expires, ?) where value = ?",
                (time.time() + REFRESH_GRACE, refresh),
            )

    def revoke(self, user: str) -> None:
        """Take back everything a person allowed."""
        with self._open() as database:
            database.execute(
                "delete from token where json_extract(content, '$.user') = ?", (user,)
            )

    def expire_access(self) -> None:
        """Have all access tokens expire, as after four hours."""
        with self._open() as database:
            database.execute("delete from token where kind = 'access'")

    def _add(self, kind: str, value: str, pair: str, life: float, grant: Grant) -> None:
        content = {
            "user": grant.user,
            "client": grant.client,
            "redirect_uri": grant.redirect_uri,
            "challenge": grant.challenge,
            "challenge_method": grant.challenge_method,
        }
        with self._open() as database:
            database.execute(
                "insert or replace into token values (?, ?, ?, ?, ?)",
                (value, kind, pair, time.time() + life, json.dumps(content)),
            )

    def _find(
        self, database: sqlite3.Connection, kind: str, value: str
    ) -> Grant | None:
        row = database.execute(
            "select content from token where value = ? and kind = ? and expires > ?",
            (value, kind, time.time()),
        ).fetchone()
        return Grant(**json.loads(row[0])) if row else None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=30)) as database, database:
            database.execute("begin immediate")
            database.execute(TABLE)
            yield database
