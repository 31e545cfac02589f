"""Hostile bodies: what is refused before it is read, route by route."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import FrameType

import pytest
from flask import current_app
from werkzeug.test import TestResponse

import space
from tests.support.review.tool_and_bot import TITLE, ToolAndBot
from tests.support.tool.app import CONFIG, ToolApp, csrf_of
from tests.support.wiki.bot_and_wiki import event
from tool.app.web.request_body import MAX_FIELDS, SHORT

ENCODED = "application/x-www-form-urlencoded"
MARK = "[//hostile"
ROOM = str(Path(space.__file__).parent)
OPEN = {"/language", "/zone"}  # have no token, as there is nothing to forge
ROUTES = {
    "auth.login_keeping_text": "/login",
    "auth.logout": "/logout",
    "digest.subscribe": "/digest",
    "follow.change": "/follow",
    "importing.read_source": "/write/event/import",
    "interested.change": "/interested/1",
    "language.keep": "/language",
    "lookups.nearby": "/nearby",
    "lookups.pasted": "/lookup/pasted",
    "lookups.pictures": "/lookup/pictures",
    "lookups.places": "/lookup/places",
    "lookups.preview": "/preview",
    "lookups.series": "/lookup/dates",
    "retract.take_back": "/retract/1",
    "review.verdict": "/review/1",
    "write.create": "/write/event",
    "write.update": "/edit/1",
    "zone.keep": "/zone",
}
FIELDS = (
    *("title", "summary", "organizers", "country", "recurrence", "start-date", "image"),
    *("city", "timezone", "except", "also"),
    *(
        "body",
        "text",
        "html",
        "words",
        "reason",
        "verdict",
        "what",
        "return_to",
        "kind",
        "wiki",
        "remind",
        "remove",
    ),
    *("place-search", "picture-search", "place", "picture", "edit-summary", "known"),
)


@pytest.fixture(scope="module")
def tool_and_bot() -> Iterator[ToolAndBot]:
    tool_and_bot = ToolAndBot()
    assert tool_and_bot.write(TITLE, event("Old.")) == 1
    tool_and_bot.approve()
    tool_and_bot.client = tool_and_bot.new_client()  # of nobody
    yield tool_and_bot
    tool_and_bot.engine.dispose()


@contextmanager
def watched() -> Iterator[list[str]]:
    """Functions of `space` that are handed what was sent."""
    given: list[str] = []

    def watch(frame: FrameType, what: str, _: object) -> None:
        if what == "call" and frame.f_code.co_filename.startswith(ROOM):
            values = frame.f_locals.values()
            if any(isinstance(value, str) and MARK in value for value in values):
                given.append(frame.f_code.co_qualname)

    sys.setprofile(watch)
    try:
        yield given
    finally:
        sys.setprofile(None)


def send(tool: ToolApp, path: str, body: bytes, media: str = ENCODED) -> TestResponse:
    return tool.client.post(
        path,
        input_stream=BytesIO(body),
        content_length=len(body),
        content_type=media,
        base_url=CONFIG.public_url,
    )


def most(tool: ToolApp, endpoint: str) -> int:
    with tool.app.app_context():
        return int(getattr(current_app.view_functions[endpoint], "max_body", SHORT))


def test_routes_when_listed_then_all_that_take_a_form_are_here(
    tool: ToolApp,
) -> None:
    rules = tool.app.url_map.iter_rules()
    assert {rule.endpoint for rule in rules if "POST" in (rule.methods or ())} == {
        *ROUTES
    }


@pytest.mark.parametrize("token", [None, "", "forged"])
@pytest.mark.parametrize("path", sorted({*ROUTES.values()} - OPEN))
def test_route_when_its_token_is_missing_then_nothing_reads_what_was_sent(
    tool_and_bot: ToolAndBot, path: str, token: str | None
) -> None:
    tool_and_bot.client = tool_and_bot.new_client()
    if token is not None:
        tool_and_bot.get("/write/event")  # has a session, and so a token
    sent = dict.fromkeys(FIELDS, MARK + "a" * 2000)
    if token:
        sent["csrf"] = token
    with watched() as given:
        response = tool_and_bot.post_raw(path, **sent)
    assert response.status_code < 500
    assert given == []


def test_route_when_its_token_is_there_then_fields_are_read(
    tool_and_bot: ToolAndBot,
) -> None:
    token = csrf_of(tool_and_bot.get("/write/event"))
    with watched() as given:
        tool_and_bot.post_raw("/write/event", csrf=token, title=MARK)
    assert "read_input" in given


@pytest.mark.parametrize("path", ["/edit/1", "/write/event", "/review/1"])
def test_form_when_its_token_is_missing_then_comes_back_with_its_text(
    tool_and_bot: ToolAndBot, path: str
) -> None:
    tool_and_bot.client = tool_and_bot.new_client()
    sent = {
        "kind": "event",
        "title": "Tea",
        "body": "Four.",
        "reason": "Source?",
        "edit-summary": "Why",
        "base": "7",
    }
    page = tool_and_bot.post_raw(path, **sent)
    assert "please save again" in page.text
    wanted = {
        "/edit/1": ('value="Tea"', "Four.", 'value="Why"', 'name="base" value="7"'),
        "/write/event": ('value="Tea"', "Four."),
        "/review/1": ("Source?",),
    }
    for text in wanted[path]:
        assert text in page.text


@pytest.mark.parametrize("endpoint", ROUTES)
def test_route_when_more_is_sent_than_it_takes_then_is_413(
    tool_and_bot: ToolAndBot, endpoint: str
) -> None:
    octets = most(tool_and_bot, endpoint) + 1
    csrf_of(tool_and_bot.get("/write/event"))
    response = send(
        tool_and_bot, ROUTES[endpoint], b"kind=event&body=".ljust(octets, b"x")
    )
    assert response.status_code == 413


@pytest.mark.parametrize("endpoint", ROUTES)
def test_route_when_too_many_fields_are_sent_then_is_413(
    tool_and_bot: ToolAndBot, endpoint: str
) -> None:
    tool_and_bot.get("/write/event")
    assert send(tool_and_bot, ROUTES[endpoint], b"&a" * MAX_FIELDS).status_code == 413
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    body = part * (MAX_FIELDS + 1) + b"--x--\r\n"
    if len(body) <= most(tool_and_bot, endpoint):
        media = "multipart/form-data; boundary=x"
        assert send(tool_and_bot, ROUTES[endpoint], body, media).status_code == 413
