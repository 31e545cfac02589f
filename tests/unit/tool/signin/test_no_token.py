"""Saving while the wiki gives no token to save with: what is said, what is kept."""

from collections.abc import Callable
from html import unescape

import pytest
from werkzeug.test import TestResponse

from space.errors import ConsumerRefusedError, WikiUnavailableError
from space.wiki import outcomes
from tests.support.review.tool_and_bot import TITLE, ToolAndBot
from tests.support.tool.app import csrf_of, fields_of, fresh_token
from tests.support.wiki.bot_and_wiki import event
from tool.app.web.visitor import COOKIE

OLD = {**fresh_token(), "access_token": "Pavati", "expires_at": 0}
TEXT = "Tea at four."

TROUBLE = [
    (
        WikiUnavailableError("time-out"),
        "is not responding, so nothing was saved",
    ),
    (ConsumerRefusedError("access_denied"), "tell the maintainers of this tool"),
]
UNTRUE = ("no longer signed in", "do not know whether", "kept: sign in")


@pytest.fixture
def tool_and_bot(tool_and_bot: ToolAndBot) -> ToolAndBot:
    tool_and_bot.sign_in("Pavati", token=OLD)
    return tool_and_bot


Press = Callable[[], TestResponse]


def create(tool_and_bot: ToolAndBot) -> Press:
    form = fields_of(tool_and_bot.get("/write/post").text)
    fields = form | {"title": "T", "language": "en", "body": TEXT}
    return lambda: tool_and_bot.post_raw("/write/post", **fields)


def edit(tool_and_bot: ToolAndBot) -> Press:
    page_id = tool_and_bot.write()
    form = fields_of(tool_and_bot.get(f"/edit/{page_id}").text)
    return lambda: tool_and_bot.post_raw(f"/edit/{page_id}", **form | {"body": TEXT})


def review(tool_and_bot: ToolAndBot) -> Press:
    page_id = tool_and_bot.write()
    return lambda: tool_and_bot.give(page_id, "decline", reason=TEXT)


def withdraw(tool_and_bot: ToolAndBot) -> Press:
    page_id = tool_and_bot.write(TITLE, event("Old."))
    tool_and_bot.approve()
    page = tool_and_bot.get(f"/retract/{page_id}?what=withdraw")
    sent = {"csrf": csrf_of(page), "what": "withdraw", "reason": TEXT}
    return lambda: tool_and_bot.post_raw(f"/retract/{page_id}", **sent)


ERRANDS = [create, edit, review, withdraw]
"""Each opens a page, and returns what presses its button."""

Errand = Callable[[ToolAndBot], Press]


@pytest.mark.parametrize("errand", ERRANDS)
@pytest.mark.parametrize(("trouble", "words"), TROUBLE)
def test_save_when_no_token_is_given_then_says_why_and_keeps_text_and_session(
    tool_and_bot: ToolAndBot, errand: Errand, trouble: Exception, words: str
) -> None:
    press = errand(tool_and_bot)
    tool_and_bot.sign_in_answer.trouble = trouble
    answer = press()
    said = unescape(answer.text)
    assert answer.status_code == 409
    assert words in said
    assert not [claim for claim in UNTRUE if claim in said]
    assert TEXT in said
    assert "<bdi>Pavati</bdi>" in said
    key = tool_and_bot.client.get_cookie(COOKIE, domain="space.example.org")
    assert key is not None
    assert tool_and_bot.sessions.token(key.value) == OLD
    tool_and_bot.sign_in_answer.trouble = None
    tool_and_bot.sign_in_answer.refreshed = {**fresh_token(), "access_token": "Pavati"}
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
    tool_and_bot: ToolAndBot, errand: Errand, refusal: outcomes.Refused
) -> None:
    tool_and_bot.sign_in("Pavati")
    press = errand(tool_and_bot)
    tool_and_bot.wiki.answer_next(refusal)
    tool_and_bot.sign_in_answer.trouble = ConsumerRefusedError("access_denied")
    said = unescape(press().text)
    assert "tell the maintainers of this tool" in said
    assert TEXT in said
    assert 'formaction="/login"' not in said


@pytest.mark.parametrize(("trouble", "_words"), TROUBLE)
@pytest.mark.parametrize("down", [True, False])
def test_edit_when_it_cannot_be_saved_then_is_still_headed_as_an_edit(
    tool_and_bot: ToolAndBot, trouble: Exception, _words: str, *, down: bool
) -> None:
    page_id = tool_and_bot.write()
    form = fields_of(tool_and_bot.get(f"/edit/{page_id}").text)
    tool_and_bot.sign_in_answer.trouble = trouble
    tool_and_bot.down = down
    page = tool_and_bot.post_raw(f"/edit/{page_id}", **form | {"body": TEXT})
    assert "<h1>Edit event</h1>" in page.text
    assert TEXT in page.text
    assert fields_of(page.text)["page"] == str(page_id)
