"""How long pages take that are made anew, beside the least that a page can take.

Lists of 10,000 events and 10,000 posts: the application is asked past the cache of its
answers. A page is made when its parts are kept from before, as after a change of one
entry, and when nothing is, as after a start. The terms that its form offers are known
in both; after a change they are read once more (`terms` says how long that takes).

The least is a page of the same entries and as many octets by Flask and Jinja alone,
whose entries lie in memory. Both take turns in one process, and what counts is what
they take of the processor. The aim is `AIM` times the least; what a page may take at
most is what it has reached, and some for a busy machine.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import process_time

from flask import Flask
from werkzeug.test import Client

from benchmarks import blog
from benchmarks.addresses import ADDRESSES
from benchmarks.feeds import TODAY, fill, follow, publications
from benchmarks.served import DATABASE, SITE
from space.publication.publication import Publication
from space.settings.environment import ToolConfig
from space.sources.entry import Entry
from space.store import Store, open_engine
from tests.support.tool.nothing_kept import nothing_kept
from tool.app.factory import create_app
from tool.app.services import EXTENSION
from tool.upstream.call_limits import CallLimits
from tool.upstream.reader_pool import ReaderPool
from tool.wiki.site import SiteFacts
from tool.wsgi import build

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIRST_POST = 1_000_000  # page id: events have those below
AIM = 6.0  # times the least
TURNS = 25

EVENT = """<li><h3><a href="/events/{{ entry.id }}">{{ entry.title }}</a></h3>\
<p><time datetime="{{ entry.start }}">{{ entry.start }} – {{ entry.end }}</time> \
{{ entry.timezone }} {{ entry.city }} {{ entry.country }}</p>\
<p>{{ entry.summary }}</p>"""  # noqa: RUF001 - an en dash, as pages have it
POST = """<li><h3><a href="/blog/{{ entry.id }}">{{ entry.title }}</a></h3>\
<p>{{ entry.language }} {% for author in entry.authors %}{{ author }}{% endfor %} \
{% for topic in entry.topics %}{{ topic }}{% endfor %}</p><p>{{ entry.summary }}</p>"""


@dataclass(frozen=True)
class Page:
    """A page of the tool: where it is, what its entries have once, and their least.

    `most` is how many times the least it may take, `first` when nothing is kept.
    """

    name: str
    path: str
    mark: bytes
    most: float
    first: float
    entry: str = EVENT


PAGES = (
    Page("list", "/events", b'<li class="event-item ', 6, 20),
    Page("blog", "/blog", b'<li class="post-item ', AIM, 21, POST),
    Page("month", "/calendar/2026-12", b'<h3 class="event-item__title', 5, 14),
    Page("map", "/map", b"mark--small", 5, 11),
)


def posts() -> Iterator[Publication]:
    """Posts with ids beside those of the events."""
    for each in blog.posts():
        yield replace(each, page_id=each.page_id + FIRST_POST)


def tool(folder: Path, events: Iterable[Publication], known: Sequence[Entry]) -> Flask:
    """The application on a store that has all of them, at a time in their midst.

    Beside events and `posts` it has registered ones, by what is known of them.
    """
    address = f"sqlite:///{folder / DATABASE}"
    engine = open_engine(address)
    store = Store(engine, ADDRESSES)
    fill(store, [*events, *posts()])
    if known:
        follow(store, known, TODAY)
    engine.dispose()
    config = ToolConfig(
        wiki_url="https://meta.wikimedia.org/w/api.php",
        root="Space",
        database_url=address,
        public_url=ADDRESSES.public_url,
        secret_key="s" * 32,
        oauth_client_id="bench",
        oauth_client_secret="bench",  # noqa: S106
    )
    services = replace(build(config), clock=lambda: NOW)
    pool = ReaderPool(CallLimits())
    facts = SiteFacts(config, lambda: SITE, services.reader, services.clock, pool)
    return create_app(replace(services, facts=facts))


def anew(app: Flask) -> Client:
    """A client of an application without what is wrapped round it."""
    return Client(lambda environ, start: Flask.wsgi_app(app, environ, start))


def least(page: Page, body: bytes, entries: Iterable[Mapping[str, object]]) -> Flask:
    """Flask and Jinja alone: as many entries, and as many octets."""
    app = Flask(page.name)
    shown = list(islice(cycle(entries), body.count(page.mark)))

    def source(filling: int, rest: int) -> str:
        row = f"{page.entry}{'x' * filling}</li>"
        every = f"{{% for entry in entries %}}{row}{{% endfor %}}"
        return f"<!DOCTYPE html><ul>{every}</ul>{'x' * rest}"

    def octets(text: str) -> int:
        return len(app.jinja_env.from_string(text).render(entries=shown).encode())

    filling = max(len(body) - octets(source(0, 0)), 0) // len(shown)
    rest = len(body) - octets(source(filling, 0))
    template = app.jinja_env.from_string(source(filling, rest))

    @app.get("/")
    def answer() -> str:
        return template.render(entries=shown)

    return app


def times(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    """How many times the processor's time of the other one."""
    taken: list[tuple[float, float]] = []
    for _ in range(TURNS):
        begun = process_time()
        ours()
        between = process_time()
        theirs()
        taken.append((between - begun, process_time() - between))
    own, other = (median(column) for column in zip(*taken, strict=True))
    return own / other


def compare(app: Flask, page: Page) -> tuple[float, float]:
    """A page of the tool beside the least it can take: with kept parts, and without."""
    client = anew(app)
    answer = client.get(page.path)
    assert answer.status_code == 200, page.path
    made = posts() if page.entry is POST else publications()
    entries = [{"id": each.page_id, **each.values} for each in islice(made, 1000)]
    floor = Client(least(page, answer.data, entries))
    assert len(floor.get("/").data) == len(answer.data)

    def ratio() -> float:
        return times(lambda: client.get(page.path), lambda: floor.get("/"))

    anew_again = ratio()
    with nothing_kept():
        return anew_again, ratio()


def terms(app: Flask) -> float:
    """Milliseconds in which a process reads the terms of events after a change."""
    store = app.extensions[EXTENSION].store
    begun = process_time()
    store.terms.of_kind("event", "topics", "languages")
    return 1000 * (process_time() - begun)


def main() -> int:
    """Print the ratios; 1 if one is too high."""
    return measure(publications())


def measure(events: Iterable[Publication], known: Sequence[Entry] = ()) -> int:
    """Print the ratios of some events with registered ones; 1 if one is too high."""
    with tempfile.TemporaryDirectory() as name:
        app = tool(Path(name), events, known)
        print(f"terms of events, once after a change: {terms(app):.0f} ms")
        found = {page: compare(app, page) for page in PAGES}
    for page, (ratio, first) in found.items():
        print(
            f"{page.name} made anew: {ratio:.1f} times Flask and Jinja alone "
            f"(at most {page.most:g}; the aim is {AIM:g}), "
            f"with nothing kept {first:.1f} (at most {page.first:g})"
        )
    return int(any(r > page.most or f > page.first for page, (r, f) in found.items()))


if __name__ == "__main__":
    sys.exit(main())
