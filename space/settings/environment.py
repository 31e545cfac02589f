"""The environment as values: where the wiki is, who we are, what is secret.

The process that starts reads its settings once and hands the values on. The tool asks
for `ToolConfig`, the bots for `BotConfig`, a program that only reads for `Config`.
Names and meaning of the variables: `docs/deploying.md`.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from space.errors import ConfigurationError
from space.settings.ruling_pages import USUAL_PROTECTION, Protection

COMMONS_URL = "https://commons.wikimedia.org/w/api.php"
WIKIDATA_URL = "https://www.wikidata.org/w/api.php"
TILE_URL = "https://maps.wikimedia.org/osm-intl/{z}/{x}/{y}.png"
SECRET_LENGTH = 32
WIKI_SECONDS = 8
"""Seconds that all requests to wikis share which one visitor's request needs."""
WIKI_SECONDS_MOST = 30
OAUTH_PARTS = 4
_CONTACT = re.compile(r"(?:mailto:[^\s@]+@|https://)[!-~]+")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{0,62}")
_RIGHT = re.compile(r"[a-z][a-z-]{0,63}")


Environment = Mapping[str, str]


def _required(environment: Environment, name: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise ConfigurationError(f"{name} is not set")
    return value


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address can only mean this machine."""
    if host is None:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _address(name: str, value: str) -> str:
    """An absolute address without user or fragment; plain http on loopback only."""
    try:
        parts = urlsplit(value)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_valid = urlsplit(""), False
    if not (port_is_valid and parts.scheme in {"http", "https"} and parts.hostname):
        raise ConfigurationError(f"{name} is not an http(s) address")
    if parts.username is not None or parts.fragment:
        raise ConfigurationError(f"{name} must not hold a user or a fragment")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ConfigurationError(f"{name} must use https, unless it is on this machine")
    return value


def _api(name: str, value: str) -> str:
    if not urlsplit(_address(name, value)).path.endswith("/api.php"):
        raise ConfigurationError(f"{name} must be the address of an api.php")
    return value


def _number(environment: Environment, name: str, default: int) -> int:
    value = environment.get(name, str(default)).strip()
    if not (value.isascii() and value.isdigit()):
        raise ConfigurationError(f"{name} is not a number")
    return int(value)


def _seconds(environment: Environment) -> int:
    value = _number(environment, "SPACE_WIKI_SECONDS", WIKI_SECONDS)
    if not 1 <= value <= WIKI_SECONDS_MOST:
        raise ConfigurationError(
            f"SPACE_WIKI_SECONDS is not between 1 and {WIKI_SECONDS_MOST}"
        )
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of every program: addresses, the root page, the database's URL.

    `wiki_url`, `commons_url` and `wikidata_url` are addresses of api.php;
    `public_url` is the tool's own, without a slash at the end; `tile_url` has
    `{z}`, `{x}` and `{y}`, and is empty where maps have no tiles.
    """

    wiki_url: str
    root: str
    database_url: str = field(repr=False)
    public_url: str
    commons_url: str = COMMONS_URL
    wikidata_url: str = WIKIDATA_URL
    tile_url: str = TILE_URL
    proxy_hops: int = 0

    @classmethod
    def from_environment(cls, environment: Environment) -> Self:
        """Read and check the settings; raises `ConfigurationError`."""
        tile = environment.get("SPACE_TILE_URL", TILE_URL).strip()
        return cls(
            wiki_url=_api("SPACE_WIKI_URL", _required(environment, "SPACE_WIKI_URL")),
            root=_required(environment, "SPACE_ROOT").replace("_", " "),
            database_url=_required(environment, "SPACE_DATABASE_URL"),
            public_url=_address(
                "SPACE_PUBLIC_URL", _required(environment, "SPACE_PUBLIC_URL")
            ).rstrip("/"),
            commons_url=_api(
                "SPACE_COMMONS_URL", environment.get("SPACE_COMMONS_URL", COMMONS_URL)
            ),
            wikidata_url=_api(
                "SPACE_WIKIDATA_URL",
                environment.get("SPACE_WIKIDATA_URL", WIKIDATA_URL),
            ),
            tile_url=tile and _address("SPACE_TILE_URL", tile),
            proxy_hops=_number(environment, "SPACE_PROXY_HOPS", 0),
            **cls._own(environment),
        )

    @classmethod
    def _own(cls, environment: Environment) -> dict[str, object]:
        """Further arguments of a subclass, read from the environment."""
        del environment
        return {}


def _check_sign_in(environment: Environment) -> None:
    """Refuse what would send visitors of other machines to a wiki on their own."""
    wiki, tool = (
        urlsplit(_required(environment, name))
        for name in ("SPACE_WIKI_URL", "SPACE_PUBLIC_URL")
    )
    if wiki.scheme == "http" and not is_loopback(tool.hostname):
        raise ConfigurationError(
            "SPACE_WIKI_URL must use https, as SPACE_PUBLIC_URL is not on this machine"
        )


def _contact(environment: Environment) -> str:
    """A `mailto:` or https URL, as RFC 9116 has it; empty for none."""
    name = "SPACE_SECURITY_CONTACT"
    value = environment.get(name, "").strip()
    if value and not _CONTACT.fullmatch(value):
        raise ConfigurationError(f"{name} must begin with mailto: or https://")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolConfig(Config):
    """Settings of the web process: with its OAuth 2.0 client and its own secret.

    `wiki_seconds` is the deadline of a visitor's request for what wikis have to answer;
    `security_contact` the URL to which weaknesses are reported, empty for none.
    """

    secret_key: str = field(repr=False)
    oauth_client_id: str
    oauth_client_secret: str = field(repr=False)
    wiki_seconds: int = WIKI_SECONDS
    security_contact: str = ""

    @classmethod
    def _own(cls, environment: Environment) -> dict[str, object]:
        _check_sign_in(environment)
        secret = _required(environment, "SPACE_SECRET_KEY")
        if len(secret) < SECRET_LENGTH:
            raise ConfigurationError(
                f"SPACE_SECRET_KEY must have {SECRET_LENGTH} characters or more"
            )
        return {
            "secret_key": secret,
            "oauth_client_id": _required(environment, "SPACE_OAUTH_CLIENT_ID"),
            "oauth_client_secret": _required(environment, "SPACE_OAUTH_CLIENT_SECRET"),
            "wiki_seconds": _seconds(environment),
            "security_contact": _contact(environment),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BotConfig(Config):
    """Settings of the bots: with their account and one way to sign in.

    `delivery_urls` are the addresses of api.php of wikis where the bot may write to
    talk pages: an edit of a page must not decide where its secret is sent.
    `pageviews_url` is where views are asked for, without a slash at the end; empty
    where readers are not counted. `calendar_hosts` are the hosts from which public
    calendars may be fetched, in lower case: an edit of a page must not decide whom the
    bot asks.

    `bot_oauth` is an owner-only OAuth 1.0a consumer's key and secret, access token
    and access secret; `bot_password` a password of Special:BotPasswords. Exactly
    one of them is there. `former_bots` are accounts whose ledgers are believed, too,
    `protection` the rights without which nobody changes the settings.
    """

    bot_user: str
    bot_password: str | None = field(default=None, repr=False)
    bot_oauth: tuple[str, ...] | None = field(default=None, repr=False)
    former_bots: tuple[str, ...] = ()
    delivery_urls: tuple[str, ...] = ()
    pageviews_url: str = ""
    calendar_hosts: frozenset[str] = frozenset()
    protection: Protection = USUAL_PROTECTION

    @classmethod
    def _own(cls, environment: Environment) -> dict[str, object]:
        user = _required(environment, "SPACE_BOT_USER")
        password = environment.get("SPACE_BOT_PASSWORD", "").strip()
        oauth = tuple(environment.get("SPACE_BOT_OAUTH", "").split())
        if bool(password) == bool(oauth):
            raise ConfigurationError(
                "exactly one of SPACE_BOT_PASSWORD and SPACE_BOT_OAUTH must be set"
            )
        if oauth and len(oauth) != OAUTH_PARTS:
            raise ConfigurationError(
                "SPACE_BOT_OAUTH must be four words: consumer key, consumer secret, "
                "access token, access secret"
            )
        return {
            "bot_user": user,
            "bot_password": password or None,
            "bot_oauth": oauth or None,
            "former_bots": _names(environment.get("SPACE_FORMER_BOTS", "")),
            "delivery_urls": _delivery_urls(environment),
            "pageviews_url": _pageviews_url(environment),
            "calendar_hosts": _calendar_hosts(environment),
            "protection": _protection(environment),
        }


def _names(value: str) -> tuple[str, ...]:
    """Names of accounts, which have no `|`, as the wiki writes them."""
    spaced = (" ".join(name.replace("_", " ").split()) for name in value.split("|"))
    return tuple(name[:1].upper() + name[1:] for name in spaced if name)


def _delivery_urls(environment: Environment) -> tuple[str, ...]:
    name = "SPACE_DELIVERY_URLS"
    return tuple(_api(name, url) for url in environment.get(name, "").split())


def _pageviews_url(environment: Environment) -> str:
    name = "SPACE_PAGEVIEWS_URL"
    value = environment.get(name, "").strip()
    return value and _address(name, value).rstrip("/")


def _calendar_hosts(environment: Environment) -> frozenset[str]:
    name = "SPACE_CALENDAR_HOSTS"
    hosts = environment.get(name, "").lower().split()
    if not all(map(_HOST.fullmatch, hosts)):
        raise ConfigurationError(f"{name} has something else than names of hosts")
    return frozenset(hosts)


def _protection(environment: Environment) -> Protection:
    return Protection(
        _right(environment, "SPACE_SETTINGS_RIGHT", USUAL_PROTECTION.settings),
        _right(environment, "SPACE_LISTS_RIGHT", USUAL_PROTECTION.lists),
    )


def _right(environment: Environment, name: str, default: str) -> str:
    right = environment.get(name, "").strip() or default
    if not _RIGHT.fullmatch(right):
        raise ConfigurationError(f"{name} is not the name of a user right")
    return right
