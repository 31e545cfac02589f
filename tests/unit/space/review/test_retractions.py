"""Taking back needs no review; giving more does."""

from collections.abc import Mapping
from datetime import date

import pytest

from space.review.model import (
    Content,
    OverlayField,
    PageRevision,
    Reason,
    Rights,
    State,
)
from space.review.overlay import LaterEdit, apply, overlay_of
from space.schema.kinds import Value
from tests.support.review.scenario import START, Scenario

FULL: dict[str, Value] = {
    "status": "confirmed",
    "venue": "Library",
    "address": "44 Lorne Street",
    "coordinates": "-36.8506, 174.7679",
    "wikidata": "Q37100",
    "precision": "exact",
    "contact": "User:Ann",
    "website": "https://a.example",
    "online_link": "https://b.example",
    "registration_link": "https://c.example",
    "link_access": "public",
    "city": "Auckland",
}
EMPTIED = [
    "venue",
    "address",
    "coordinates",
    "wikidata",
    "contact",
    "website",
    "online_link",
    "registration_link",
]


def approved(**values: Value) -> tuple[Scenario, int]:
    scenario = Scenario()
    first = scenario.edit("Ann", "A", **{**FULL, **values})
    scenario.say("approve", "Rita", first)
    scenario.decide()
    return scenario, first


def shown(scenario: Scenario) -> Mapping[str, Value]:
    status = scenario.decide().status
    assert status.published
    content = scenario.revisions[status.published.revision].content
    assert content
    return apply(content.values, status.overlay)


def without(*names: str) -> dict[str, Value]:
    return {name: value for name, value in FULL.items() if name not in names}


@pytest.mark.parametrize("name", EMPTIED)
def test_emptied_field_when_by_creator_then_is_gone_at_once(name: str) -> None:
    scenario, first = approved()
    scenario.edit("Ann", "A", **without(name))
    assert name not in shown(scenario)
    status = scenario.decide().status
    assert status.published
    assert status.published.revision == first
    assert (status.state, status.live) == (State.PUBLISHED, True)
    assert status.updated == scenario.now


def test_emptied_city_when_by_creator_then_waits_for_review() -> None:
    scenario, _ = approved()
    scenario.edit("Ann", "A", **without("city"))
    assert shown(scenario)["city"] == "Auckland"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "cancelled"),
        ("status", "postponed"),
        ("precision", "city"),
        ("precision", "country"),
        ("link_access", "registered"),
    ],
)
@pytest.mark.parametrize("user", ["Ann", "Rita"])
def test_taking_back_when_by_creator_or_reviewer_then_works_at_once(
    user: str, name: str, value: str
) -> None:
    scenario, _ = approved()
    scenario.edit(user, "A", **{**FULL, name: value})
    assert shown(scenario)[name] == value


@pytest.mark.parametrize("user", ["Mallory", "Tove", "Bot"])
def test_taking_back_when_by_anybody_else_then_waits_for_review(user: str) -> None:
    scenario, _ = approved()
    scenario.edit(user, "A", **{**without("address"), "status": "cancelled"})
    assert shown(scenario) == {**FULL, "title": "A"}


def test_taking_back_when_by_blocked_reviewer_then_waits_for_review() -> None:
    scenario, _ = approved()
    scenario.rights["Rita"] = Rights(reviewer=True, blocked=True)
    scenario.edit("Rita", "A", **without("address"))
    assert shown(scenario)["address"] == FULL["address"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"precision": "country"}, {"precision": "exact"}),
        ({"link_access": "registered"}, {"link_access": "public"}),
        ({"venue": "Library"}, {"venue": "Town hall"}),
    ],
)
def test_giving_more_when_by_creator_then_waits_for_review(
    old: dict[str, Value], new: dict[str, Value]
) -> None:
    scenario, _ = approved(**old)
    scenario.edit("Ann", "A", **{**FULL, **new})
    for name, value in old.items():
        assert shown(scenario)[name] == value


def test_default_when_left_out_then_is_the_published_one() -> None:
    scenario, _ = approved()
    scenario.edit("Ann", "A", **without("precision", "status", "link_access"))
    assert scenario.decide().status.overlay == ()


def test_retraction_when_creator_restores_accepted_value_then_is_lifted() -> None:
    scenario, _ = approved()
    scenario.edit("Ann", "A", **{**FULL, "status": "cancelled"})
    cancelled = scenario.decide().status
    scenario.edit("Ann", "A, on again", **FULL)
    assert shown(scenario)["status"] == "confirmed"
    lifted = scenario.decide().status
    assert lifted.sequence > cancelled.sequence
    assert lifted.updated == scenario.now


def test_retraction_when_creator_puts_something_new_then_stays() -> None:
    scenario, _ = approved()
    scenario.edit("Ann", "A", **without("address"))
    scenario.edit("Ann", "A", **{**FULL, "address": "1 Queen Street"})
    assert "address" not in shown(scenario)


def test_retraction_when_a_stranger_reverts_it_then_stays() -> None:
    scenario, first = approved()
    scenario.edit("Ann", "A", **without("address"))
    scenario.again("Mallory", first)
    assert "address" not in shown(scenario)


def test_retraction_when_reverted_text_is_approved_then_is_lifted() -> None:
    scenario, first = approved()
    scenario.edit("Ann", "A", **without("address"))
    again = scenario.again("Mallory", first)
    scenario.decide()
    scenario.say("approve", "Rita", again)
    assert shown(scenario)["address"] == FULL["address"]


def test_retraction_when_its_revision_is_accepted_then_its_text_is_shown() -> None:
    scenario, _ = approved()
    second = scenario.edit("Ann", "A", **without("address"))
    scenario.say("approve", "Rita", second)
    status = scenario.decide().status
    assert status.published
    assert status.published.revision == second
    assert status.overlay == ()


def test_retraction_when_an_older_text_is_accepted_later_then_stays() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A", **without("address"))
    scenario.say("approve", "Rita", first)
    second = scenario.edit("Ann", "A", **FULL)
    scenario.edit("Ann", "A", **without("address"))
    scenario.decide()
    scenario.say("approve", "Rita", second)
    assert "address" not in shown(scenario)


def test_retraction_when_its_revision_is_hidden_then_stays() -> None:
    scenario, _ = approved()
    second = scenario.edit("Ann", "A, phone 123", **without("address"))
    scenario.decide()
    scenario.edit("Mallory", "A", **FULL)
    scenario.hide(second)
    assert "address" not in shown(scenario)


def test_retraction_when_accepted_text_is_hidden_then_holds_over_older_one() -> None:
    scenario, first = approved()
    second = scenario.edit("Ann", "A", **without("address"))
    scenario.say("approve", "Rita", second)
    third = scenario.edit("Ann", "A, phone 123", **without("address"))
    scenario.say("approve", "Rita", third)
    scenario.edit("Ann", "B", **without("address"))
    scenario.decide()
    scenario.hide(second)
    scenario.hide(third)
    assert "address" not in shown(scenario)
    assert scenario.decide().published == first


def test_retraction_when_hidden_and_an_older_text_is_approved_then_stays() -> None:
    scenario, _ = approved()
    second = scenario.edit("Bob", "B", **FULL)
    third = scenario.edit("Ann", "B, phone 123", **without("address"))
    scenario.decide()
    scenario.edit("Mallory", "C", **FULL)
    scenario.hide(third)
    scenario.say("approve", "Rita", second)
    assert "address" not in shown(scenario)
    assert scenario.decide().published == second


def test_retraction_when_hidden_while_the_page_was_deleted_then_stays() -> None:
    scenario, _ = approved()
    second = scenario.edit("Ann", "A, phone 123", **without("address"))
    scenario.edit("Mallory", "B", **FULL)
    scenario.decide()
    scenario.delete()
    scenario.decide()
    scenario.undelete()
    scenario.hide(second)
    assert "address" not in shown(scenario)


def test_retraction_when_its_line_is_taken_out_then_is_lifted() -> None:
    """A field that a page leaves out has its default."""
    scenario = Scenario()
    values = without("status")
    scenario.say("approve", "Rita", scenario.edit("Ann", "A", **values))
    scenario.edit("Ann", "A", **values, status="cancelled")
    assert shown(scenario)["status"] == "cancelled"
    scenario.edit("Ann", "A, on again", **values)
    assert scenario.decide().status.overlay == ()


def test_retraction_when_reviewer_loses_right_later_then_stays() -> None:
    scenario, _ = approved()
    scenario.edit("Rita", "A", **{**FULL, "status": "cancelled"})
    scenario.decide()
    del scenario.rights["Rita"]
    scenario.edit("Mallory", "B", **FULL)
    assert shown(scenario)["status"] == "cancelled"


def test_draft_when_creator_goes_back_to_it_then_post_is_out_at_once() -> None:
    scenario = Scenario(kind="post")
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.decide()
    scenario.edit("Ann", "B", status="draft")
    status = scenario.decide().status
    assert (status.state, status.published) == (State.DRAFT, None)
    scenario.edit("Ann", "B", status="ready")
    assert scenario.decide().published == first


def test_draft_when_a_stranger_reverts_it_then_post_stays_out() -> None:
    scenario = Scenario(kind="post")
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    second = scenario.edit("Bob", "B")
    scenario.say("approve", "Rita", second)
    scenario.edit("Ann", "B", status="draft")
    scenario.again("Mallory", second)
    status = scenario.decide().status
    assert (status.state, status.reason) == (State.DRAFT, Reason("draft"))
    assert status.published is None
    scenario.hide(second)
    assert scenario.decide().status.hidden == (second,)


def test_draft_when_another_text_is_accepted_for_a_day_then_is_out_on_that_day() -> (
    None
):
    scenario = Scenario(kind="post")
    scenario.say("approve", "Rita", scenario.edit("Ann", "A"))
    scenario.edit("Ann", "B", status="draft")
    third = scenario.edit("Bob", "B", publish_after="2026-11-24")
    scenario.say("approve", "Rita", third)
    status = scenario.decide().status
    assert (status.state, status.published) == (State.SCHEDULED, None)
    scenario.today = date(2026, 11, 24)
    assert status.due == scenario.today
    assert scenario.decide().published == third


def test_draft_when_older_than_what_readers_see_then_counts_no_more() -> None:
    scenario = Scenario(kind="post")
    scenario.edit("Ann", "A", status="draft")
    second = scenario.edit("Bob", "A")
    scenario.say("approve", "Rita", second)
    third = scenario.edit("Bob", "B", publish_after="2026-11-24")
    scenario.say("approve", "Rita", third)
    assert scenario.decide().published == second


def test_draft_when_set_by_a_stranger_then_post_stays() -> None:
    scenario = Scenario(kind="post")
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.edit("Mallory", "B", status="draft")
    decision = scenario.decide()
    assert decision.published == first
    assert decision.status.state is State.WAITING


def test_unreadable_field_when_in_later_revision_then_takes_nothing_back() -> None:
    scenario, _ = approved()
    scenario.edit("Ann", "A", unread=("website",), **without("website"))
    assert shown(scenario)["website"] == FULL["website"]


def test_unreadable_field_when_another_is_emptied_then_only_that_is_gone() -> None:
    scenario, _ = approved()
    later = without("website", "venue", "address")
    scenario.edit("Ann", "A", unread=("website", "venue"), **later)
    assert shown(scenario) == {**without("address"), "title": "A"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("precision", "country", "city"),
        ("precision", "city", "exact"),
        ("link_access", "registered", "public"),
        ("precision", "exact", "somewhere"),
    ],
)
def test_choice_when_it_is_finer_or_unknown_then_waits_for_review(
    name: str, old: str, new: str
) -> None:
    scenario, _ = approved(**{name: old})
    scenario.edit("Ann", "A", **{**FULL, name: new})
    assert shown(scenario)[name] == old


def test_page_without_values_when_later_then_takes_nothing_back() -> None:
    first = PageRevision(
        2, START, "Ann", "x", content=Content(kind=None, values={}, broken=True)
    )
    assert overlay_of("event", FULL, [LaterEdit(first)]).fields == ()


def test_reading_when_now_and_then_then_result_is_that_of_one_reading() -> None:
    scenario, _ = approved()
    scenario.edit("Ann", "A", **without("address"))
    scenario.decide()
    scenario.edit("Ann", "A", **without("address", "venue"))
    incremental = scenario.decide().status
    assert [taken.field for taken in incremental.overlay] == ["address", "venue"]
    assert scenario.rebuild().status.overlay == incremental.overlay


def test_apply_when_nothing_is_taken_then_values_are_the_same() -> None:
    assert apply(FULL, ()) == FULL


def test_apply_when_field_is_already_absent_then_it_stays_absent() -> None:
    taken = OverlayField("address", None, 3, START)
    assert apply(without("address"), [taken]) == without("address")
