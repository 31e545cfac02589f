"""The bot's two ways to sign in: what comes of `python -m bots run` by each of them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import requests
from requests_oauthlib import OAuth1

from bots.report import ExitCode
from sandbox.accounts import BOT_CONSUMER, BOT_PASSWORD
from sandbox.product import Product
from sandbox.settings import OAUTH_SIGN_IN, PASSWORD_SIGN_IN
from tests.support.wiki.bot_and_wiki import event
from tests.support.wiki.forked_bots import run_forked
from tests.support.wiki.pages import new_section
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

WAYS = {"password": PASSWORD_SIGN_IN, "oauth": OAUTH_SIGN_IN}
MAP_PAGE = "Data:Space.map"


@pytest.fixture(scope="module")
def product(indexed_wiki: Product) -> Product:
    indexed_wiki.change_settings(event_policy="review", map_page=MAP_PAGE)
    return indexed_wiki


def approved(sandbox: Sandbox, name: str) -> None:
    """An event by Lena that Pavati approves."""
    title = f"Space/Events/{name}"
    text = event(title=name, coordinates="-36.85, 174.77")
    revision = sandbox.login("Lena").edit(title, text)["newrevid"]
    verdict = f"{{{{subst:Space approve|rev={revision}}}}}"
    new_section(sandbox.login("Pavati"), f"Talk:{title}", verdict)


def published(sandbox: Sandbox) -> list[str]:
    """Titles in the bot's list of November."""
    text = sandbox.anonymous().text("User:SpaceBot/Space/Events/2026-11.json")
    return [each["title"] for each in json.loads(text or '{"events": []}')["events"]]


def waiting(sandbox: Sandbox) -> str:
    return sandbox.anonymous().text("User:SpaceBot/Space/Queue.json") or ""


def run(product: Product, way: Mapping[str, str], **environment: str) -> Any:
    done = run_forked(product, "run", **{**way, **environment})
    return ExitCode(done.returncode), done.stdout + done.stderr


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_event_when_approved_is_published_and_mapped_on_a_wiki_that_is_its_own_commons(
    product: Product, fresh_wiki: Sandbox, way: Mapping[str, str]
) -> None:
    name = f"Walk {len(way['SPACE_BOT_OAUTH'])}"
    approved(fresh_wiki, name)
    code, said = run(product, way, SPACE_COMMONS_URL=fresh_wiki.api_url)
    assert code is ExitCode.FINE, said
    assert name in published(fresh_wiki)
    assert name in (fresh_wiki.anonymous().text(MAP_PAGE) or "")


def test_run_when_commons_lets_nobody_in_keeps_the_queue_and_asks_for_later(
    product: Product, fresh_wiki: Sandbox
) -> None:
    """The sandbox's own Commons knows pictures only, and no sign-in."""
    fresh_wiki.login("Lena").edit("Space/Events/Waiting", event(title="Waiting"))
    code, said = run(product, PASSWORD_SIGN_IN)
    assert code is ExitCode.TRY_LATER
    assert f"try later: map_data, 127.0.0.1:{fresh_wiki.place.gateway_port}: " in said
    assert "Space/Events/Waiting" in waiting(fresh_wiki)


@pytest.mark.usefixtures("disabled")
@pytest.mark.parametrize(
    ("way", "reason"),
    [
        (
            {"SPACE_BOT_PASSWORD": BOT_PASSWORD.setting.replace("spacebot", "robot")},
            "SpaceBot could not sign in at 127.0.0.1:",
        ),
        (OAUTH_SIGN_IN, "mwoauth-invalid-authorization-not-approved: "),
    ],
    ids=WAYS,
)
def test_run_when_the_wiki_does_not_take_the_secret_says_so(
    product: Product, way: Mapping[str, str], reason: str
) -> None:
    code, said = run(product, way)
    assert code is ExitCode.USAGE
    assert reason in said


@pytest.fixture
def disabled(fresh_wiki: Sandbox) -> Iterator[None]:
    """The bot's consumer is disabled for as long."""
    fresh_wiki.gateway.consumers.disable(BOT_CONSUMER.consumer_key)
    yield
    fresh_wiki.gateway.consumers.enable(BOT_CONSUMER.consumer_key)


@pytest.fixture
def session() -> Iterator[requests.Session]:
    """Signs what it sends as the bot's consumer does."""
    with requests.Session() as made:
        made.auth = OAuth1(*BOT_CONSUMER.setting.split())
        yield made


def test_signed_request_is_the_bots_with_the_rights_of_its_grants(
    fresh_wiki: Sandbox, session: requests.Session
) -> None:
    question = {
        "action": "query",
        "meta": "userinfo|tokens",
        "uiprop": "rights|groups",
        "format": "json",
        "formatversion": "2",
    }
    query = session.get(fresh_wiki.api_url, params=question).json()["query"]
    assert query["userinfo"]["name"] == "SpaceBot"
    assert {"bot", "edit", "createpage", "editmyuserjson", "apihighlimits"} <= set(
        query["userinfo"]["rights"]
    )
    assert "editmyusercss" not in query["userinfo"]["rights"]
    edit = {
        "action": "edit",
        "title": "By signature",
        "text": "ਪੰਜਾਬੀ & more = less",
        "token": query["tokens"]["csrftoken"],
        "assertuser": "SpaceBot",
        "format": "json",
    }
    answer = session.post(fresh_wiki.api_url, data=edit)
    assert answer.json()["edit"]["result"] == "Success"
    assert not any("session" in cookie.name for cookie in session.cookies)
    assert fresh_wiki.anonymous().text("By signature") == "ਪੰਜਾਬੀ & more = less"


def test_signed_request_when_its_signature_is_wrong_gets_the_extensions_error(
    fresh_wiki: Sandbox, session: requests.Session
) -> None:
    session.auth = OAuth1(*BOT_CONSUMER.setting.split()[:-1], "wrong")
    answer = session.get(fresh_wiki.api_url, params={"action": "query"})
    assert answer.status_code == 200
    assert answer.headers["MediaWiki-API-Error"] == "mwoauth-invalid-authorization"
    assert answer.json()["error"]["info"] == (
        "The authorization headers in your request are not valid: Invalid signature"
    )


@pytest.mark.parametrize("cookie", [True, False])
def test_signed_request_when_it_is_for_a_page_or_has_a_session_is_400(
    fresh_wiki: Sandbox, session: requests.Session, *, cookie: bool
) -> None:
    address = fresh_wiki.index_url
    if cookie:
        address = fresh_wiki.api_url
        session.cookies.update(fresh_wiki.login("Olu").session.cookies)
    answer = session.get(address)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/plain")
