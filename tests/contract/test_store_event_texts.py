"""Events in several languages, the same in every database: one event, many texts."""

import json
from dataclasses import replace
from itertools import permutations

import pytest

from space.data_pages.map import map_pages
from space.data_pages.pages import event_pages
from space.publication.filters import Filter
from space.publication.publication import Publication
from space.publication.translations import PostTitles
from space.store import Record, Store
from space.store.queries.search import Search
from tests.support.feeds.publications import TODAY, event, post, record, translation
from tests.support.store.stores import wanted

EVERYTHING = Filter("event")
ORIGINAL = event(
    12, coordinates="-36.8506, 174.7679", summary="Tea", organizers=("Ana",)
)
ARABIC, FRENCH, WELSH = (
    record(translation(20 + place, code))
    for place, code in enumerate(("ar", "fr", "cy"))
)


def fragments(store: Store, form: str, criteria: Filter = EVERYTHING) -> list[str]:
    return list(store.feeds.fragments(form, criteria, TODAY))


def languages(store: Store, page_id: int = 12) -> list[str]:
    found = store.records.get(page_id)
    assert found
    assert found.publication
    return [text.language for text in found.publication.texts]


def lines(text: str, *names: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines())
    return {name: value for name, _, value in pairs if name.startswith(names)}


def test_put_when_an_event_has_texts_then_it_is_one_row_one_vevent_and_one_mark(
    store: Store,
) -> None:
    store.put(ARABIC, record(ORIGINAL), FRENCH, WELSH, record(event(13)))
    assert languages(store) == ["ar", "cy", "fr"]
    rows = list(store.events.between(None, None))
    assert [row.publication.page_id for row in rows] == [12, 13]
    assert store.records.count(EVERYTHING) == 2
    months = event_pages("F", rows)
    assert [e["page"] for e in months["F/Events/2026-11.json"]["events"]] == [
        "Space/Events/Page 12",
        "Space/Events/Page 13",
    ]
    places = map_pages("F", rows, TODAY)["F/Map.json"]["places"]
    assert sorted(len(place["events"]) for place in places) == [1, 1]
    for form in ("ics", "ics@ar", "csv@ar", "geojson@ar"):
        assert len(fragments(store, form)) == len(rows), form


def test_fragments_when_a_language_is_asked_for_then_text_is_in_it_and_all_else_is_not(
    store: Store,
) -> None:
    store.put(record(ORIGINAL), ARABIC, FRENCH, record(event(13)))
    own, other = fragments(store, "ics@ar")
    assert "SUMMARY;LANGUAGE=ar:Title ar\r\n" in own
    assert "DESCRIPTION;LANGUAGE=ar:Summary ar" in own
    assert "SUMMARY:Event 13\r\n" in other
    (plain, _) = fragments(store, "ics")
    told = ("UID", "DTSTART", "DTEND", "LOCATION", "GEO", "SEQUENCE", "STATUS")
    assert lines(own, *told) == lines(plain, *told)
    assert "LANGUAGE" not in plain
    assert "Title ar" in fragments(store, "csv@ar")[0]
    marks = map(json.loads, fragments(store, "geojson@ar"))
    shown = [mark["properties"]["events"][0] for mark in marks]
    assert ("Title ar", "ar") in [(s["title"], s.get("text_language")) for s in shown]
    # A variety takes its language's text, and nobody gets French for want of German.
    assert "Title fr" in fragments(store, "ics@fr-ca")[0]
    assert "SUMMARY:Event 12" in fragments(store, "ics@de")[0]
    with store.feeds.snapshot() as view:
        whole = [view.event(12, form, TODAY) for form in ("ics", "ics@ar", "ics@fr")]
    assert len({found[0].etag for found in whole if found}) == len(whole)


def test_calendar_when_a_text_is_newer_than_its_event_then_says_so_in_a_language(
    store: Store,
) -> None:
    store.put(record(ORIGINAL), ARABIC)
    (told,) = fragments(store, "ics@ar")
    own, newer = (
        store.feeds.summary(form, EVERYTHING, TODAY).updated
        for form in ("ics", "ics@ar")
    )
    assert own
    assert newer
    assert newer > own
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        assert lines(told, name) == {name: f"{newer:%Y%m%dT%H%M%SZ}"}


def test_condition_when_a_word_is_a_texts_then_its_event_is_found_once(
    store: Store,
) -> None:
    store.put(record(ORIGINAL), ARABIC, FRENCH)
    for word in ("Title ar", "Summary fr", "Tea"):
        rows = list(store.events.between(None, None, wanted("event", ("q", word))))
        assert [row.publication.page_id for row in rows] == [12], word


HOSTILE: dict[str, tuple[Publication, ...]] = {
    "itself": (translation(20, "ar", original=20),),
    "a chain": (translation(20, "ar"), translation(21, "fr", original=20)),
    "a circle": (translation(20, "ar", original=21), translation(21, "fr", 20)),
    "a post": (replace(translation(20, "ar", 13), page_title="Space/Events/P/ar"),),
    "nothing": (translation(20, "ar", original=99),),
    "two of one language": (translation(20, "ar"), translation(21, "ar")),
    "a pair": (translation(20, "ar"), translation(21, "AR")),
}
LEFT = {"a chain": ["ar"], "two of one language": ["ar"], "a pair": ["ar"]}


@pytest.mark.parametrize("case", HOSTILE)
def test_put_when_texts_name_what_is_no_event_then_no_event_has_them(
    store: Store, case: str
) -> None:
    store.put(record(ORIGINAL), record(post(13)), *map(record, HOSTILE[case]))
    assert languages(store) == LEFT.get(case, [])
    texts = fragments(store, "ics@ar")
    assert len(texts) == 1
    assert ("Title ar" in texts[0]) == bool(LEFT.get(case))


def test_put_when_the_original_or_a_text_goes_then_feeds_follow(store: Store) -> None:
    store.put(record(ORIGINAL), ARABIC)
    store.put(Record(20, "translation", ARABIC.page_title, 0, 200, "withdrawn"))
    assert languages(store) == []
    assert "SUMMARY:Event 12" in fragments(store, "ics@ar")[0]
    store.put(ARABIC)
    off = replace(ORIGINAL, values={**ORIGINAL.values, "status": "cancelled"})
    store.put(record(off))
    assert "STATUS:CANCELLED" in fragments(store, "ics@ar")[0]
    assert "Title ar" in fragments(store, "ics@ar")[0]
    store.put(Record(12, "event", ORIGINAL.page_title, 0, 130, "withdrawn"))
    assert fragments(store, "ics@ar") == []
    assert fragments(store, "csv@ar") == []


def test_put_when_the_order_is_another_then_all_rows_are_equal(store: Store) -> None:
    series = event(30, recurrence="FREQ=WEEKLY;COUNT=3")
    date = event(
        31,
        series=series.page_title,
        occurrence="2026-12-05 10:00",
        start="2026-12-06 10:00",
        end="2026-12-06 12:00",
    )
    new = [
        record(series),
        record(date),
        record(translation(32, "ar", 30)),
        record(translation(33, "ar", 31)),
    ]
    forms = ("ics", "ics@ar", "geojson@ar", "csv@ar")
    made = []
    for order in permutations(new):
        store.remove(*(each.page_id for each in new))
        for each in order:
            store.put(each)
        made.append([fragments(store, form) for form in forms])
    assert all(each == made[0] for each in made)
    calendar = "".join(made[0][1])
    assert calendar.count("SUMMARY;LANGUAGE=ar") == 2
    assert calendar.count("RECURRENCE-ID") == 1


def test_set_post_titles_when_translate_made_pages_then_events_know_where(
    store: Store,
) -> None:
    store.put(record(ORIGINAL), ARABIC)
    moved = {"Space/Events/Old": ORIGINAL.page_title}
    made = {ORIGINAL.page_title: ("ar", "mi")}
    late = replace(
        translation(22, "fr"),
        values={**translation(22, "fr").values, "original": "Space/Events/Old"},
    )
    store.put(record(late))
    assert languages(store) == ["ar"]
    store.set_post_titles(PostTitles(moved, made))
    assert languages(store) == ["ar", "fr", "mi"]
    # Nobody has reviewed what Translate's page says.
    assert "SUMMARY:Event 12" in fragments(store, "ics@mi")[0]
    store.set_post_titles(PostTitles({}, {}))
    assert languages(store) == ["ar"]


def test_find_when_words_are_a_texts_then_its_event_is_one_hit_in_that_language(
    store: Store,
) -> None:
    body = replace(translation(20, "ar"), body="Nile delta")
    lost = replace(translation(23, "cy", original=99), body="Nile delta")
    store.put(record(ORIGINAL), record(body), FRENCH, record(lost))

    def find(words: str, **more: str) -> list[tuple[int, str]]:
        found = store.search.find(Search(words, **more), limit=9)
        assert found.count == len(found.rows)
        return [
            (hit.publication.page_id, str(hit.publication.values["title"]))
            for hit in found.rows
        ]

    assert find("Nile delta") == [(12, "Title ar")]
    assert find("title", kind="event") in ([(12, "Title ar")], [(12, "Title fr")])
    assert find("Tea") == [(12, "Event 12")]
    assert find("Nile", language="ar") == [(12, "Title ar")]
    assert find("Nile", language="fr") == []
    assert find("Nile", kind="post") == []
    store.remove(12)
    assert find("Nile") == []
    assert store.records.of_translation(20) is None
