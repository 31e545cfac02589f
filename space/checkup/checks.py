"""The checks that tool and bots share; each gives its findings."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from space.checkup.findings import Finding, fine, look, wrong
from space.checkup.wiki_facts import WikiFacts
from space.schema.kinds import load_kind
from space.settings.calendars import KIND as CALENDARS_KIND
from space.settings.calendars import refused
from space.settings.environment import Config
from space.settings.onwiki import (
    EVENT_NAMESPACE,
    HOME_OFF,
    REGISTRY_OFF,
    Settings,
    settings_title,
)
from space.settings.ruling_pages import RULING_PAGES
from space.store.failures import MANY, failing
from space.store.health import Age, Health
from space.store.reader import StoreReader
from space.store.tables.damage import DamagedDatabaseError
from space.store.tables.sizes import sizes
from space.store.tables.tables import LAYOUT_NAME
from space.store.tables.toolsdb import open_database
from space.wiki.urls import Urls
from space.wiki.values import Account, Site

OLDEST_WIKI = (1, 43)
CLOCKS_APART = timedelta(seconds=60)
"""News are asked for with this overlap; OAuth 1.0a refuses more than five minutes."""

RIGHTS = ("edit", "createpage", "createtalk", "editmyuserjson")
"""Without these the bot cannot write its own pages."""
FOR_A_BOT = ("bot", "apihighlimits")
"""With these it is fast, and its edits do not fill recent changes."""
TEMPLATES = ("Template:Space post", "Template:Space event", "Module:Space/Config")
CAMPAIGN_EVENTS = "CampaignEvents"
"""The extension that opens registration, by its name in `meta=siteinfo`."""
MEGABYTE = 1_000_000  # octets
_VERSION = re.compile(r"MediaWiki (\d+)\.(\d+)")
_NO_TABLE = re.compile(r"no such table|Table '[^']*' doesn't exist")
"""What SQLite and MariaDB say before the first run of the bots."""
_PIN = re.compile(r"^([a-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE | re.IGNORECASE)


def looked_at(root: str) -> tuple[str, ...]:
    """The pages of which `read_facts` should tell."""
    return (root, *(page.title(root) for page in RULING_PAGES), *TEMPLATES)


def check_clock(facts: WikiFacts, now: datetime) -> Iterator[Finding]:
    """Whether this machine's clock, an aware time, is the wiki's."""
    apart = abs(now - facts.clock)
    seconds = int(apart.total_seconds())
    if apart > CLOCKS_APART:
        yield wrong("check-clock-off", seconds)
    else:
        yield fine("check-clock", seconds)


def check_version(facts: WikiFacts) -> Iterator[Finding]:
    """Whether the wiki runs a MediaWiki that Space knows."""
    found = _VERSION.match(facts.generator)
    if found and (int(found[1]), int(found[2])) >= OLDEST_WIKI:
        yield fine("check-version", facts.generator)
    else:
        yield look(
            "check-version-old", facts.generator, ".".join(map(str, OLDEST_WIKI))
        )


def check_pages(facts: WikiFacts, root: str) -> Iterator[Finding]:
    """Whether the pages were deployed, and are protected."""
    known = looked_at(root)
    missing = [title for title in known if title not in facts.protection]
    open_ones = [
        title
        for title in known
        if title != root and not facts.protection.get(title, {"missing"})
    ]
    if missing:
        yield wrong("check-pages-missing", ", ".join(missing))
    if open_ones:
        yield look("check-pages-open", ", ".join(open_ones))
    if not (missing or open_ones):
        yield fine("check-pages", len(known))


def check_database(store: StoreReader, now: datetime) -> Iterator[Finding]:
    """Whether the database answers, holds an index, and how old it is."""
    try:
        health = Health.of(store, now)
        is_ready = store.ready()
    except DBAPIError as error:
        yield _of_error(error)
        return
    if not is_ready or health.synced is None:
        yield look("check-database-empty")
    elif health.age is not Age.FRESH:
        yield look("check-database-stale", _time(health.synced))
    else:
        yield fine("check-database", _time(health.synced))
    for row in failing(store):
        if row.times >= MANY:
            yield look("check-task-fails", row.task, row.times, _time(row.since))


def check_own_database(config: Config, now: datetime) -> Iterator[Finding]:
    """The same of the database that the settings name."""
    addresses = Urls.guessed(
        config.wiki_url, public_url=config.public_url, commons_url=config.commons_url
    )
    engine = open_database(config.database_url)
    try:
        yield from check_database(StoreReader(engine, addresses), now)
        yield from check_sizes(engine)
    finally:
        engine.dispose()


def check_sizes(engine: Engine) -> Iterator[Finding]:
    """How much the database holds; nothing where it does not say."""
    with suppress(DBAPIError):
        found = sizes(engine)
        rows = ", ".join(f"{name} {count}" for name, count in found.rows.items())
        yield fine(
            "check-database-size", ceil(found.octets / MEGABYTE), rows or "none yet"
        )
        others = sorted(found.layouts - {LAYOUT_NAME})
        if others:
            yield fine("check-database-layouts", ", ".join(others))


def _time(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"


def _of_error(error: DBAPIError) -> Finding:
    words = str(error.orig)
    if _NO_TABLE.search(words):
        return look("check-database-empty")
    if isinstance(error, DamagedDatabaseError):
        return wrong("check-database-damaged", words)
    return wrong("check-database-fails", words)


def check_settings(
    config: Config, settings: Settings, account: str = ""
) -> Iterator[Finding]:
    """Whether the settings page can be read and names this tool and this bot."""
    title = settings_title(config.root)
    of_calendars = load_kind(CALENDARS_KIND).fields.keys()
    for problem in settings.problems:
        name = problem.field or "".join(problem.params[:1])
        if problem.field in of_calendars:
            yield look("check-calendar-line", title, problem.line or 0, name)
        else:
            yield look("check-settings-problem", title, name.replace("_", " "))
    if settings.tool and settings.tool != config.public_url:
        yield look("check-settings-tool", title, settings.tool, config.public_url)
    if account and settings.bot not in (None, account):
        yield wrong("check-settings-bot", title, settings.bot or "", account)


def check_calendars(settings: Settings, hosts: Collection[str]) -> Iterator[Finding]:
    """Whether the deployment allows the hosts of the calendars that are to be read."""
    if settings.registry == REGISTRY_OFF:
        return
    for source in refused(settings.calendars, hosts):
        yield look("check-calendar-host", source.name, source.host)


def check_event_home(settings: Settings, site: Site) -> Iterator[Finding]:
    """Whether the wiki has what the setting `event home` offers to writers."""
    if settings.event_home == HOME_OFF:
        return
    if EVENT_NAMESPACE not in site.namespaces:
        yield look("check-event-home-missing", settings.event_home)
    elif not settings.event_prefix(site):
        yield look("check-event-home-unnamed", site.namespaces[EVENT_NAMESPACE][0])
    if CAMPAIGN_EVENTS not in site.extensions:
        yield look("check-event-home-extension", settings.event_home)


def check_account(account: Account) -> Iterator[Finding]:
    """Whether the signed-in bot may do what it has to; rights are the session's."""
    if not account.exists:
        yield wrong("check-signed-out")
        return
    if account.blocked:
        yield wrong("check-blocked", account.name)
    missing = [right for right in RIGHTS if right not in account.rights]
    if missing:
        yield wrong("check-rights", account.name, ", ".join(missing))
    slow = [right for right in FOR_A_BOT if right not in account.rights]
    if slow:
        yield look("check-bot-flag", account.name, ", ".join(slow))
    if not (account.blocked or missing or slow):
        yield fine("check-account", account.name)


def package_name(written: str) -> str:
    """A library's name as all spell it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", written).lower()


def check_packages(
    requirements: str, installed: Mapping[str, str]
) -> Iterator[Finding]:
    """Whether the libraries are those of `requirements.txt`; `installed` by name."""
    pins = {package_name(name): version for name, version in _PIN.findall(requirements)}
    others = [
        f"{name} {installed.get(name, '–')} ({version})"  # noqa: RUF001
        for name, version in sorted(pins.items())
        if installed.get(name) != version
    ]
    if others:
        yield look("check-packages-other", ", ".join(others))
    else:
        yield fine("check-packages", len(pins))


def is_broken(findings: Collection[Finding]) -> bool:
    """Whether something has to be done before it works."""
    return any(finding.severity == "wrong" for finding in findings)


def check_stops(stopped: Iterable[str]) -> Iterator[Finding]:
    """Stop pages that are there."""
    for title in stopped:
        yield look("check-stopped", title)
