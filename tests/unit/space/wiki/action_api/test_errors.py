from collections.abc import Mapping
from typing import Any

import pytest

from space.wiki.action_api import api_errors
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
    Retry,
    SignedOut,
    Spam,
    TooBig,
    Unknown,
    Unreachable,
)

DETAILED = [
    ({"code": "readonly", "readonlyreason": "moving"}, ReadOnly("moving")),
    ({"code": "readonly"}, ReadOnly("words")),
    (
        {"code": "abusefilter-warning", "abusefilter": {"description": "No shouting"}},
        FilterWarning("words", description="No shouting"),
    ),
    (
        {"code": "abusefilter-disallowed", "abusefilter": {"description": "Never"}},
        FilterRefused("words", description="Never"),
    ),
    (
        {"code": "spamblacklist", "spamblacklist": {"matches": ["a.example"]}},
        Spam("words", matches=("a.example",)),
    ),
    (
        {"code": "spamblacklist", "matches": ["a.example"]},
        Spam("words", matches=("a.example",)),
    ),
    ({"code": "maxlag", "lag": 7.2}, Lagged("words", after=8)),
    ({"code": "maxlag", "lag": 0}, Lagged("words", after=5)),
    ({"code": "ratelimited", "retryafter": 11}, RateLimited("words", after=11)),
    ({"code": "hookaborted"}, Unknown("words", code="hookaborted")),
]

PLAIN = [
    ("editconflict", Conflict),
    ("articleexists", AlreadyExists),
    ("missingtitle", Missing),
    ("pagedeleted", Missing),
    ("protectedpage", Protected),
    ("customjsonprotected", Protected),
    ("permissiondenied", Protected),
    ("invalidtitle", BadTitle),
    ("titleblacklist-forbidden-edit", BadTitle),
    ("abusefilter-blocked", FilterRefused),
    ("contenttoobig", TooBig),
    ("ratelimited", RateLimited),
    ("assertuserfailed", SignedOut),
    ("assertnameduserfailed", SignedOut),
    ("badtoken", SignedOut),
    ("mwoauth-invalid-authorization", SignedOut),
    ("mwoauth-invalid-authorization-blocked-user", SignedOut),
    ("mwoauth-invalid-authorization-invalid-user", SignedOut),
    ("mwoauth-invalid-authorization-not-approved", ConsumerRefused),
    ("mwoauth-invalid-authorization-wrong-wiki", ConsumerRefused),
    ("internal_api_error_DBQueryError", Unreachable),
]


@pytest.mark.parametrize(("error", "expected"), DETAILED)
def test_outcome_when_error_has_details_keeps_them(
    error: Mapping[str, Any], expected: Outcome
) -> None:
    assert api_errors.outcome({"info": "words", **error}) == expected


@pytest.mark.parametrize(("code", "expected"), PLAIN)
def test_outcome_when_code_is_known_has_its_type(
    code: str, expected: type[Outcome]
) -> None:
    found = api_errors.outcome({"code": code, "info": "words"})
    assert type(found) is expected


def test_failure_when_wiki_wants_a_captcha_says_so() -> None:
    answer = {"result": "Failure", "captcha": {"type": "image", "id": "1"}}
    assert api_errors.failure(answer) == Captcha("image")


def test_failure_when_it_names_a_code_is_that_error() -> None:
    answer = {"result": "Failure", "code": "abusefilter-disallowed", "info": "no"}
    assert api_errors.failure(answer) == FilterRefused("no")


def test_failure_when_it_says_nothing_is_unknown() -> None:
    assert isinstance(api_errors.failure({"result": "Failure"}), Unknown)


def test_outcome_when_wiki_asks_to_wait_may_be_tried_later() -> None:
    for code in ("maxlag", "ratelimited", "readonly"):
        assert api_errors.outcome({"code": code}).retry is Retry.LATER
