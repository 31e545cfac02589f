"""Registered events on the real wiki: off, and marked where its settings want them."""

import html
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.product import Product
from tests.support.wiki.deployed import BOT
from tests.support.wiki.forked_bots import run_forked
from tests.support.wiki.pages import textarea
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

LIST = "{{{{Space events|when=all|source={source}}}}}"
FIRST = f"User:{BOT}/Space/Registry/0.json"
MARK = "registered, not reviewed"
WHEN = {"start_time": "20270306100000", "end_time": "20270306120000"}
EVENTS = {
    "1": {"name": "Trains [[of]] the ''north''", "meeting_address": "Hidden", **WHEN},
    "2": {
        "event_page_wiki": "frwiki",
        "event_page": "Évènement:Été",
        "name": "Été",
        **WHEN,
    },
    "3": {"is_test_event": True, "name": "Trial", **WHEN},
    "4": None,
}
CALENDAR = "{{Space calendar source|https://calendar.example.org/a.ics|Aotearoa}}"
OF_CALENDARS = f"User:{BOT}/Space/Registry/2000000.json"
HUI = {
    "id": 200000017,
    "title": "Hui [[o]] te motu",
    "website": "https://example.org/hui",
    "start": "2027-03-06 10:00",
    "zone": "Pacific/Auckland",
    "calendar": "Aotearoa",
    "key": "1",
    "seen": "2026-11-29T03:00:00Z",
    "changed": "2026-11-29T03:00:00Z",
    "sequence": 1,
}


@pytest.fixture
def registrations(indexed_wiki: Product, fresh_wiki: Sandbox) -> Iterator[Path]:
    del indexed_wiki
    path = fresh_wiki.place.folder / "registrations.json"
    path.write_text(json.dumps(EVENTS), "utf-8")
    yield path
    path.unlink()


def run(product: Product, *tasks: str) -> None:
    for task in tasks:
        done = run_forked(product, task)
        assert done.returncode == 0, (task, done.stdout, done.stderr)


def shown(wiki: Sandbox, source: str = "registered") -> str:
    """What a page shows of events that are announced elsewhere."""
    wiki.run_jobs()
    text = LIST.format(source=source)
    answer = wiki.anonymous().get(
        action="parse", title="Sandbox", text=text, contentmodel="wikitext"
    )
    return html.unescape(str(answer["parse"]["text"]))


def test_registered_events_when_the_settings_want_them_are_listed_and_marked(
    indexed_wiki: Product, fresh_wiki: Sandbox, registrations: Path
) -> None:
    run(indexed_wiki, "registry", "run")
    admin, title = fresh_wiki.login("Admin"), "Space/Settings"
    assert FIRST not in shown(fresh_wiki)
    assert MARK not in shown(fresh_wiki)

    admin.edit(title, "{{Space settings|registry=marked|write interval=0}}")
    run(indexed_wiki, "registry", "run")

    page = shown(fresh_wiki)
    assert page.count(MARK) == 2
    assert "Trains [[of]] the ''north''" in page
    assert "Event:Registered_event_1" in page
    assert "Été" in page
    assert "Trial" not in page
    kept = fresh_wiki.anonymous().get(
        action="query", titles=FIRST, prop="revisions", rvprop="content", rvslots="main"
    )
    assert "Hidden" not in json.dumps(kept)

    admin.edit(title, "{{Space settings|registry=reviewed|write interval=0}}")
    approval = "{{Space registration|2|approve}}"
    fresh_wiki.login("Olu").edit("Space/Registrations", "{{Space registration|1}}")
    fresh_wiki.login("Pavati").edit("Space/Registrations", approval)
    run(indexed_wiki, "run")
    page = shown(fresh_wiki)
    assert "Été" in page
    assert "Trains" not in page
    assert MARK not in page

    settings = "{{Space settings|registry=marked|write interval=0}}\n" + CALENDAR
    admin.edit(title, settings)
    kept_of_calendars = json.dumps({"schema": 1, "events": [HUI]})
    fresh_wiki.login(BOT).edit(OF_CALENDARS, kept_of_calendars)
    registrations.write_text(json.dumps({**EVENTS, "1": None}), "utf-8")
    run(indexed_wiki, "registry", "run")
    page = shown(fresh_wiki)
    assert "Été" in page
    assert "Trains" not in page
    page = shown(fresh_wiki, "calendar")
    assert "Hui [[o]] te motu" in page
    assert 'href="https://example.org/hui"' in page
    assert page.count("from a calendar, not reviewed") == 1
    line = fresh_wiki.anonymous().get(action="parse", page=title)["parse"]["text"]
    assert 'href="https://calendar.example.org/a.ics"' in line

    admin.edit(title, "{{Space settings|write interval=0}}")
    run(indexed_wiki, "run")
    assert "Été" not in shown(fresh_wiki)

    form = (
        fresh_wiki.login("Pavati")
        .session.get(
            fresh_wiki.index_url,
            params={
                "title": "Space/Registrations",
                "action": "edit",
                "section": "new",
                "nosummary": "1",
                "preload": "Template:Space registration/preload",
                "preloadparams[]": ["17", "same as=12345"],
            },
        )
        .text
    )
    assert textarea(form) == "{{Space registration|17|same as=12345}}"
    assert 'name="wpSummary"' not in form
