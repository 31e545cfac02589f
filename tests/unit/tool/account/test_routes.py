from itertools import permutations

import pytest
from sqlalchemy import text as sql
from werkzeug.test import TestResponse

from space.errors import ConsumerRefusedError, WikiUnavailableError
from tests.support.tool.app import ToolApp, csrf_of
from tool.app.web.visitor import COOKIE
from tool.rates import LOGIN
from tool.signin.sessions import LONGEST_DRAFTS


def cookie(tool: ToolApp) -> str | None:
    found = tool.client.get_cookie(COOKIE, domain="space.example.org")
    return found.value if found else None


def test_login_when_begun_then_goes_to_the_wiki_and_back(tool: ToolApp) -> None:
    away = tool.get("/login?return_to=/events?country=IN")
    assert away.location.startswith("https://meta.wikimedia.org/")
    before = cookie(tool)
    back = tool.get("/oauth-callback?code=good&state=s")
    assert back.location == "/events?country=IN"
    assert cookie(tool) != before  # a planted session was not counted
    assert "<bdi>Olu</bdi>" in tool.get("/write").text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\r\nSet-Cookie:x",
        "javascript:alert(1)",
        " /x",
        "",
        "/login",
        "/logout?x",
        "/login?return_to=/login",
        "/oauth-callback?state=s#x",
        "/%6cogin",
        "/./login",
        "/x/%2e%2e/login",
        "/x/..//login",
        "/login/",
    ],
)
def test_login_when_the_target_is_elsewhere_then_ends_on_the_front_page(
    tool: ToolApp, target: str
) -> None:
    tool.get("/login", query_string={"return_to": target})
    back = tool.get("/oauth-callback?code=good&state=s")
    assert back.location == "/"


@pytest.mark.parametrize(
    "query",
    ["", "?code=good", "?code=good&state=other", "?code=bad&state=s", "?error=denied"],
)
def test_callback_when_it_is_not_the_answer_to_our_question_then_nobody_is_signed_in(
    tool: ToolApp, query: str
) -> None:
    tool.get("/login?return_to=/mine")
    response = tool.get(f"/oauth-callback{query}")
    assert response.status_code == 400
    assert "/login?return_to=/mine" in response.text
    assert "Sign in" in tool.get("/write").text


def test_callback_when_the_state_is_wrong_then_the_sign_in_is_used_up(
    tool: ToolApp,
) -> None:
    tool.get("/login?return_to=/blog")
    tool.get("/login?return_to=/mine")
    assert tool.get("/oauth-callback?code=good&state=other").status_code == 400
    assert tool.get("/oauth-callback?code=good&state=s2").status_code == 400
    tool.get("/login?return_to=/mine")
    assert tool.get("/oauth-callback?code=good&state=s3").location == "/mine"
    assert "<bdi>Olu</bdi>" in tool.get("/write").text


def test_login_when_a_link_leads_there_then_nobody_is_signed_out(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    tool.get("/login")
    assert tool.get("/logout").status_code == 405
    assert "<bdi>Olu</bdi>" in tool.get("/write").text


def test_callback_when_nothing_was_begun_then_is_refused(tool: ToolApp) -> None:
    assert tool.get("/oauth-callback?code=good&state=s").status_code == 400


def test_callback_when_loaded_again_then_goes_on_to_the_same_page(
    tool: ToolApp,
) -> None:
    tool.get("/login?return_to=/events?country=IN")
    for _ in range(3):
        back = tool.get("/oauth-callback?code=good&state=s")
        assert (back.status_code, back.location) == (302, "/events?country=IN")
    assert "<bdi>Olu</bdi>" in tool.get("/write").text
    assert tool.get("/oauth-callback?code=good&state=s9").status_code == 400
    tool.post_raw("/logout", csrf=csrf_of(tool.get("/write")))
    assert tool.get("/oauth-callback?code=good&state=s").status_code == 400


@pytest.mark.parametrize("order", list(permutations(("s", "s2", "s3"))))
def test_sign_in_when_begun_in_several_tabs_then_each_returns_to_its_own_page(
    tool: ToolApp, order: tuple[str, ...]
) -> None:
    targets = {"s": "/blog", "s2": "/events?country=IN", "s3": "/blog"}
    for target in targets.values():
        tool.get("/login", query_string={"return_to": target})
    for state in order:
        back = tool.get(f"/oauth-callback?code=good&state={state}")
        assert back.location == targets[state]
        assert "<bdi>Olu</bdi>" in tool.get("/write").text
    for state in order:  # and all of them are loaded again
        back = tool.get(f"/oauth-callback?code=good&state={state}")
        assert back.location == targets[state]


FORMS = {  # state → where a tab has its form, and what it says
    "s": ("/write/event", "Tea at four."),
    "s2": ("/write/event", "Cake at five."),
    "s3": ("/write/post", "News of the week."),
}


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("order", list(permutations(FORMS)))
def test_sign_in_when_forms_were_filled_in_then_each_tab_has_its_own_text(
    tool: ToolApp, order: tuple[str, ...], *, at_once: bool
) -> None:
    forms = {state: tool.get(path) for state, (path, _) in FORMS.items()}
    for state, (path, text) in FORMS.items():
        token = csrf_of(forms[state])
        away = tool.post_raw("/login", csrf=token, return_to=path, body=text)
        assert away.location.endswith(f"state={state}")
    pages = {}
    if at_once:  # first all come back, then all pages are opened
        ways = {s: tool.get(f"/oauth-callback?code=good&state={s}") for s in order}
        pages = {s: tool.get(back.location).text for s, back in ways.items()}
    else:
        for state in order:
            back = tool.get(f"/oauth-callback?code=good&state={state}")
            pages[state] = tool.get(back.location).text
    for state, page in pages.items():
        texts = {text for _, text in FORMS.values() if text in page}
        assert texts == {FORMS[state][1]}
    for path in ("/write/event", "/write/post"):
        assert not any(text in tool.get(path).text for _, text in FORMS.values())


def test_sign_in_when_another_tab_has_signed_in_meanwhile_then_the_form_is_kept(
    tool: ToolApp,
) -> None:
    form = tool.get("/write/event")
    tool.get("/login?return_to=/blog")
    tool.get("/oauth-callback?code=good&state=s")
    fields = {"csrf": csrf_of(form), "return_to": "/write/event", "body": "Tea at 4."}
    away = tool.post_raw("/login", **fields)
    assert (away.status_code, away.location) == (307, "/write/event")
    again = tool.post_raw(away.location, **fields)
    assert "Tea at 4." in again.text
    assert "please save again" in again.text


@pytest.mark.parametrize("began_by", ["get", "post"])
def test_login_when_signed_in_and_then_cancelled_then_stays_signed_in(
    tool: ToolApp, began_by: str
) -> None:
    tool.sign_in()
    before = cookie(tool)
    if began_by == "get":
        tool.get("/login?return_to=/mine")
    else:
        token = csrf_of(tool.get("/write"))
        tool.post_raw("/login", csrf=token, return_to="/write/event", body="Tea.")
    cancelled = tool.get("/oauth-callback?error=access_denied&state=s")
    assert cancelled.status_code == 400
    assert "<bdi>Olu</bdi>" in tool.get("/write").text
    assert cookie(tool) == before
    assert before is not None
    assert tool.sessions.token(before) is not None


def rows(tool: ToolApp) -> int:
    with tool.engine.connect() as connection:
        count = connection.execute(sql("SELECT count(*) FROM tool_session")).scalar()
        return int(count or 0)


def test_session_when_somebody_only_looks_or_begins_then_is_no_row(
    tool: ToolApp,
) -> None:
    for path in ("/login", "/write/event", "/write/post", "/write/event/import"):
        tool.client = tool.new_client()
        assert "Set-Cookie" in tool.get(path).headers
    assert rows(tool) == 0


def leave(tool: ToolApp, path: str, text: str) -> TestResponse:
    """Send a form to where its writer signs in, and follow back to the form."""
    token = csrf_of(tool.get("/write/event"))
    fields = {"csrf": token, "return_to": path, "body": text}
    away = tool.post_raw("/login", **fields)
    return tool.post_raw(away.location, **fields) if away.status_code == 307 else away


def test_login_when_the_text_is_too_long_to_wait_then_says_so_and_gives_it_back(
    tool: ToolApp,
) -> None:
    long = "ü" * (LONGEST_DRAFTS // 2)
    for path in ("/write/event", "/write/post", "/write/event?title=x"):
        back = leave(tool, path, long)
        assert back.status_code == 422  # there is no title, either
        assert "too long to be stored" in back.text
        assert long in back.text
    assert rows(tool) == 0
    assert leave(tool, "", long).status_code == 413


def test_login_when_too_many_texts_wait_then_says_so_and_gives_it_back(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tool.signin.sessions.WAITING", 1)
    assert leave(tool, "/write/event", "Tea at four.").status_code == 302
    tool.client = tool.new_client()
    back = leave(tool, "/write/event", "Cake at five.")
    assert "too many others are waiting" in back.text
    assert "Cake at five." in back.text
    assert rows(tool) == 1
    # Signed in in another tab, the button is pressed again.
    tool.get("/login?return_to=/blog")
    tool.get("/oauth-callback?code=good&state=s2")
    again = leave(tool, "/write/event", "Cake at five.")
    assert again.status_code == 302


def test_login_when_the_path_back_is_very_long_then_ends_on_the_front_page(
    tool: ToolApp,
) -> None:
    tool.get("/login", query_string={"return_to": f"/events?q={'x' * 2000}"})
    assert tool.get("/oauth-callback?code=good&state=s").location == "/"


def test_login_when_begun_very_often_then_the_cookie_stays_short(
    tool: ToolApp,
) -> None:
    for number in range(1, LOGIN.each + 1):
        path = f"/events?q={str(number) * 400}"
        tool.get("/login", query_string={"return_to": path})
        assert len(cookie(tool) or "") < 4000
    back = tool.get(f"/oauth-callback?code=good&state=s{LOGIN.each}")
    assert back.location == path


def test_login_when_cancelled_then_the_form_is_still_there(tool: ToolApp) -> None:
    form = tool.get("/write/event")
    token = csrf_of(form)
    tool.post_raw("/login", csrf=token, return_to="/write/event", body="Tea at 4.")
    cancelled = tool.get("/oauth-callback?error=access_denied&state=s")
    assert "/login?return_to=/write/event" in cancelled.text
    tool.get("/login?return_to=/write/event")
    back = tool.get("/oauth-callback?code=good&state=s2")
    assert "Tea at 4." in tool.get(back.location).text


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (WikiUnavailableError("time-out"), "is not responding"),
        (ConsumerRefusedError("access_denied"), "tell the maintainers"),
    ],
)
def test_callback_when_the_wiki_gives_no_token_then_says_why_and_keeps_the_text(
    tool: ToolApp, trouble: Exception, words: str
) -> None:
    token = csrf_of(tool.get("/write/event"))
    tool.post_raw("/login", csrf=token, return_to="/write/event", body="Tea at 4.")
    tool.sign_in_answer.trouble = trouble
    response = tool.get("/oauth-callback?code=good&state=s")
    assert response.status_code == 503
    assert words in response.text
    assert "did not confirm" not in response.text
    tool.sign_in_answer.trouble = None
    back = tool.get("/oauth-callback?code=good&state=s")  # loaded again
    assert "Tea at 4." in tool.get(back.location).text


def test_cookie_when_set_then_is_for_this_host_and_https_alone(
    tool: ToolApp,
) -> None:
    header = tool.get("/login").headers["Set-Cookie"]
    assert header.startswith("__Host-space=")
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in header
    assert "Domain" not in header


def test_logout_when_sent_with_its_token_then_the_session_is_gone(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    page = tool.get("/write")
    key = cookie(tool)
    assert tool.post_raw("/logout").status_code == 403
    assert tool.post_raw("/logout", csrf=csrf_of(page)).location == "/"
    assert cookie(tool) is None
    assert key is not None
    assert tool.sessions.get(key) is None


def test_login_when_a_form_is_sent_without_its_token_then_is_refused(
    tool: ToolApp,
) -> None:
    assert tool.post_raw("/login", title="planted").status_code == 403


def test_pages_when_signed_in_then_are_kept_by_nobody(tool: ToolApp) -> None:
    tool.sign_in()
    for path in ("/", "/write", "/privacy"):
        response = tool.get(path)
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in response.headers["Vary"]


def test_pages_when_nobody_writes_then_set_no_cookie(tool: ToolApp) -> None:
    for path in ("/", "/events", "/blog", "/map", "/privacy", "/healthz", "/nothing"):
        assert "Set-Cookie" not in tool.get(path).headers
