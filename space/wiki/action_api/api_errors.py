"""Error codes of the action API as outcomes.

The codes and the shapes of their details are those of MediaWiki 1.39 to 1.43 with
`errorformat=bc`: https://www.mediawiki.org/wiki/API:Errors_and_warnings
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from space.wiki.action_api.blocks import blocked, is_block
from space.wiki.outcomes import (
    AlreadyExists,
    BadTitle,
    Captcha,
    Conflict,
    ConsumerRefused,
    FilterRefused,
    FilterWarning,
    Lagged,
    Missing,
    Outcome,
    Protected,
    RateLimited,
    ReadOnly,
    Refused,
    SignedOut,
    Spam,
    TooBig,
    Unknown,
    Unreachable,
)

Error = Mapping[str, Any]

SIGNED_OUT = frozenset(
    {
        "assertbotfailed",
        "assertnameduserfailed",
        "assertuserfailed",
        "badtoken",
        "mwoauth-invalid-authorization",
        "notloggedin",
    }
)
"""The session or the token is not good, or not any more."""

SHORTEST_LAG = 5
"""Seconds to wait after `maxlag`, however small the lag."""

_PLAIN: Mapping[str, type[Refused]] = {
    "articleexists": AlreadyExists,
    "badtitle": BadTitle,
    "cantcreate": Protected,
    "cascadeprotected": Protected,
    "contenttoobig": TooBig,
    "customcssprotected": Protected,
    "customjsonprotected": Protected,
    "customjsprotected": Protected,
    "editconflict": Conflict,
    "invalidtitle": BadTitle,
    "missingtitle": Missing,
    "mwoauth-invalid-authorization-not-approved": ConsumerRefused,
    "mwoauth-invalid-authorization-wrong-wiki": ConsumerRefused,
    "mycustomjsonprotected": Protected,
    "noedit": Protected,
    "nosuchpageid": Missing,
    "pagedeleted": Missing,
    "permissiondenied": Protected,
    "protectednamespace": Protected,
    "protectednamespace-interface": Protected,
    "protectedpage": Protected,
    "protectedtitle": Protected,
    "sitejsonprotected": Protected,
} | dict.fromkeys(SIGNED_OUT, SignedOut)

_FAMILIES: Mapping[str, type[Refused]] = {
    "abusefilter-": FilterRefused,
    "internal_api_error": Unreachable,
    # A locked account, or one that this wiki does not have yet: its own page for
    # signing in tells the person why, or makes the account.
    "mwoauth-invalid-authorization": SignedOut,
    "titleblacklist-": BadTitle,
}
"""First letters of codes that come in variants."""


def outcome(error: Error) -> Outcome:
    """The outcome of an edit whose answer is an `error` object."""
    code = str(error.get("code", ""))
    info = str(error.get("info", ""))
    special = _SPECIAL.get(code)
    if special:
        return special(error, info)
    if is_block(code):
        return blocked(error)
    plain = _PLAIN.get(code)
    if plain:
        return plain(info)
    for start, family in _FAMILIES.items():
        if code.startswith(start):
            return family(info)
    return Unknown(info, code=code)


def failure(edit: Mapping[str, Any]) -> Outcome:
    """The outcome of an `edit` object whose `result` is not `Success`."""
    if "captcha" in edit:
        return Captcha(str(edit["captcha"].get("type", "")))
    return outcome({"info": "", **edit})


def _filter_warning(error: Error, info: str) -> Outcome:
    return FilterWarning(info, description=_filter_name(error))


def _filter_refused(error: Error, info: str) -> Outcome:
    return FilterRefused(info, description=_filter_name(error))


def _filter_name(error: Error) -> str:
    return str(error.get("abusefilter", {}).get("description", ""))


def _spam(error: Error, info: str) -> Outcome:
    matches = error.get("spamblacklist", error).get("matches", ())
    return Spam(info, matches=tuple(str(match) for match in matches))


def _read_only(error: Error, info: str) -> Outcome:
    return ReadOnly(str(error.get("readonlyreason", info)))


def _rate_limited(error: Error, info: str) -> Outcome:
    seconds = error.get("retryafter")
    return RateLimited(info) if seconds is None else RateLimited(info, int(seconds))


def _lagged(error: Error, info: str) -> Outcome:
    return Lagged(info, after=max(SHORTEST_LAG, math.ceil(error.get("lag", 0))))


_SPECIAL: Mapping[str, Callable[[Error, str], Outcome]] = {
    "abusefilter-disallowed": _filter_refused,
    "abusefilter-warning": _filter_warning,
    "maxlag": _lagged,
    "ratelimited": _rate_limited,
    "readonly": _read_only,
    "spamblacklist": _spam,
}
