"""The bots' wiki adapter: pywikibot's session, sign-in and throttle.

`pywikibot.data.api.Request` is not used: it asks for user and parameter information
on the side, waits a read-only wiki or a rate limit out until the error is lost, and
may send an edit twice. One process works for one account, as pywikibot's cookies
and OAuth keys are global.
"""

import logging
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests

from bots.answer_size import sized
from bots.time_limit import within
from space.errors import SignedOutError, WikiUnavailableError
from space.settings.environment import BotConfig
from space.text.json_object import read_object
from space.wiki.action_api import ApiWiki, checked
from space.wiki.action_api.transport import (
    LARGEST_ANSWER,
    Answer,
    is_short,
    refusal,
)

WRITE_DELAY = 10.0
"""Seconds between two edits on a wiki that others use, without its bot flag."""
FLAGGED_DELAY = 2.0
"""The same with the flag (`docs/decisions/0028-two-seconds-between-edits.md`)."""
MAXLAG = "5"
ATTEMPTS = 3
"""Of a question, and of any request that `maxlag` turned away."""
RETRY_WAIT = 5
"""Seconds between attempts where the wiki names none."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TIMEOUT = (10, 30)
"""Seconds to connect, and between bytes of an answer."""
LONGEST = 180.0
"""Seconds for a whole answer, which may come byte by byte."""
PASSING = frozenset({"NeedToken", "Throttled", "WrongToken"})
"""Results of `action=login` that say nothing against the password."""


class PywikibotTransport:
    """Requests to a wiki over a signed-in pywikibot site."""

    def __init__(self, site: Any, wait: Callable[[float], None] = time.sleep) -> None:
        self._site = site
        self._wait = wait

    @property
    def host(self) -> str:
        """The wiki's host, with its port if it names one."""
        return str(self._site.hostname())

    def space_edits(self, seconds: float) -> None:
        """Let so many seconds go by between two edits from now on."""
        self._site.throttle.set_delays(writedelay=seconds)

    def call(
        self, params: Mapping[str, str], *, write: bool = False, public: bool = False
    ) -> Answer:
        """See `space.wiki.action_api.Transport.call`."""
        everything = {"maxlag": MAXLAG, **params}
        for attempt in range(1, ATTEMPTS + 1):
            last = attempt == ATTEMPTS
            try:
                answer, seconds = self._once(everything, write=write, public=public)
            except WikiUnavailableError:
                if write or last:
                    raise
                self._wait(RETRY_WAIT)
                continue
            if last or answer.get("error", {}).get("code") != "maxlag":
                return answer
            self._wait(seconds)
        raise AssertionError("the last attempt returns or raises")

    def _once(
        self, params: Mapping[str, str], *, write: bool, public: bool
    ) -> tuple[Answer, int]:
        """The answer, and the seconds the wiki asks to wait."""
        from pywikibot.exceptions import Error  # noqa: PLC0415 - see `connect`

        self._site.throttle(write=write)
        post = write or not is_short(params)
        send = self._without_account if public else self._with_account
        try:
            response = within(LONGEST, lambda: send(urlencode(params), post=post))
            retry_after = response.headers.get("Retry-After")
            answer = refusal(response.status_code, retry_after) or read_object(
                response.content, LARGEST_ANSWER
            )
        except (Error, OSError, ValueError) as error:
            # pywikibot lets a Retry-After that is a date end in a ValueError.
            raise WikiUnavailableError(str(error)) from error
        if answer is None:
            raise WikiUnavailableError("the wiki's answer is no JSON object")
        return answer, int(self._site.throttle.retry_after) or RETRY_WAIT

    def _with_account(self, body: str, *, post: bool) -> Any:
        from pywikibot.comms import http  # noqa: PLC0415 - see `connect`

        uri = self._site.apipath()
        return http.request(
            self._site,
            uri=uri if post else f"{uri}?{body}",
            method="POST" if post else "GET",
            data=body if post else None,
            headers=_headers(post=post),
            allow_redirects=False,
        )

    def _without_account(self, body: str, *, post: bool) -> Any:
        """By `requests`, as pywikibot has one cookie jar for all it sends."""
        from pywikibot.comms import http  # noqa: PLC0415 - see `connect`

        url = self._site.base_url(self._site.apipath())
        agent = {"User-Agent": http.user_agent(self._site)}
        with sized(requests.Session()) as session:
            return session.request(
                "POST" if post else "GET",
                url if post else f"{url}?{body}",
                data=body if post else None,
                headers=_headers(post=post) | agent,
                timeout=TIMEOUT,
                allow_redirects=False,
            )


def _headers(*, post: bool) -> dict[str, str]:
    """Headers of a request; requests-oauthlib takes a Content-Type for a body."""
    return dict(FORM) if post else {}


def connect(
    config: BotConfig, home: Path, *, write_delay: float | None = None
) -> ApiWiki:
    """Sign the bot in and give its wiki.

    `home` is an existing folder of this process alone, for pywikibot's cookies and
    throttle file. `write_delay` are the seconds between two edits; where it is None
    they are those that the account's flag allows. Raises `SignedOutError` where the
    wiki does not take the secret and `WikiUnavailableError` where it does not answer.
    """
    first_delay = WRITE_DELAY if write_delay is None else write_delay
    transport = PywikibotTransport(_site(config, home, first_delay))
    if config.bot_password:
        _sign_in(transport, config.bot_user, config.bot_password)
    wiki = ApiWiki(transport)
    if write_delay is None:
        account = wiki.whoami()
        if "bot" in account.rights | account.groups:
            transport.space_edits(FLAGGED_DELAY)
    return wiki


def _site(config: BotConfig, home: Path, write_delay: float) -> Any:
    """The wiki in pywikibot's terms, made without a request."""
    # Without this file pywikibot ignores the folder and uses the current one.
    (home / "user-config.py").touch()
    home.chmod(0o700)
    os.environ["PYWIKIBOT_NO_USER_CONFIG"] = "2"
    os.environ["PYWIKIBOT_DIR"] = str(home)
    import pywikibot  # noqa: PLC0415 - reads the environment when imported
    from pywikibot.comms import http  # noqa: PLC0415 - see `connect`

    sized(http.session)
    # It tells of each attempt that failed, and of each pause between two edits.
    logging.getLogger("pywiki").disabled = True
    settings = pywikibot.config
    settings.put_throttle = settings.maxthrottle = write_delay
    settings.minthrottle = 0
    settings.socket_timeout = TIMEOUT
    settings.user_agent_description = config.public_url
    parts = urlsplit(config.wiki_url)
    if config.bot_oauth:
        settings.authenticate[parts.netloc] = config.bot_oauth
    family = _family(parts.scheme, parts.netloc, parts.path.removesuffix("/api.php"))
    # pywikibot.Site would ask who is signed in, with retries of its own, and keep
    # one site of this name for the whole process.
    return pywikibot.site.BaseSite("space", family, config.bot_user)


def _family(scheme: str, host: str, path: str) -> Any:
    """The wiki as pywikibot wants it described."""
    from pywikibot.family import Family  # noqa: PLC0415 - see `connect`

    # pywikibot goes by the parameters' names.
    def protocol(_self: Any, code: str) -> str:
        del code
        return scheme

    def scriptpath(_self: Any, code: str) -> str:
        del code
        return path

    about = {
        "name": "space",
        "langs": {"space": host},
        "protocol": protocol,
        "scriptpath": scriptpath,
    }
    return type("SpaceFamily", (Family,), about)()


def _sign_in(transport: PywikibotTransport, user: str, password: str) -> None:
    """Sign in with a password of Special:BotPasswords, "name@secret".

    A session that is signed in stays as it is, and a wiki refuses to sign it in twice:
    two addresses on one host share its cookies. Raises like `connect`.
    """
    common = {"format": "json", "formatversion": "2"}
    question = {"action": "query", "meta": "tokens|userinfo", "type": "login"}
    answer = checked(transport.call({**question, **common}), question["action"])
    query = answer.get("query", {})
    if query.get("userinfo", {}).get("id"):
        return
    token = query.get("tokens", {}).get("logintoken")
    if not token:
        raise WikiUnavailableError(f"{transport.host} gives no token to sign in with")
    name, _, secret = password.rpartition("@")
    login = {
        "action": "login",
        "lgname": f"{user}@{name}" if name else user,
        "lgpassword": secret,
        "lgtoken": token,
    }
    answer = checked(transport.call({**login, **common}, write=True), login["action"])
    result = answer.get("login", {})
    if result.get("result") == "Success":
        return
    reason = result.get("reason") or result.get("result", "")
    text = f"{user} could not sign in at {transport.host}: {reason}"
    if result.get("result") in PASSING:
        raise WikiUnavailableError(text)
    raise SignedOutError(text)
