"""What every database has to find the same, in any script."""

from dataclasses import replace

import pytest

from space.publication.publication import Publication
from space.store import Record, Store
from space.store.keys import LAYOUT
from space.store.queries import search
from space.store.queries.search import Search
from tests.support.feeds.publications import TODAY, event, post, record

TEXTS = {
    20: ("Photo walks in Osaka", "en", "Twelve people took <b>pictures</b>."),
    21: ("चित्र और विकिपीडिया", "hi", "महिलाओं के लिए एक सभा।"),
    22: ("نزهة التصوير", "ar", "اجتمع المتطوِّعون في المكتبة الكبرى."),
    23: ("摄影漫步", "zh", "我们在维基百科写了三十个条目，二〇二六年。"),
    24: ("การเดินถ่ายภาพ", "th", "อาสาสมัครวิกิพีเดียพบกันที่ห้องสมุด"),
    25: ("Straßenfest in Łódź", "de", "Ein Café und viele Bäume."),
    26: ("Прогулка", "ru", "Йога и фотографии в Йошкар-Оле."),
    27: ("写真の散歩", "ja", "ウィキペディアの図書館"),
    28: ("می‌خواهم بنویسم", "fa", "کتابخانهٔ ملی"),
}


def put(store: Store, *publications: Publication) -> None:
    store.put(*map(record, publications))


@pytest.fixture
def library(store: Store) -> Store:
    put(
        store,
        *(
            replace(post(number, title=title, language=language), body=body)
            for number, (title, language, body) in TEXTS.items()
        ),
    )
    return store


def ids(store: Store, words: str, **more: str) -> list[int]:
    hits = store.search.find(Search(words, **more), limit=50)
    assert hits.count == len(hits.rows)
    return [hit.publication.page_id for hit in hits.rows]


@pytest.mark.parametrize(
    ("words", "page_id"),
    [
        ("PICTURES", 20),
        ("pic", 20),
        ("osaka twelve", 20),
        ("in", 20),
        ("चित्र", 21),
        ("महिलाओं", 21),
        ("विकि", 21),
        ("التصوير", 22),
        ("المتطوعون", 22),
        ("摄影", 23),
        ("维基百科", 23),
        ("維", None),
        ("科", 23),
        ("百科维", None),
        ("科写了三", 23),
        ("写百科", None),
        ("ถ่ายภาพ", 24),
        ("ห้องสมุด", 24),
        ("STRASSENFEST", 25),
        ("cafe", 25),
        ("café", 25),
        ("łódź", 25),
        ("прогулка", 26),
        ("йошкар", 26),
        ("иошкар", None),
        ("散歩", 27),
        ("ィキペデ", 27),
        ("می\u200cخواهم", 28),
        ("میخواهم", 28),
        ("osaka лес", None),
        ("icture", None),
        ("b", 22_000),
        ("", None),
        ("!?%_'\"*", None),
    ],
)
def test_search_when_a_page_has_the_words_then_it_is_found(
    library: Store, words: str, page_id: int | None
) -> None:
    found = ids(library, words)
    if page_id == 22_000:  # the tag is no word, "Bäume" begins so
        assert found == [25]
    elif words == "in":
        assert found == [25, 20]
    else:
        assert found == ([page_id] if page_id else [])


def test_search_when_words_stand_in_titles_then_these_come_first(store: Store) -> None:
    put(
        store,
        post(31, title="Maps", summary="All of them."),
        replace(post(32, title="A walk"), body="We drew maps."),
        post(33, title="Another walk", summary="With maps."),
        post(34, title="More maps"),
    )
    assert ids(store, "maps") == [34, 31, 33, 32]


def test_search_when_narrowed_then_only_these(store: Store) -> None:
    put(
        store,
        post(41, title="Maps", language="fr"),
        post(42, title="Maps", language="en"),
        event(43, title="Maps", languages=("fr", "en")),
    )
    assert ids(store, "maps", kind="post") == [42, 41]
    assert ids(store, "maps", kind="event") == [43]
    assert ids(store, "maps", language="FR") == [43, 41]
    assert ids(store, "maps", kind="post", language="fr") == [41]


def test_search_when_paged_then_each_once_and_all_counted(store: Store) -> None:
    put(store, *(post(number, title="Maps") for number in range(51, 58)))
    wanted = Search("maps")
    pages = [store.search.find(wanted, limit=3, offset=at) for at in (0, 3, 6, 9)]
    found = [hit.publication.page_id for page in pages for hit in page.rows]
    assert found == [57, 56, 55, 54, 53, 52, 51]
    assert {page.count for page in pages} == {7}


def test_search_when_a_page_changes_or_goes_then_so_does_what_is_found(
    library: Store,
) -> None:
    put(library, replace(post(20, title="Another title"), body="Nothing."))
    assert ids(library, "pictures") == []
    assert ids(library, "another") == [20]
    library.remove(20)
    assert ids(library, "another") == []


def test_search_when_a_page_is_not_published_then_never_found(store: Store) -> None:
    store.put(
        Record(
            page_id=61,
            kind="post",
            page_title="Space/Blog/Waiting",
            namespace=0,
            latest=1,
            state="waiting",
        )
    )
    assert ids(store, "waiting") == []


def test_search_when_the_layout_changes_then_the_index_is_made_anew(
    library: Store,
) -> None:
    library.set_value(LAYOUT, "another")
    library.prepare("key", TODAY)
    assert ids(library, "pictures") == []
    put(library, replace(post(20, title="Again"), body="pictures"))
    assert ids(library, "pictures") == [20]


@pytest.fixture
def much_of(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Thirty posts with a word, two old ones in the title; one in three in French."""
    monkeypatch.setattr(search, "CANDIDATES", 4)
    put(
        store,
        *(
            replace(
                post(
                    100 + number,
                    title="Maps 维基百科" if number in {2, 9} else f"Walk {number}",
                    language="en" if number % 3 else "fr",
                ),
                body=f"We drew maps. 维基百科 needle{number // 4}",
            )
            for number in range(30)
        ),
    )
    return store


@pytest.mark.parametrize("words", ["maps", "maps drew", "维基百", "ma 维基"])
def test_search_when_many_pages_have_the_words_then_titles_and_the_newest_are_found(
    much_of: Store, words: str
) -> None:
    def page(offset: int, **more: str) -> list[int]:
        hits = much_of.search.find(Search(words, **more), limit=3, offset=offset)
        assert (hits.count, hits.has_more) == (4, True)
        return [hit.publication.page_id for hit in hits.rows]

    assert [page(0), page(3), page(6)] == [[109, 102, 129], [128], []]
    assert page(0, language="fr") == [109, 127, 124]
    assert page(0, kind="post") == [109, 102, 129]


def test_search_when_as_many_as_are_ranked_have_a_word_then_there_are_no_more(
    much_of: Store,
) -> None:
    assert ids(much_of, "needle2") == [111, 110, 109, 108]
    put(much_of, replace(post(90, title="Needle2"), body="Old."))
    hits = much_of.search.find(Search("needle2"), limit=9)
    assert [hit.publication.page_id for hit in hits.rows] == [90, 111, 110, 109]
    assert hits.has_more
