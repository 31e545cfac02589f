"""The check-up of the bots: settings, database, wiki, sign-in, rights, pages."""

import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests

from bots.answer_size import sized
from bots.process_folder import process_folder
from bots.report import ExitCode
from bots.stop import stop_page
from bots.time_limit import within
from bots.wiki import LONGEST, TIMEOUT, connect
from space.checkup import checks
from space.checkup.findings import Finding, fine, lines, look, wrong
from space.checkup.wiki_facts import read_facts
from space.errors import (
    ConfigurationError,
    SignedOutError,
    WikiUnavailableError,
)
from space.settings.environment import BotConfig
from space.settings.onwiki import Settings, settings_title
from space.settings.ruling_pages import beliefs_title
from space.text.json_object import read_object
from space.text.messages import Translator, read_catalogue
from space.wiki.port import WikiReader
from space.wiki.query import Ask

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements.txt"
STOPPING = ("run", "watch")

SignIn = Callable[[BotConfig], WikiReader]


class _Keys(NamedTuple):
    """The messages of what is found on another wiki."""

    fine: str
    refused: str
    away: str


_COMMONS = _Keys("check-commons", "check-commons-refused", "check-commons-away")
_DELIVERY = _Keys("check-delivery", "check-delivery-refused", "check-delivery-away")


def check_up(environment: Mapping[str, str]) -> ExitCode:
    """Print a line for each finding; a problem where something has to be done."""
    with process_folder() as home:  # one, as pywikibot keeps to its first
        sign_in = partial(connect, home=home, write_delay=0.0)  # it edits nothing
        found = list(findings(environment, sign_in, asking, datetime.now(UTC)))
    for line in lines(found, Translator(read_catalogue(), "en")):
        print(line)
    return ExitCode.PROBLEM if checks.is_broken(found) else ExitCode.FINE


def findings(
    environment: Mapping[str, str],
    sign_in: SignIn,
    asking: Callable[[BotConfig], Ask],
    now: datetime,
) -> Iterator[Finding]:
    """What is found, in the order in which things depend on each other."""
    yield fine("check-python", platform.python_version())
    yield from checks.check_packages(REQUIREMENTS.read_text("utf-8"), _installed())
    try:
        config = BotConfig.from_environment(environment)
    except ConfigurationError as error:
        yield wrong("check-settings-missing", str(error))
        return
    yield fine("check-settings", config.wiki_url, config.root)
    yield from checks.check_own_database(config, now)
    try:
        facts = read_facts(asking(config), checks.looked_at(config.root))
    except WikiUnavailableError as error:
        yield wrong("check-wiki-away", config.wiki_url, str(error))
        return
    yield from checks.check_version(facts)
    yield from checks.check_clock(facts, now)
    yield from _signed_in(config, sign_in)
    yield from checks.check_pages(facts, config.root)


def _signed_in(config: BotConfig, sign_in: SignIn) -> Iterator[Finding]:
    """What only the bot's account can tell."""
    try:
        wiki = sign_in(config)
        account, site = wiki.whoami(), wiki.site()
        yield from checks.check_account(account)
        title = settings_title(config.root)
        stops = [stop_page(account.name, task) for task in STOPPING]
        former = {beliefs_title(name): name for name in config.former_bots}
        texts = wiki.texts([title, *stops, *former])
    except SignedOutError as error:
        yield wrong("check-sign-in-refused", config.bot_user, str(error))
        return
    except WikiUnavailableError as error:
        yield wrong("check-wiki-away", config.wiki_url, str(error))
        return
    settings = Settings.of(texts[title].text or "" if title in texts else "")
    yield from checks.check_settings(config, settings, account.name)
    yield from checks.check_calendars(settings, config.calendar_hosts)
    yield from checks.check_event_home(settings, site)
    for ledger, name in former.items():
        if ledger not in texts:
            yield look("check-former-bot", name, ledger)
    said = {stop: (texts[stop].text or "").strip() for stop in stops if stop in texts}
    yield from checks.check_stops(stop for stop, text in said.items() if text != "on")
    pages = ", ".join(filter(None, (settings.map_page, settings.data_pages)))
    if pages:
        commons = replace(config, wiki_url=config.commons_url)
        yield from _elsewhere(commons, _COMMONS, pages, sign_in)
    for url in config.delivery_urls:
        there, host = replace(config, wiki_url=url), urlsplit(url).netloc
        yield from _elsewhere(there, _DELIVERY, host, sign_in)


def _elsewhere(
    config: BotConfig, keys: _Keys, what: str, sign_in: SignIn
) -> Iterator[Finding]:
    """Whether another wiki lets the bot in, for `what`; else the rest works."""
    try:
        account = sign_in(config).whoami()
    except SignedOutError as error:
        yield wrong(keys.refused, what, str(error))
    except WikiUnavailableError as error:
        yield look(keys.away, what, str(error))
    else:
        if account.exists:
            yield fine(keys.fine, what, account.name)
        else:
            yield wrong(keys.refused, what, config.wiki_url)


def asking(config: BotConfig) -> Ask:
    """Questions to the wiki as anybody may ask them."""

    def send(params: Mapping[str, str]) -> requests.Response:
        with sized(requests.Session()) as session:
            return session.get(
                config.wiki_url,
                params={**params, "formatversion": "2"},
                headers={"User-Agent": f"Space ({config.public_url})"},
                timeout=TIMEOUT,
            )

    def ask(params: Mapping[str, str]) -> Mapping[str, Any]:
        try:
            response = within(LONGEST, lambda: send(params))
        except (requests.RequestException, TimeoutError) as error:
            raise WikiUnavailableError(type(error).__name__) from error
        answer = read_object(response.content) if response.ok else None
        if answer is None or "error" in answer:
            raise WikiUnavailableError(f"HTTP {response.status_code}")
        return answer

    return ask


def _installed() -> dict[str, str]:
    return {
        checks.package_name(each.metadata["Name"]): each.version
        for each in distributions()
    }
