"""A run of the bots while the wiki fails, for each fault and what it befalls.

Whatever happens: no edit is made twice, no request is repeated without end, the code
says who is asked for, and the next run is complete. `make soak` tries all faults.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

import pytest

from bots.report import ExitCode
from sandbox.client import Client
from sandbox.faults import (
    ALL,
    BROKEN,
    STATUSES,
    AskedRequest,
    Concern,
    Fault,
    FaultProxy,
)
from sandbox.faults.broken import NONE, SLOW
from sandbox.faults.refused import (
    BLOCKS,
    CONSUMER_REFUSED,
    PASSING,
    REFUSALS,
    SIGNED_OUT,
)
from sandbox.product import Product
from tests.support.wiki.bot_and_wiki import event
from tests.support.wiki.forked_bots import run_forked
from tests.support.wiki.pages import new_section
from tests.support.wiki.sandbox import Sandbox

pytestmark = [pytest.mark.wiki, pytest.mark.soak]

NUMBERS = count(1)
BOT = "SpaceBot"
MONTH = f"User:{BOT}/Space/Events/2027-03.json"
STORM = 150
"""More requests than a run makes here, even with three attempts of some."""

LOG = "log"
QUESTIONS: tuple[str, ...] = (Concern.READ, LOG, Concern.TOKEN, Concern.SIGN_IN)
OF_QUESTIONS: tuple[Fault, ...] = (
    SLOW,
    *BROKEN,
    *STATUSES,
    *PASSING,
    *SIGNED_OUT,
    CONSUMER_REFUSED,
)
"""Faults that befall more than edits."""
OF_EDITS = tuple(ALL.values())
if "SPACE_SOAK" not in os.environ:
    QUESTIONS = (LOG,)
    OF_QUESTIONS = (ALL["503"],)
    OF_EDITS = (ALL["reset-after-acting"], ALL["blocked"])

PASSES_BY_ITSELF = frozenset(
    {
        "editconflict",
        "articleexists",
        "missingtitle",
        "pagedeleted",
        "ratelimited",
    }
)
"""Refusals of edits that the next run does not meet again."""


def expected(fault: Fault, concern: str) -> ExitCode:
    """The code by docs/faults.md."""
    if fault in (NONE, SLOW):
        return ExitCode.FINE
    if concern is not Concern.EDIT:
        is_refused = fault is CONSUMER_REFUSED or fault in SIGNED_OUT
        return ExitCode.USAGE if is_refused else ExitCode.TRY_LATER
    needs_person = fault in BLOCKS or fault in REFUSALS
    if needs_person and fault.name not in PASSES_BY_ITSELF:
        return ExitCode.PROBLEM
    return ExitCode.TRY_LATER


@dataclass
class Bots:
    """Bots that ask a wiki through a proxy, and people who give them work."""

    product: Product
    proxy: FaultProxy
    lena: Client
    pavati: Client
    reader: Client

    def publish(self) -> tuple[str, int]:
        """An event that the next run lists: its title, and the newest revision."""
        name = f"Walk {next(NUMBERS)}"
        title = f"Space/Events/{name}"
        text = event(title=name, start="2027-03-05 10:00")
        revision = self.lena.edit(title, text)["newrevid"]
        verdict = f"{{{{subst:Space approve|rev={revision}}}}}"
        new_section(self.pavati, f"Talk:{title}", verdict)
        return name, revision

    def fail(self, fault: Fault, concern: str) -> None:
        """Let requests of a kind fail, until the proxy is healed."""
        if concern == LOG:
            self.proxy.fail(fault, where=asks_log)
        else:
            self.proxy.fail(fault, Concern(concern))

    def run(self, *, hurried: bool = False) -> tuple[ExitCode, str]:
        """The code and the words of all tasks."""
        self.proxy.asked.clear()
        path = urlsplit(self.product.wiki.place.api_url).path
        address = self.proxy.url + path
        done = run_forked(self.product, "run", hurried=hurried, SPACE_WIKI_URL=address)
        return ExitCode(done.returncode), done.stdout + done.stderr

    def run_under(self, fault: Fault, concern: str) -> None:
        """A run while requests of a kind fail, which ends as docs/faults.md says."""
        self.fail(fault, concern)
        code, said = self.run(hurried=True)
        self.proxy.heal()
        assert (concern, code) == (concern, expected(fault, concern)), said
        assert self.proxy.count() < STORM
        assert "Traceback" not in said

    def complete(self, title: str, after: int) -> None:
        """A run that lists an event; no page was edited twice after a revision."""
        code, said = self.run()
        assert code is ExitCode.FINE, said
        assert title in self.listed()
        assert {page: n for page, n in self.edits(after).items() if n > 1} == {}

    def listed(self) -> list[str]:
        """Titles on the data page of the month."""
        text = self.reader.text(MONTH) or '{"events": []}'
        return [each["title"] for each in json.loads(text)["events"]]

    def edits(self, after: int) -> Counter[str]:
        """How often the bot edited each page after a revision."""
        rows = self.reader.get(
            action="query", list="usercontribs", ucuser=BOT, uclimit="100"
        )["query"]["usercontribs"]
        return Counter(row["title"] for row in rows if row["revid"] > after)


def asks_log(request: AskedRequest) -> bool:
    return "logevents" in request.params.get("list", "")


@pytest.fixture(scope="module")
def bots(indexed_wiki: Product, fresh_wiki: Sandbox) -> Iterator[Bots]:
    parts = urlsplit(fresh_wiki.api_url)
    with FaultProxy(f"{parts.scheme}://{parts.netloc}", delay=0.2).serving() as proxy:
        lena, pavati = (fresh_wiki.login(name) for name in ("Lena", "Pavati"))
        yield Bots(indexed_wiki, proxy, lena, pavati, fresh_wiki.anonymous())


@pytest.mark.parametrize("fault", OF_EDITS, ids=str)
def test_run_when_the_wiki_fails_at_edits_then_edits_once_and_the_next_is_complete(
    bots: Bots, fault: Fault
) -> None:
    title, revision = bots.publish()
    bots.run_under(fault, Concern.EDIT)
    bots.complete(title, revision)


@pytest.mark.parametrize("fault", OF_QUESTIONS, ids=str)
def test_run_when_the_wiki_fails_at_questions_then_the_next_is_complete(
    bots: Bots, fault: Fault
) -> None:
    title, revision = bots.publish()
    for concern in QUESTIONS:  # None of them lets a run do all, unless it is slow.
        bots.run_under(fault, concern)
    bots.complete(title, revision)
