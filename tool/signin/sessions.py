"""Sessions of signed-in people, kept on the server (tables of their own).

The cookie is a random key; the database knows only its hash, and everything kept
under it is encrypted. Losing the table means signing in again, nothing more.

The access token has a column of its own, so that a refreshed token is never overwritten
by a slower request that saves something else, and a lease, so that one request at
a time refreshes it: OAuth 2.0 refresh tokens are good once (RFC 6749 §6).
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
"""An OAuth 2.0 token answer (RFC 6749 §5.1) with `expires_at` in Unix seconds."""

Draft = Mapping[str, list[str]]
"""The fields of a form as they were sent; `return_to` is the path that shows it."""

DRAFT = "draft"
"""The argument of an address that names one of several forms."""

SIGN_INS = 10  # that are remembered of one browser
LONGEST_DRAFTS = 8 * 2**20  # characters of JSON; encrypted, a third more of bytes

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
    """A sign-in that was begun: what its callback must bring (RFC 7636, RFC 6749).

    `draft` names the form that waits for the return, empty for none.
    """

    state: str
    verifier: str
    return_to: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """What is remembered of one browser, for all its tabs.

    Attributes:
        pending: sign-ins that were begun, the newest last.
        finished: state of a finished sign-in → the path that its person was sent to.
        drafts: name → a form that was filled in before signing in, the newest last.
    """

    csrf: str = field(default_factory=secrets.token_urlsafe)
    user: str | None = None
    pending: tuple[PendingSignIn, ...] = ()
    finished: Mapping[str, str] = field(default_factory=dict)
    drafts: Mapping[str, Draft] = field(default_factory=dict)

    def began(self, sign_in: PendingSignIn) -> Self:
        """The session with one more sign-in going on."""
        return replace(self, pending=(*self.pending, sign_in)[-SIGN_INS:])

    def awaited(self, state: str) -> PendingSignIn | None:
        """The sign-in of a state; None if it was not begun here."""
        return next((begun for begun in self.pending if begun.state == state), None)

    def signed_in(self, sign_in: PendingSignIn, user: str) -> Self:
        """The session after a sign-in, under another CSRF token."""
        finished = {**self.finished, sign_in.state: self._way_back(sign_in)}
        return replace(
            self,
            csrf=secrets.token_urlsafe(),
            user=user,
            pending=tuple(begun for begun in self.pending if begun != sign_in),
            finished=dict(list(finished.items())[-SIGN_INS:]),
        )

    def with_draft(self, name: str, draft: Draft) -> Self:
        """The session with one more form; the oldest go where all are too long."""
        drafts = {**self.drafts, name: draft}
        while len(drafts) > 1 and len(json.dumps(drafts)) > LONGEST_DRAFTS:
            del drafts[next(iter(drafts))]
        return replace(self, drafts=drafts)

    def without_drafts(self, names: Collection[str]) -> Self:
        """The session without these forms."""
        kept = {name: draft for name, draft in self.drafts.items() if name not in names}
        return replace(self, drafts=kept)

    def drafts_for(self, path: str) -> tuple[str, ...]:
        """Names of the forms that are to be shown at a path, the newest first."""
        names = [
            name
            for name, draft in self.drafts.items()
            if draft.get("return_to") == [path]
        ]
        return tuple(reversed(names))

    def _way_back(self, sign_in: PendingSignIn) -> str:
        """Where to send the person; two forms for one page are told apart by name."""
        path = sign_in.return_to
        if sign_in.draft in self.drafts and len(self.drafts_for(path)) > 1:
            return f"{path}?{urlencode({DRAFT: sign_in.draft})}"
        return path

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """The inverse of `to_json`."""
        data = json.loads(text)
        pending = tuple(PendingSignIn(**fields) for fields in data.pop("pending"))
        return cls(**data, pending=pending)

    def to_json(self) -> bytes:
        """Bytes to encrypt."""
        return json.dumps(asdict(self)).encode()


class Sessions:
    """The table of sessions. `key` is always the cookie's value."""

    def __init__(self, engine: Engine, secret: str, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        derived = HKDF(SHA256(), 32, salt=None, info=b"space sessions").derive(
            secret.encode()
        )
        self._fernet = Fernet(base64.urlsafe_b64encode(derived))

    def create_tables(self) -> None:
        """Make the table where it is missing."""
        with changing_tables(self._engine) as connection:  # workers start at once
            metadata.create_all(connection)

    def add(self, session: Session, token: Token | None = None) -> str:
        """Keep a new session and return the key for its cookie."""
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
        """The session of a cookie; None if unknown, over or not readable any more."""
        return self._session(self._read(key, _table.c.data))

    def put(self, key: str, session: Session) -> None:
        """Replace what is remembered; the token stays as it is."""
        self._update(key, data=self._fernet.encrypt(session.to_json()))

    def change(self, key: str, change: Callable[[Session], Session]) -> Session | None:
        """Replace what is remembered by what `change` makes of it, and return that.

        Other requests of the browser wait meanwhile. None if there is no session.
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
        """Forget a session."""
        self._write(delete(_table).where(_table.c.id == _hash(key)))

    def token(self, key: str) -> Token | None:
        """The access token kept with a session, if there is one."""
        text = self._open(self._read(key, _table.c.token))
        return json.loads(text) if text else None

    def put_token(self, key: str, token: Token | None) -> None:
        """Keep a new token, or none, and give the lease back."""
        self._update(key, token=self._seal(token), lease=0)

    def lease(self, key: str) -> bool:
        """Whether the caller alone may refresh the token now.

        The lease ends with `put_token`, or by itself after `LEASE`.
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
        # What an older version of this class wrote may not fit; then sign in again.
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
        """Execute a statement in a transaction of its own; the rows it changed."""
        return in_transaction(
            self._engine, lambda connection: connection.execute(statement).rowcount
        )


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
