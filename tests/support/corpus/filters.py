"""The corpus of filters (`tests/corpus/README.md`): its pages and its cases."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from space.codec.page import read_page
from space.data_pages.pages import event_pages, post_pages
from space.publication.publication import Publication
from space.publication.registered import FIRST_ID, REGISTERED
from space.schema.visibility import public_values
from space.settings.topics import Topics
from space.store import Store
from tests.support.corpus.cases import CORPUS, blocks
from tests.support.feeds.publications import TODAY, publication, record

FOLDER = CORPUS / "filters"
TOPICS = (FOLDER / "topics.wikitext").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class FilterCase:
    """A filter, and what it finds or why it is none."""

    name: str
    kind: str
    items: Mapping[str, tuple[str, ...]]
    found: tuple[str, ...]
    problem: str | None


def filter_cases() -> list[FilterCase]:
    """All cases, in file order."""
    return [
        FilterCase(
            name=block["name"],
            kind=block.get("kind", "event"),
            items={key: tuple(values) for key, values in block["filter"].items()},
            found=tuple(block.get("found", ())),
            problem=block.get("problem"),
        )
        for block in blocks(FOLDER / "cases.txt")
    ]


@cache
def named_publications(kind: str) -> Mapping[str, Publication]:
    """Name in the corpus → publication of that kind."""
    return {
        block["name"]: _publication(number, kind, block)
        for number, block in enumerate(blocks(FOLDER / f"{kind}s.txt"), 1)
    }


def _publication(number: int, kind: str, block: Mapping[str, str]) -> Publication:
    reading = read_page(block["page"], title="Space/Example")
    if reading.kind != kind or reading.problems:
        raise ValueError(f"{block['name']}: {reading.problems}")
    page_id = number if kind == "event" else 100 + number
    made = publication(page_id, kind, public_values(kind, reading.values))
    if block["name"] == REGISTERED:
        made = replace(made, page_id=FIRST_ID + page_id)
    if "day" in block:
        noon = datetime.fromisoformat(f"{block['day']}T12:00").replace(tzinfo=UTC)
        made = replace(made, published=noon)
    return made


def fill(store: Store) -> None:
    """Put all of the corpus into an empty store."""
    store.prepare("filters", TODAY)
    for kind in ("event", "post"):
        store.put(*map(record, named_publications(kind).values()))
    store.set_topics(Topics.of(TOPICS))


def data_pages(store: Store, folder: str) -> Mapping[str, object]:
    """The bot's pages of all that is in a store."""
    events = event_pages(folder, store.events.between(None, None))
    return {**events, **post_pages(folder, store.posts.all_versions())}
