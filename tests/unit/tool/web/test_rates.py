"""Who does too often what costs or writes: told so, when to try again, nothing lost."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from werkzeug.test import TestResponse

from tests.support.feeds.publications import NOW, post
from tests.support.review.tool_and_bot import TITLE, ToolAndBot
from tests.support.tool.app import CONFIG, ToolApp, csrf_of
from tests.support.wiki.bot_and_wiki import event
from tool import rates
from tool.rates import Caller, Rate

TEXT = "Tea at four."
FORM = {"kind": "event", "title": "Tea", "body": TEXT, "reason": TEXT, "text": TEXT}
OFTEN = "You have tried this too often"
PAGE = "You have done this too often"
SENT = [
    ("/write/event", rates.SAVE, {"action": "save"}, OFTEN),
    ("/write/event", rates.PREVIEW, {"action": "preview"}, OFTEN),
    ("/write/event", rates.LOOKUP, {"action": "find-place"}, OFTEN),
    ("/write/event", rates.LOOKUP, {"picture": "A.jpg"}, OFTEN),
    ("/edit/1", rates.SAVE, {"base": "1"}, OFTEN),
    ("/retract/1", rates.SAVE, {"what": "withdraw"}, OFTEN),
    ("/retract/1", rates.OPEN, {"what": "withdraw"}, PAGE),
    ("/review/1", rates.VERDICT, {"verdict": "decline"}, OFTEN),
    ("/review/1", rates.OPEN, {"verdict": "decline"}, PAGE),
    ("/write/event/import", rates.IMPORT, {}, OFTEN),
    ("/preview", rates.PREVIEW, {}, PAGE),
    ("/nearby", rates.NEARBY, {}, PAGE),
    ("/lookup/pasted", rates.PASTE, {"html": "<b>x</b>"}, PAGE),
    ("/lookup/places", rates.LOOKUP, {}, PAGE),
    ("/lookup/pictures", rates.LOOKUP, {}, PAGE),
]
OPENED = [
    ("/login", rates.LOGIN),
    ("/search?q=tea", rates.SEARCH),
    ("/write/event", rates.OPEN),
    ("/edit/1", rates.OPEN),
    ("/saved/1", rates.OPEN),
    ("/retract/1", rates.OPEN),
    ("/review/1", rates.OPEN),
    ("/blog/13", rates.BODY),
]


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """No time passes, so that no minute ends in the middle of a test."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def whole() -> Iterator[ToolAndBot]:
    tool_and_bot = ToolAndBot()
    assert tool_and_bot.write(TITLE, event("Old.")) == 1
    tool_and_bot.approve()
    tool_and_bot.publish(post(13))
    yield tool_and_bot
    tool_and_bot.engine.dispose()


@pytest.fixture
def tool_and_bot(whole: ToolAndBot) -> ToolAndBot:
    """Somebody at the tool who has done nothing yet."""
    whole.forget_counts()
    whole.client = whole.new_client()
    return whole


def use_up(tool: ToolApp, rate: Rate, caller: Caller) -> None:
    while not tool.services.rates.wait(rate, caller):
        pass


def check(response: TestResponse, words: str) -> None:
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert words in response.text


@pytest.mark.parametrize(("path", "rate", "fields", "words"), SENT)
def test_form_when_sent_too_often_then_says_so_and_keeps_its_text(
    tool_and_bot: ToolAndBot, path: str, rate: Rate, fields: dict[str, str], words: str
) -> None:
    tool_and_bot.sign_in("Pavati")
    token = csrf_of(tool_and_bot.get("/write/event"))
    before = tool_and_bot.wiki.state.page(TITLE).latest, tool_and_bot.talk()
    use_up(tool_and_bot, rate, Caller("Pavati"))
    response = tool_and_bot.post_raw(path, csrf=token, **FORM | fields)
    check(response, words)
    assert words == PAGE or TEXT in response.text
    assert (tool_and_bot.wiki.state.page(TITLE).latest, tool_and_bot.talk()) == before
    assert tool_and_bot.services.rates.wait(rate, Caller("Olu", "", "127.0.0.1")) == 0


@pytest.mark.parametrize("path", ["/preview", "/nearby", "/lookup/pasted"])
def test_fragment_when_asked_for_too_often_then_is_one_sentence(
    tool_and_bot: ToolAndBot, path: str
) -> None:
    tool_and_bot.sign_in("Pavati")
    for rate in (rates.PREVIEW, rates.NEARBY, rates.PASTE):
        use_up(tool_and_bot, rate, Caller("Pavati"))
    response = tool_and_bot.post_raw(
        path, csrf=csrf_of(tool_and_bot.get("/mine")), **FORM
    )
    check(response, PAGE)
    assert "<" not in response.text


@pytest.mark.parametrize(("path", "rate"), OPENED)
def test_page_when_opened_too_often_by_people_without_an_account_then_says_so(
    tool_and_bot: ToolAndBot, path: str, rate: Rate
) -> None:
    follow = rate == rates.BODY  # to the address with the title

    def opened(path: str) -> TestResponse:
        return tool_and_bot.get(path, follow_redirects=follow)

    assert opened(path).status_code < 400
    use_up(tool_and_bot, rate, Caller(address="127.0.0.1"))
    if rate == rates.SEARCH:
        assert opened(path).status_code == 200  # what was found is stored
        path = "/search?q=chai"
    if rate == rates.BODY:
        tool_and_bot.services.renderings.put(130, "en", "<p>Stored.</p>")
        assert opened(path).status_code == 200  # the wiki need not be asked again
        tool_and_bot.publish(post(15))
        path = "/blog/15"
    check(opened(path), PAGE)


def test_sign_in_with_a_text_when_begun_too_often_then_gives_it_back(
    tool: ToolApp,
) -> None:
    fields = {"csrf": csrf_of(tool.get("/write/event")), "return_to": "/write/event"}
    use_up(tool, rates.LOGIN, Caller(address="127.0.0.1"))
    away = tool.post_raw("/login", **fields, body=TEXT)
    assert away.status_code == 307
    back = tool.post_raw(away.location, **fields, body=TEXT)
    assert "You have tried to sign in too often" in back.text
    assert TEXT in back.text


@pytest.mark.parametrize("hops", [0, 1])
def test_address_when_a_trusted_proxy_tells_it_then_is_the_one_that_is_counted(
    hops: int,
) -> None:
    tool = ToolApp(config=replace(CONFIG, proxy_hops=hops), own_app=True)
    use_up(tool, rates.SEARCH, Caller(address="8.8.8.8"))
    told = {"X-Forwarded-For": "8.8.8.8"}
    wanted = 429 if hops else 200
    assert tool.get("/search?q=tea", headers=told).status_code == wanted
    assert tool.get("/search?q=tea").status_code == 200


def test_rates_when_listed_then_each_is_used_by_a_route() -> None:
    known = {each for each in vars(rates).values() if isinstance(each, Rate)}
    used = {rate for _, rate, *_ in SENT} | {rate for _, rate in OPENED}
    assert known == used | {rates.CARD}  # which tests/unit/tool/reading tries
