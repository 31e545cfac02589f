"""The tool's application on an in-memory wiki and store, with a fixed clock."""

import re
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from html import unescape
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool
from werkzeug.test import TestResponse

from sandbox.gateway.commons import Commons
from sandbox.gateway.wikidata import Wikidata
from space.authoring import gazetteer, pictures
from space.errors import WikiUnavailableError
from space.publication.publication import Publication
from space.settings.environment import ToolConfig
from space.store.keys import SITE
from space.store.store import Store
from space.text.messages import read_catalogue, read_drafts
from space.wiki.port import Wiki
from space.wiki.query import Ask
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.feeds.publications import ADDRESSES, NOW, TODAY, record
from tests.support.store.memory import content_of, with_content, with_tables
from tool.app.factory import create_app
from tool.app.services import EXTENSION, Services
from tool.app.web.visitor import COOKIE
from tool.cards.cards import Cards
from tool.decisions import Decisions
from tool.rates import Rates
from tool.signin.oauth import SignInFailedError
from tool.signin.sessions import PendingSignIn, Session, Sessions, Token
from tool.signin.tokens import Tokens
from tool.upstream.call_limits import CallLimits
from tool.upstream.deadline import has_deadline, remaining
from tool.upstream.reader_pool import ReaderPool
from tool.wiki.community import CommunitySettings
from tool.wiki.lookups import Lookups
from tool.wiki.renderings import Renderings
from tool.wiki.site import SiteFacts
from tool.wsgi import FONTS

CONFIG = ToolConfig(
    wiki_url="https://meta.wikimedia.org/w/api.php",
    root="Space",
    database_url="sqlite://",
    public_url="https://space.example.org",
    secret_key="k" * 32,
    oauth_client_id="client",
    oauth_client_secret="client-secret",
    tile_url="",
)
_FAILED = re.compile(r'id="field-([a-z-]+)-problem"[^>]*>\s*<div')
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass
class PlainParsoid:
    """Fake Parsoid for paragraphs, headings and bold; unavailable with the wiki."""

    tool: "ToolApp"

    def wikitext(self, html: str) -> str:
        if self.tool.down:
            raise WikiUnavailableError("down")
        text = re.sub(r"</?b>", "'''", html)
        text = re.sub(r"<h2>(.*?)</h2>", r"== \1 ==\n", text)
        return unescape(re.sub(r"<[^>]*>", "", text)).strip()


@dataclass
class FakeSignIn:
    """Fake OAuth client, which signs Olu in for the code `good`.

    States are `s`, `s2`, `s3` and so on; `trouble` is raised instead of an answer.
    """

    address: str = "https://meta.wikimedia.org/authorize?state=s"
    user: str = "Olu"
    prefers: str | None = None
    refreshed: Token | None = None
    trouble: Exception | None = None
    begun: int = 0

    def begin(self, return_to: str) -> tuple[str, PendingSignIn]:
        self.begun += 1
        number = "" if self.begun == 1 else str(self.begun)
        pending = PendingSignIn(f"s{number}", "v", return_to)
        return f"{self.address}{number}", pending

    def finish(self, pending: PendingSignIn, answer: Any) -> tuple[str, Token]:
        if self.trouble:
            raise self.trouble
        if answer.get("code") != "good" or answer.get("state") != pending.state:
            raise SignInFailedError("no")
        return self.user, fresh_token()

    def language(self, _: Token) -> str | None:
        return self.prefers

    def refresh(self, _: Token) -> Token | None:
        if self.trouble:
            raise self.trouble
        return self.refreshed


class _Compiled(BytecodeCache):
    """Templates as an earlier application of this process compiled them."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_catalogue, _drafts = cache(read_catalogue), cache(read_drafts)
_compiled = _Compiled()
_applications: list[Flask] = []


def _own(services: Services) -> Flask:
    """An application of these services, for a configuration of its own."""
    app = create_app(services)
    app.jinja_env.bytecode_cache = _compiled
    return app


def _shared(services: Services) -> Flask:
    """The application with these services; its templates are loaded only once."""
    if not _applications:
        _applications.append(_own(services))
    _applications[0].extensions[EXTENSION] = services
    return _applications[0]


def prepared(engine: Engine) -> Engine:
    """An engine whose database a bot has just filled, with the tool's own tables."""

    def clock() -> datetime:
        return NOW

    store = Store(engine, ADDRESSES, clock)
    store.prepare("key", TODAY)
    store.set_checkpoint(datetime(2026, 11, 22, tzinfo=UTC))
    Sessions(engine, CONFIG.secret_key, clock).create_tables()
    Decisions(engine, clock).create_tables()
    Renderings(engine, clock).create_tables()
    return engine


def _prepared_copy() -> Engine:
    """An engine of a database like that, which is copied in a tenth of the time."""
    return with_content(_in_memory(), _prepared_content())


@cache
def _prepared_content() -> bytes:
    engine = prepared(with_tables(_in_memory()))
    content = content_of(engine)
    engine.dispose()
    return content


def _in_memory() -> Engine:
    return create_engine("sqlite://", poolclass=StaticPool)


def fresh_token() -> Token:
    """A token of Olu, which expires in four hours."""
    return {
        "access_token": "Olu",
        "refresh_token": "r",
        "expires_at": NOW.timestamp() + 4 * 3600,
    }


class AtOnce(Executor):
    """Does all work at once, in the thread that asks for it."""

    def submit(self, work: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - as executors do
            future.set_exception(error)
        return future


@dataclass
class Silent(Executor):
    """Threads that a silent wiki holds for ever; what they were to ask."""

    asked: list[Any] = field(default_factory=list)

    def submit(self, work: Any, /, *args: Any, **_: Any) -> "Future[Any]":
        self.asked.append(partial(work, *args))
        return Future()


@dataclass
class ToolApp:
    """The application with its wiki, store, services and a browser's client."""

    config: ToolConfig = CONFIG
    now: datetime = NOW
    wiki: MemoryWiki = field(default_factory=MemoryWiki)
    down: bool = False
    asked: int = 0  # how often wikis were, in whatever thread
    executor: Executor = field(default_factory=AtOnce)  # asks for readers
    own_app: bool = False  # else the application is shared, with its templates
    engine: Engine | None = None  # else of a database in memory
    sign_in_answer: FakeSignIn = field(default_factory=FakeSignIn)

    def __post_init__(self) -> None:
        engine = prepared(self.engine) if self.engine else _prepared_copy()
        self.engine = engine
        self.wiki.state.now = self.now
        self.store = Store(engine, ADDRESSES, self.clock)
        self.sessions = Sessions(engine, self.config.secret_key, self.clock)
        decisions = Decisions(engine, self.clock)
        renderings = Renderings(engine, self.clock)
        sign_in: Any = self.sign_in_answer
        wiki_pool, commons_pool = (
            ReaderPool(CallLimits(), executor=self.executor) for _ in range(2)
        )
        parsoid: Any = PlainParsoid(self)
        self.services = Services(
            config=self.config,
            store=self.store,
            catalogue=_catalogue(),
            sessions=self.sessions,
            decisions=decisions,
            sign_in=sign_in,
            tokens=Tokens(
                self.sessions, sign_in, self.clock, CallLimits(), lambda _: None
            ),
            reader=lambda: self.wiki_of(None),
            wiki_as=lambda token: self.wiki_of(token["access_token"]),
            wiki_pool=wiki_pool,
            commons_pool=commons_pool,
            facts=SiteFacts(
                self.config,
                lambda: self.store.value(SITE),
                lambda: self.wiki_of(None),
                self.clock,
                wiki_pool,
            ),
            community=CommunitySettings(
                self.store.settings,
                lambda: self.wiki_of(None),
                self.clock,
                wiki_pool,
            ),
            renderings=renderings,
            gazetteer=Lookups(
                gazetteer.search,
                gazetteer.look_up,
                self.asking(Wikidata().answer),
                self.clock,
            ),
            pictures=Lookups(
                pictures.search,
                pictures.look_up,
                self.asking(Commons(self.config.public_url).answer),
                self.clock,
            ),
            parsoid=parsoid,
            cards=Cards(FONTS),
            rates=Rates(self.clock),
            drafts=_drafts(),
            clock=self.clock,
        )
        self.app = (_own if self.own_app else _shared)(self.services)
        self.client = self.new_client()

    def clock(self) -> datetime:
        return self.now

    def wiki_of(self, user: str | None) -> Wiki:
        """The wiki for an account. Raises `WikiUnavailableError` while `down`."""
        self._ask()
        return self.wiki.as_user(user)

    def asking(self, answer: Ask) -> Ask:
        """A fake of Wikidata or Commons; unavailable while `down`."""

        def ask(params: Mapping[str, str]) -> Mapping[str, Any]:
            self._ask()
            return answer(params)

        return ask

    def _ask(self) -> None:
        """What a request to a real wiki does first (`tool.upstream.adapter`)."""
        self.asked += 1
        if has_deadline():
            remaining()
        if self.down:
            raise WikiUnavailableError("down")

    def speak(
        self,
        catalogue: Mapping[str, Mapping[str, str]],
        drafts: frozenset[str] = frozenset(),
    ) -> None:
        """Have these messages, in an application of its own: it keeps what it told."""
        self.services = replace(self.services, catalogue=catalogue, drafts=drafts)
        self.app = _own(self.services)
        self.client = self.new_client()

    def forget_counts(self) -> None:
        """Begin all rate limits anew, as after some minutes."""
        self.services = replace(self.services, rates=Rates(self.clock))
        self.app.extensions[EXTENSION] = self.services

    def new_client(self) -> FlaskClient:
        """A client without cookies, as another browser."""
        return self.app.test_client()

    def sign_in(
        self, user: str = "Olu", token: Token | None = None, language: str | None = None
    ) -> None:
        """Give the client a session of a user, whose account prefers a language."""
        key = self.sessions.add(
            Session(user=user, language=language),
            token or {**fresh_token(), "access_token": user},
        )
        self.client.set_cookie(COOKIE, key, domain="space.example.org", secure=True)

    def publish(self, *publications: Publication) -> None:
        """Store publications."""
        self.store.put(*map(record, publications))

    def get(self, path: str, **options: Any) -> TestResponse:
        """The response to a GET request."""
        return self.client.get(path, base_url=CONFIG.public_url, **options)

    def post(self, path: str, **fields: Any) -> TestResponse:
        """Send fields to a page, with the CSRF token of its form."""
        token = csrf_of(self.get(path))
        return self.post_raw(path, csrf=token, **fields)

    def post_raw(self, path: str, **fields: Any) -> TestResponse:
        """Send fields without a token of their own."""
        return self.client.post(path, data=fields, base_url=CONFIG.public_url)


def csrf_of(response: TestResponse) -> str:
    """The CSRF token in the forms of a page."""
    match = _CSRF.search(response.text)
    assert match, response.text[:500]
    return unescape(match[1])


def fields_of(page: str) -> dict[str, str]:
    """Field → value, as a browser would send the form for writing."""
    reader = _FormReader()
    reader.feed(page)
    return reader.fields


def failed_fields(page: str) -> list[str]:
    """Names of the fields of the form for writing at which a problem stands."""
    return _FAILED.findall(page)


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._inside = False
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self._inside = "data-editor" in given
        if not self._inside:
            return
        if tag == "input" and (
            given.get("type") not in {"checkbox", "radio"} or "checked" in given
        ):
            self.fields[name] = value
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.fields[self._select] = value
        elif tag == "textarea":
            self._textarea = name
            self.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""
        self._inside = self._inside and tag != "form"

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea] += data
