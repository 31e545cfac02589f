"""The check-up of the web tool: settings, database, wiki, consumer, pages, clock."""

import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import requests

from space.checkup import checks
from space.checkup.findings import Finding, fine, lines, wrong
from space.checkup.wiki_facts import read_facts
from space.errors import (
    ConfigurationError,
    ConsumerRefusedError,
    WikiUnavailableError,
)
from space.settings.environment import ToolConfig
from space.text.messages import Translator, read_catalogue
from space.wiki.query import Ask
from tool.signin.oauth import SignIn, allow_loopback
from tool.upstream.adapter import bounded
from tool.upstream.call_limits import CallLimits
from tool.wiki.lookups import asking

_NO_TOKEN = {"access_token": "none", "refresh_token": "none", "token_type": "Bearer"}


def check_up(environment: Mapping[str, str]) -> int:
    """Print a line for each finding; 1 where something has to be done, else 0."""
    found = list(_findings(environment, datetime.now(UTC)))
    for line in lines(found, Translator(read_catalogue(), "en")):
        sys.stdout.write(f"{line}\n")
    return int(checks.is_broken(found))


def _findings(environment: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    try:
        config = ToolConfig.from_environment(environment)
    except ConfigurationError as error:
        yield wrong("check-settings-missing", str(error))
        return
    yield fine("check-settings", config.wiki_url, config.root)
    yield from checks.check_own_database(config, now)
    bounds = CallLimits(config.wiki_seconds)
    user_agent = f"Space ({config.public_url})"

    def session() -> requests.Session:
        return bounded(requests.Session(), bounds, user_agent)

    allow_loopback(config)
    yield from findings_of_wiki(
        config,
        asking(config.wiki_url, session),
        SignIn(config, user_agent, bounds),
        now,
    )


def findings_of_wiki(
    config: ToolConfig, ask: Ask, sign_in: SignIn, now: datetime
) -> Iterator[Finding]:
    """What the wiki tells: its version and clock, the consumer, the pages."""
    try:
        facts = read_facts(ask, checks.looked_at(config.root))
        yield from checks.check_version(facts)
        yield from checks.check_clock(facts, now)
        yield from _consumer(sign_in)
        yield from checks.check_pages(facts, config.root)
    except WikiUnavailableError as error:
        yield wrong("check-wiki-away", config.wiki_url, str(error))


def _consumer(sign_in: SignIn) -> Iterator[Finding]:
    """Whether the wiki knows the consumer: it is asked to refresh a token of nobody."""
    try:
        sign_in.refresh(_NO_TOKEN)
    except ConsumerRefusedError as error:
        yield wrong("check-consumer-refused", str(error))
    else:
        yield fine("check-consumer")
