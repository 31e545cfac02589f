"""Taking back needs no review; giving more does."""

from collections.abc import Mapping

import pytest

from space.review.model import Content, PageRevision, RetractedField, Rights, State
from space.review.retractions import apply, retract
from space.schema.fields import Value
from tests.support.review.scenario import START, Story

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


def approved(**values: Value) -> tuple[Story, int]:
    story = Story()
    first = story.edit("Ann", "A", **{**FULL, **values})
    story.say("approve", "Rita", first)
    story.decide()
    return story, first


def shown(story: Story) -> Mapping[str, Value]:
    status = story.decide().status
    assert status.published
    content = story.revisions[status.published.revision].content
    assert content
    return apply(content.values, status.overlay)


def without(*names: str) -> dict[str, Value]:
    return {name: value for name, value in FULL.items() if name not in names}


@pytest.mark.parametrize("name", EMPTIED)
def test_emptied_field_when_by_creator_then_is_gone_at_once(name: str) -> None:
    story, first = approved()
    story.edit("Ann", "A", **without(name))
    assert name not in shown(story)
    status = story.decide().status
    assert status.published
    assert status.published.revision == first
    assert status.state is State.WAITING
    assert status.updated == story.now


def test_emptied_city_when_by_creator_then_waits_for_review() -> None:
    story, _ = approved()
    story.edit("Ann", "A", **without("city"))
    assert shown(story)["city"] == "Auckland"


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
    story, _ = approved()
    story.edit(user, "A", **{**FULL, name: value})
    assert shown(story)[name] == value


@pytest.mark.parametrize("user", ["Mallory", "Tove", "Bot"])
def test_taking_back_when_by_anybody_else_then_waits_for_review(user: str) -> None:
    story, _ = approved()
    story.edit(user, "A", **{**without("address"), "status": "cancelled"})
    assert shown(story) == {**FULL, "title": "A"}


def test_taking_back_when_by_blocked_reviewer_then_waits_for_review() -> None:
    story, _ = approved()
    story.rights["Rita"] = Rights(reviewer=True, blocked=True)
    story.edit("Rita", "A", **without("address"))
    assert shown(story)["address"] == FULL["address"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"status": "cancelled"}, {"status": "confirmed"}),
        ({"precision": "country"}, {"precision": "exact"}),
        ({"link_access": "registered"}, {"link_access": "public"}),
        ({"venue": "Library"}, {"venue": "Town hall"}),
        ({"status": "confirmed"}, {"status": "tentative"}),
    ],
)
def test_giving_more_when_by_creator_then_waits_for_review(
    old: dict[str, Value], new: dict[str, Value]
) -> None:
    story, _ = approved(**old)
    story.edit("Ann", "A", **{**FULL, **new})
    for name, value in old.items():
        assert shown(story)[name] == value


def test_default_when_left_out_then_is_the_published_one() -> None:
    story, _ = approved()
    story.edit("Ann", "A", **without("precision", "status", "link_access"))
    assert story.decide().status.overlay == ()


def test_retraction_when_creator_restores_accepted_value_then_is_lifted() -> None:
    story, _ = approved()
    story.edit("Ann", "A", **{**FULL, "status": "cancelled"})
    cancelled = story.decide().status
    story.edit("Ann", "A, on again", **FULL)
    assert shown(story)["status"] == "confirmed"
    lifted = story.decide().status
    assert lifted.sequence > cancelled.sequence
    assert lifted.updated == story.now


def test_retraction_when_creator_puts_something_new_then_stays() -> None:
    story, _ = approved()
    story.edit("Ann", "A", **without("address"))
    story.edit("Ann", "A", **{**FULL, "address": "1 Queen Street"})
    assert "address" not in shown(story)


def test_retraction_when_a_stranger_reverts_it_then_stays() -> None:
    story, first = approved()
    story.edit("Ann", "A", **without("address"))
    story.again("Mallory", first)
    assert "address" not in shown(story)


def test_retraction_when_reverted_text_is_approved_then_is_lifted() -> None:
    story, first = approved()
    story.edit("Ann", "A", **without("address"))
    again = story.again("Mallory", first)
    story.decide()
    story.say("approve", "Rita", again)
    assert shown(story)["address"] == FULL["address"]


def test_retraction_when_its_revision_is_accepted_then_its_text_is_shown() -> None:
    story, _ = approved()
    second = story.edit("Ann", "A", **without("address"))
    story.say("approve", "Rita", second)
    status = story.decide().status
    assert status.published
    assert status.published.revision == second
    assert status.overlay == ()


def test_retraction_when_an_older_text_is_accepted_later_then_stays() -> None:
    story = Story()
    first = story.edit("Ann", "A", **without("address"))
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "A", **FULL)
    story.edit("Ann", "A", **without("address"))
    story.decide()
    story.say("approve", "Rita", second)
    assert "address" not in shown(story)


def test_retraction_when_its_revision_is_hidden_then_stays() -> None:
    story, _ = approved()
    second = story.edit("Ann", "A, phone 123", **without("address"))
    story.decide()
    story.edit("Mallory", "A", **FULL)
    story.hide(second)
    assert "address" not in shown(story)


def test_retraction_when_accepted_text_is_hidden_then_holds_over_older_one() -> None:
    story, first = approved()
    second = story.edit("Ann", "A", **without("address"))
    story.say("approve", "Rita", second)
    third = story.edit("Ann", "A, phone 123", **without("address"))
    story.say("approve", "Rita", third)
    story.edit("Ann", "B", **without("address"))
    story.decide()
    story.hide(second)
    story.hide(third)
    assert "address" not in shown(story)
    assert story.decide().published == first


def test_retraction_when_reviewer_loses_right_later_then_stays() -> None:
    story, _ = approved()
    story.edit("Rita", "A", **{**FULL, "status": "cancelled"})
    story.decide()
    del story.rights["Rita"]
    story.edit("Mallory", "B", **FULL)
    assert shown(story)["status"] == "cancelled"


def test_draft_when_creator_goes_back_to_it_then_post_is_out_at_once() -> None:
    story = Story(kind="post")
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.decide()
    story.edit("Ann", "B", status="draft")
    status = story.decide().status
    assert (status.state, status.published) == (State.DRAFT, None)
    story.edit("Ann", "B", status="ready")
    assert story.decide().published == first


def test_draft_when_set_by_a_stranger_then_post_stays() -> None:
    story = Story(kind="post")
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.edit("Mallory", "B", status="draft")
    decision = story.decide()
    assert decision.published == first
    assert decision.status.state is State.WAITING


def test_unreadable_field_when_in_later_revision_then_takes_nothing_back() -> None:
    story, _ = approved()
    story.edit("Ann", "A", unread=("website",), **without("website"))
    assert shown(story)["website"] == FULL["website"]


def test_page_without_values_when_later_then_takes_nothing_back() -> None:
    first = PageRevision(
        2, START, "Ann", "x", content=Content(kind=None, values={}, broken=True)
    )
    assert retract("event", FULL, [first]).overlay == ()


def test_reading_again_when_only_newer_texts_are_given_then_result_is_same() -> None:
    story, _ = approved()
    story.edit("Ann", "A", **without("address"))
    story.decide()
    last = story.edit("Ann", "A", **without("address", "venue"))
    incremental = story.decide().status
    assert last in frozenset().union(*story.asked)
    assert [taken.field for taken in incremental.overlay] == ["address", "venue"]
    assert story.rebuild().status.overlay == incremental.overlay


def test_apply_when_nothing_is_taken_then_values_are_the_same() -> None:
    assert apply(FULL, ()) == FULL


def test_apply_when_field_is_already_absent_then_it_stays_absent() -> None:
    taken = RetractedField("address", None, 3, START)
    assert apply(without("address"), [taken]) == without("address")
