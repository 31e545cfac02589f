"""What a wiki says of a block, by the shapes its API has for it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from space.wiki.action_api import api_errors
from space.wiki.outcomes import Block, Blocked, Refused

END = datetime(2026, 11, 29, 22, 57, 5, tzinfo=UTC)
INFO: dict[str, Any] = {
    "blockid": 3,
    "blockedby": "Admin",
    "blockreason": "See [[Help:Blocks|the help]]",
    "blockexpiry": "2026-11-29T22:57:05Z",
    "blockpartial": False,
    "blockowntalk": False,
}
ENDLESS = ("infinite", "infinity", "indefinite", "never")
GLOBAL = (
    "globalblocking-blockedtext-user",
    "globalblocking-blockedtext-ip",
    "globalblocking-blockedtext-range",
    "globalblocking-blockedtext-xff",
    "globalblocking-blockedtext-autoblock",
    "wikimedia-globalblocking-blockedtext-user",
)


def block(code: str = "blocked", info: str = "words", **changes: Any) -> Blocked:
    """The outcome of a block like `INFO`; a change to None leaves a value out."""
    told = {key: value for key, value in (INFO | changes).items() if value is not None}
    outcome = api_errors.outcome({"code": code, "info": info, "blockinfo": told})
    assert isinstance(outcome, Blocked)
    return outcome


def test_block_tells_who_why_and_until_when() -> None:
    assert block() == Blocked(
        "words",
        block=Block.SITE,
        by="Admin",
        reason="See the help",
        until=END,
        may_appeal=True,
    )


@pytest.mark.parametrize(
    ("code", "changes", "expected"),
    [
        ("blocked", {}, Block.SITE),
        ("blocked", {"blockpartial": True}, Block.PAGE),
        ("blocked", {"systemblocktype": "proxy"}, Block.SYSTEM),
        ("blocked", {"systemblocktype": "dnsbl", "blockedby": ""}, Block.SYSTEM),
        ("systemblocked", {}, Block.SYSTEM),
        ("autoblocked", {}, Block.ADDRESS),
        *((code, {}, Block.GLOBAL) for code in GLOBAL),
    ],
)
def test_block_is_of_its_sort(
    code: str, changes: dict[str, Any], expected: Block
) -> None:
    found = block(code, **changes)

    assert found.block is expected
    assert found.message_key == f"outcome-blocked-{expected.value}"


@pytest.mark.parametrize("expiry", [*ENDLESS, "Infinity"])
def test_block_without_an_end_says_so(expiry: str) -> None:
    found = block(blockexpiry=expiry)

    assert (found.until, found.endless) == (None, True)
    assert ("outcome-blocked-endless", ()) in found.details


@pytest.mark.parametrize("expiry", ["", None, "soon", "20261129225705x"])
def test_block_whose_end_nobody_can_read_says_nothing_of_it(
    expiry: str | None,
) -> None:
    found = block(blockexpiry=expiry)

    assert (found.until, found.endless) == (None, False)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("[[block]]", "block"),
        ("''Spam'' <!-- 7 --> [https://x.example there]", "Spam there"),
        ("{{school block}}", "school block"),
        ("{{checkuserblock-account|7}} <!-- {{x}} -->", "checkuserblock-account"),
        ("<b>No</b>&nbsp;more", "No more"),
        ("", ""),
        (None, ""),
    ],
)
def test_reason_of_a_block_is_plain_text(reason: str | None, expected: str) -> None:
    assert block(blockreason=reason).reason == expected


def test_block_of_several_names_all_reasons_and_whoever_made_one() -> None:
    parts = [
        INFO | {"blockedby": "", "blockreason": "Proxy"},
        INFO | {"blockedby": "Olu", "blockreason": "[[Spam]]"},
        INFO | {"blockreason": "Proxy"},
    ]

    found = block(blockedby="", blockreason="Several", blockcomponents=parts)

    assert (found.by, found.reason) == ("Olu", "Proxy Spam")


@pytest.mark.parametrize("code", GLOBAL)
def test_global_block_without_details_is_told_in_the_words_of_the_wiki(
    code: str,
) -> None:
    words = "'''You are blocked on all wikis''' by [[User:X|X]]."

    found = api_errors.outcome({"code": code, "info": words})

    assert isinstance(found, Blocked)
    assert found.details == (
        ("outcome-blocked-reason", ("You are blocked on all wikis by X.",)),
    )


@pytest.mark.parametrize("code", ["blocked", "autoblocked", "systemblocked", *GLOBAL])
@pytest.mark.parametrize("told", [{}, {"blockinfo": {}}, {"blockinfo": None}])
def test_block_of_which_nothing_is_told_has_no_gaps(
    code: str, told: dict[str, Any]
) -> None:
    found = api_errors.outcome({"code": code, **told})

    assert isinstance(found, Refused)
    assert found.details == ()


def test_block_that_covers_the_own_talk_page_does_not_send_there() -> None:
    assert ("outcome-blocked-appeal", ()) in block().details
    assert ("outcome-blocked-appeal", ()) not in block(blockowntalk=True).details
    assert ("outcome-blocked-appeal", ()) not in block(blockpartial=True).details
