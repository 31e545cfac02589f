"""How often a change of the store renders pages."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from space.publication.publication import Publication
from space.publication.translations import PostTitles
from space.store import Store
from space.store.index import record_index
from tests.support.feeds.publications import TODAY, event, post, record
from tests.support.store.stores import memory_store

SERIES = event(7, title="Meetup", start="2026-11-07 10:00", recurrence="FREQ=WEEKLY")
FIRST, SECOND = (
    event(
        page_id,
        start=f"{day} 12:00",
        series="Space/Events/Page 7",
        occurrence=f"{day} 10:00",
    )
    for page_id, day in ((8, "2026-11-14"), (9, "2026-11-21"))
)
ORIGINAL = post(13, language="en")
FRENCH = post(14, language="fr", original="Space/Blog/Page 13")


@pytest.fixture
def store() -> Store:
    return memory_store()


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """Page id → how often its fragments were rendered."""
    counts: Counter[int] = Counter()
    real: Callable[..., Any] = record_index.render

    def counting(publication: Publication, *rest: Any) -> Any:
        counts[publication.page_id] += 1
        return real(publication, *rest)

    monkeypatch.setattr(record_index, "render", counting)
    return counts


def put(store: Store, *publications: Publication) -> None:
    store.put(*map(record, publications))


@pytest.mark.parametrize("order", [1, -1])
def test_put_when_pages_concern_each_other_then_each_is_rendered_once(
    store: Store, rendered: Counter[int], order: int
) -> None:
    put(store, *(SERIES, FIRST, SECOND, ORIGINAL, FRENCH, event(1))[::order])
    assert rendered == dict.fromkeys((1, 7, 8, 9, 13, 14), 1)
    assert store.series.overrides(7).keys() == {"2026-11-14 10:00", "2026-11-21 10:00"}
    assert [each.page_id for each in store.posts.newest()] == [13]


def test_put_when_one_override_changes_then_neither_series_nor_others_are_rendered(
    store: Store, rendered: Counter[int]
) -> None:
    put(store, SERIES, FIRST, SECOND)
    rendered.clear()
    put(store, FIRST)
    assert rendered == {8: 1}
    store.remove(8)
    assert rendered == {8: 1}
    assert store.series.overrides(7).keys() == {"2026-11-21 10:00"}


def test_put_when_the_series_changes_then_its_overrides_are_rendered_with_it(
    store: Store, rendered: Counter[int]
) -> None:
    put(store, SERIES, FIRST, SECOND)
    rendered.clear()
    put(store, SERIES)
    assert rendered == {7: 1, 8: 1, 9: 1}


def test_put_when_a_translation_joins_then_the_original_is_rendered_with_it(
    store: Store, rendered: Counter[int]
) -> None:
    put(store, ORIGINAL)
    rendered.clear()
    put(store, FRENCH)
    assert rendered == {13: 1, 14: 1}
    put(store, FRENCH)
    assert rendered == {13: 1, 14: 2}


def test_content_when_set_then_the_post_is_rendered_once(
    store: Store, rendered: Counter[int]
) -> None:
    put(store, ORIGINAL, FRENCH)
    rendered.clear()
    store.set_content(ORIGINAL, "<p>Text</p>")
    assert rendered == {13: 1}
    put(store, ORIGINAL)
    assert rendered == {13: 2}
    assert "Text" in (store.feeds.fragment("atom", 13) or "")


def test_titles_when_nothing_changes_then_nothing_is_rendered(
    store: Store, rendered: Counter[int]
) -> None:
    put(store, SERIES, FIRST, ORIGINAL, FRENCH)
    rendered.clear()
    store.set_series_aliases({})
    store.set_post_titles(PostTitles())
    store.set_series_aliases({"Space/Events/Old": "Space/Events/Page 7"})
    store.prepare("a build key", date(2026, 12, 1))
    assert date(2026, 12, 1) > TODAY
    assert not rendered
