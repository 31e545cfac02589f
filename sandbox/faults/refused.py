"""Answers with which MediaWiki refuses an edit, in the shapes of its API.

`errorformat=bc` and `formatversion=2`, as of MediaWiki 1.43 and of the extensions that
Meta has: https://www.mediawiki.org/wiki/API:Errors_and_warnings
"""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from sandbox.faults.fault import Fault
from sandbox.faults.wire import Wire

_END = "2027-01-31T22:57:05Z"
_BLOCK: Mapping[str, Any] = {
    "blockid": 3,
    "blockedby": "Admin",
    "blockedbyid": 1,
    "blockreason": "See [[Help:Blocks|the help]]",
    "blockedtimestamp": "2026-11-20T10:00:00Z",
    "blockexpiry": _END,
    "blockpartial": False,
    "blocknocreate": True,
    "blockanononly": False,
    "blockemail": False,
    "blockowntalk": False,
}
LAG = 7
"""Seconds by which the databases are behind (`maxlag`)."""
READ_ONLY_REASON = "Moving house"
SPAM_LINK = "casino.example"
FILTER = "No shouting"
"""Description of the abuse filter."""


def api_answer(answer: Mapping[str, Any], wire: Wire) -> None:
    """Send an object of the API, with the headers that it has for errors."""
    error = answer.get("error", {})
    headers = [("Content-Type", "application/json; charset=utf-8")]
    if error:
        headers.append(("MediaWiki-API-Error", error["code"]))
    if "lag" in error:
        headers += [("Retry-After", "5"), ("X-Database-Lag", str(LAG))]
    wire.send(200, json.dumps(answer).encode(), headers)


def refusal(
    code: str, info: str, *, name: str = "", means: str = "", **more: Any
) -> Fault:
    """The fault of a wiki that refuses with an error code."""
    answer = {"error": {"code": code, "info": info, **more}, "servedby": "faults"}
    means = means or f"the wiki refuses: {info}"
    return Fault(name or code, means, partial(api_answer, answer))


def _block(name: str, means: str, code: str = "blocked", **changes: Any) -> Fault:
    info = "You have been blocked from editing."
    return refusal(code, info, name=name, means=means, blockinfo={**_BLOCK, **changes})


MAXLAG = refusal(
    "maxlag",
    f"Waiting for db1: {LAG} seconds lagged.",
    means="the databases are behind",
    host="db1",
    lag=LAG,
    type="db",
)
READ_ONLY = refusal(
    "readonly",
    "The wiki is currently in read-only mode.",
    means="the wiki is read-only",
    readonlyreason=READ_ONLY_REASON,
)
BAD_TOKEN = refusal("badtoken", "Invalid CSRF token.")
INTERNAL_ERROR = refusal(
    "internal_api_error_DBQueryError",
    "[0f1e] Caught exception of type Wikimedia\\Rdbms\\DBQueryError",
    name="internal_api_error",
    means="the wiki itself breaks down",
)
FILTER_WARNING = refusal(
    "abusefilter-warning",
    "This action has been automatically identified as harmful.",
    means="an abuse filter warns",
    abusefilter={"id": 1, "description": FILTER, "actions": ["warn"]},
)
_CAPTCHA: Mapping[str, Any] = {
    "edit": {
        "result": "Failure",
        "captcha": {
            "type": "image",
            "mime": "image/png",
            "id": "7",
            "url": "/w/index.php?title=Special:Captcha/image&wpCaptchaId=7",
        },
    }
}

PASSING = (MAXLAG, READ_ONLY, INTERNAL_ERROR)
"""What passes by itself, and is answered to questions as well."""

SIGNED_OUT = (
    BAD_TOKEN,
    refusal("assertuserfailed", "You are no longer logged in."),
    refusal("assertbotfailed", 'You do not have the "bot" right.'),
    refusal("assertnameduserfailed", 'You are no longer logged in as "Olu".'),
    refusal("notloggedin", "You must be logged in."),
    refusal(
        "mwoauth-invalid-authorization",
        "The authorization headers in your request are not valid: Invalid consumer.",
    ),
)
"""The account, its session or its token is not good any more."""

CONSUMER_REFUSED = refusal(
    "mwoauth-invalid-authorization-not-approved",
    "The authorization headers in your request are for a consumer not approved.",
    name="oauth-not-approved",
    means="the wiki refuses the OAuth consumer",
)
BLOCKS = (
    _block("blocked", "the account is blocked for a time"),
    _block("blocked-infinite", "the account is blocked", blockexpiry="infinite"),
    _block("blocked-partial", "the account is blocked here", blockpartial=True),
    _block("blocked-own-talk", "the account may not appeal either", blockowntalk=True),
    _block(
        "autoblocked",
        "the address is that of a blocked account",
        "autoblocked",
        blockedby="",
    ),
    _block(
        "systemblocked",
        "the wiki takes the address for an open proxy",
        "systemblocked",
        blockid=None,
        blockedby="",
        blockexpiry="infinite",
        systemblocktype="dnsbl",
    ),
    _block(
        "blocked-twice",
        "several blocks are on the account",
        blockedby="",
        blockreason="There are multiple blocks against your account.",
        blockcomponents=[dict(_BLOCK), {**_BLOCK, "blockreason": "Spam"}],
    ),
    refusal(
        "globalblocking-blockedtext-user",
        "'''Your account is blocked on all wikis''' by [[User:Steward|Steward]].",
        name="globally-blocked",
        means="the account is blocked on all wikis",
    ),
)
REFUSALS = (
    refusal("editconflict", "Edit conflict.", means="somebody else has just edited"),
    refusal("articleexists", "The article is there already."),
    refusal("missingtitle", "The page you specified doesn't exist."),
    refusal("pagedeleted", "The page has been deleted since."),
    refusal("protectedpage", "This page has been protected."),
    refusal("cascadeprotected", "This page is protected by cascade."),
    refusal("permissiondenied", "The action is limited to administrators."),
    refusal("protectedtitle", "This title has been protected from creation."),
    refusal("ratelimited", "You've exceeded your rate limit."),
    refusal("contenttoobig", "The content you supplied exceeds the limit."),
    refusal(
        "spamblacklist",
        "The text contains a link that is on the list of spam.",
        means="a link is on the list of spam",
        spamblacklist={"matches": [SPAM_LINK]},
    ),
    FILTER_WARNING,
    refusal(
        "abusefilter-disallowed",
        "This action has been automatically identified as harmful.",
        means="an abuse filter refuses",
        abusefilter={"id": 2, "description": FILTER, "actions": ["disallow"]},
    ),
    refusal(
        "titleblacklist-forbidden-edit",
        "The title is on the list of forbidden titles.",
        name="titleblacklist",
        means="the title is on the list of forbidden ones",
    ),
    Fault("captcha", "the wiki asks for a captcha", partial(api_answer, _CAPTCHA)),
    refusal("hookaborted", "The modification was aborted by an extension."),
    refusal("space-unheard-of", "A new rule of this wiki.", name="unknown"),
)
