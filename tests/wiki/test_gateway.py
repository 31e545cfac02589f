"""The gateway on the wire, as facts about Wikimedia's OAuth extension have it."""

import base64
import hashlib
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from oauthlib.oauth2 import InvalidGrantError, OAuth2Error
from requests_oauthlib import OAuth2Session

from sandbox.accounts import OAUTH_CLIENT
from tests.support.tool.visitor import Visitor
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

CALLBACK = "http://127.0.0.1:1/oauth-callback"
VERIFIER = "a-verifier-of-at-least-43-characters-as-rfc-7636-wants"
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest())
    .rstrip(b"=")
    .decode()
)


@pytest.fixture(autouse=True)
def _plain_http(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture
def visitor(fresh_wiki: Sandbox) -> Iterator[Visitor]:
    one = Visitor(fresh_wiki)
    yield one
    one.close()


@pytest.fixture
def client(fresh_wiki: Sandbox) -> Iterator[OAuth2Session]:
    assert fresh_wiki.place
    one = OAuth2Session(OAUTH_CLIENT.client_id, redirect_uri=CALLBACK)
    yield one
    one.close()


def endpoint(sandbox: Sandbox, name: str) -> str:
    return f"{sandbox.place.public_url}/w/rest.php/oauth2/{name}"


def authorization(sandbox: Sandbox, client: OAuth2Session) -> str:
    url, _state = client.authorization_url(
        endpoint(sandbox, "authorize"),
        code_challenge=CHALLENGE,
        code_challenge_method="S256",
    )
    return str(url)


def sent_back(sandbox: Sandbox, client: OAuth2Session, visitor: Visitor) -> str:
    """Sign in as Olu, allow, and take the address the browser is sent back to."""
    page = visitor.open(authorization(sandbox, client))
    if "Special:UserLogin" in page.url:
        page = visitor.fill_in_wiki_login(page, "Olu")
    return visitor.allow(page, follow=False).headers["Location"]


def fetch(
    sandbox: Sandbox, client: OAuth2Session, back: str, verifier: str = VERIFIER
) -> dict[str, object]:
    return dict(
        client.fetch_token(
            endpoint(sandbox, "access_token"),
            authorization_response=back,
            client_secret=OAUTH_CLIENT.client_secret,
            code_verifier=verifier,
        )
    )


def refresh(
    sandbox: Sandbox, token: object, secret: str | None = OAUTH_CLIENT.client_secret
) -> requests.Response:
    data = {
        "grant_type": "refresh_token",
        "refresh_token": token,
        "client_id": OAUTH_CLIENT.client_id,
        "client_secret": secret,
    }
    return requests.post(endpoint(sandbox, "access_token"), data=data, timeout=30)


def who(sandbox: Sandbox, token: object) -> requests.Response:
    return requests.get(
        sandbox.api_url,
        params={"action": "query", "meta": "userinfo", "format": "json"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )


def test_sign_in_when_allowed_returns_code_and_state(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    page = visitor.open(authorization(fresh_wiki, client))
    assert "Special:UserLogin" in page.url
    page = visitor.fill_in_wiki_login(page, "Olu")
    assert "Space (sandbox)" in page.text
    assert "Olu" in page.text
    back = visitor.allow(page, follow=False).headers["Location"]
    assert back.startswith(f"{CALLBACK}?")
    assert parse_qs(urlsplit(back).query).keys() == {"code", "state"}


def test_token_when_fetched_lasts_four_hours_and_speaks_for_the_person(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    token = fetch(fresh_wiki, client, sent_back(fresh_wiki, client, visitor))
    assert token["expires_in"] == 4 * 3600
    assert token["token_type"] == "Bearer"
    assert (
        who(fresh_wiki, token["access_token"]).json()["query"]["userinfo"]["name"]
        == "Olu"
    )


def test_profile_when_asked_names_the_person(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    fetch(fresh_wiki, client, sent_back(fresh_wiki, client, visitor))
    profile = client.get(endpoint(fresh_wiki, "resource/profile")).json()
    assert profile["username"] == "Olu"
    assert profile["sub"].isdigit()
    assert profile["blocked"] is False
    assert len(profile["registered"]) == len("20190625000000")
    assert "autoconfirmed" in profile["groups"]
    assert "edit" in profile["rights"]
    assert profile["grants"] == ["basic", "editpage", "createeditmovepage"]


def test_edit_when_made_with_a_bearer_token_is_the_persons(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    fetch(fresh_wiki, client, sent_back(fresh_wiki, client, visitor))
    query = {"action": "query", "meta": "tokens", "format": "json"}
    tokens = client.get(fresh_wiki.api_url, params=query).json()["query"]["tokens"]
    assert tokens["csrftoken"] != "+\\"  # what everybody gets who is not signed in
    client.get(fresh_wiki.api_url, params=query)  # the token outlives its request
    answer = client.post(
        fresh_wiki.api_url,
        data={
            "action": "edit",
            "title": "By bearer",
            "text": "ਪੰਜਾਬੀ",
            "token": tokens["csrftoken"],
            "assertuser": "Olu",
            "format": "json",
        },
    )
    assert answer.json()["edit"]["result"] == "Success"
    assert "session" not in answer.headers.get("Set-Cookie", "")
    assert fresh_wiki.anonymous().text("By bearer") == "ਪੰਜਾਬੀ"


def test_edit_when_the_person_is_blocked_is_refused_after_signing_in(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    admin = fresh_wiki.login("Admin")
    admin.post(action="block", user="Olu", reason="a test", allowusertalk=True)
    fetch(fresh_wiki, client, sent_back(fresh_wiki, client, visitor))
    profile = client.get(endpoint(fresh_wiki, "resource/profile")).json()
    assert profile["blocked"] is True
    query = {"action": "query", "meta": "tokens", "format": "json"}
    token = client.get(fresh_wiki.api_url, params=query).json()["query"]["tokens"]
    edit = {"action": "edit", "title": "Blocked", "text": "x", "format": "json"}
    answer = client.post(
        fresh_wiki.api_url, data=edit | {"token": token["csrftoken"]}
    ).json()
    assert answer["error"]["code"] == "blocked"
    admin.post(action="unblock", user="Olu")


def test_refresh_when_done_rotates_and_voids_the_old_access_token(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    old = fetch(fresh_wiki, client, sent_back(fresh_wiki, client, visitor))
    new = refresh(fresh_wiki, old["refresh_token"]).json()
    assert new["refresh_token"] != old["refresh_token"]
    assert "error" in who(fresh_wiki, old["access_token"]).json()
    assert "query" in who(fresh_wiki, new["access_token"]).json()
    again = refresh(fresh_wiki, old["refresh_token"])  # within the time of grace
    assert again.status_code == 200


def test_refresh_when_the_client_has_no_secret_is_refused(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    token = fetch(fresh_wiki, client, sent_back(fresh_wiki, client, visitor))
    answer = refresh(fresh_wiki, token["refresh_token"], secret=None)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_refresh_when_the_token_is_unknown_is_refused(fresh_wiki: Sandbox) -> None:
    answer = refresh(fresh_wiki, "unknown")
    assert answer.json()["error"] == "invalid_grant"


def test_code_when_used_twice_is_refused(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    back = sent_back(fresh_wiki, client, visitor)
    fetch(fresh_wiki, client, back)
    with pytest.raises(InvalidGrantError):
        fetch(fresh_wiki, client, back)


def test_code_when_the_verifier_is_wrong_is_refused(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    back = sent_back(fresh_wiki, client, visitor)
    with pytest.raises(OAuth2Error):
        fetch(fresh_wiki, client, back, verifier=VERIFIER[::-1])


def test_api_when_the_token_is_bad_answers_200_with_the_extensions_error(
    fresh_wiki: Sandbox,
) -> None:
    answer = who(fresh_wiki, "bad")
    assert answer.status_code == 200
    assert answer.json()["error"]["code"] == "mwoauth-invalid-authorization"
    assert answer.headers["MediaWiki-API-Error"] == "mwoauth-invalid-authorization"


def test_api_when_the_person_revoked_the_consent_answers_as_to_a_bad_token(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    token = fetch(fresh_wiki, client, sent_back(fresh_wiki, client, visitor))
    fresh_wiki.gateway.tokens.revoke("Olu")
    assert "error" in who(fresh_wiki, token["access_token"]).json()
    assert refresh(fresh_wiki, token["refresh_token"]).status_code == 400


def test_api_when_token_and_session_cookies_come_together_is_400(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    token = fetch(fresh_wiki, client, sent_back(fresh_wiki, client, visitor))
    answer = visitor.session.get(
        f"{fresh_wiki.api_url}?action=query&format=json",
        headers={"Authorization": f"Bearer {token['access_token']}"},
        timeout=30,
    )
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_page_when_asked_with_a_token_is_refused(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    fetch(fresh_wiki, client, sent_back(fresh_wiki, client, visitor))
    answer = client.get(fresh_wiki.index_url)
    assert (answer.status_code, answer.text.strip()) == (400, "mwoauth-not-api")


def test_cancel_when_pressed_leaves_the_person_on_the_wiki(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    page = visitor.open(authorization(fresh_wiki, client))
    page = visitor.fill_in_wiki_login(page, "Olu")
    page = visitor.send(page, visitor.form_with(page, "accept"), "cancel")
    assert page.status_code == 200
    assert page.url.startswith(fresh_wiki.place.public_url)
    assert "code=" not in page.url


def test_consent_when_given_before_is_asked_again(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    sent_back(fresh_wiki, client, visitor)
    page = visitor.open(authorization(fresh_wiki, client))
    assert visitor.form_with(page, "accept")


def test_consent_when_sent_without_the_forms_token_is_refused(
    fresh_wiki: Sandbox, client: OAuth2Session, visitor: Visitor
) -> None:
    page = visitor.open(authorization(fresh_wiki, client))
    page = visitor.fill_in_wiki_login(page, "Olu")
    form = visitor.form_with(page, "accept")
    answer = visitor.send(page, form, "accept", follow=False, token="forged")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "callback",
    [
        "http://example.org/oauth-callback",
        "https://example.org/oauth-callback",
        "http://127.0.0.1:1/elsewhere",
        "javascript:alert(1)",
    ],
)
def test_authorize_when_the_callback_is_not_registered_sends_nobody_there(
    fresh_wiki: Sandbox, visitor: Visitor, callback: str
) -> None:
    client = OAuth2Session(OAUTH_CLIENT.client_id, redirect_uri=callback)
    answer = visitor.open(authorization(fresh_wiki, client), follow=False)
    assert answer.status_code == 400
    client.close()


def test_authorize_when_the_client_is_unknown_is_refused(
    fresh_wiki: Sandbox, visitor: Visitor
) -> None:
    client = OAuth2Session("0" * 32, redirect_uri=CALLBACK)
    answer = visitor.open(authorization(fresh_wiki, client), follow=False)
    assert answer.status_code == 400
    client.close()


@pytest.mark.parametrize("page", ["rest_redirect", "approve"])
def test_way_back_when_it_leads_elsewhere_is_not_followed(
    fresh_wiki: Sandbox, visitor: Visitor, page: str
) -> None:
    answer = visitor.open(
        f"{fresh_wiki.index_url}?title=Special:OAuth/{page}&rest_url=//example.org/",
        follow=False,
    )
    assert answer.status_code == 404


def test_gateway_when_reached_under_another_name_refuses_plain_http(
    fresh_wiki: Sandbox,
) -> None:
    answer = requests.get(
        fresh_wiki.api_url, headers={"Host": "wiki.example.org"}, timeout=30
    )
    assert answer.status_code == 400


def test_wiki_when_a_stranger_claims_to_be_the_gateway_does_not_believe(
    fresh_wiki: Sandbox,
) -> None:
    answer = requests.get(
        f"{fresh_wiki.place.wiki_url}/w/api.php",
        params={"action": "query", "meta": "userinfo", "format": "json"},
        headers={"X-Sandbox-User": "Admin", "X-Sandbox-Key": ""},
        timeout=30,
    )
    assert "anon" in answer.json()["query"]["userinfo"]


def test_page_when_asked_through_the_gateway_is_the_wikis(
    fresh_wiki: Sandbox, visitor: Visitor
) -> None:
    page = visitor.open(f"{fresh_wiki.place.public_url}/wiki/Main_Page")
    assert page.status_code == 200
    assert "Vector" in page.text or "vector" in page.text
    style = visitor.open(
        f"{fresh_wiki.place.public_url}/w/load.php?modules=site.styles&only=styles"
    )
    assert style.headers["Content-Type"].startswith("text/css")
