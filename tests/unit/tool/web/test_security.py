from dataclasses import replace
from io import BytesIO

import pytest
from flask import request
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tool.app import CONFIG, ToolStage
from tool.app.web.security import MAX_BYTES, content_security_policy, local_path

PAGES = ("/", "/events", "/write/event", "/nothing", "/feeds/events.ics", "/healthz")


@pytest.mark.parametrize("path", PAGES)
def test_answer_when_given_then_has_every_protecting_header(
    stage: ToolStage, path: str
) -> None:
    headers = stage.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_policy_when_read_then_allows_nothing_inline_and_no_third_party() -> None:
    policy = content_security_policy(CONFIG)
    assert "unsafe" not in policy
    assert "*" not in policy
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["connect-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["form-action"] == "'self' https://meta.wikimedia.org"
    hosts = {word for word in directives["img-src"].split() if word.startswith("http")}
    assert hosts == {
        "https://meta.wikimedia.org",
        "https://commons.wikimedia.org",
        "https://upload.wikimedia.org",
    }


def test_policy_when_there_are_tiles_then_only_their_host_is_added() -> None:
    tiles = replace(CONFIG, tile_url="https://maps.wikimedia.org/x/{z}/{x}/{y}.png")
    policy = content_security_policy(tiles)
    assert "https://maps.wikimedia.org " in policy.replace(";", " ")
    assert "{z}" not in policy


@pytest.mark.parametrize("path", ["/", "/write/event", "/map", "/calendar/2026-11"])
def test_page_when_served_then_has_nothing_inline(stage: ToolStage, path: str) -> None:
    page = stage.get(path).text
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<style" not in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/events?country=IN#x", "/events?country=IN#x"),
        ("/blog/1-नया", "/blog/1-नया"),
        ("//evil.example", None),
        ("/\\evil.example", None),
        ("https://evil.example", None),
        ("evil", None),
        ("/\tevil", None),
        (None, None),
    ],
)
def test_local_path_when_asked_then_lets_only_our_own_through(
    target: str | None, expected: str | None
) -> None:
    assert local_path(target) == expected


@given(st.text())
def test_local_path_when_given_anything_then_never_leads_to_another_host(
    target: str,
) -> None:
    path = local_path(f"/{target}")
    assert path is None or (path.startswith("/") and path[1:2] not in {"/", "\\"})


def test_form_when_longer_than_a_page_can_be_then_is_413(stage: ToolStage) -> None:
    body = b"body=" + b"x" * MAX_BYTES
    response = stage.client.post(
        "/write/event",
        input_stream=BytesIO(body),
        content_length=len(body),
        content_type="application/x-www-form-urlencoded",
        base_url=CONFIG.public_url,
    )
    assert response.status_code == 413
    assert "This is too long" in response.text


def test_form_when_as_long_as_a_wiki_page_then_is_taken(stage: ToolStage) -> None:
    stage.sign_in()
    text = "ü" * 2**20
    response = stage.post_raw("/write/event", title="Long", body=text)
    assert response.status_code == 422  # other fields are missing
    assert text in response.text


HOSTS = (
    {"Host": "forged.example"},
    {"X-Forwarded-Host": "forged.example", "X-Forwarded-Proto": "javascript"},
    {"Forwarded": "host=forged.example;proto=http", "X-Forwarded-Port": "1"},
    {"Host": "10.0.0.7:8000"},  # as health checks name it
    {"Host": "forged.example:x"},
)


def test_address_when_headers_name_another_then_is_that_of_the_settings() -> None:
    stage = ToolStage(config=replace(CONFIG, proxy_hops=1), own_app=True)
    stage.app.add_url_rule("/x", view_func=lambda: request.url)
    for headers in HOSTS:
        assert stage.client.get("/x", headers=headers).text == f"{CONFIG.public_url}/x"
        assert stage.client.get("/healthz", headers=headers).text == "ok"
        for path in ("//events", "//x.example/..//events", "/", "/blog?_external=1"):
            response = stage.client.get(path, headers=headers)
            assert "forged.example" not in response.text
            away = response.headers.get("Location", "/")
            assert away.startswith((f"{CONFIG.public_url}/", "/"))
            assert not away.startswith("//")


@pytest.mark.parametrize(("hops", "expected"), [(1, "192.0.2.7"), (0, "127.0.0.1")])
def test_visitor_when_told_by_a_proxy_then_only_a_trusted_one_is_believed(
    hops: int, expected: str
) -> None:
    stage = ToolStage(config=replace(CONFIG, proxy_hops=hops), own_app=True)
    stage.app.add_url_rule("/x", view_func=lambda: str(request.remote_addr))
    headers = {"X-Forwarded-For": "198.51.100.1, 192.0.2.7"}
    assert stage.client.get("/x", headers=headers).text == expected
