"""Saving while the wiki gives no token to save with: what is said, what is kept."""

from collections.abc import Callable, Iterator
from html import unescape

import pytest
from werkzeug.test import TestResponse

from space.errors import ConsumerRefusedError, WikiUnavailableError
from space.wiki import outcomes
from tests.support.review.tool_and_bot import TITLE, Desk
from tests.support.tool.app import csrf_of, fields_of, fresh_token
from tests.support.wiki.bot_and_wiki import event
from tool.app.web.visitor import COOKIE

OLD = {**fresh_token(), "access_token": "Pavati", "expires_at": 0}
TEXT = "Tea at four."

TROUBLE = [
    (
        WikiUnavailableError("time-out"),
        "does not answer just now, so nothing was saved",
    ),
    (ConsumerRefusedError("access_denied"), "tell the maintainers of this tool"),
]
UNTRUE = ("not signed in any more", "do not know if", "kept: sign in")


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    desk.sign_in("Pavati", token=OLD)
    yield desk
    desk.engine.dispose()


Press = Callable[[], TestResponse]


def create(desk: Desk) -> Press:
    form = fields_of(desk.get("/write/post").text)
    fields = form | {"title": "T", "language": "en", "body": TEXT}
    return lambda: desk.post_raw("/write/post", **fields)


def edit(desk: Desk) -> Press:
    page_id = desk.write()
    form = fields_of(desk.get(f"/edit/{page_id}").text)
    return lambda: desk.post_raw(f"/edit/{page_id}", **form | {"body": TEXT})


def review(desk: Desk) -> Press:
    page_id = desk.write()
    return lambda: desk.give(page_id, "decline", reason=TEXT)


def withdraw(desk: Desk) -> Press:
    page_id = desk.write(TITLE, event("Old."))
    desk.approve()
    page = desk.get(f"/retract/{page_id}?what=withdraw")
    sent = {"csrf": csrf_of(page), "what": "withdraw", "reason": TEXT}
    return lambda: desk.post_raw(f"/retract/{page_id}", **sent)


ERRANDS = [create, edit, review, withdraw]
"""Each opens a page, and returns what presses its button."""

Errand = Callable[[Desk], Press]


@pytest.mark.parametrize("errand", ERRANDS)
@pytest.mark.parametrize(("trouble", "words"), TROUBLE)
def test_save_when_no_token_is_given_then_says_why_and_keeps_text_and_session(
    desk: Desk, errand: Errand, trouble: Exception, words: str
) -> None:
    press = errand(desk)
    desk.sign_in_answer.trouble = trouble
    answer = press()
    said = unescape(answer.text)
    assert answer.status_code == 409
    assert words in said
    assert not [claim for claim in UNTRUE if claim in said]
    assert TEXT in said
    assert "<bdi>Pavati</bdi>" in said
    key = desk.client.get_cookie(COOKIE, domain="space.example.org")
    assert key is not None
    assert desk.sessions.token(key.value) == OLD
    desk.sign_in_answer.trouble = None
    desk.sign_in_answer.refreshed = {**fresh_token(), "access_token": "Pavati"}
    assert press().status_code == 303


@pytest.mark.parametrize("errand", ERRANDS)
@pytest.mark.parametrize(
    "refusal",
    [
        outcomes.ConsumerRefused("mwoauth-invalid-authorization-not-approved"),
        outcomes.SignedOut("mwoauth-invalid-authorization"),
    ],
)
def test_save_when_the_wiki_refuses_the_tool_itself_then_nobody_is_to_sign_in(
    desk: Desk, errand: Errand, refusal: outcomes.Refused
) -> None:
    desk.sign_in("Pavati")
    press = errand(desk)
    desk.wiki.answer_next(refusal)
    desk.sign_in_answer.trouble = ConsumerRefusedError("access_denied")
    said = unescape(press().text)
    assert "tell the maintainers of this tool" in said
    assert TEXT in said
    assert 'formaction="/login"' not in said


@pytest.mark.parametrize(("trouble", "_words"), TROUBLE)
@pytest.mark.parametrize("down", [True, False])
def test_edit_when_it_cannot_be_saved_then_is_still_headed_as_an_edit(
    desk: Desk, trouble: Exception, _words: str, *, down: bool
) -> None:
    page_id = desk.write()
    form = fields_of(desk.get(f"/edit/{page_id}").text)
    desk.sign_in_answer.trouble = trouble
    desk.down = down
    page = desk.post_raw(f"/edit/{page_id}", **form | {"body": TEXT})
    assert "<h1>Edit an event</h1>" in page.text
    assert TEXT in page.text
    assert fields_of(page.text)["page"] == str(page_id)
