"""The entry point for a WSGI server: `gunicorn 'tool.wsgi:application()'`."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import requests
import toolforge
from flask import Flask, has_app_context

from space.authoring import gazetteer, pictures
from space.errors import ConfigurationError, WikiUnavailableError
from space.logs import log_to
from space.settings.environment import ToolConfig
from space.settings.onwiki import Settings
from space.store.keys import SITE
from space.store.reader import StoreReader
from space.store.tables.layouts import make_tables
from space.store.tables.toolsdb import open_database
from space.text.messages import SOURCE, read_catalogue, read_drafts
from space.wiki.port import Wiki, WikiReader
from space.wiki.values import Site
from tool.app.factory import create_app
from tool.app.services import Services, standing
from tool.cards.cards import Cards
from tool.decisions import Decisions
from tool.rates import Rates
from tool.signin.oauth import SignIn, allow_loopback
from tool.signin.sessions import Sessions, Token
from tool.signin.tokens import Tokens
from tool.start_up import make_now_or_later, make_when_missing
from tool.upstream.adapter import bounded
from tool.upstream.call_limits import CallLimits
from tool.upstream.reader_pool import ReaderPool
from tool.wiki.client import connect
from tool.wiki.community import CommunitySettings
from tool.wiki.lookups import Lookups, asking
from tool.wiki.parsoid import Parsoid
from tool.wiki.renderings import Renderings
from tool.wiki.site import SiteFacts

_TOOLFORGE = ".toolforge.org"
FONTS = Path(__file__).parent / "app" / "data" / "fonts"


def application(environment: Mapping[str, str] = os.environ) -> Flask:
    """The application for this environment; a missing setting ends the process."""
    log_to(sys.stdout)
    try:
        services = build(ToolConfig.from_environment(environment))
    except ConfigurationError as error:
        sys.exit(f"Space cannot start: {error}")
    warm_up(services)
    return create_app(services)


def build(config: ToolConfig) -> Services:
    """The parts of the application, each made from the settings."""
    user_agent = _user_agent(config)
    engine = open_database(config.database_url, scoped=True)
    sessions = Sessions(engine, config.secret_key, _now)
    decisions = Decisions(engine, _now)
    renderings = Renderings(engine, _now)
    steps = [
        lambda: make_tables(engine, _now()),
        *(table.create_tables for table in (sessions, decisions, renderings)),
    ]
    make_now_or_later(steps)
    make_when_missing(engine, steps)
    allow_loopback(config)
    bounds = CallLimits(config.wiki_seconds)
    sign_in = SignIn(config, user_agent, bounds)

    def session() -> requests.Session:
        return bounded(requests.Session(), bounds, user_agent)

    def reader() -> WikiReader:
        return connect(config.wiki_url, session())

    def wiki_as(token: Token) -> Wiki:
        return connect(config.wiki_url, sign_in.session(token))

    def stored_site() -> Site | None:
        return store.value(SITE) if store.ready() else None

    def stored_settings() -> Settings:
        known = standing() if has_app_context() else store.standing()
        return known.settings_in_force

    wiki_pool = ReaderPool(bounds)
    facts = SiteFacts(config, stored_site, reader, _now, wiki_pool)
    # Only who writes the index needs its addresses; the tool reads it.
    store = StoreReader(engine, facts.guess())
    return Services(
        config=config,
        store=store,
        catalogue=read_catalogue(),
        sessions=sessions,
        decisions=decisions,
        sign_in=sign_in,
        tokens=Tokens(sessions, sign_in, _now, bounds),
        reader=reader,
        wiki_as=wiki_as,
        wiki_pool=wiki_pool,
        commons_pool=ReaderPool(bounds),
        facts=facts,
        community=CommunitySettings(stored_settings, reader, _now, wiki_pool),
        renderings=renderings,
        gazetteer=Lookups(
            gazetteer.search,
            gazetteer.look_up,
            asking(config.wikidata_url, session),
            _now,
        ),
        pictures=Lookups(
            pictures.search,
            pictures.look_up,
            asking(config.commons_url, session),
            _now,
        ),
        parsoid=Parsoid(config.wiki_url, session, _now),
        cards=Cards(FONTS),
        rates=Rates(_now),
        clock=_now,
        drafts=read_drafts(),
    )


def warm_up(services: Services) -> None:
    """Ask both wikis something, so that readers wait for the one that answers."""
    services.community.known_templates()
    with suppress(WikiUnavailableError):
        services.commons_pool.get(
            "any", lambda: services.pictures.look_up("Example.jpg", SOURCE), 0
        )


def _now() -> datetime:
    return datetime.now(UTC)


def _user_agent(config: ToolConfig) -> str:
    """Name, address and mail of the tool, as the User-Agent policy wants them."""
    host = urlsplit(config.public_url).hostname or ""
    name = host.removesuffix(_TOOLFORGE) if host.endswith(_TOOLFORGE) else "space"
    return str(toolforge.set_user_agent(name, url=config.public_url))
