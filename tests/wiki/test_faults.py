"""Every fault between the tool and a real wiki, for everything that it writes.

`tests/unit/tool/test_faults.py` does the same with a wiki in memory. Here the wiki
itself makes pages, sections and verdicts of what is sent: two faults for verdicts in
each run, all of them for everything by `make soak`.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from itertools import count, product

import pytest
from flask import Flask
from flask.testing import FlaskClient
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
from sandbox.faults.refused import BAD_TOKEN
from sandbox.product import Product
from sandbox.settings import settings_of
from space.settings.environment import ToolConfig
from tests.support.review.tool_and_bot import rev_of
from tests.support.tool.app import csrf_of, fields_of
from tests.support.tool.event_form import EVENT
from tests.support.wiki.bot_and_wiki import event
from tests.support.wiki.deployed import run_bots
from tests.support.wiki.oauth import oauth_session
from tests.support.wiki.pages import words
from tests.support.wiki.sandbox import Sandbox
from tool.app.factory import create_app
from tool.app.services import EXTENSION, Services
from tool.app.web.visitor import COOKIE
from tool.signin.sessions import Session, Token
from tool.wsgi import build

pytestmark = [pytest.mark.wiki, pytest.mark.soak]

SOAK = bool(os.environ.get("SPACE_SOAK"))
PATIENT, HASTY = 60, 6  # seconds for the wiki's answers; where it hangs
DOUBT = "we do not know whether your text was saved"
SIGNED_OUT = "You are no longer signed in"
ORIGIN = "https://127.0.0.1"
NUMBERS = count(1)


@dataclass
class Writers:
    """The tool behind a proxy that fails, and two people who are signed in to it."""

    app: Flask
    config: ToolConfig
    proxy: FaultProxy
    wiki: Sandbox
    tokens: dict[str, Token]
    pages: dict[str, int]

    def begin(self, name: str) -> FlaskClient:
        """A browser of somebody who has just signed in."""
        self.proxy.heal()
        sessions = self.start(PATIENT).sessions
        key = sessions.add(Session(user=name), self.tokens[name])
        client = self.app.test_client()
        client.set_cookie(COOKIE, key, domain="127.0.0.1", secure=True)
        return client

    def start(self, seconds: int) -> Services:
        """Start the tool anew, with a deadline of its requests to the wiki."""
        services = build(replace(self.config, wiki_seconds=seconds))
        self.app.extensions[EXTENSION] = services
        return services

    def revisions(self, title: str) -> int:
        """How many edits a page has."""
        admin = self.wiki.login("Admin")
        answer = admin.get(action="query", titles=title, prop="revisions", rvlimit=500)
        return len(answer["query"]["pages"][0].get("revisions", ()))


@dataclass(frozen=True)
class Press:
    """A form that is ready to be sent, and the page that it writes."""

    client: FlaskClient
    path: str
    fields: dict[str, str]
    title: str
    kept: str

    def send(self) -> TestResponse:
        return self.client.post(self.path, data=self.fields, base_url=ORIGIN)


@pytest.fixture(scope="module")
def writers(indexed_wiki: Product, fresh_wiki: Sandbox) -> Iterator[Writers]:
    olu, pavati = fresh_wiki.login("Olu"), fresh_wiki.login("Pavati")
    names = ("Edited", "Judged", "Taken")
    titles = {name: f"Space/Events/{name}" for name in names}
    saved = {name: olu.edit(title, event(name)) for name, title in titles.items()}
    line = f"{{{{Space review|approve|rev={saved['Taken']['newrevid']}}}}} ~~~~"
    pavati.edit(f"Talk:{titles['Taken']}", line)
    run_bots(indexed_wiki)
    with (
        pytest.MonkeyPatch.context() as patch,
        FaultProxy(fresh_wiki.place.public_url, drip=0.2).serving() as proxy,
    ):
        patch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
        tokens = {}
        for name in ("Olu", "Pavati"):
            session = oauth_session(fresh_wiki, name)
            # Each can be refreshed once, but starts many sessions here.
            tokens[name] = {**session.token, "refresh_token": ""}
            session.close()
        settings = settings_of(fresh_wiki.wiki)
        settings["SPACE_WIKI_URL"] = f"{proxy.url}/w/api.php"
        config = ToolConfig.from_environment(settings)
        app = create_app(build(config))
        pages = {name: each["pageid"] for name, each in saved.items()}
        yield Writers(app, config, proxy, fresh_wiki, tokens, pages)


def creating(writers: Writers) -> Press:
    number = next(NUMBERS)
    client, said = writers.begin("Olu"), f"Tea and talks, number {number}."
    form = client.get("/write/event", base_url=ORIGIN)
    fields = EVENT | {"csrf": csrf_of(form), "title": f"Walk {number}", "body": said}
    return Press(client, "/write/event", fields, f"Space/Events/Walk {number}", said)


def editing(writers: Writers) -> Press:
    client, said = writers.begin("Olu"), f"Tea and talks, number {next(NUMBERS)}."
    path = f"/edit/{writers.pages['Edited']}"
    form = client.get(path, base_url=ORIGIN).text
    fields = fields_of(form) | {"body": said, "action": "save"}
    return Press(client, path, fields, "Space/Events/Edited", said)


def judging(writers: Writers) -> Press:
    client, said = writers.begin("Pavati"), f"Please mend {next(NUMBERS)} = a | b."
    path = f"/review/{writers.pages['Judged']}"
    form = client.get(path, base_url=ORIGIN)
    fields = {
        "csrf": csrf_of(form),
        "rev": rev_of(form.text),
        "verdict": "decline",
        "ticked": "source",
        "reason": said,
    }
    return Press(client, path, fields, "Talk:Space/Events/Judged", said)


def withdrawing(writers: Writers) -> Press:
    client, said = writers.begin("Olu"), f"It is off, number {next(NUMBERS)}."
    path = f"/retract/{writers.pages['Taken']}"
    form = client.get(f"{path}?what=withdraw", base_url=ORIGIN)
    fields = {"csrf": csrf_of(form), "what": "withdraw", "reason": said}
    return Press(client, path, fields, "Talk:Space/Events/Taken", said)


Write = Callable[[Writers], Press]
WRITES: tuple[Write, ...] = (creating, editing, judging, withdrawing)


def cases(faults: Iterable[Fault], example: Fault) -> list[object]:
    """Each fault for each of the writes; without the soak one for verdicts."""
    tried = product(faults, WRITES) if SOAK else [(example, judging)]
    return [pytest.param(*case, id=f"{case[0]}-{case[1].__name__}") for case in tried]


def notice(answer: TestResponse) -> str:
    """What an answer says above its form."""
    found = re.search(r'id="notice".*?</div>\s*</div>', answer.text, re.DOTALL)
    return words(found[0]) if found else answer.text


@pytest.mark.parametrize(
    ("fault", "write"), cases((*BROKEN, *STATUSES, *REFUSED), ALL["503"])
)
def test_press_when_the_wiki_fails_then_the_text_is_kept_and_saved_by_the_next(
    writers: Writers, fault: Fault, write: Write
) -> None:
    press, proxy = write(writers), writers.proxy
    # What is taken back does not depend on the text: it is tried on a newer one, too.
    is_tried_again = fault.name == "editconflict" and write is withdrawing
    sent = 1 + (fault is BAD_TOKEN or is_tried_again)
    for edits, concerns in ((0, ()), (1, (Concern.EDIT,))):
        before = writers.revisions(press.title)
        proxy.heal()
        proxy.fail(fault, *concerns)
        proxy.asked.clear()
        writers.start(HASTY if fault.hangs else PATIENT)
        answer = press.send()
        assert press.kept in unescape(answer.text)
        assert proxy.count(Concern.EDIT) == edits * sent
        assert edits or DOUBT not in notice(answer)
        assert writers.revisions(press.title) == before
        if SIGNED_OUT in notice(answer) and not edits:
            press = write(writers)
    proxy.heal()
    writers.start(PATIENT)
    if SIGNED_OUT not in notice(answer):
        answer = press.send()
        assert answer.status_code == 303, notice(answer)
        assert writers.revisions(press.title) == before + 1


@pytest.mark.parametrize(
    ("fault", "write"), cases(AFTER_ACTING, ALL["reset-after-acting"])
)
def test_press_when_only_the_answer_is_lost_then_nothing_is_saved_twice(
    writers: Writers, fault: Fault, write: Write
) -> None:
    press, proxy = write(writers), writers.proxy
    before = writers.revisions(press.title)
    writers.start(HASTY if fault.hangs else PATIENT)
    proxy.fail(fault, Concern.EDIT, times=1)
    proxy.fail(
        ALL["reset"], Concern.READ, where=lambda _: proxy.count(Concern.EDIT) > 0
    )
    proxy.asked.clear()
    answer = press.send()
    assert DOUBT in notice(answer)
    assert press.kept in unescape(answer.text)
    proxy.heal()
    writers.start(PATIENT)
    answer = press.send()
    assert answer.status_code == 303, notice(answer)
    assert writers.revisions(press.title) == before + 1
