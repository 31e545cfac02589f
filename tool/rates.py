"""Rate limits: how often a person or an address may do what costs or writes.

Counts are kept in this process's memory for two minutes, by `limits` (an approximated
sliding window), under hashes whose salt is forgotten with the day. So a limit holds for
each process of the tool, and nobody can tell later who did what.
"""

import hmac
import ipaddress
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil
from threading import Lock

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from space.dates.moments import utc_day
from tool.signin.sessions import Clock

CROWD = 3  # times what one person may: people without an account at one address
EVERYBODY = 10  # the same for all of them, where a proxy does not tell their addresses
_NETWORK = 64  # bits; one subscriber's IPv6 addresses share them (RFC 6177)


@dataclass(frozen=True, slots=True)
class Rate:
    """How often one person may do something, each minute."""

    name: str
    each: int


LOGIN = Rate("login", 10)
IMPORT = Rate("import", 10)
PASTE = Rate("paste", 15)
SAVE = Rate("save", 20)
LOOKUP = Rate("lookup", 15)  # times `CROWD` below what `tool.wiki.answers` asks for all
SEARCH = Rate("search", 30)
VERDICT = Rate("verdict", 30)
PREVIEW = Rate("preview", 40)
NEARBY = Rate("nearby", 40)
CARD = Rate("card", 30)  # a picture that has to be drawn
BODY = Rate("body", 60)  # a page whose text the wiki has to render
OPEN = Rate("open", 60)  # a page of the wiki opened in a form


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: an account, or else a session and an address; empty when unknown."""

    account: str = ""
    session: str = ""
    address: str = ""


class Rates:
    """The counts of one process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._salt = (date.min, b"")
        self._lock = Lock()

    def wait(self, rate: Rate, caller: Caller) -> int:
        """Count something done; returns 0, or the seconds after which it may be.

        Who has an account is counted by it alone: many may share an address.
        """
        for key, times in _counted(caller):
            limit = RateLimitItemPerMinute(rate.each * times)
            names = (rate.name, self._hash(key))
            if not self._limiter.hit(limit, *names):
                reset = self._limiter.get_window_stats(limit, *names).reset_time
                return max(1, ceil(reset - time.time()))
        return 0

    def _hash(self, key: str) -> str:
        today = utc_day(self._clock())
        with self._lock:
            if self._salt[0] != today:
                self._salt = (today, secrets.token_bytes(32))
            salt = self._salt[1]
        return hmac.new(salt, key.encode(errors="replace"), "sha256").hexdigest()


def _counted(caller: Caller) -> Iterator[tuple[str, int]]:
    """What is counted for a caller, and how many times the rate of one it may have."""
    if caller.account:
        yield f"account {caller.account}", 1
        return
    if caller.session:
        yield f"session {caller.session}", 1
    network = _network(caller.address)
    yield f"network {network}", CROWD if network else EVERYBODY


def _network(address: str) -> str:
    """The network of an address; empty for one of a proxy, or none."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(read, ipaddress.IPv6Address):
        read = read.ipv4_mapped or read
    if not read.is_global:
        return ""
    bits = _NETWORK if isinstance(read, ipaddress.IPv6Address) else read.max_prefixlen
    return str(ipaddress.ip_network((read, bits), strict=False))
