"""Tables of events and posts on Commons: what is in them, and what is not."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.data_pages.commons_lists import FACTS, TEXTS, CommonsLists
from space.data_pages.list_labels import keys
from space.data_pages.tabular import faults, rows_of
from space.data_pages.withdrawals import takes_back
from space.publication.publication import Publication
from space.publication.translations import PostVersion
from space.schema.visibility import public_values
from space.settings.onwiki import Settings
from space.settings.topics import Topics
from space.text.messages import read_catalogue
from tests.support.feeds.publications import (
    ADDRESSES,
    event,
    occurrences,
    post,
    publication,
)

BASE = "Data:Wikimedia events"
CATALOGUE = read_catalogue()
LISTS = CommonsLists(BASE, FACTS, CATALOGUE, ADDRESSES, "Space")
SETTINGS = Settings.of("{{Space settings|tool=https://space.example.org}}")
NOVEMBER = f"{BASE}/Events/2026-11.tab"


def tables(*events: Publication, lists: CommonsLists = LISTS) -> Mapping[str, Any]:
    return lists.event_tables(occurrences(events))


def test_events_when_full_are_rows_of_facts() -> None:
    full = event(
        summary="About [[w:Pacific|the Pacific]]",
        venue="[[Library]]",
        city="Auckland",
        languages=("en", "mi"),
        topics=("a", "b"),
        organizers=("[[User:Ana|Ana N.]]", "Club"),
        image="I.jpg",
        image_alt="A cup",
    )
    found = tables(full)
    assert list(found) == [NOVEMBER]
    assert faults(NOVEMBER, found[NOVEMBER]) == ()
    assert found[NOVEMBER]["license"] == "CC0-1.0"
    (row,) = rows_of(found[NOVEMBER])
    assert row == {
        "id": 12,
        "rev": 120,
        "page": "Space/Events/Page 12",
        "title": "Event 12",
        "mode": "in-person",
        "country": "NZ",
        "city": "Auckland",
        "status": "confirmed",
        "venue": "Library",
        "languages": "en|mi",
        "topics": "a|b",
        "organizers": "Ana N.|Club",
        "organizer_pages": "User:Ana",
        "start": "2026-11-28 10:00",
        "end": "2026-11-28 16:00",
        "zone": "Pacific/Auckland",
        "from": "2026-11-27T21:00Z",
        "to": "2026-11-28T03:00Z",
        "image": "I.jpg",
    }


def test_events_when_the_licence_allows_it_have_summaries_cut_to_one_line() -> None:
    lists = replace(LISTS, licence=TEXTS)
    found = tables(event(summary="x" * 450), lists=lists)[NOVEMBER]
    (row,) = rows_of(found)
    assert row["summary"] == "x" * 399 + "…"
    assert found["license"] == "CC-BY-SA-4.0"
    assert takes_back(found, tables(event(summary="x"))[NOVEMBER])


def test_columns_when_shown_have_titles_in_every_language() -> None:
    titles = [
        column["title"] for column in tables(event())[NOVEMBER]["schema"]["fields"]
    ]
    posts = LISTS.post_tables([post()])[f"{BASE}/Posts/2026.tab"]
    titles += [column["title"] for column in posts["schema"]["fields"]]
    assert {frozenset(title) for title in titles} == {frozenset(CATALOGUE)}


def test_events_when_many_go_on_in_further_tables_that_the_contents_name() -> None:
    many = [event(number, venue="ж" * 190, city="х" * 110) for number in range(1, 900)]
    found = tables(*many)
    assert list(found)[:2] == [NOVEMBER, f"{BASE}/Events/2026-11/2.tab"]
    assert sum(len(value["data"]) for value in found.values()) == 899
    assert all(faults(title, value) == () for title, value in found.items())
    assert all(title in LISTS.family() for title in found)
    contents = LISTS.contents(found, SETTINGS)
    (value,) = contents.values()
    assert faults(LISTS.contents_title, value) == ()
    assert list(rows_of(value))[:6] == [
        {"name": "wiki", "value": "m:"},
        {"name": "root", "value": "Space"},
        {"name": "confirm_months", "value": "6"},
        {"name": "tool", "value": "https://space.example.org"},
        {"name": "Events", "value": "2026-11", "part": 1},
        {"name": "Events", "value": "2026-11", "part": 2},
    ]
    assert LISTS.contents_title not in LISTS.family()
    own = Settings.of("{{Space settings|digest prefix=meta}}")
    (value,) = LISTS.contents((), own).values()
    assert next(rows_of(value))["value"] == "meta:"


def test_posts_when_they_have_versions_name_their_pages_by_language() -> None:
    versions = (PostVersion("en", "Space/Blog/Page 13", 13), PostVersion("pt-BR", "B"))
    one = replace(post(), versions=versions)
    (value,) = LISTS.post_tables([one]).values()
    assert faults(f"{BASE}/Posts/2026.tab", value) == ()
    (row,) = rows_of(value)
    assert row["versions"] == {"pt-br": "B"}


def test_labels_when_made_have_every_message_country_and_topic() -> None:
    topics = Topics.of("{{Space topic|slug=glam|label=GLAM|aliases=museums; archives}}")
    (found,) = LISTS.labels(topics).items()
    assert faults(*found) == ()
    assert found[1]["license"] == "CC-BY-SA-4.0"
    rows = {row["key"]: row for row in rows_of(found[1])}
    assert [key for key in keys() if key not in CATALOGUE["en"]] == []
    assert {frozenset(rows[key]["text"]) for key in keys()} == {frozenset(CATALOGUE)}
    assert rows["country-NZ"]["text"]["de"] == "Neuseeland"
    assert rows["topic-glam"]["names"] == "archives|museums"
    assert rows["code"]["text"]["ar"] == "ar"
    assert rows["wiki-list-separator"]["text"]["en"] == ",&#32;"


@pytest.mark.parametrize(
    "change", [{"status": "cancelled"}, {"start": "2026-11-28 11:00"}, {"city": ""}]
)
def test_table_when_something_is_taken_back_then_does_not_wait(
    change: dict[str, str],
) -> None:
    old = tables(event(city="Auckland"))[NOVEMBER]
    new = tables(event(**{"city": "Auckland"} | change))[NOVEMBER]
    assert takes_back(old, new)
    assert not takes_back(old, tables(event(city="Auckland", venue="X"))[NOVEMBER])
    assert takes_back(old, LISTS.empty())


SECRETS = {
    "contact": "q-contact@example.org",
    "address": "q-street 44",
    "venue": "q-library",
    "coordinates": "-36.8506, 174.7679",
    "online_link": "https://meet.example.org/q-secret",
    "city": "q-town",
}


@given(
    st.sampled_from(["exact", "city", "country"]),
    st.sampled_from(["public", "registered"]),
    st.sampled_from([FACTS, TEXTS]),
    st.lists(st.sampled_from(sorted(SECRETS)), unique=True),
)
def test_tables_when_made_of_any_page_say_nothing_private(
    precision: str, access: str, licence: str, given_fields: list[str]
) -> None:
    secrets = {name: SECRETS[name] for name in given_fields}
    written = event().values | secrets | {"precision": precision, "link_access": access}
    page = publication(12, "event", public_values("event", written))
    lists = replace(LISTS, licence=licence)
    said = json.dumps(lists.event_tables(occurrences([page])), ensure_ascii=False)
    allowed = {"exact": {"venue", "city"}, "city": {"city"}, "country": set()}
    assert {name for name, secret in SECRETS.items() if secret in said} == (
        secrets.keys() & allowed[precision]
    )
    assert "36.85" not in said
