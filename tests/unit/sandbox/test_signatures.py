"""Signed requests as requests-oauthlib sends them, to the gateway's OAuth 1.0a."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import requests
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from requests_oauthlib import OAuth1

from sandbox.accounts import BOT_CONSUMER, OwnerOnlyConsumer
from sandbox.gateway.consumers import NONCE_LIFE, Consumers
from sandbox.gateway.signatures import INVALID, NOT_APPROVED, ErrorAnswer, Signatures

API = "http://127.0.0.1:8090/w/api.php"
FORM = "application/x-www-form-urlencoded"
QUESTION = {"action": "query", "titles": "A b|लेखन", "format": "json"}
START = datetime(2026, 11, 22, 12, tzinfo=UTC)
OTHER = replace(BOT_CONSUMER, consumer_key="0" * 32, access_token="1" * 32)


@pytest.fixture(scope="module")
def consumers(tmp_path_factory: pytest.TempPathFactory) -> Consumers:
    return Consumers(tmp_path_factory.mktemp("gateway") / "gateway.sqlite")


@pytest.fixture(scope="module")
def signatures(consumers: Consumers) -> Signatures:
    return Signatures((BOT_CONSUMER, OTHER), consumers)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def signed(
    params: Mapping[str, str] = QUESTION,
    *,
    post: bool = False,
    by: OwnerOnlyConsumer = BOT_CONSUMER,
    **options: str,
) -> requests.PreparedRequest:
    body = urlencode(params)
    return requests.Request(
        "POST" if post else "GET",
        API if post else f"{API}?{body}",
        data=body if post else None,
        headers={"Content-Type": FORM} if post else {},
        auth=OAuth1(*by.setting.split(), **options),
    ).prepare()


def checked(
    signatures: Signatures, request: requests.PreparedRequest, **changes: str
) -> OwnerOnlyConsumer | ErrorAnswer:
    """What the gateway makes of a request, as it came or changed on the way."""
    body = changes.get("body", request.body) or b""
    sent = {
        name: text.decode() if isinstance(text, bytes) else text
        for name, text in request.headers.items()
    }
    return signatures.check(
        changes.get("url", request.url or ""),
        changes.get("method", request.method or ""),
        body.encode() if isinstance(body, str) else body,
        sent,
    )


def complaint(answer: OwnerOnlyConsumer | ErrorAnswer) -> str:
    assert isinstance(answer, ErrorAnswer)
    assert answer.code == INVALID
    return answer.info.removeprefix(
        "The authorization headers in your request are not valid: "
    )


@given(
    params=st.dictionaries(
        st.sampled_from(["title", "text", "summary", "empty"]),
        st.text(st.characters(codec="utf-8"), max_size=20),
    ),
    post=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_request_when_signed_by_the_bot_is_the_bots(
    signatures: Signatures, *, params: dict[str, str], post: bool
) -> None:
    request = signed({"action": "edit", **params}, post=post)
    assert checked(signatures, request) is BOT_CONSUMER


@pytest.mark.parametrize("post", [False, True])
@pytest.mark.parametrize("field", ["consumer_secret", "access_secret"])
def test_request_when_a_secret_is_wrong_is_refused(
    signatures: Signatures, field: str, *, post: bool
) -> None:
    wrong = replace(BOT_CONSUMER, **{field: "5ec4e7"})
    answer = checked(signatures, signed(post=post, by=wrong))
    assert complaint(answer) == "Invalid signature"


@pytest.mark.parametrize(
    "change",
    [
        {"url": f"{API}?{urlencode(QUESTION | {'titles': 'B'})}"},
        {"url": API.replace("8090", "8080") + f"?{urlencode(QUESTION)}"},
        {"url": f"{API}?titles=[[A]]"},
        {"method": "POST"},
    ],
)
def test_question_when_changed_after_signing_is_refused(
    signatures: Signatures, change: dict[str, str]
) -> None:
    answer = checked(signatures, signed(), **change)
    assert complaint(answer) == "Invalid signature"


@pytest.mark.parametrize("body", ["", urlencode({"action": "edit"}), "\ufffd=%"])
def test_form_when_changed_after_signing_is_refused(
    signatures: Signatures, body: str
) -> None:
    answer = checked(signatures, signed(post=True), body=body, method="POST")
    assert complaint(answer) == "Invalid signature"


def test_request_when_sent_twice_is_refused_the_second_time(
    signatures: Signatures,
) -> None:
    request = signed()
    assert checked(signatures, request) is BOT_CONSUMER
    assert complaint(checked(signatures, request)).startswith("Nonce already used: ")


def test_nonce_when_its_time_is_long_over_may_come_again(
    consumers: Consumers, clock: time_machine.Traveller
) -> None:
    def use() -> bool:
        stamp = int(datetime.now(UTC).timestamp())
        return consumers.use("consumer", "token", "nonce", stamp)

    assert use()
    clock.shift(timedelta(seconds=NONCE_LIFE))
    assert not use()
    clock.shift(timedelta(seconds=1))
    assert use()
    assert consumers.use("consumer", "another token", "nonce", int(START.timestamp()))


@pytest.mark.parametrize("seconds", [-NONCE_LIFE - 1, NONCE_LIFE + 1])
def test_request_when_the_clocks_differ_too_much_is_refused(
    signatures: Signatures, clock: time_machine.Traveller, seconds: int
) -> None:
    request = signed()
    clock.shift(timedelta(seconds=seconds))
    stamp = int(START.timestamp())
    assert complaint(checked(signatures, request)) == (
        f"Expired timestamp, yours {stamp}, ours {stamp + seconds}"
    )


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        (replace(BOT_CONSUMER, consumer_key="nobody"), "Invalid consumer"),
        (
            replace(BOT_CONSUMER, access_token=OTHER.access_token),
            "No approved grant was found for that authorization token.",
        ),
    ],
    ids=["consumer", "token"],
)
def test_request_when_of_an_unknown_kind_is_refused(
    signatures: Signatures, by: OwnerOnlyConsumer, reason: str
) -> None:
    assert complaint(checked(signatures, signed(by=by))) == reason


def test_request_when_signed_by_another_method_is_refused(
    signatures: Signatures,
) -> None:
    answer = checked(signatures, signed(signature_method="PLAINTEXT"))
    assert "'PLAINTEXT' not supported" in complaint(answer)


@pytest.mark.parametrize("header", ["OAuth ", "OAuth x", 'OAuth realm="wiki"'])
def test_request_when_it_carries_no_signature_is_refused(
    signatures: Signatures, header: str
) -> None:
    answer = signatures.check(API, "GET", b"", {"Authorization": header})
    assert isinstance(answer, ErrorAnswer)
    assert answer.code == INVALID


def test_consumer_when_disabled_is_not_approved_until_it_is_enabled_again(
    signatures: Signatures, consumers: Consumers
) -> None:
    consumers.disable(BOT_CONSUMER.consumer_key)
    answer = checked(signatures, signed())
    consumers.enable(BOT_CONSUMER.consumer_key)
    assert isinstance(answer, ErrorAnswer)
    assert answer.code == NOT_APPROVED
    assert BOT_CONSUMER.name in answer.info
    assert checked(signatures, signed()) is BOT_CONSUMER
