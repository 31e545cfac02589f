"""Every fault of a wiki, for everything that the tool writes in a person's name.

Text is kept, what the page says is true, a press sends one edit, and what was saved
without an answer is found by the next press instead of being saved twice.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape

import pytest
import requests
from werkzeug.test import TestResponse

from sandbox.faults import (
    AFTER_ACTING,
    ALL,
    BROKEN,
    REFUSED,
    STATUSES,
    Concern,
    Fault,
    FaultProxy,
)
from sandbox.faults.broken import RESET, SLOW
from sandbox.faults.refused import BAD_TOKEN, FILTER, READ_ONLY_REASON, SPAM_LINK
from space.errors import WikiUnavailableError
from space.wiki.port import Wiki
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.review.tool_and_bot import TITLE, ToolAndBot, rev_of
from tests.support.tool.app import csrf_of, fields_of
from tests.support.tool.event_form import EVENT
from tests.support.tool.event_form import TITLE as NEW_TITLE
from tests.support.tool.memory_api import MemoryApi, serving
from tests.support.wiki.bot_and_wiki import event
from tool.app.services import EXTENSION
from tool.signin.sessions import Token
from tool.upstream.adapter import bounded
from tool.upstream.call_limits import CallLimits
from tool.wiki.client import connect

pytestmark = pytest.mark.soak

SOAK = bool(os.environ.get("SPACE_SOAK"))
PATIENT, HASTY = 60, 2  # seconds for the wiki's answers; where it hangs
WORDS = "Tea and long talks."
DOUBT = "we do not know whether your text was saved"
NOTHING = "so nothing was saved"
SIGNED_OUT = "You are no longer signed in"
PROTECTED = "is protected"
SAYS = {
    "429": "Too many edits",
    "maxlag": "The wiki is slow right now",
    "readonly": f"read-only at the moment: {READ_ONLY_REASON}",
    "internal_api_error": DOUBT,
    "oauth-not-approved": "its registration there was disabled",
    "blocked": "Until: ",
    "blocked-infinite": "The block does not expire.",
    "blocked-partial": "but not the whole wiki",
    "blocked-own-talk": "Blocked by: Admin",
    "autoblocked": "because a blocked user has used it",
    "systemblocked": "belongs to an open proxy",
    "blocked-twice": "Reason: See the help Spam",
    "globally-blocked": "Reason: Your account is blocked on all wikis by Steward.",
    "editconflict": "Someone else has changed this page",
    "articleexists": "already exists",
    "missingtitle": "no longer exists",
    "pagedeleted": "no longer exists",
    "protectedpage": PROTECTED,
    "cascadeprotected": PROTECTED,
    "permissiondenied": PROTECTED,
    "protectedtitle": PROTECTED,
    "ratelimited": "Too many edits",
    "contenttoobig": "longer than the wiki allows",
    "spamblacklist": f"does not allow links to: {SPAM_LINK}",
    "abusefilter-warning": f"asks you to check: “{FILTER}”",
    "abusefilter-disallowed": f"stopped this edit: “{FILTER}”",
    "titleblacklist": "does not allow this title",
    "captcha": "check that you are human",
    "hookaborted": "(hookaborted)",
    "unknown": "“A new rule of this wiki.” (space-unheard-of)",
}
"""Fault of an edit → what the person reads; others leave everybody in doubt."""


class FaultyTool(ToolAndBot):
    """The tool whose visitors write through a proxy that fails.

    While `blind` nothing can be read from the wiki once an edit was sent.
    """

    proxy: FaultProxy
    blind = False

    def fail(self, fault: Fault, *concerns: Concern, times: int | None = None) -> None:
        """Let requests fail, with a deadline that is soon over where they hang."""
        self.proxy.fail(fault, *concerns, times=times)
        self.give_time(HASTY if fault.hangs else PATIENT)

    def heal(self) -> None:
        """Let all requests pass."""
        self.proxy.heal()
        self.blind = False
        self.give_time(PATIENT)

    def give_time(self, seconds: int) -> None:
        """Set the deadline of what each press asks of wikis."""
        config = replace(self.config, wiki_seconds=seconds)
        self.services = replace(self.services, config=config, wiki_as=self.wiki_as)
        self.app.extensions[EXTENSION] = self.services

    def wiki_as(self, token: Token) -> Wiki:
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {token['access_token']}"
        pool = bounded(session, CallLimits(), "Space tests")
        return connect(f"{self.proxy.url}/w/api.php", pool)

    def wiki_of(self, user: str | None) -> Wiki:
        if self.blind and self.proxy.count(Concern.EDIT):
            raise WikiUnavailableError("nothing can be read")
        return super().wiki_of(user)


@pytest.fixture(scope="module")
def api() -> MemoryApi:
    return MemoryApi(MemoryWiki())


@pytest.fixture(scope="module")
def proxy(api: MemoryApi) -> Iterator[FaultProxy]:
    with serving(api) as url, FaultProxy(url, drip=0.1, delay=0.1).serving() as proxy:
        yield proxy


@pytest.fixture
def tool(proxy: FaultProxy, api: MemoryApi) -> Iterator[FaultyTool]:
    proxy.heal()
    proxy.asked.clear()
    tool = FaultyTool()
    tool.proxy = proxy
    api.wiki = tool.wiki
    tool.give_time(PATIENT)
    yield tool
    tool.engine.dispose()


@dataclass(frozen=True)
class Press:
    """A form that is ready to be sent, and what it writes to.

    `kept` are words of the visitor that each answer has to have.
    """

    tool: FaultyTool
    path: str
    fields: dict[str, str]
    title: str
    kept: str

    def send(self) -> TestResponse:
        self.tool.proxy.asked.clear()
        return self.tool.post_raw(self.path, **self.fields)

    def edits(self) -> int:
        """How often the page was saved by this visitor's presses."""
        page = self.tool.wiki.state.page(self.title)
        return len(page.revisions) if page else 0

    def expand_verdict(self) -> None:
        """What the real wiki makes of a verdict, which is substituted there."""
        page = self.tool.wiki.state.page(self.title)
        if page is None or "subst:" not in page.latest.text:
            return
        head, _, call = page.latest.text.partition("{{subst:Space ")
        user = page.latest.user
        signature = (
            f" [[User:{user}|{user}]] ([[User talk:{user}|talk]]) 12:00,"
            " 22 November 2026 (UTC)"
        )
        page.latest.text = f"{head}{{{{Space review|{call}{signature}"


def creating(tool: FaultyTool) -> Press:
    tool.sign_in("Olu")
    token = csrf_of(tool.get("/write/event"))
    fields = EVENT | {"csrf": token, "body": WORDS}
    return Press(tool, "/write/event", fields, NEW_TITLE, WORDS)


def editing(tool: FaultyTool) -> Press:
    page_id = tool.write(TITLE, event())
    tool.sign_in("Olu")
    path = f"/edit/{page_id}"
    fields = fields_of(tool.get(path).text) | {"body": WORDS, "action": "save"}
    return Press(tool, path, fields, TITLE, WORDS)


def judging(tool: FaultyTool) -> Press:
    page_id = tool.write()
    tool.sign_in("Pavati")
    page = tool.get(f"/review/{page_id}")
    fields = {"csrf": csrf_of(page), "rev": rev_of(page.text), "reason": WORDS}
    path = f"/review/{page_id}"
    return Press(tool, path, fields | {"verdict": "decline"}, f"Talk:{TITLE}", WORDS)


def retracting(tool: FaultyTool) -> Press:
    page_id = tool.write(TITLE, event())
    tool.approve()
    tool.sign_in("Olu")
    path = f"/retract/{page_id}"
    token = csrf_of(tool.get(f"{path}?what=status-cancelled"))
    return Press(tool, path, {"csrf": token, "what": "status-cancelled"}, TITLE, "")


def withdrawing(tool: FaultyTool) -> Press:
    page_id = tool.write(TITLE, event())
    tool.approve()
    tool.sign_in("Olu")
    path = f"/retract/{page_id}"
    token = csrf_of(tool.get(f"{path}?what=withdraw"))
    fields = {"csrf": token, "what": "withdraw", "reason": WORDS}
    return Press(tool, path, fields, f"Talk:{TITLE}", WORDS)


Write = Callable[[FaultyTool], Press]
WRITES: tuple[Write, ...] = (creating, editing, judging, retracting, withdrawing)


def in_turn(faults: tuple[Fault, ...]) -> list[object]:
    """Every fourth fault, for one of the writes in turn; all of both in the soak."""
    return [
        pytest.param(fault, write, id=f"{fault}-{write.__name__}")
        for number, fault in enumerate(faults)
        for place, write in enumerate(WRITES)
        if SOAK or number % (4 * len(WRITES)) == 4 * place
    ]


@pytest.mark.parametrize(("fault", "write"), in_turn((*BROKEN, *STATUSES, *REFUSED)))
def test_press_when_the_edit_fails_then_the_text_is_kept_and_the_message_is_true(
    tool: FaultyTool, fault: Fault, write: Write
) -> None:
    press = write(tool)
    before = press.edits()
    tool.fail(fault, Concern.EDIT)
    answer = press.send()
    text = unescape(answer.text)
    is_signed_out = fault in REFUSED and fault.name not in SAYS
    assert answer.status_code in {409, 503}
    assert SAYS.get(fault.name, SIGNED_OUT if is_signed_out else DOUBT) in text
    assert press.kept in text
    # What is taken back does not depend on the text: it is tried on a newer one, too.
    takes_back = write in {retracting, withdrawing}
    again = fault is BAD_TOKEN or (fault.name == "editconflict" and takes_back)
    assert tool.proxy.count(Concern.EDIT) == 1 + again
    assert press.edits() == before
    tool.heal()
    assert press.send().status_code == (409 if is_signed_out else 303)
    assert press.edits() == before + (not is_signed_out)


@pytest.mark.parametrize(
    ("fault", "write"), in_turn((*BROKEN, *STATUSES, ALL["maxlag"], ALL["readonly"]))
)
def test_press_when_the_question_before_fails_then_nothing_was_sent(
    tool: FaultyTool, fault: Fault, write: Write
) -> None:
    press = write(tool)
    before = press.edits()
    tool.fail(fault, Concern.TOKEN)
    answer = press.send()
    assert answer.status_code == 409
    assert NOTHING in unescape(answer.text)
    assert press.kept in unescape(answer.text)
    assert tool.proxy.count(Concern.EDIT) == 0
    assert press.edits() == before


@pytest.mark.parametrize("write", WRITES if SOAK else [creating])
def test_press_when_nobody_listens_then_nothing_was_sent(
    tool: FaultyTool, write: Write
) -> None:
    press = write(tool)
    tool.proxy.leave()
    answer = press.send()
    tool.proxy.come_back()
    assert NOTHING in unescape(answer.text)
    assert press.kept in unescape(answer.text)


@pytest.mark.parametrize(("fault", "write"), in_turn(AFTER_ACTING))
def test_press_when_only_the_answer_is_lost_then_nothing_is_saved_twice(
    tool: FaultyTool, fault: Fault, write: Write
) -> None:
    press = write(tool)
    before = press.edits()
    tool.fail(fault, Concern.EDIT, times=1)
    tool.blind = True
    answer = press.send()
    assert DOUBT in unescape(answer.text)
    assert press.kept in unescape(answer.text)
    tool.heal()
    press.expand_verdict()
    assert press.send().status_code == 303
    assert press.edits() == before + 1


def test_press_when_the_wiki_is_slow_then_is_saved(tool: FaultyTool) -> None:
    press = creating(tool)
    tool.fail(SLOW)
    assert press.send().status_code == 303
    assert press.edits() == 1


@pytest.mark.parametrize("write", [creating, editing])
def test_press_when_the_wiki_can_be_asked_what_became_of_it_then_is_saved(
    tool: FaultyTool, write: Write
) -> None:
    press = write(tool)
    before = press.edits()
    tool.fail(RESET.after_acting(), Concern.EDIT)
    assert press.send().location.startswith("/saved/")
    assert press.edits() == before + 1
