"""What an oversighter hides is gone after the next ordinary run, from all that we keep.

Everything is made, published and hidden together: runs of the bots are what takes time.
The words stand in no table of the database, the tool's own caches among them, in no
newest page of the bot, and in nothing that the tool answers.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from sandbox.client import Client
from sandbox.product import Product
from sandbox.settings import DATABASE
from space.codec.editing import write_page
from tests.support.review.wiki_bot import Bot
from tests.support.wiki.deployed import BOT, run_bots
from tests.support.wiki.drivers import bot_driver
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

FEEDS = (
    "/feeds/events.ics",
    "/feeds/events.geojson",
    "/feeds/posts.atom",
    "/feeds/discussions.atom",
    "/feeds/review.atom",
)
PERSON, NAMELESS, SPEAKER = "Tuhi Person", "Tuhi Nameless", "Tuhi Speaker"
TEXT, WORDS, BODY = "Tuhitext", "Tuhiwords", "Tuhibody"
SECRETS = (PERSON, NAMELESS, SPEAKER, TEXT, WORDS, BODY)


@pytest.fixture(scope="module")
def product(indexed_wiki: Product) -> Iterator[Product]:
    indexed_wiki.start_tool()
    yield indexed_wiki
    indexed_wiki.tool.stop()


def event(**values: str) -> str:
    given = {
        "title": "Walk",
        "start": "2030-11-28 10:00",
        "timezone": "Pacific/Auckland",
        "country": "NZ",
    }
    return write_page("event", given | values)


def kept(product: Product) -> str:
    """All that the database holds, the newest pages of the bot, and the feeds."""
    place = product.wiki.place
    parts: list[str] = []
    with closing(sqlite3.connect(place.folder / DATABASE)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type='table'")
        for (name,) in tables.fetchall():
            if "search_words" not in name:
                parts += map(repr, database.execute(f"SELECT * FROM {name}"))  # noqa: S608
    reader = Client(place.api_url)
    found = reader.get(
        action="query",
        generator="allpages",
        gapnamespace=2,
        gapprefix=f"{BOT}/Space/",
        gaplimit="max",
        prop="revisions",
        rvprop="content",
        rvslots="main",
    )
    for page in found["query"]["pages"]:
        parts.append(page["revisions"][0]["slots"]["main"]["content"])
    reader.session.close()
    parts += (get(product, feed) for feed in FEEDS)
    return "\n".join(parts)


def get(product: Product, path: str) -> str:
    url = product.wiki.place.tool_url + path
    with urlopen(url, timeout=20) as answer:  # noqa: S310
        return str(answer.read().decode())


def run(product: Product) -> None:
    product.wiki.run_jobs()
    run_bots(product)


def suppress(admin: Client, revision: int, *what: str) -> None:
    answer = admin.post(
        action="revisiondelete",
        type="revision",
        ids=revision,
        hide=what,
        suppress="yes",
    )
    assert answer["revisiondelete"]["status"] == "Success"


def test_what_is_hidden_in_any_way_then_is_gone_with_the_next_run(
    product: Product, fresh_wiki: Sandbox
) -> None:
    admin = fresh_wiki.login("Admin")
    rights = {"action": "userrights", "token": admin.token("userrights")}
    admin.post(**rights, user="Admin", add="suppress")
    people = {name: account(fresh_wiki, name) for name in (PERSON, NAMELESS, SPEAKER)}
    for name in (PERSON, NAMELESS):
        admin.post(**rights, user=name, add=["patroller", "autopatrolled"])
    olu, pavati = fresh_wiki.login("Olu"), fresh_wiki.login("Pavati")
    made = publish(olu, pavati, people)
    run(product)
    get(product, f"/blog/{made['post page']}-x")  # the tool keeps what it renders
    before = kept(product)
    assert [word for word in SECRETS if word not in before] == []

    olu.edit("Space/Events/Text", event(city="Auckland"))
    olu.edit("Space/Blog/News", post("Nothing."))
    for title in ("Events/Other", "Events/Declined", "Events/Named"):
        pavati.edit(f"Talk:Space/{title}", "Removed.")
    run(product)
    suppress(admin, made["text"], "content")
    suppress(admin, made["post"], "content")
    suppress(admin, made["reason"], "content", "comment")
    suppress(admin, made["author"], "user")
    suppress(admin, made["reviewer"], "user")
    for name in (PERSON, SPEAKER):
        hidden = {"expiry": "never", "hidename": 1, "reason": "Outed"}
        admin.post(action="block", user=name, **hidden)
    run(product)
    after = kept(product)
    assert [word for word in SECRETS if word in after] == []
    shown = get(product, "/api/v1/events")
    assert all(name in shown for name in ("Mine", "Named", "Patrolled", "Other"))
    assert "Wikimedia" in shown


def publish(
    olu: Client, pavati: Client, people: Mapping[str, Client]
) -> dict[str, int]:
    """Make pages of which each has something to be hidden; the ids of revisions."""

    def approve(title: str, revision: int, by: Client = pavati) -> int:
        line = f"{{{{Space review|approve|rev={revision}}}}} ~~~~"
        return int(by.edit(f"Talk:{title}", line)["newrevid"])

    def write(title: str, text: str, by: Client = olu) -> int:
        return int(by.edit(f"Space/{title}", text)["newrevid"])

    made = {}
    # A text, and of a post what readers of the tool and of the feed get.
    approve("Space/Events/Text", write("Events/Text", event()))
    made["text"] = write("Events/Text", event(summary=TEXT, venue=TEXT))
    approve("Space/Events/Text", made["text"])
    page = olu.edit("Space/Blog/News", post(BODY))
    made |= {"post": page["newrevid"], "post page": page["pageid"]}
    approve("Space/Blog/News", made["post"])
    # The author of one page and the reviewer of another, each of one revision.
    made["author"] = write("Blog/Own", post(""), people[NAMELESS])
    approve("Space/Blog/Own", made["author"])
    other = write("Events/Other", event(title="Other"))
    made["reviewer"] = approve("Space/Events/Other", other, people[NAMELESS])
    # Words of a verdict.
    declined = write("Events/Declined", event())
    line = f"{{{{Space review|decline|rev={declined}|reason={WORDS}}}}} ~~~~"
    made["reason"] = pavati.edit("Talk:Space/Events/Declined", line)["newrevid"]
    # An account in all its parts: author, organizer, reviewer, patroller, in talk.
    person = people[PERSON]
    write("Events/Mine", event(title="Mine", organizers=f"[[User:{PERSON}]]"), person)
    text = event(title="Named", organizers=f"[[User:{PERSON}]]; Wikimedia")
    approve("Space/Events/Named", write("Events/Named", text), person)
    patrolled = write("Events/Patrolled", event(title="Patrolled"))
    person.post(action="patrol", revid=patrolled, token=person.token("patrol"))
    talk = f"== Trains ==\n{SPEAKER} says. ~~~~"
    people[SPEAKER].edit("Talk:Space/Events/Mine", talk)
    return made


def post(body: str) -> str:
    return write_page("post", {"title": "News", "language": "en"}, body)


def account(wiki: Sandbox, name: str) -> Client:
    """A new account, signed in."""
    wiki.wiki.maintain("createAndPromote", name, wiki.password)
    return wiki.anonymous().login(name, wiki.password)


def test_accounts_when_renamed_imported_or_left_by_a_move_then_are_who_they_are(
    fresh_wiki: Sandbox, tmp_path: Path
) -> None:
    tane, lena = account(fresh_wiki, "Tane"), fresh_wiki.login("Lena")
    admin, pavati = fresh_wiki.login("Admin"), fresh_wiki.login("Pavati")

    def approve(title: str, revision: int) -> None:
        line = f"{{{{Space review|approve|rev={revision}}}}} ~~~~"
        pavati.edit(f"Talk:{title}", line)

    made = tane.edit("Space/Events/Renamed", event(address="Street 1"))
    approve("Space/Events/Renamed", made["newrevid"])
    moved = tane.edit("Space/Events/Over", event())
    admin.post(action="move", **{"from": "Space/Events/Over", "to": "Space/Events/On"})
    over = lena.edit("Space/Events/Over", event(address="Street 2"))
    approve("Space/Events/Over", over["newrevid"])
    brought = bring_in(fresh_wiki, "Space/Blog/Imported", "Ana")
    with Bot(bot_driver(fresh_wiki, tmp_path)) as bot:
        bot.sync()
        fresh_wiki.wiki.maintain(
            "renameUser", "--performer=Admin", "Tane", "Tanemahuta"
        )
        taker = account(fresh_wiki, "Tane")
        renamed = fresh_wiki.anonymous().login("Tanemahuta", fresh_wiki.password)
        taker.edit("Space/Events/On", event(status="cancelled"))
        line = f"{{{{Space review|withdraw|rev={moved['newrevid']}}}}} ~~~~"
        taker.edit("Talk:Space/Events/On", line)
        renamed.edit("Space/Events/Renamed", event(status="cancelled"))
        lena.edit("Space/Events/Over", event())
        bot.sync()
        records = {record.page_id: record for record in bot.store.records.all()}
    creators = [records[p["pageid"]].creator for p in (made, moved, over)]
    assert creators == ["Tanemahuta", "Tanemahuta", "Lena"]
    assert records[brought].creator == "en>Ana"
    publication = records[made["pageid"]].publication
    assert publication is not None
    assert publication.values["status"] == "cancelled"
    publication = records[over["pageid"]].publication
    assert publication is not None
    assert "address" not in publication.values
    (refusal,) = records[moved["pageid"]].review.refusals
    assert (refusal.account, refusal.flaw) == ("Tane", "no-right")


def bring_in(wiki: Sandbox, title: str, user: str) -> int:
    """Import a page by somebody of another wiki; the page's id."""
    text = write_page("post", {"title": "Imported", "language": "en"})
    path = wiki.place.folder / "one.xml"
    path.write_text(
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11">'
        f"<page><title>{title}</title><revision>"
        "<timestamp>2026-01-01T00:00:00Z</timestamp>"
        f"<contributor><username>{user}</username></contributor>"
        f'<text xml:space="preserve">{text}</text></revision></page></mediawiki>',
        "utf-8",
    )
    wiki.wiki.maintain("importDump", "--username-prefix=en", str(path))
    (page,) = wiki.anonymous().get(action="query", titles=title)["query"]["pages"]
    return int(page["pageid"])
