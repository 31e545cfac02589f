"""Law 1: drop the database, rebuild, and every feed and page comes back the same."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from sandbox.product import Product
from space.codec.editing import write_page
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

FEEDS = ("events.ics", "events.geojson", "posts.atom")
DAY = datetime.now(UTC) + timedelta(days=9)


@pytest.fixture(scope="module")
def product(indexed_wiki: Product) -> Iterator[Product]:
    indexed_wiki.start_tool()
    yield indexed_wiki
    indexed_wiki.tool.stop()


def event(name: str, **values: str) -> tuple[str, str]:
    start = DAY.strftime("%Y-%m-%d 18:00")
    all_values = {
        "title": name,
        "start": start,
        "timezone": "Asia/Kolkata",
        "country": "IN",
        **values,
    }
    return f"Space/Events/{name}", write_page("event", all_values, "Join us.")


def run(product: Product, *options: str, **environment: str) -> str:
    done = product.run_bots(*options, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def digests(sandbox: Sandbox) -> dict[str, str]:
    """Every feed of the tool and every page of the bot."""
    tool = sandbox.place.tool_url
    found = {}
    for feed in FEEDS:
        with urlopen(f"{tool}/feeds/{feed}", timeout=20) as answer:  # noqa: S310
            found[feed] = hashlib.sha256(answer.read()).hexdigest()
    reader = sandbox.anonymous()
    pages = reader.get(
        action="query", list="allpages", apnamespace=2, apprefix="SpaceBot/Space/"
    )["query"]["allpages"]
    for page in pages:
        text = reader.text(page["title"])
        found[page["title"]] = hashlib.sha256(text.encode()).hexdigest()
    return found


def bot_edits(sandbox: Sandbox) -> int:
    answer = sandbox.anonymous().get(
        action="query", list="users", ususers="SpaceBot", usprop="editcount"
    )
    return int(answer["query"]["users"][0]["editcount"])


def test_rebuild_when_the_database_is_dropped_then_every_byte_comes_back(
    product: Product, fresh_wiki: Sandbox
) -> None:
    aiko, olu = fresh_wiki.login("Aiko"), fresh_wiki.login("Olu")
    aiko.edit(*event("Kolkata लेखन", city="Kolkata", coordinates="22.57, 88.36"))
    aiko.edit(
        *event("Online evening", mode="online", online_link="https://x.example/a")
    )
    olu.edit(*event("Nobody looked at this one"))
    post = write_page("post", {"title": "News 🌱", "language": "en"}, "Some ''news''.")
    revision = olu.edit("Space/Blog/News", post)["newrevid"]
    fresh_wiki.login("Pavati").edit(
        "Talk:Space/Blog/News",
        f"== Review ==\n{{{{subst:Space approve|rev={revision}}}}}",
    )
    run(product, "run")
    before = digests(fresh_wiki)
    edits = bot_edits(fresh_wiki)
    assert (
        "Kolkata"
        in urlopen(  # noqa: S310
            f"{fresh_wiki.place.tool_url}/feeds/events.ics", timeout=20
        )
        .read()
        .decode()
    )

    product.tool.stop()
    product.drop_database()
    run(product, "sync", "--full")
    run(product, "run")
    product.start_tool()

    assert digests(fresh_wiki) == before
    assert bot_edits(fresh_wiki) == edits


def test_map_data_when_there_is_a_page_for_it_on_another_wiki_then_writes_it_there(
    product: Product, fresh_wiki: Sandbox
) -> None:
    """The same wiki by another name: the bot signs in once more, as on Commons."""
    namespaces = {1728: "Event", 1729: "Event_talk", 486: "Data", 487: "Data_talk"}
    model = {"486": "json"}
    fresh_wiki.switch(wgExtraNamespaces=namespaces, wgNamespaceContentModels=model)
    there = urlsplit(fresh_wiki.api_url)
    commons = there._replace(netloc=f"localhost:{there.port}").geturl()
    product.change_settings(map_page="Data:Space.map")
    title, text = event("Mumbai", city="Mumbai", coordinates="18.94, 72.83")
    fresh_wiki.login("Aiko").edit(title, text)
    run(product, "sync")

    run(product, "map_data", SPACE_COMMONS_URL=commons)

    bot = fresh_wiki.login("SpaceBot")
    page = json.loads(bot.text("Data:Space.map") or "")
    assert page["license"] == "CC0-1.0"
    (mumbai,) = (
        each
        for each in page["data"]["features"]
        if each["geometry"]["coordinates"] == [72.83, 18.94]
    )
    assert mumbai["properties"]["title"] == "Mumbai"
    edits = bot_edits(fresh_wiki)
    assert run(product, "map_data", SPACE_COMMONS_URL=commons) == "2 unchanged\n"
    assert bot_edits(fresh_wiki) == edits
