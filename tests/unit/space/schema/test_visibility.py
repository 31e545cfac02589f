import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.schema.kinds import load_kind
from space.schema.visibility import choice, public_values

EVENT = {
    "title": "Meetup",
    "start": "2026-11-28 10:00",
    "timezone": "Pacific/Auckland",
    "country": "NZ",
    "city": "Auckland",
    "venue": "Library",
    "address": "44 Lorne Street",
    "coordinates": "-36.8506, 174.7679",
    "wikidata": "Q37100",
    "online_link": "https://meet.example.org/x",
    "registration_link": "https://example.org/register",
    "contact": "someone@example.org",
}
FINE = {"venue", "address", "coordinates", "wikidata"}


def test_public_values_when_nothing_is_restricted_then_only_private_fields_go() -> None:
    assert set(EVENT) - set(public_values("event", EVENT)) == {"contact"}


@pytest.mark.parametrize("contact", ["User:Example", "a@example.org", "+64 9 123"])
def test_public_values_when_there_is_a_contact_then_it_never_leaves(
    contact: str,
) -> None:
    assert "contact" not in public_values("event", {**EVENT, "contact": contact})


@pytest.mark.parametrize(
    ("precision", "gone"),
    [
        ("exact", set()),
        ("city", FINE),
        ("country", FINE | {"city"}),
        ("nonsense", FINE | {"city"}),
    ],
)
def test_public_values_when_precision_is_coarser_then_finer_places_go(
    precision: str, gone: set[str]
) -> None:
    values = public_values("event", {**EVENT, "precision": precision})
    assert set(EVENT) - set(values) == gone | {"contact"}
    assert values["country"] == "NZ"


@pytest.mark.parametrize(("access", "shown"), [("public", True), ("registered", False)])
def test_public_values_when_link_access_is_set_then_only_a_public_link_stays(
    access: str, *, shown: bool
) -> None:
    values = public_values("event", {**EVENT, "link_access": access})
    assert ("online_link" in values) is shown
    assert "registration_link" in values


def test_public_values_when_kind_is_post_then_all_stay_in_the_schema_order() -> None:
    values = {"topics": ("a", "b"), "language": "en", "title": "T"}
    assert list(public_values("post", values)) == ["title", "language", "topics"]
    assert public_values("post", values) == values


@given(st.sets(st.sampled_from(sorted(load_kind("event").fields))))
def test_public_values_when_applied_twice_then_nothing_changes(names: set[str]) -> None:
    once = public_values("event", dict.fromkeys(names, "x"))
    assert public_values("event", once) == once


def test_choice_when_field_is_absent_then_the_default_counts() -> None:
    assert choice("event", {}, "status") == "confirmed"
    assert choice("event", {"status": "cancelled"}, "status") == "cancelled"
    assert choice("event", {}, "type") == ""
