"""Whatever the tool asks a wiki for, it waits no longer than until the deadline."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from time import monotonic

import pytest
import requests

from sandbox.faults import Fault, FaultProxy
from sandbox.faults.broken import DRIP_BODY, DRIP_HEADERS, SILENT
from sandbox.place import HOST
from space.errors import WikiUnavailableError
from tests.support.feeds.publications import NOW
from tests.support.tool.app import CONFIG, fresh_token
from tool.signin.oauth import SignIn
from tool.signin.sessions import PendingSignIn
from tool.upstream.adapter import bounded
from tool.upstream.call_limits import CallLimits
from tool.upstream.deadline import within
from tool.wiki.client import connect
from tool.wiki.lookups import asking
from tool.wiki.parsoid import Parsoid

DEADLINE = 0.2  # seconds
PENDING = PendingSignIn("state", "verifier", "/")
QUESTION = {"action": "query"}


@pytest.fixture(scope="module")
def proxy() -> Iterator[FaultProxy]:
    with (
        FaultProxy(f"http://{HOST}:9", drip=DEADLINE / 6).serving() as proxy,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
        yield proxy


def clients(api: str) -> dict[str, Callable[[], object]]:
    """A question of each client of a wiki, by name."""

    def session() -> requests.Session:
        return bounded(requests.Session(), CallLimits(), "Space tests")

    sign_in = SignIn(replace(CONFIG, wiki_url=api), "Space tests", CallLimits())
    answer = {"state": PENDING.state, "code": "c"}
    return {
        "reading": lambda: connect(api, session()).site(),
        "signing in": lambda: sign_in.finish(PENDING, answer),
        "refreshing": lambda: sign_in.refresh(fresh_token()),
        "looking up": lambda: asking(api, session)(QUESTION),
        "converting": lambda: Parsoid(api, session, lambda: NOW).wikitext("<p>Tea"),
    }


@pytest.mark.parametrize("fault", [SILENT, DRIP_HEADERS, DRIP_BODY], ids=str)
@pytest.mark.parametrize("name", clients(""))
def test_question_when_the_wiki_hangs_then_ends_with_the_deadline(
    proxy: FaultProxy, name: str, fault: Fault
) -> None:
    proxy.fault = fault
    ask = clients(f"{proxy.url}/w/api.php")[name]
    start = monotonic()
    with within(DEADLINE), pytest.raises(WikiUnavailableError):
        ask()
    assert monotonic() - start < 20 * DEADLINE  # a drip alone goes on for hours
