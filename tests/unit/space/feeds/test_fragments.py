import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from space.data_pages.commons_map import MapText, map_data_pages
from space.data_pages.map import groups, map_pages
from space.data_pages.pages import event_pages
from space.dates.schedule import Schedule
from space.feeds.fragments import render, render_tombstone
from space.feeds.table import FEEDS
from space.publication.filters import Filter
from space.publication.publication import Publication, Tombstone
from space.schema.kinds import Values, load_kind
from space.schema.visibility import public_values
from space.store import Occurrence
from tests.support.feeds.maps import filtered
from tests.support.feeds.publications import (
    ADDRESSES,
    NOW,
    TEXTS,
    TODAY,
    event,
    events,
    post,
    posts,
    publication,
)
from tool.app.api import documents

SECRET = "Sesame"
PLACES = {
    "city": f"{SECRET}ville",
    "venue": f"{SECRET} Hall",
    "address": f"1 {SECRET} Street",
    "coordinates": "12.345678, 98.765432",
    "wikidata": "Q98765432",
}
EVENT = {
    "title": "Meetup",
    "start": "2026-11-28 10:00",
    "timezone": "Asia/Tokyo",
    "country": "JP",
}
MAP_TEXT = MapText("en", "Events", "Here")


def all_that_leaves(values: Values) -> str:
    """Every text that is made of an event with these values on its page."""
    published = publication(12, "event", public_values("event", values))
    pages = [
        event_pages("B", rows(published)),
        map_pages("B", rows(published), TODAY),
        map_data_pages("Data:B.map", groups(rows(published), TODAY), MAP_TEXT),
    ]
    on_map = filtered([published], Filter("event", since=date(2000, 1, 1)))
    texts = render(published, ADDRESSES).values()
    return "\n".join([*texts, on_map, json.dumps(pages)])


def rows(published: Publication) -> Iterator[Occurrence]:
    for span in Schedule.of(published.values).times(TODAY):
        yield Occurrence(published, str(span.start), None, span.start_utc, span.end_utc)


@pytest.mark.parametrize(
    ("more", "secrets"),
    [
        ({"contact": f"{SECRET}@example.org"}, [SECRET]),
        ({"contact": f"User:{SECRET}"}, [SECRET]),
        (
            {"online_link": f"https://x.org/{SECRET}", "link_access": "registered"},
            [SECRET],
        ),
        (
            {**PLACES, "precision": "country"},
            [SECRET, "12.34", "98.76", "Q98765432"],
        ),
        (
            {**PLACES, "city": "Tokyo", "precision": "city"},
            [SECRET, "12.34", "98.76", "Q98765432"],
        ),
        ({**PLACES, "mode": "online"}, ["12.34", "98.76"]),
    ],
)
def test_render_when_a_page_keeps_something_back_then_no_text_has_it(
    more: dict[str, str], secrets: list[str]
) -> None:
    text = all_that_leaves({**EVENT, **more})
    assert [secret for secret in secrets if secret in text] == []


@settings(max_examples=50)
@given(
    events(),
    st.dictionaries(
        st.sampled_from(
            [field.name for field in load_kind("event").fields.values() if field.place]
        ),
        st.one_of(TEXTS, st.sampled_from([*PLACES.values(), "12.3, 98.7"])),
        min_size=1,
    ),
)
def test_render_when_only_the_country_is_to_be_known_then_finer_places_change_nothing(
    published: Publication, fine: dict[str, str]
) -> None:
    coarse = {**published.values, "precision": "country"}
    bare = {name: value for name, value in coarse.items() if name not in fine}
    assert all_that_leaves({**coarse, **fine}) == all_that_leaves(bare)
    narrowed = publication(12, "event", public_values("event", {**coarse, **fine}))
    document = documents.event(narrowed, ADDRESSES)
    assert document.keys().isdisjoint({*fine, "point"})


def test_render_when_nothing_is_kept_back_then_the_same_is_there() -> None:
    text = all_that_leaves(
        {**EVENT, **PLACES, "online_link": f"https://x.org/{SECRET}"}
    )
    for shown in (f"x.org/{SECRET}", f"{SECRET}ville", f"{SECRET} Street", "12.34"):
        assert shown in text


@given(st.one_of(events(), posts()))
def test_render_when_done_twice_then_texts_are_the_same(published: Publication) -> None:
    texts = render(published, ADDRESSES)
    assert texts == render(published, ADDRESSES)
    assert set(texts) <= {feed.form for feed in FEEDS}
    assert texts


@settings(max_examples=20)
@given(events())
def test_render_when_there_is_a_body_then_no_text_has_it(
    published: Publication,
) -> None:
    assert render(replace(published, body=SECRET), ADDRESSES) == render(
        published, ADDRESSES
    )


def test_render_when_kinds_differ_then_each_has_its_forms() -> None:
    assert {"ics", "csv"} <= set(render(event(1), ADDRESSES))
    assert "atom" in render(post(1), ADDRESSES)
    assert set(render_tombstone(Tombstone(1, NOW, NOW, 1), ADDRESSES)) == {"ics"}


def test_schema_when_a_field_is_private_then_it_feeds_nothing() -> None:
    private = [field for field in load_kind("event").fields.values() if field.private]
    assert [field.name for field in private] == ["contact"]
    assert not any(field.ics or field.index for field in private)
