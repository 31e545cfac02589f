"""Wiki adapter of the tool: mwclient over the visitor's OAuth session.

Only mwclient's transport is used (`Site.raw_api`): its page functions edit as a bot
by default, lose the details of errors and repeat an edit after HTTP 5xx.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

import mwclient
import requests
from mwclient.errors import MwClientError
from oauthlib.oauth2 import OAuth2Error

from space.errors import SignedOutError, WikiUnavailableError
from space.text.json_object import read_object
from space.wiki.action_api import ApiWiki
from space.wiki.action_api.transport import (
    LARGEST_ANSWER,
    Answer,
    is_short,
    refusal,
)


class MwclientTransport:
    """Transport to `api_url` over a session, without pauses between attempts."""

    def __init__(self, api_url: str, pool: requests.Session) -> None:
        self._api_url = api_url
        self._pool = pool

    def call(
        self, params: Mapping[str, str], *, write: bool = False, public: bool = False
    ) -> Answer:
        """See `space.wiki.action_api.Transport.call`."""
        if not public:
            return self._send(self._pool, params, write=write)
        anonymous = requests.Session()
        anonymous.headers["User-Agent"] = self._pool.headers["User-Agent"]
        anonymous.mount(self._api_url, self._pool.get_adapter(self._api_url))
        return self._send(anonymous, params, write=write)

    def _send(
        self, pool: requests.Session, params: Mapping[str, str], *, write: bool
    ) -> Answer:
        method = "GET" if not write and is_short(params) else "POST"
        try:
            # Not `raw_api`, which reads JSON without bounds.
            text = _site(self._api_url, pool).raw_call(
                "api", _sent(params), retry_on_error=not write, http_method=method
            )
        except requests.HTTPError as error:
            return _refused(error)
        except OAuth2Error as error:
            raise SignedOutError(str(error)) from error
        except (requests.RequestException, MwClientError) as error:
            raise WikiUnavailableError(str(error)) from error
        answer = read_object(text, LARGEST_ANSWER)
        if answer is None:
            raise WikiUnavailableError("the wiki's answer is no JSON object")
        return answer


def _sent(params: Mapping[str, str]) -> dict[str, str]:
    """The parameters with the token at the end, without which a cut edit is refused."""
    return dict(sorted(params.items(), key=lambda pair: pair[0] == "token"))


def _site(api_url: str, pool: requests.Session) -> mwclient.Site:
    parts = urlsplit(api_url)
    directory, _, script = parts.path.rpartition("/")
    return mwclient.Site(
        parts.netloc,
        scheme=parts.scheme,
        path=f"{directory}/",
        ext=f".{script.partition('.')[2]}",
        pool=pool,
        do_init=False,
        max_retries=1,
        retry_timeout=0,
        connection_options={"allow_redirects": False},
    )


def _refused(error: requests.HTTPError) -> Answer:
    response = error.response
    answer = refusal(response.status_code, response.headers.get("Retry-After"))
    if answer is None:
        raise WikiUnavailableError(str(error)) from error
    return answer


def connect(api_url: str, pool: requests.Session) -> ApiWiki:
    """The wiki for the account of `pool`.

    `pool` is an `OAuth2Session` of a visitor, or a plain session for reading logged
    out, with its `User-Agent` and within bounds (`tool.upstream.adapter.bounded`).
    """
    return ApiWiki(MwclientTransport(api_url, pool))
