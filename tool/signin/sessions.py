"""Server-side sessions of browsers, in a table of the tool's database.

The cookie is a random key; the database has only its hash and encrypted data. If the
table is lost, people sign in again.

The access token has its own column, so that a slower request which saves other data
never overwrites a refreshed token, and a lease, so that one request at a time refreshes
it: a refresh token is valid once (RFC 6749 §6).
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Delete,
    Engine,
    Insert,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    Update,
    delete,
    insert,
    select,
    update,
)

from space.store.tables.transactions import changing_tables, in_transaction

Clock = Callable[[], datetime]
Token = Mapping[str, Any]
"""An access token response (RFC 6749 §5.1) with `expires_at` in Unix seconds."""

Draft = Mapping[str, list[str]]
"""Input name → values of a form that was sent; `return_to` is the form's path."""

DRAFT = "draft"
"""URL parameter that names one of several drafts."""

SIGN_INS = 10  # pending and finished ones of a session, each
LONGEST_DRAFTS = 8 * 2**20  # characters of JSON; encryption adds a third

SIGNED_IN = timedelta(days=30)
ANONYMOUS = timedelta(hours=6)
LEASE = timedelta(seconds=30)
_BLOB = 2**24  # drafts may be as long as wiki pages; MariaDB takes MEDIUMBLOB

metadata = MetaData()
_table = Table(
    "tool_session",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("data", LargeBinary(_BLOB), nullable=False),
    Column("token", LargeBinary(_BLOB), nullable=True),
    Column("lease", BigInteger, nullable=False, default=0),
    Column("expires", BigInteger, nullable=False, index=True),
    mysql_charset="utf8mb4",
    mysql_collate="utf8mb4_bin",
)


@dataclass(frozen=True, slots=True)
class PendingSignIn:
    """A sign-in whose redirect is expected: state (RFC 6749) and verifier (RFC 7636).

    `return_to` is a path of the tool; `draft` names the form that waits there, empty
    for none.
    """

    state: str
    verifier: str
    return_to: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """Data of one browser, shared by its tabs.

    Attributes:
        csrf: token that the session's forms carry.
        user: name of the account, None before a sign-in.
        pending: sign-ins whose redirect is expected, the newest last.
        finished: state of a finished sign-in → path to which the person was sent.
        drafts: name → form that was filled in before a sign-in, the newest last.
    """

    csrf: str = field(default_factory=secrets.token_urlsafe)
    user: str | None = None
    pending: tuple[PendingSignIn, ...] = ()
    finished: Mapping[str, str] = field(default_factory=dict)
    drafts: Mapping[str, Draft] = field(default_factory=dict)

    def began(self, sign_in: PendingSignIn) -> Self:
        """The session with one more pending sign-in."""
        return replace(self, pending=(*self.pending, sign_in)[-SIGN_INS:])

    def awaited(self, state: str) -> PendingSignIn | None:
        """The pending sign-in with a state, None without one in this session."""
        return next((begun for begun in self.pending if begun.state == state), None)

    def signed_in(self, sign_in: PendingSignIn, user: str) -> Self:
        """The session after a sign-in, with a new CSRF token."""
        finished = {**self.finished, sign_in.state: self._way_back(sign_in)}
        return replace(
            self,
            csrf=secrets.token_urlsafe(),
            user=user,
            pending=tuple(begun for begun in self.pending if begun != sign_in),
            finished=dict(list(finished.items())[-SIGN_INS:]),
        )

    def with_draft(self, name: str, draft: Draft) -> Self:
        """The session with one more draft, without the oldest if all are too long."""
        drafts = {**self.drafts, name: draft}
        while len(drafts) > 1 and len(json.dumps(drafts)) > LONGEST_DRAFTS:
            del drafts[next(iter(drafts))]
        return replace(self, drafts=drafts)

    def without_drafts(self, names: Collection[str]) -> Self:
        """The session without drafts of these names."""
        rest = {name: draft for name, draft in self.drafts.items() if name not in names}
        return replace(self, drafts=rest)

    def drafts_for(self, path: str) -> tuple[str, ...]:
        """Names of the drafts of a path, the newest first."""
        names = [
            name
            for name, draft in self.drafts.items()
            if draft.get("return_to") == [path]
        ]
        return tuple(reversed(names))

    def _way_back(self, sign_in: PendingSignIn) -> str:
        """The path to return to, with the draft's name if several wait there."""
        path = sign_in.return_to
        if sign_in.draft in self.drafts and len(self.drafts_for(path)) > 1:
            return f"{path}?{urlencode({DRAFT: sign_in.draft})}"
        return path

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Inverse of `to_json`. Raises KeyError or TypeError for other attributes."""
        data = json.loads(text)
        pending = tuple(PendingSignIn(**fields) for fields in data.pop("pending"))
        return cls(**data, pending=pending)

    def to_json(self) -> bytes:
        """The session as JSON in UTF-8."""
        return json.dumps(asdict(self)).encode()


class Sessions:
    """The table of sessions; `key` is always the value of a cookie."""

    def __init__(self, engine: Engine, secret: str, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        derived = HKDF(SHA256(), 32, salt=None, info=b"space sessions").derive(
            secret.encode()
        )
        self._fernet = Fernet(base64.urlsafe_b64encode(derived))

    def create_tables(self) -> None:
        """Create the table if it is missing."""
        with changing_tables(self._engine) as connection:  # workers start at once
            metadata.create_all(connection)

    def add(self, session: Session, token: Token | None = None) -> str:
        """Store a new session, delete expired ones, and return the cookie's key."""
        key = secrets.token_urlsafe(32)
        life = SIGNED_IN if token else ANONYMOUS
        now = self._now()
        row = {
            "id": _hash(key),
            "data": self._fernet.encrypt(session.to_json()),
            "token": self._seal(token),
            "lease": 0,
            "expires": now + int(life.total_seconds()),
        }
        self._write(delete(_table).where(_table.c.expires < now))
        self._write(insert(_table).values(**row))
        return key

    def get(self, key: str) -> Session | None:
        """The session of a key; None if unknown, expired or unreadable."""
        return self._session(self._read(key, _table.c.data))

    def put(self, key: str, session: Session) -> None:
        """Replace a session; its token stays."""
        self._update(key, data=self._fernet.encrypt(session.to_json()))

    def change(self, key: str, change: Callable[[Session], Session]) -> Session | None:
        """Replace a session by the result of `change`, and return it.

        The row is locked meanwhile. None without a session.
        """

        def work(connection: Connection) -> Session | None:
            query = self._select(key, _table.c.data).with_for_update()
            session = self._session(connection.execute(query).scalar())
            if session is None:
                return None
            changed = change(session)
            data = self._fernet.encrypt(changed.to_json())
            own = update(_table).where(_table.c.id == _hash(key))
            connection.execute(own.values(data=data))
            return changed

        return in_transaction(self._engine, work)

    def remove(self, key: str) -> None:
        """Delete a session."""
        self._write(delete(_table).where(_table.c.id == _hash(key)))

    def token(self, key: str) -> Token | None:
        """The access token of a session, None without one."""
        text = self._open(self._read(key, _table.c.token))
        return json.loads(text) if text else None

    def put_token(self, key: str, token: Token | None) -> None:
        """Store a new token, or none, and end the lease."""
        self._update(key, token=self._seal(token), lease=0)

    def lease(self, key: str) -> bool:
        """Take the lease on refreshing the token; False if another request has it.

        A lease ends with `put_token`, or after `LEASE`.
        """
        now = self._now()
        own = update(_table).where(_table.c.id == _hash(key), _table.c.lease < now)
        return self._write(own.values(lease=now + int(LEASE.total_seconds()))) == 1

    def _now(self) -> int:
        return int(self._clock().timestamp())

    def _seal(self, token: Token | None) -> bytes | None:
        return self._fernet.encrypt(json.dumps(dict(token)).encode()) if token else None

    def _session(self, blob: bytes | None) -> Session | None:
        text = self._open(blob)
        # Data of an older version of this class may not fit: no session.
        with suppress(KeyError, TypeError):
            return Session.from_json(text) if text else None
        return None

    def _open(self, blob: bytes | None) -> bytes | None:
        with suppress(InvalidToken):
            return self._fernet.decrypt(blob) if blob else None
        return None

    def _select(self, key: str, column: Column[Any]) -> Select[Any]:
        return select(column).where(
            _table.c.id == _hash(key), _table.c.expires >= self._now()
        )

    def _read(self, key: str, column: Column[Any]) -> bytes | None:
        with self._engine.connect() as connection:
            blob: bytes | None = connection.execute(self._select(key, column)).scalar()
        return blob

    def _update(self, key: str, **values: Any) -> None:
        self._write(update(_table).where(_table.c.id == _hash(key)).values(**values))

    def _write(self, statement: Delete | Insert | Update) -> int:
        """Execute a statement in its own transaction and return the number of rows."""
        return in_transaction(
            self._engine, lambda connection: connection.execute(statement).rowcount
        )


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
