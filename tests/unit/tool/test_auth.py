import pytest

from tests.support.tool_stage import ToolStage, csrf_of
from tool.app.visitor import COOKIE


def cookie(stage: ToolStage) -> str | None:
    found = stage.client.get_cookie(COOKIE, domain="space.example.org")
    return found.value if found else None


def test_login_when_begun_then_goes_to_the_wiki_and_back(stage: ToolStage) -> None:
    away = stage.get("/login?return_to=/events?country=IN")
    assert away.location.startswith("https://meta.wikimedia.org/")
    before = cookie(stage)
    back = stage.get("/oauth-callback?code=good&state=s")
    assert back.location == "/events?country=IN"
    assert cookie(stage) != before  # a planted session is worth nothing
    assert "<bdi>Olu</bdi>" in stage.get("/write").text


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
    ],
)
def test_login_when_the_target_is_elsewhere_then_ends_on_the_front_page(
    stage: ToolStage, target: str
) -> None:
    stage.get("/login", query_string={"return_to": target})
    back = stage.get("/oauth-callback?code=good&state=s")
    assert back.location == "/"


@pytest.mark.parametrize(
    "query",
    ["", "?code=good", "?code=good&state=other", "?code=bad&state=s", "?error=denied"],
)
def test_callback_when_it_is_not_the_answer_to_our_question_then_nobody_is_signed_in(
    stage: ToolStage, query: str
) -> None:
    stage.get("/login?return_to=/mine")
    response = stage.get(f"/oauth-callback{query}")
    assert response.status_code == 400
    assert "/login?return_to=/mine" in response.text
    assert "Sign in" in stage.get("/write").text


def test_callback_when_nothing_was_begun_then_is_refused(stage: ToolStage) -> None:
    assert stage.get("/oauth-callback?code=good&state=s").status_code == 400


def test_callback_when_used_twice_then_works_once(stage: ToolStage) -> None:
    stage.get("/login")
    stage.get("/oauth-callback?code=good&state=s")
    assert stage.get("/oauth-callback?code=good&state=s").status_code == 400


def test_cookie_when_set_then_is_for_this_host_and_https_alone(
    stage: ToolStage,
) -> None:
    header = stage.get("/login").headers["Set-Cookie"]
    assert header.startswith("__Host-space=")
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in header
    assert "Domain" not in header


def test_logout_when_sent_with_its_token_then_the_session_is_gone(
    stage: ToolStage,
) -> None:
    stage.sign_in()
    page = stage.get("/write")
    key = cookie(stage)
    assert stage.post_raw("/logout").status_code == 403
    assert stage.post_raw("/logout", csrf=csrf_of(page)).location == "/"
    assert cookie(stage) is None
    assert key is not None
    assert stage.sessions.get(key) is None


def test_login_when_a_form_is_sent_without_its_token_then_is_refused(
    stage: ToolStage,
) -> None:
    assert stage.post_raw("/login", title="planted").status_code == 403


def test_pages_when_signed_in_then_are_kept_by_nobody(stage: ToolStage) -> None:
    stage.sign_in()
    for path in ("/", "/write", "/privacy"):
        response = stage.get(path)
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in response.headers["Vary"]


def test_pages_when_nobody_writes_then_set_no_cookie(stage: ToolStage) -> None:
    for path in ("/", "/events", "/blog", "/map", "/privacy", "/healthz", "/nothing"):
        assert "Set-Cookie" not in stage.get(path).headers
