"""Sessions of browsers: in the cookie, and in a table once there is something to keep.

Nothing is stored of who has neither signed in nor left a text: their session is the
cookie itself, encrypted and dated. Otherwise the cookie is a random key; the database
has only its hash and encrypted data. If the table is lost, people sign in again.

The access token has its own column, so that a slower request which saves other data
never overwrites a refreshed token, and a lease, so that one request at a time refreshes
it: a refresh token is valid once (RFC 6749 §6).
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
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
    func,
    insert,
    inspect,
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
LONGEST_DRAFTS = 200_000  # octets of all drafts of a session; encryption adds a third
LONGEST_COOKIE = 3800  # octets; browsers take 4096 with name and attributes (RFC 6265)
WAITING = 200  # sessions with drafts of people who are not signed in
OF_ACCOUNT = 20  # sessions of one account; the one that ends first makes room

SIGNED_IN = timedelta(days=30)
ANONYMOUS = timedelta(hours=6)
LEASE = timedelta(seconds=30)
_BLOB = 2**20  # MariaDB takes MEDIUMBLOB
_SEALED = "~"  # begins a cookie that is the session itself; no random key has it

metadata = MetaData()
_table = Table(
    "tool_session",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("data", LargeBinary(_BLOB), nullable=False),
    Column("token", LargeBinary(_BLOB), nullable=True),
    Column("lease", BigInteger, nullable=False, default=0),
    Column("expires", BigInteger, nullable=False, index=True),
    Column("account", String(64), nullable=False, index=True),
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
        language: code of the language that the account prefers, None for no preference.
        pending: sign-ins whose redirect is expected, the newest last.
        finished: state of a finished sign-in → path to which the person was sent.
        drafts: name → form that was filled in before a sign-in, the newest last.
    """

    csrf: str = field(default_factory=secrets.token_urlsafe)
    user: str | None = None
    language: str | None = None
    pending: tuple[PendingSignIn, ...] = ()
    finished: Mapping[str, str] = field(default_factory=dict)
    drafts: Mapping[str, Draft] = field(default_factory=dict)

    def began(self, sign_in: PendingSignIn) -> Self:
        """The session with one more pending sign-in."""
        return replace(self, pending=(*self.pending, sign_in)[-SIGN_INS:])

    def awaited(self, state: str) -> PendingSignIn | None:
        """The pending sign-in with a state, None without one in this session."""
        return next((begun for begun in self.pending if begun.state == state), None)

    def gave_up(self, sign_in: PendingSignIn) -> Self:
        """The session without a pending sign-in."""
        rest = tuple(begun for begun in self.pending if begun != sign_in)
        return replace(self, pending=rest)

    def signed_in(
        self, sign_in: PendingSignIn, user: str, language: str | None = None
    ) -> Self:
        """The session after a sign-in, with a new CSRF token."""
        finished = {**self.finished, sign_in.state: self._way_back(sign_in)}
        return replace(
            self.gave_up(sign_in),
            csrf=secrets.token_urlsafe(),
            user=user,
            language=language,
            finished=dict(list(finished.items())[-SIGN_INS:]),
        )

    def with_draft(self, name: str, draft: Draft) -> Self:
        """The session with one more draft, without the oldest if all are too long.

        The draft itself has to be `short_enough`.
        """
        drafts = {**self.drafts, name: draft}
        while len(drafts) > 1 and _octets(drafts) > LONGEST_DRAFTS:
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
        """Inverse of `to_json`. Raises KeyError or TypeError for other attributes.

        What only a newer version of the tool keeps is left out.
        """
        data = _known(cls, json.loads(text))
        pending = tuple(
            PendingSignIn(**_known(PendingSignIn, begun))
            for begun in data.pop("pending")
        )
        return cls(**data, pending=pending)

    def to_json(self) -> bytes:
        """The session as JSON in UTF-8."""
        return json.dumps(asdict(self), ensure_ascii=False).encode(errors="replace")


def short_enough(draft: Draft) -> bool:
    """Whether a session may keep a draft."""
    return _octets({"": draft}) <= LONGEST_DRAFTS


class Sessions:
    """The sessions of all browsers; `key` is always the value of a cookie.

    There are at most `WAITING` rows of people who are not signed in, and `OF_ACCOUNT`
    of each account; each new row takes those that have ended with it.
    """

    def __init__(self, engine: Engine, secret: str, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._account_key = _derived(secret, b"space accounts")
        key = _derived(secret, b"space sessions")
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def create_tables(self) -> None:
        """Create the table if it is missing or another version's; forget what ended."""
        with changing_tables(self._engine) as connection:  # workers start at once
            if _is_of_another_version(connection):
                _table.drop(connection)
            metadata.create_all(connection)
            connection.execute(delete(_table).where(_table.c.expires < self._now()))

    def add(self, session: Session, token: Token | None = None) -> str:
        """Begin a session and return its key; a row is stored if it has to be."""
        if token is None and not session.drafts:
            return self._sealed(session)
        key = secrets.token_urlsafe(32)
        life = SIGNED_IN if token else ANONYMOUS
        now = self._now()
        account = self._account(session.user) if token else ""
        row = {
            "id": _hash(key),
            "data": self._fernet.encrypt(session.to_json()),
            "token": self._seal(token),
            "lease": 0,
            "expires": now + int(life.total_seconds()),
            "account": account,
        }

        # One transaction each: together they would lock what others insert.
        self._write(delete(_table).where(_table.c.expires < now))
        if account:
            self._write(delete(_table).where(_table.c.id.in_(self._surplus(account))))
        self._write(insert(_table).values(**row))
        return key

    def has_room(self) -> bool:
        """Whether one more person who is not signed in may leave a draft."""
        waiting = select(func.count()).where(
            _table.c.account == "", _table.c.expires >= self._now()
        )
        with self._engine.connect() as connection:
            return (connection.execute(waiting).scalar() or 0) < WAITING

    def get(self, key: str) -> Session | None:
        """The session of a key; None if unknown, expired or unreadable."""
        if key.startswith(_SEALED):
            return self._unsealed(key)
        return self._session(self._read(key, _table.c.data))

    def change(
        self, key: str, change: Callable[[Session], Session]
    ) -> tuple[str, Session] | None:
        """Replace a session by the result of `change`; returns it with its new key.

        The row is locked meanwhile. None without a session.
        """
        if key.startswith(_SEALED):
            session = self._unsealed(key)
            changed = change(session) if session else None
            return (self.add(changed), changed) if changed else None
        stored = self._change_row(key, change)
        return (key, stored) if stored else None

    def _change_row(
        self, key: str, change: Callable[[Session], Session]
    ) -> Session | None:

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

    def _account(self, user: str | None) -> str:
        """A hash of an account's name, by which the database cannot tell it."""
        name = (user or "").encode()
        return hmac.new(self._account_key, name, hashlib.sha256).hexdigest()

    def _surplus(self, account: str) -> list[str]:
        """Ids of the sessions of an account that make room for one more."""
        query = (
            select(_table.c.id)
            .where(_table.c.account == account)
            .order_by(_table.c.expires.desc(), _table.c.id)
        )
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())[OF_ACCOUNT - 1 :]

    def _sealed(self, session: Session) -> str:
        """The session as the value of a cookie, without its oldest pending sign-ins."""
        while True:
            blob = self._fernet.encrypt_at_time(session.to_json(), self._now())
            if len(blob) < LONGEST_COOKIE or not (session.pending or session.finished):
                return f"{_SEALED}{blob.decode()}"
            session = replace(session, pending=session.pending[1:], finished={})

    def _unsealed(self, key: str) -> Session | None:
        with suppress(InvalidToken):
            blob = key.removeprefix(_SEALED).encode(errors="replace")
            life = int(ANONYMOUS.total_seconds())
            text = self._fernet.decrypt_at_time(blob, life, self._now())
            return _read(text)
        return None

    def _seal(self, token: Token | None) -> bytes | None:
        return self._fernet.encrypt(json.dumps(dict(token)).encode()) if token else None

    def _session(self, blob: bytes | None) -> Session | None:
        text = self._open(blob)
        return _read(text) if text else None

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


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(secret.encode())


def _read(text: bytes) -> Session | None:
    # Data of an older version of this class may not fit: no session.
    with suppress(KeyError, TypeError):
        return Session.from_json(text)
    return None


def _known(of: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that a dataclass has."""
    names = {each.name for each in fields(of)}
    return {name: value for name, value in data.items() if name in names}


def _octets(drafts: Mapping[str, Draft]) -> int:
    text = json.dumps(drafts, ensure_ascii=False)
    return len(text.encode(errors="replace"))


def _is_of_another_version(connection: Connection) -> bool:
    """Whether the table is there with other columns; what it has is then forgotten."""
    there = inspect(connection)
    if not there.has_table(_table.name):
        return False
    columns = {column["name"] for column in there.get_columns(_table.name)}
    return columns != set(_table.c.keys())


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
