"""URLs in calendars, of web pages, meetings and chats."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

from space.codec.values.web_addresses import read_url
from space.imports.calendar.html import plain_text
from space.imports.calendar.vevents import Event, Property
from space.imports.joining_services import CHATS, MEETINGS, OWN_SERVERS

MAX_TEXT = 20_000  # characters searched for URLs
MAX_URL = 1000  # characters
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]>"
_AROUND = "<([\"'"
_WRAPPERS = ("safelinks.protection.outlook.com", "www.google.com", "google.com")
_SECRETS = frozenset(("pwd", "passwd", "password", "passcode"))
_GUESTS = re.compile(
    r"https?://(?:www\.|calendar\.)google\.[a-z.]{2,6}/.*[?&](?:eid|tok)="
)
"""Links for guests of Google Calendar, which contain their e-mail addresses."""
_MEETING_NAMES = (
    *("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"),
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
)
_RANKS = {"VIDEO": 0, "SCREEN": 1, "": 1, "AUDIO": 2}
"""FEATURE values of conferences to take part in (RFC 7986 §6.3), best first."""


def addresses(text: str) -> list[str]:
    """The http and https URLs in a text, in order."""
    return [address.rstrip(_TRAILING) for address in _ADDRESS.findall(text[:MAX_TEXT])]


def bare_invitations(text: str) -> list[str]:
    """The links into meetings and chats in a text that have no `https://`."""
    found = []
    for word in text[:MAX_TEXT].split():
        path = word.find("/")
        if path < 0 or word.startswith("//", path):
            continue
        bare = word[word.rfind(":", 0, path) + 1 :].strip(_AROUND).rstrip(_TRAILING)
        url = f"https://{bare}"
        if is_meeting(url) or is_chat(url):
            found.append(bare)
    return found


def is_meeting(address: str) -> bool:
    """Whether a URL leads into an online meeting, which strangers could join."""
    return _leads_to(address, _is_of_meeting)


def is_chat(address: str) -> bool:
    """Whether a URL invites to a closed chat, or leads to one with a person."""
    return _leads_to(address, _is_of_chat)


def _leads_to(address: str, is_one: Callable[[SplitResult], bool]) -> bool:
    """Whether a URL is one of these, or goes there through a service that checks it."""
    try:
        parts = urlsplit(address)
        host = _host(parts)
    except ValueError:
        return False
    if is_one(parts):
        return True
    if not any(_is_below(host, wrapper) for wrapper in _WRAPPERS):
        return False
    wrapped = (value for _, value in _query(parts.query) if "//" in value)
    return any(_leads_to(value, is_one) for value in wrapped)


def _is_of_meeting(parts: SplitResult) -> bool:
    host = _host(parts)
    if any(_is_below(host, service) for service in MEETINGS):
        return True
    return host.partition(".")[0] in OWN_SERVERS


def _is_of_chat(parts: SplitResult) -> bool:
    path = parts.path if parts.path.startswith("/") else "/"
    return any(
        _is_below(_host(parts), service) and path.casefold().startswith(begin)
        for service, begin in CHATS
    )


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower()


def _is_below(host: str, service: str) -> bool:
    return host == service or host.endswith(f".{service}")


def is_private_link(address: str) -> bool:
    """Whether a URL leads into a meeting or chat, has a password or names a guest."""
    try:
        query = urlsplit(address).query
    except ValueError:
        return False
    keys = {key.casefold() for key, _ in _query(query)}
    is_guests = _GUESTS.match(address[:MAX_URL]) is not None
    leads_in = is_meeting(address) or is_chat(address)
    return is_guests or leads_in or bool(keys & _SECRETS)


@dataclass(frozen=True, slots=True)
class EventLinks:
    """URLs of an event.

    `website` and `meeting` are empty without one; `left` are names of properties with
    a URL for which there is no field; `dials` tells that some are telephone numbers.
    """

    website: str
    meeting: str
    left: tuple[str, ...] = ()
    dials: bool = False


def links_of(event: Event, joining: str) -> EventLinks:
    """The website of an event and its best link for joining.

    `joining` is the link for joining in its location, else empty.
    """
    urls = [plain_text(line.value.strip())[:MAX_URL] for line in event.all("URL")]
    pages = [url for url in dict.fromkeys(urls) if url and not _is_no_page(url)]
    pages.sort(key=lambda u: (is_private_link(u), not isinstance(read_url(u), str)))
    said = [line.value.strip() for line in event.all("CONFERENCE")]
    named = (line.value.strip() for name in _MEETING_NAMES for line in event.all(name))
    candidates = [*conferences(event), *named, *filter(is_meeting, urls), joining]
    meetings = [link for link in candidates if isinstance(read_url(link), str)]
    website, meeting = [*pages, ""][0], [*meetings, ""][0]
    web = [link for link in said if _ADDRESS.match(link)]
    lost = {
        "CONFERENCE": any(link != meeting for link in web),
        "LOCATION": joining not in {"", meeting},
        "URL": any(url not in {"", website, meeting} for url in urls),
    }
    return EventLinks(
        website,
        meeting,
        tuple(name for name, is_lost in lost.items() if is_lost),
        dials=len(web) < len(list(filter(None, said))),
    )


def _is_no_page(url: str) -> bool:
    return is_meeting(url) or url.lower().startswith(("mailto:", "tel:", "sip:"))


def conferences(event: Event) -> list[str]:
    """CONFERENCE URLs to take part in, best first (RFC 7986 §5.11)."""
    ranked = [(_rank(line), line) for line in event.all("CONFERENCE")]
    ways = [(rank, line) for rank, line in ranked if rank is not None]
    return [line.value.strip() for _, line in sorted(ways, key=lambda pair: pair[0])]


def _rank(conference: Property) -> int | None:
    features = conference.parameters.get("FEATURE", "").upper().replace(" ", "")
    named = features.split(",")
    if "MODERATOR" in named or not _ADDRESS.match(conference.value.strip()):
        return None
    return min(
        (_RANKS[feature] for feature in named if feature in _RANKS), default=None
    )


def _query(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query[:2000], max_num_fields=50)
    except ValueError:
        return []
