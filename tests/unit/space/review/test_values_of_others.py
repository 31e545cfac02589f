"""What strangers write never becomes an organizer's correction, nor undoes one."""

from collections.abc import Mapping

import pytest

from space.review.model import Rights
from space.review.overlay import apply
from space.schema.kinds import Value
from tests.support.review.scenario import Scenario

EVENT: dict[str, Value] = {
    "start": "2026-12-05 17:00",
    "timezone": "Pacific/Auckland",
    "address": "1 Queen Street",
    "organizers": ("Bea",),
}
THEIRS = {**EVENT, "start": "2026-12-05 03:00"}
LATER = {**EVENT, "start": "2026-12-05 04:00"}
OWN = {**EVENT, "start": "2026-12-05 18:00"}
MORE_THAN_KEPT = 70


def approved() -> Scenario:
    return Scenario.approved(EVENT, "Bea", "Mallory")


def shown(scenario: Scenario) -> Mapping[str, Value]:
    """What readers see: the same whether everything is read again or only the new."""
    status = scenario.decide().status
    assert scenario.rebuild().status.overlay == status.overlay
    return apply({"title": "A", **EVENT}, status.overlay)


def test_value_when_organizer_restores_own_text_with_it_then_waits() -> None:
    scenario = approved()
    scenario.edit("Mallory", "A", **THEIRS)
    mended = scenario.edit("Ann", "A, typo mended", **THEIRS)
    scenario.edit("Mallory", "A", **LATER)
    scenario.again("Ann", mended)
    assert shown(scenario)["start"] == EVENT["start"]
    scenario.edit("Ann", "A, once more", **THEIRS)
    assert shown(scenario)["start"] == EVENT["start"]


@pytest.mark.parametrize("user", ["Ann", "Bea", "Rita"])
def test_value_when_organizer_undoes_what_was_written_over_it_then_waits(
    user: str,
) -> None:
    scenario = approved()
    scenario.edit("Mallory", "A", **THEIRS, status="cancelled")
    scenario.edit("Mallory", "A", **LATER, status="postponed")
    scenario.edit("Mallory", "A and more", **LATER, status="postponed")
    scenario.edit(user, "A and more", **THEIRS, status="cancelled")
    assert shown(scenario) == {"title": "A", **EVENT}


def test_value_when_it_stood_in_another_template_then_waits() -> None:
    scenario = approved()
    scenario.edit("Mallory", "A", kind=None)  # a slip in the template's name
    scenario.edit("Ann", "A", kind="event", **THEIRS)
    scenario.edit("Ann", "A, typo mended", **THEIRS)
    assert shown(scenario)["start"] == EVENT["start"]


def test_value_when_a_stranger_wrote_it_unreadably_then_waits() -> None:
    scenario = approved()
    scenario.edit("Mallory", "A", broken=True, unread=("end",), **EVENT)
    scenario.edit("Ann", "A", **EVENT, end="2026-12-05 23:00")
    assert "end" not in shown(scenario)


@pytest.mark.parametrize("values", [THEIRS, None])
def test_correction_when_vandalism_was_reverted_before_then_counts(
    values: Mapping[str, Value] | None,
) -> None:
    scenario = approved()
    first = min(scenario.revisions)
    if values:
        scenario.edit("Mallory", "A", **values)
    else:
        scenario.edit("Mallory", "", kind=None)
    scenario.again("Ann", first)
    scenario.hide(first + 2)  # the vandalism, since the verdict has a number, too
    scenario.edit("Ann", "A", **OWN)
    assert shown(scenario) == {"title": "A", **OWN}


@pytest.mark.parametrize("changes", [OWN, {**EVENT, "address": ""}])
def test_organizers_edit_when_strangers_make_many_more_then_still_counts(
    changes: Mapping[str, Value],
) -> None:
    scenario = approved()
    values = {name: value for name, value in changes.items() if value}
    scenario.edit("Bea", "A", **values)
    for number in range(MORE_THAN_KEPT):
        scenario.edit("Mallory", f"A {number}", **EVENT)
    scenario.decide()
    assert shown(scenario) == {"title": "A", **values}


def test_correction_when_its_author_makes_many_more_edits_then_still_counts() -> None:
    scenario = approved()
    scenario.edit("Mallory", "A", **THEIRS)
    scenario.edit("Bea", "A", **OWN)
    for number in range(MORE_THAN_KEPT):
        scenario.edit("Bea", f"A {number}", **OWN)
        scenario.decide()
    assert shown(scenario) == {"title": "A", **OWN}


def test_organizer_when_blocked_once_then_texts_of_that_time_are_of_others() -> None:
    scenario = approved()
    scenario.rights["Bea"] = Rights(blocked=True)
    scenario.edit("Bea", "A", **THEIRS)
    scenario.decide()
    scenario.rights["Bea"] = Rights()
    scenario.edit("Bea", "A, typo mended", **THEIRS)
    assert scenario.decide().status.overlay == ()
