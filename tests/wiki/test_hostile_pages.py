"""The bots beside hostile pages of every kind, on the real wiki."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import literal_column, select, update

from sandbox.client import ApiError
from sandbox.product import Product
from sandbox.settings import DATABASE
from space.codec.editing import write_page
from space.store.tables.tables import page_copies, threads
from tests.support.wiki.bot_and_wiki import event
from tests.support.wiki.forked_bots import run_forked
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

BOT = "User:SpaceBot/Space"
FOLDERS = ("Beside", "Events", "Ledger", "Map", "Posts", "Queue", "Talk")
DAY = datetime.now(UTC) + timedelta(days=9)
START = DAY.strftime("%Y-%m-%d 18:00")
MONTH = f"{BOT}/Events/{DAY:%Y-%m}.json"
GOOD, LATER, TALKED = (f"Space/Events/{name}" for name in ("Good", "Later", "Talked"))
POST = "Space/Blog/Good news"

DEEP = "[" * 100_000
BIG = "junk " * 200_000
RULING = tuple(f"problem: Space/{name}" for name in ("Settings", "Topics", "Reviewers"))
NESTED = "[" * 400 + "]" * 400  # JSON, as deep as the wiki takes it


def plain(name: str) -> str:
    return event(title=name, start=START, coordinates="-36.85, 174.77")


HOSTILE_EVENTS = {
    "an address without an end": event(title="[//" + "a" * 1_000, start=START),
    "many organizers": event(organizers="a;" * 20_000, start=START),
    "open calls": event(title="Open", start=START) + "{{" * 50,
    "open links": event(title="Links", start=START, venue="[[" * 5_000),
    "a rule without an end": event(start=START, recurrence="FREQ=SECONDLY"),
    "the end of time": event(start="9999-12-31 23:59", recurrence="FREQ=DAILY"),
    "many dates": event(start=START, also=f"{START};" * 2_000),
    "big numbers": event(start=START, coordinates=f"{'9' * 5_000}, {'9' * 5_000}"),
    "comments": "<!--" * 5_000 + event(start=START),
    "half a call": "{{Space event|" * 200,
    "JSON": DEEP,
}

HOSTILE_SETTINGS = (
    "{{Space settings|bot=Nobody|former bots=Lena|event policy=open|post policy=open"
    "|reviewer right=edit|namespaces=Talk|write interval=9999999|map page=Data:X.map}}"
    f"{DEEP}"
)


def hostile_talk(revision: int) -> str:
    """Verdicts, links and signatures without an end, and one real question."""
    return "\n".join(
        (
            f"{{{{Space review|approve|rev={revision}|reason=[//{'a' * 1_000}}}}}",
            "{{Space review|approve}}" * 100,
            "[[" + " " * 900,
            "[[User:" * 2_000,
            f"{{{{Space review|withdraw|rev={'9' * 5_000}}}}} ~~~~",
            "== Rain? ==\nWhat then? ~~~~",
        )
    )


@pytest.fixture(scope="module")
def attacked(indexed_wiki: Product, fresh_wiki: Sandbox) -> Product:
    """The bots' wiki on which a stranger and an administrator did their worst."""
    lena, admin = fresh_wiki.login("Lena"), fresh_wiki.login("Admin")
    for folder in FOLDERS:
        lena.edit(f"{BOT}/{folder}/x", DEEP)
        lena.edit(f"{BOT}/{folder}/2026", NESTED)
        with pytest.raises(ApiError, match="customjson"):
            lena.edit(f"{BOT}/{folder}/2.json", "{}")
    lena.edit(f"{BOT}/Ledger/big", BIG)
    admin.edit(f"{BOT}/Posts/1999.json", NESTED)
    admin.edit(f"{BOT}/Events.json", NESTED)
    admin.edit(f"{BOT}/Queue.json", '{"schema": 1, "rows": "none"}')
    for name, text in HOSTILE_EVENTS.items():
        lena.edit(f"Space/Events/Hostile: {name}", text)
    aiko = fresh_wiki.login("Aiko")
    revision = aiko.edit(TALKED, plain("Talked"))["newrevid"]
    lena.edit(f"Talk:{TALKED}", hostile_talk(revision))
    lena.edit("Space/Settings", HOSTILE_SETTINGS)
    lena.edit("Space/Topics", "{{Space topics|" * 100 + DEEP)
    lena.edit("User:Lena/Space/Ledger/0.json", NESTED)
    lena.edit("Space/Reviewers", "{{Space reviewer|Lena|" * 100)
    aiko.edit(GOOD, plain("Good"))
    post = write_page("post", {"title": "Good news", "language": "en"}, "Text.")
    revision = fresh_wiki.login("Olu").edit(POST, post)["newrevid"]
    fresh_wiki.login("Pavati").edit(
        f"Talk:{POST}",
        f"== Review ==\n{{{{subst:Space approve|rev={revision}}}}}",
    )
    return indexed_wiki


def page(wiki: Sandbox, title: str) -> str:
    return wiki.anonymous().text(title) or ""


def strange(wiki: Sandbox) -> Mapping[str, str]:
    """Title → text of the junk below the bot's pages."""
    titles = [f"{BOT}/{f}/{name}" for f in FOLDERS for name in ("x", "2026")]
    titles += [f"{BOT}/Ledger/big", f"{BOT}/Posts/1999.json"]
    return {title: page(wiki, title) for title in titles}


def copies(product: Product) -> set[str]:
    with closing(sqlite3.connect(product.wiki.place.folder / DATABASE)) as database:
        rows = database.execute(str(select(page_copies.c.title)))
        return {title for (title,) in rows}


def test_run_when_pages_of_every_kind_are_hostile_then_all_others_are_published(
    attacked: Product, fresh_wiki: Sandbox
) -> None:
    junk = strange(fresh_wiki)
    done = run_forked(attacked, "run")
    assert done.returncode == 1, done.stdout + done.stderr
    problems = [x for x in done.stdout.splitlines() if x.startswith("problem: ")]
    assert all(problem.startswith(RULING) for problem in problems), problems
    entries = json.loads(page(fresh_wiki, MONTH))["events"]
    assert {"Good", "Talked"} <= {entry["title"] for entry in entries}
    year = f"{BOT}/Posts/{datetime.now(UTC):%Y}.json"
    assert "Good news" in page(fresh_wiki, year)
    assert json.loads(page(fresh_wiki, f"{BOT}/Events.json"))["parts"]
    assert isinstance(json.loads(page(fresh_wiki, f"{BOT}/Queue.json"))["rows"], list)
    assert TALKED in page(fresh_wiki, f"{BOT}/Talk.json")
    assert strange(fresh_wiki) == junk
    assert not copies(attacked) & junk.keys()


def test_run_when_a_task_fails_then_it_is_named_and_the_others_are_done(
    attacked: Product, fresh_wiki: Sandbox
) -> None:
    database = attacked.wiki.place.folder / DATABASE
    with closing(sqlite3.connect(database)) as broken, broken:
        spoil = update(threads).values(active=literal_column("'x'"))
        assert broken.execute(str(spoil)).rowcount
    fresh_wiki.login("Aiko").edit(LATER, plain("Later"))
    done = run_forked(attacked, "run")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "problem: The task talk_index failed" in done.stdout
    assert "TypeError at space/store/" in done.stdout
    assert "Later" in page(fresh_wiki, MONTH)
