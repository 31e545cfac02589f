from dataclasses import replace

import pytest
from flask import request
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tool.app import CONFIG, ToolApp
from tool.app.web.security import content_security_policy, local_path

PAGES = ("/", "/events", "/write/event", "/nothing", "/feeds/events.ics", "/healthz")


@pytest.mark.parametrize("path", PAGES)
def test_answer_when_given_then_has_every_protecting_header(
    tool: ToolApp, path: str
) -> None:
    headers = tool.get(path).headers
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
def test_page_when_served_then_has_nothing_inline(tool: ToolApp, path: str) -> None:
    page = tool.get(path).text
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


@pytest.mark.parametrize(("hops", "expected"), [(1, "192.0.2.7"), (0, "127.0.0.1")])
def test_visitor_when_told_by_a_proxy_then_only_a_trusted_one_is_believed(
    hops: int, expected: str
) -> None:
    tool = ToolApp(config=replace(CONFIG, proxy_hops=hops), own_app=True)
    tool.app.add_url_rule("/x", view_func=lambda: str(request.remote_addr))
    headers = {"X-Forwarded-For": "198.51.100.1, 192.0.2.7"}
    assert tool.client.get("/x", headers=headers).text == expected
