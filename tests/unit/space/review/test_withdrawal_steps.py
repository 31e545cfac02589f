from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.codec.editing import edit_page, write_page
from space.codec.page import read_page
from space.codec.values.validation import validate
from space.review.model import Content, PageRevision
from space.review.overlay import LaterEdit, apply, overlay_of
from space.review.retractions import RetractionStep, steps
from space.schema.kinds import Value, Values, load_kind
from space.schema.visibility import public_values

NOW = datetime(2026, 11, 22, tzinfo=UTC)
FULL: Values = {
    "title": "Photo walk",
    "start": "2026-11-28 10:00",
    "timezone": "Pacific/Auckland",
    "country": "NZ",
    "city": "Auckland",
    "venue": "The library",
    "address": "44 Lorne Street",
    "coordinates": "-36.8506, 174.7679",
    "contact": "Ann",
    "website": "https://example.org/",
    "online_link": "https://meet.example.org/",
}
LEAST = ("title", "start", "timezone", "country")
chosen = st.sets(st.sampled_from(sorted(FULL.keys() - set(LEAST)))).map(
    lambda names: {n: FULL[n] for n in FULL if n in names or n in LEAST}
)
extra: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["tentative", "confirmed", "cancelled"]),
        "precision": st.sampled_from(["exact", "city", "country"]),
        "link_access": st.sampled_from(["public", "registered"]),
    },
)


def taken(step: RetractionStep, values: Values) -> tuple[Values, Values]:
    """What readers see when the creator made the edit, and what the page then says."""
    text = write_page("event", values, "Body")
    edited = edit_page(text, "event", step.changes, title="X")
    page = read_page(edited, title="X")
    assert page.body == "Body"
    revision = PageRevision(2, NOW, "Ann", None, content=Content("event", page.values))
    found = overlay_of("event", values, [LaterEdit(revision)])
    return public_values("event", apply(values, found.fields)), page.values


@given(chosen, extra)
def test_step_when_its_creator_makes_it_works_at_once_and_changes_nothing_else(
    some: dict[str, Value], more: dict[str, Value]
) -> None:
    values = {**some, **more}
    for step in steps("event", values):
        shown, page = taken(step, values)
        for name, value in step.changes.items():
            assert page.get(name) == value
            assert shown.get(name) in {value, None}
        kept = {n: v for n, v in values.items() if n not in step.changes}
        assert {n: v for n, v in page.items() if n not in step.changes} == kept
        assert validate("event", page) == () or validate("event", values) != ()


@given(chosen, extra)
def test_steps_when_all_were_made_leave_nothing_to_take_back(
    some: dict[str, Value], more: dict[str, Value]
) -> None:
    values: dict[str, Value] = {**some, **more}
    for _ in range(40):
        left = [s for s in steps("event", values) if s.field.name != "status"]
        if not left:
            break
        for name, value in left[0].changes.items():
            values = {n: v for n, v in values.items() if n != name}
            if value is not None:
                values[name] = value
    assert "address" not in values
    assert "contact" not in values


def test_steps_when_a_place_gets_coarser_empty_what_is_finer() -> None:
    found = {step.name: step for step in steps("event", FULL)}
    assert found["precision-city"].changes == {
        "precision": "city",
        "venue": None,
        "address": None,
        "coordinates": None,
    }
    assert set(found["precision-country"].changes) == {
        "precision",
        "city",
        "venue",
        "address",
        "coordinates",
    }
    assert "precision-exact" not in found


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_steps_when_an_event_has_that_status_do_not_offer_it(status: str) -> None:
    names = [step.name for step in steps("event", {**FULL, "status": status})]
    assert f"status-{status}" not in names
    assert len([name for name in names if name.startswith("status-")]) == 1


def test_steps_when_it_is_a_post_offer_to_make_it_a_draft() -> None:
    found = steps("post", {"title": "X", "language": "en"})
    assert [step.name for step in found] == ["status-draft"]


def test_steps_when_an_event_has_all_fields_come_in_the_schemas_order() -> None:
    names = [step.name for step in steps("event", FULL)]
    order = list(load_kind("event").fields)
    places = [order.index(step.field.name) for step in steps("event", FULL)]
    assert places == sorted(places)
    assert {"website", "status-cancelled", "address", "contact"} <= set(names)
