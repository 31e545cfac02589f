"""The digest on talk pages of two real wikis: once each, wherever a run is killed."""

import os
import signal
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from bots.report import ExitCode
from sandbox.client import Client
from sandbox.product import Product
from sandbox.wiki import SandboxWiki
from space.digest.weeks import Week
from space.store import open_engine
from tests.support.bots.processes import PROCESSES
from tests.support.wiki.bot_and_wiki import event
from tests.support.wiki.deployed import fill_links, import_pages
from tests.support.wiki.forked_bots import run_forked
from tests.support.wiki.sandbox import Sandbox
from tests.support.wiki.second import second_wiki

pytestmark = pytest.mark.wiki

LIST = "Space/Digest/Subscribers/en"
CALL = "Space/Events/Call"
WEEK = Week.of(datetime.now(UTC).date()).previous
PAGE = f"Space/Digest/{WEEK.name}/en"
KILLS = 6 if "SPACE_SOAK" in os.environ else 2  # twice for each message


@pytest.fixture(scope="module")
def product(indexed_wiki: Product, fresh_wiki: Sandbox) -> Product:
    """The bots, which have known of an event in three days since January."""
    indexed_wiki.change_settings(event_policy="open", digest_languages="en")
    day = (datetime.now(UTC) + timedelta(days=3)).date()
    call = event(
        title="Call", start=f"{day} 10:00", timezone="UTC", mode="online", country=""
    )
    import_pages(fresh_wiki, {CALL: call})
    fill_links(fresh_wiki, [CALL])
    return indexed_wiki


@pytest.fixture(scope="module")
def second(fresh_wiki: Sandbox) -> Iterator[SandboxWiki]:
    with second_wiki(fresh_wiki) as wiki:
        yield wiki


@pytest.fixture
def environment(fresh_wiki: Sandbox, second: SandboxWiki) -> Mapping[str, str]:
    urls = f"{fresh_wiki.api_url} {second.place.api_url}"
    return {"SPACE_DELIVERY_URLS": urls}


def killed(product: Product, environment: Mapping[str, str], *, arrives: bool) -> None:
    """A run that ends at its first message: before it is sent, or once it is saved."""
    settings = product.environment | environment
    process = PROCESSES.Process(target=_dying, args=(settings, arrives))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    engine = open_engine(settings["SPACE_DATABASE_URL"])
    with engine.begin() as connection:  # its lease would last for half a minute
        connection.execute(text("UPDATE space_lease SET until = 1"))
    engine.dispose()


def _dying(environment: Mapping[str, str], arrives: bool) -> None:  # noqa: FBT001
    from bots.__main__ import main
    from bots.delivery import Delivery
    from bots.report import PageReport

    send = Delivery._send

    def send_and_die(*given: object) -> PageReport:
        if arrives:
            send(*given)  # type: ignore[arg-type]
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    Delivery._send = send_and_die  # type: ignore[method-assign,assignment]
    os.environ.update(environment)
    main(["digest"])


def delivered(wiki: Client, name: str) -> int:
    """How often a talk page has the digest."""
    found = wiki.text(f"User talk:{name}") or ""
    return found.count("== Wikimedia news and events, ")


def test_digest_when_runs_are_killed_is_on_talk_pages_of_two_wikis_once(
    product: Product,
    fresh_wiki: Sandbox,
    second: SandboxWiki,
    environment: Mapping[str, str],
) -> None:
    done = run_forked(product, "run")
    assert done.returncode == ExitCode.FINE, done.stdout + done.stderr
    page = fresh_wiki.anonymous().text(PAGE) or ""
    assert f"[[:{CALL}|Call]] (Online)" in page

    here, there = (
        urlsplit(wiki.place.api_url).netloc for wiki in (fresh_wiki.wiki, second)
    )
    people = [("Olu", here), ("Lena", there), ("Pavati", here), ("Noor", there)]
    lines = [f"* {{{{#target:User talk:{name}|{host}}}}}" for name, host in people]
    gone = f"* {{{{#target:User talk:Aiko|{here}}}}}"
    fresh_wiki.login("Olu").edit(LIST, "\n".join([*lines, gone]))
    fresh_wiki.login("Aiko").edit(LIST, "\n".join(lines))
    out = "[[Category:Opted-out of message delivery]]"
    fresh_wiki.login("Pavati").edit("User talk:Pavati", out)

    for number in range(KILLS):
        killed(product, environment, arrives=bool(number % 2))
    for _ in range(2):
        done = run_forked(product, "digest", **environment)
        assert done.returncode == ExitCode.FINE, done.stdout + done.stderr

    first = fresh_wiki.anonymous()
    other = Client(second.place.api_url)
    assert [delivered(first, name) for name in ("Olu", "Pavati", "Aiko")] == [1, 0, 0]
    assert [delivered(other, name) for name in ("Lena", "Noor", "Olu")] == [1, 1, 0]
    other.session.close()
    portal = first.get(action="parse", page="Space/Digest", prop="text")["parse"]
    assert all(f'title="{title}"' in portal["text"] for title in (LIST, PAGE))
