"""URLs in calendars, of web pages and of meetings."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from space.codec.values.web_addresses import read_url
from space.imports.calendar.html import plain_text
from space.imports.calendar.vevents import Event, Property

MAX_TEXT = 20_000  # characters searched for URLs
MAX_URL = 1000  # characters
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]>"
_AROUND = "<([\"'"
_MEETINGS = (
    *("meet.google.com", "zoom.us", "zoom.com", "zoomgov.com", "zoom.com.cn"),
    *("teams.microsoft.com", "teams.live.com", "teams.cloud.microsoft", "tel.meet"),
    *("meet.jit.si", "8x8.vc", "webex.com", "whereby.com", "gotomeeting.com"),
    *("meet.wikimedia.org", "bigbluebutton.org", "bluejeans.com", "meet.goto.com"),
    *("gotomeet.me", "join.skype.com", "chime.aws", "telemost.yandex.ru"),
    *("meeting.tencent.com", "voovmeeting.com", "senfcall.de", "meet.proton.me"),
    *("meet.wikimedia.de", "gather.town", "streamyard.com"),
)
_OWN_SERVERS = ("bbb", "bigbluebutton", "jitsi")
"""First labels of host names of self-hosted services."""
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


def bare_meetings(text: str) -> list[str]:
    """The links into online meetings in a text that are written without `https://`."""
    found = []
    for word in text[:MAX_TEXT].split():
        path = word.find("/")
        if path < 0 or word.startswith("//", path):
            continue
        bare = word[word.rfind(":", 0, path) + 1 :].strip(_AROUND).rstrip(_TRAILING)
        if is_meeting(f"https://{bare}"):
            found.append(bare)
    return found


def is_meeting(address: str) -> bool:
    """Whether a URL leads into an online meeting, which strangers could join."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if any(host == service or host.endswith(f".{service}") for service in _MEETINGS):
        return True
    if host.partition(".")[0] in _OWN_SERVERS:
        return True
    if not any(
        host == wrapper or host.endswith(f".{wrapper}") for wrapper in _WRAPPERS
    ):
        return False
    return any(is_meeting(value) for _, value in _query(parts.query) if "//" in value)


def is_private_link(address: str) -> bool:
    """Whether a URL leads into a meeting, holds a password or identifies a guest."""
    try:
        query = urlsplit(address).query
    except ValueError:
        return False
    keys = {key.casefold() for key, _ in _query(query)}
    is_guests = _GUESTS.match(address[:MAX_URL]) is not None
    return is_guests or is_meeting(address) or bool(keys & _SECRETS)


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
    pages.sort(key=lambda url: not isinstance(read_url(url), str))
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
