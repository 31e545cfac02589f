"""What nobody accepted, and what was taken back, is in nothing that leaves a page.

All pages are written, and first read by the bots, together: their runs take the time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from sandbox.client import Client
from sandbox.product import Product
from space.codec.editing import write_page
from tests.support.wiki.deployed import BOT, ROOT, import_pages, run_bots
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

TOOL_PAGES = (
    "/",
    "/blog",
    "/events",
    "/map",
    "/subscribe",
    "/embed/events",
    "/embed/map",
    "/api/v1/events",
    "/feeds/events.ics",
    "/feeds/events.geojson",
    "/feeds/events.csv",
    "/feeds/posts.atom",
)
PORTAL_PAGES = ("", "/Blog", "/Events", "/Calendar", "/Map")
DAY = datetime.now(UTC) + timedelta(days=2)
EVENT, POST = "Space/Events/Tuwhera", "Space/Blog/Tuwhera"
COARSE = "Space/Events/Muna"
FAR, NEAR = (
    [f"Space/Events/{where} {n}" for n in range(5)] for where in ("Far", "Near")
)
CALENDAR = "/feeds/people/Lena.ics"  # of what she is interested in
KEPT_BACK = {
    "city": "Hunahuna",
    "venue": "Hunahuna Hall",
    "address": "7 Hunahuna Street",
    "coordinates": "12.345678, 98.765432",
    "wikidata": "Q98765432",
    "precision": "country",
}
BLOCK = 100


@pytest.fixture(scope="module")
def product(indexed_wiki: Product) -> Iterator[Product]:
    indexed_wiki.start_tool()
    yield indexed_wiki
    indexed_wiki.tool.stop()


def event(name: str, body: str = "", **more: str) -> str:
    values = {
        "title": name,
        "start": DAY.strftime("%Y-%m-%d 18:00"),
        "timezone": "Pacific/Auckland",
        "country": "NZ",
        "city": f"{name} city",
        "venue": f"{name} hall",
        "summary": f"{name} in short",
        "coordinates": "-36.85, 174.77",
    }
    return write_page("event", values | more, body)


def post(name: str, body: str = "") -> str:
    values = {"title": name, "language": "en", "summary": f"{name} in short"}
    return write_page("post", values, body)


def verdict(wiki: Sandbox, title: str, word: str, revision: int) -> None:
    wiki.login("Pavati").edit(
        f"Talk:{title}",
        f"{{{{subst:Space {word}|rev={revision}}}}}",
        section="new",
        sectiontitle="Review",
    )


def run(product: Product) -> None:
    run_bots(product)
    product.wiki.run_jobs()


def parsed(reader: Client, page: str) -> str:
    answer = reader.get(action="parse", page=page, prop="text")
    return str(answer["parse"]["text"])


def read(wiki: Sandbox, path: str) -> str:
    """What the tool says, also where it says that there is nothing."""
    try:
        with urlopen(wiki.place.tool_url + path, timeout=20) as answer:  # noqa: S310
            return str(answer.read().decode())
    except HTTPError as nothing:
        if nothing.code not in {404, 410}:
            raise
        return str(nothing.read().decode())


def everything(wiki: Sandbox, *more: str) -> dict[str, str]:
    """All that shows published pages: tool, portal and data pages, by address."""
    month = f"/calendar/{DAY:%Y-%m}"
    found = {}
    for path in (*TOOL_PAGES, month, *more):
        found[path] = read(wiki, path)
    reader = wiki.anonymous()
    for name in PORTAL_PAGES:
        page = ROOT + name
        found[page] = parsed(reader, page)
    answer = reader.get(
        action="query", list="allpages", apnamespace=2, apprefix=f"{BOT}/Space/"
    )
    for page in answer["query"]["allpages"]:
        if "/Ledger/" not in page["title"]:
            found[page["title"]] = reader.text(page["title"]) or ""
    return found


def places(wiki: Sandbox, word: str, *more: str) -> set[str]:
    return {name for name, text in everything(wiki, *more).items() if word in text}


def of_page(page: int) -> tuple[str, ...]:
    """Addresses of the tool that are about one page."""
    return f"/tell/{page}", f"/tell/{page}/poster"


def be_interested(wiki: Sandbox, name: str, title: str) -> None:
    wiki.login(name).edit(
        f"Talk:{title}",
        "* {{Space interested}} ~~~~",
        section="new",
        sectiontitle="Interested",
    )


@pytest.fixture(scope="module")
def written(product: Product, fresh_wiki: Sandbox) -> dict[str, Any]:
    """Title → what the wiki said of its first revision, of pages the bots have read.

    The first three are approved, and Lena is interested in both events.
    """
    olu = fresh_wiki.login("Olu")
    texts = {
        COARSE: event("Muna", **KEPT_BACK),
        EVENT: event("Tuwhera"),
        POST: post("Tuwhera"),
    }
    made = {title: olu.edit(title, text) for title, text in texts.items()}
    for title, saved in made.items():
        verdict(fresh_wiki, title, "approve", saved["newrevid"])
    for title in (COARSE, EVENT):
        be_interested(fresh_wiki, "Lena", title)
    made |= {title: olu.edit(title, event("Far")) for title in FAR}
    fill_the_block_of(fresh_wiki, made[FAR[-1]]["pageid"])
    made |= {title: olu.edit(title, event("Near")) for title in NEAR}
    run(product)
    return made


def test_event_when_only_its_country_is_to_be_known_then_nothing_tells_more(
    written: dict[str, Any], fresh_wiki: Sandbox
) -> None:
    page = written[COARSE]["pageid"]
    base = f"/events/{page}"
    ways = (base, f"{base}.ics", f"/api/v1{base}", "/feeds/review.atom")
    more = (*ways, *of_page(page), f"/interested/{page}", CALENDAR)
    own = everything(fresh_wiki, *more)
    own[COARSE] = parsed(fresh_wiki.anonymous(), COARSE)
    shown = {name for name, text in own.items() if "Muna" in text}
    assert shown > {base, COARSE, "/feeds/events.csv", f"User:{BOT}/Space/Map.json"}
    for secret in ("Hunahuna", "12.34", "98.76", "Q98765432"):
        assert [name for name, text in own.items() if secret in text] == []


def test_lists_when_an_approved_page_is_vandalised_or_withdrawn(
    product: Product, written: dict[str, Any], fresh_wiki: Sandbox
) -> None:
    lena = fresh_wiki.login("Lena")
    own = [
        path for title in (EVENT, POST) for path in of_page(written[title]["pageid"])
    ]
    own += [f"/interested/{written[EVENT]['pageid']}", CALENDAR]
    shown = places(fresh_wiki, "Tuwhera", *own)
    assert shown > {"/", "/feeds/events.ics", "/feeds/posts.atom", "Space"}
    assert shown > set(own)
    assert f"User:{BOT}/Space/Map.json" in shown

    lena.edit(EVENT, event("Whakakino", "Whakakino"))
    lena.edit(POST, post("Whakakino", "Whakakino"))
    run(product)
    assert places(fresh_wiki, "Whakakino", *own) == set()
    queue = f"User:{BOT}/Space/Queue.json"  # calls pages what readers call them
    assert places(fresh_wiki, "Tuwhera", *own) - {queue} == shown

    for title in (EVENT, POST):
        verdict(fresh_wiki, title, "withdraw", written[title]["newrevid"])
    run(product)
    assert places(fresh_wiki, "Tuwhera", *own) == set()


def test_approval_then_at_most_the_pages_of_one_block_are_parsed_again(
    product: Product, written: dict[str, Any], fresh_wiki: Sandbox
) -> None:
    """Every record page reads its own block of the ledger, and nothing wider."""
    far, near = ([written[title]["pageid"] for title in made] for made in (FAR, NEAR))
    ids = [*far, *near]
    run(product)
    before = touched(fresh_wiki, ids)

    verdict(fresh_wiki, NEAR[-1], "approve", written[NEAR[-1]]["newrevid"])
    wait_for_the_next_second(fresh_wiki)
    run(product)
    after = touched(fresh_wiki, ids)

    parsed_again = {page for page in ids if after[page] != before[page]}
    assert near[-1] in parsed_again
    assert {page // BLOCK for page in parsed_again} == {near[-1] // BLOCK}
    assert not parsed_again & set(far)


def fill_the_block_of(wiki: Sandbox, page: int) -> None:
    """Make pages until the next one is of another block than this newest page."""
    import_pages(wiki, {f"Filling/{n}": "text" for n in range(BLOCK - page % BLOCK)})


def touched(wiki: Sandbox, pages: list[int]) -> dict[int, str]:
    """When each page's parsed text was last made void, in seconds."""
    answer = wiki.anonymous().get(action="query", pageids=pages, prop="info")
    return {page["pageid"]: page["touched"] for page in answer["query"]["pages"]}


def wait_for_the_next_second(wiki: Sandbox) -> None:
    """The wiki counts in seconds: what is made void in the same one looks the same."""
    reader = wiki.anonymous()

    def now() -> str:
        return str(reader.get(action="query", curtimestamp=1)["curtimestamp"])

    began = now()
    while now() == began:
        pass
