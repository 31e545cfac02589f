"""Whatever visitors put into addresses and forms, each route answers in words.

The routes are those of the application, the names those that each route reads: a new
one is covered when it is there.
"""

import re
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.support.feeds.publications import event, post
from tests.support.tool.app import CONFIG, ToolApp
from tests.support.tool.event_form import EVENT
from tool.app.form.fields import typed_in
from tool.app.web import errors
from tool.app.writing.editor.submission import KINDS, load_kind

VALUES = ("9" * 5000, "9" * 30, "9999-12-31")
OF_URL_FOR = "endpoint=x&_method=POST&_scheme=1&_external=1&_anchor=a&month=1&self=1"
PARTS = {"kind_name": "post", "month": "2026-11", "filename": "x.css", "key": "1"}
GIVEN = {"event": "12", "post": "13"}
PART = re.compile(r"<(?:[^:<>]+(?:\([^)]*\))?:)?([a-z_]+)>")


class NamesRead(ImmutableMultiDict[str, str]):
    """Arguments or fields of a request, which remember the names that are read."""

    names: ClassVar[set[str]] = set()

    def get(self, key: str, *args: Any, **options: Any) -> Any:
        self.names.add(key)
        return super().get(key, *args, **options)

    def getlist(self, key: str, *args: Any, **options: Any) -> Any:
        self.names.add(key)
        return super().getlist(key, *args, **options)


class Recording(Request):
    parameter_storage_class = NamesRead


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ToolApp:
    tool = ToolApp()
    monkeypatch.setattr(tool.app, "request_class", Recording)
    tool.store.set_checkpoint(tool.now)  # monitors are answered 503 of an old index
    tool.publish(
        event(12, start="2026-11-28", recurrence="FREQ=WEEKLY;COUNT=3", end=""),
        post(13, title="News"),
    )
    return tool


def rules(tool: ToolApp, method: str) -> list[Rule]:
    return [
        rule for rule in tool.app.url_map.iter_rules() if method in (rule.methods or ())
    ]


def path_of(rule: Rule, given: str | None = None) -> str:
    page = GIVEN["post" if "post" in rule.endpoint else "event"]
    return PART.sub(lambda part: given or PARTS.get(part[1], page), rule.rule)


def assert_told(response: TestResponse, what: object) -> None:
    """An answer that is no bug of ours, with the headers that protect."""
    assert response.status_code < 500, what
    assert_protected(response, what)


def assert_protected(response: TestResponse, what: object) -> None:
    assert response.headers["Content-Security-Policy"], what
    assert response.headers["X-Content-Type-Options"] == "nosniff", what
    assert "Traceback" not in response.text, what


def test_page_when_its_address_names_arguments_of_flask_then_they_are_a_query(
    tool: ToolApp,
) -> None:
    for rule in rules(tool, "GET"):
        for path in (path_of(rule), f"/nothing{path_of(rule)}"):
            response = tool.get(f"{path}?{OF_URL_FOR}")
            assert_told(response, path)
            assert CONFIG.public_url not in response.headers.get("Location", "")


def names_read(send: Callable[[], object]) -> set[str]:
    NamesRead.names.clear()
    send()
    return set(NamesRead.names)


def test_page_when_a_number_or_day_is_hostile_then_is_shown_or_refused(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    everywhere = names_read(lambda: tool.get("/privacy"))
    for rule in rules(tool, "GET"):
        path = path_of(rule)
        own = names_read(lambda path=path: tool.get(path))
        for name in own if path == "/privacy" else own - everywhere:
            for value in VALUES:
                response = tool.get(path, query_string={name: value})
                assert_told(response, (path, name, value))
        for value in VALUES if "<" in rule.rule else ():
            assert_told(tool.get(path_of(rule, value)), (rule, value))


def test_form_when_a_number_is_hostile_then_is_shown_or_refused(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    fields = typed_names()
    for rule in rules(tool, "POST"):
        path = path_of(rule)
        sent = {**EVENT, "action": "", "verdict": "approve"}
        read = names_read(lambda path=path, sent=sent: tool.post_raw(path, **sent))
        for name in read:
            if name in fields or name == "csrf":
                continue  # fields of pages have tests of their own
            for value in VALUES[:2]:
                response = tool.post_raw(path, **{**sent, name: value})
                assert_told(response, (path, name, value))


def typed_names() -> set[str]:
    names: set[str] = set()
    for kind in KINDS:
        typed_in(load_kind(kind), lambda name: names.add(name) or [])
    return names


def test_error_when_not_even_its_page_can_be_made_then_is_told_and_protected(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(errors, "render_template", fail)
    for path, status in (("/nothing", 404), ("/events?from=x", 400), ("/login", 405)):
        send = tool.post_raw if status == 405 else tool.get
        response = send("/events" if status == 405 else path)
        assert response.status_code == status
        assert_protected(response, path)
        assert "secret" not in response.text
