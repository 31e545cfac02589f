"""An organizer's correction on a real wiki: shown everywhere after one run."""

import json
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from sandbox.client import Client
from sandbox.product import Product
from space.codec.editing import write_page
from space.wiki.action_api import answers
from space.wiki.action_api.session import USER_FIELDS
from tests.support.wiki.deployed import BOT, run_bots
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

WALK, SERIES = "Space/Events/Walk", "Space/Events/Series"
DATA = f"User:{BOT}/Space/Events/2030-11.json"
LEDGER = f"User:{BOT}/Space/Ledger"


@pytest.fixture(scope="module")
def product(indexed_wiki: Product) -> Iterator[Product]:
    indexed_wiki.start_tool()
    yield indexed_wiki
    indexed_wiki.tool.stop()


def event(title: str, **values: str) -> str:
    given = {
        "title": title,
        "start": "2030-11-26 10:00",
        "timezone": "Pacific/Auckland",
        "country": "NZ",
        "organizers": "[[User:Lena]]",
    }
    return write_page("event", given | values)


def series(**values: str) -> str:
    return event("Series", recurrence="FREQ=DAILY;COUNT=3", **values)


def publish(olu: Client, pavati: Client, title: str, text: str) -> int:
    revision = int(olu.edit(title, text)["newrevid"])
    line = f"{{{{Space review|approve|rev={revision}}}}} ~~~~"
    pavati.edit(f"Talk:{title}", line)
    return revision


def get(product: Product, path: str) -> str:
    url = product.wiki.place.tool_url + path
    with urlopen(url, timeout=20) as answer:  # noqa: S310
        return str(answer.read().decode())


def is_temporary(reader: Client, title: str) -> bool:
    """Whether the wiki says of a page's last author what tells temporary accounts."""
    asked = {"action": "query", "prop": "revisions", "rvprop": "user"}
    (page,) = reader.get(**asked, titles=title)["query"]["pages"]
    name = page["revisions"][0]["user"]
    asked = {"action": "query", "list": "users", "usprop": USER_FIELDS}
    (row,) = reader.get(**asked, ususers=name)["query"]["users"]
    return answers.account(row).temporary


def run(product: Product) -> None:
    product.wiki.run_jobs()
    run_bots(product)


def starts(product: Product) -> set[str]:
    """The starts of all events, by the calendar feed, in their own zone."""
    lines = get(product, "/feeds/events.ics").splitlines()
    return {line.rpartition(":")[2] for line in lines if line.startswith("DTSTART;")}


def test_correction_when_made_by_an_organizer_then_all_show_it_after_one_run(
    product: Product, fresh_wiki: Sandbox
) -> None:
    olu, lena = fresh_wiki.login("Olu"), fresh_wiki.login("Lena")
    noor, pavati = fresh_wiki.login("Noor"), fresh_wiki.login("Pavati")
    passer_by = fresh_wiki.anonymous()
    publish(olu, pavati, WALK, event("Walk"))
    publish(olu, pavati, SERIES, series())
    run(product)
    assert "20301126T100000" in starts(product)

    # Whoever is not named, or names themselves, changes nothing; nor does an address.
    own = event("Walk", start="2030-11-26 03:00", organizers="[[User:Noor]]")
    noor.edit(WALK, own)
    noor.edit(WALK, event("Walk", start="2030-11-26 04:00"))
    passer_by.edit(SERIES, series(start="2030-11-26 05:00"))
    assert is_temporary(fresh_wiki.anonymous(), SERIES)
    run(product)
    assert "T100000" in " ".join(starts(product))
    assert not any(hour in " ".join(starts(product)) for hour in ("T03", "T04", "T05"))

    # The creator moves the hour; a named organizer cancels one date of the series.
    olu.edit(WALK, event("Walk", start="2030-11-26 18:00"))
    lena.edit(SERIES, series(**{"except": "2030-11-27"}))
    run(product)
    assert "20301126T180000" in starts(product)
    calendar = get(product, "/feeds/events.ics")
    assert "EXDATE" not in calendar
    assert "RECURRENCE-ID;TZID=Pacific/Auckland:20301127T100000" in calendar
    shown = json.loads(fresh_wiki.anonymous().text(DATA) or "")
    assert "2030-11-26 18:00" in json.dumps(shown)
    cancelled = [e["start"] for e in shown["events"] if e["status"] == "cancelled"]
    assert cancelled == ["2030-11-27 10:00"]
    parsed = fresh_wiki.anonymous().get(
        action="parse", text="{{Space events|to=2030-12-01}}", contentmodel="wikitext"
    )
    on_wiki = str(parsed["parse"]["text"])
    assert (on_wiki.count(">Series<"), on_wiki.count("Cancelled")) == (2, 1)
    for title in ("Walk", "Series"):
        assert title not in get(product, "/feeds/review.atom")
    listed = get(product, "/events")
    assert "Walk" in listed
