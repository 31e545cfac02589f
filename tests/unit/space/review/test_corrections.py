"""Organizers correct times and status of an accepted event at once; others do not."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from space.review.model import Rights, State
from space.review.overlay import apply
from space.schema.kinds import Value
from tests.support.review.scenario import Scenario

EVENT: dict[str, Value] = {
    "start": "2026-12-05 17:00",
    "end": "2026-12-05 19:00",
    "timezone": "Pacific/Auckland",
    "country": "NZ",
    "organizers": ("Bea", "Cleo"),
}
SERIES: dict[str, Value] = {**EVENT, "recurrence": "FREQ=WEEKLY;COUNT=10"}
AN_HOUR_LATER = {"start": "2026-12-05 18:00", "end": "2026-12-05 20:00"}
CANCELLED_DATE = {"except": ("2026-12-12",)}
CHANGES: list[dict[str, Value]] = [
    {"start": "2026-12-05 18:00"},
    {"end": "2026-12-05 20:00"},
    {"timezone": "Australia/Sydney"},
    {"also": ("2026-12-06",)},
    {"status": "tentative"},
    {**AN_HOUR_LATER, "timezone": "Australia/Sydney", "status": "tentative"},
]


def approved(values: Mapping[str, Value] = EVENT) -> Scenario:
    return Scenario.approved(values, "Bea", "Cleo", "Mallory", "~2026-1")


def shown(scenario: Scenario) -> Mapping[str, Value]:
    """What readers see: the same whether everything is read again or only the new."""
    status = scenario.decide().status
    again = scenario.rebuild().status
    assert status.published
    assert (again.overlay, again.state) == (status.overlay, status.state)
    content = scenario.revisions[status.published.revision].content
    assert content
    return apply(content.values, status.overlay)


def page(**changes: Value) -> dict[str, Value]:
    return {"title": "A", **EVENT, **changes}


@pytest.mark.parametrize("changes", CHANGES)
@pytest.mark.parametrize("user", ["Ann", "Bea"])
def test_correction_when_by_creator_or_named_organizer_then_shows_at_once(
    user: str, changes: dict[str, Value]
) -> None:
    scenario = approved()
    before = scenario.decide().status
    corrected = scenario.edit(user, "A", **{**EVENT, **changes})
    assert shown(scenario) == page(**changes)
    status = scenario.decide().status
    assert (status.state, status.live) == (State.PUBLISHED, True)
    assert status.pending
    assert status.pending.revision == corrected
    assert {field.field for field in status.corrections} == set(changes)
    assert status.sequence > before.sequence
    assert status.updated == scenario.now


@pytest.mark.parametrize("user", ["Mallory", "Rita", "Tove", "Bot", "~2026-1"])
def test_correction_when_by_anybody_else_then_waits(user: str) -> None:
    scenario = approved()
    scenario.edit(user, "A", **{**EVENT, **AN_HOUR_LATER, "status": "tentative"})
    assert shown(scenario) == page()
    status = scenario.decide().status
    assert (status.state, status.live, status.overlay) == (State.WAITING, False, ())


def test_correction_when_made_over_a_strangers_time_then_that_waits() -> None:
    scenario = approved()
    scenario.edit("Mallory", "A", **{**EVENT, "start": "2026-12-05 03:00"})
    scenario.edit("Ann", "A, typo mended", **{**EVENT, "start": "2026-12-05 03:00"})
    scenario.edit("Ann", "A", **{**EVENT, "start": "2026-12-05 03:00", "end": "x"})
    assert shown(scenario) == page()


def test_correction_when_it_restores_a_strangers_text_then_waits() -> None:
    scenario = approved()
    bad = scenario.edit("Mallory", "A", **{**EVENT, "start": "2026-12-05 03:00"})
    scenario.edit("Mallory", "nonsense", **EVENT)
    scenario.again("Bea", bad)
    assert shown(scenario) == page()


def test_correction_when_a_stranger_reverts_it_then_stays_and_is_marked() -> None:
    scenario = approved()
    first = min(scenario.revisions)
    corrected = scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    made = scenario.now
    scenario.again("Mallory", first)
    assert shown(scenario) == page(**AN_HOUR_LATER)
    status = scenario.decide().status
    assert [field.field for field in status.corrections] == ["end", "start"]
    assert (status.state, status.live) == (State.PUBLISHED, True)
    assert status.pending
    assert (status.pending.revision, status.pending_since) == (corrected, made)
    scenario.say("changes", "Rita", corrected)
    assert shown(scenario) == page()
    status = scenario.decide().status
    assert (status.live, status.pending, status.overlay) == (False, None, ())


def test_correction_when_approved_after_a_revert_then_the_revert_waits() -> None:
    scenario = approved()
    first = min(scenario.revisions)
    corrected = scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    scenario.again("Mallory", first)
    scenario.decide()
    scenario.say("approve", "Rita", corrected)
    assert shown(scenario) == page(**AN_HOUR_LATER)
    status = scenario.decide().status
    assert (status.state, status.overlay) == (State.WAITING, ())
    assert status.published
    assert status.published.revision == corrected


def test_correction_when_accepted_value_is_restored_then_is_lifted() -> None:
    scenario = approved()
    scenario.edit("Bea", "A", **{**EVENT, **AN_HOUR_LATER})
    sequence = scenario.decide().status.sequence
    scenario.edit("Rita", "B", **EVENT)
    assert shown(scenario) == page()
    assert scenario.decide().status.sequence > sequence


def test_correction_when_mixed_with_new_text_then_only_the_time_shows() -> None:
    scenario = approved()
    changes = {**AN_HOUR_LATER, "venue": "Buy pills", "website": "https://x.example"}
    scenario.edit("Bea", "B", **{**EVENT, **changes})
    assert shown(scenario) == page(**AN_HOUR_LATER)
    status = scenario.decide().status
    assert (status.state, status.live) == (State.WAITING, False)
    assert [field.field for field in status.corrections] == ["end", "start"]


def test_correction_when_approved_then_is_the_published_text() -> None:
    scenario = approved()
    corrected = scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    before = scenario.decide().status
    scenario.say("approve", "Rita", corrected)
    assert shown(scenario) == page(**AN_HOUR_LATER)
    status = scenario.decide().status
    assert (status.overlay, status.live, status.pending) == ((), False, None)
    assert status.sequence > before.sequence


@pytest.mark.parametrize("verdict", ["changes", "decline"])
def test_correction_when_rejected_then_the_accepted_time_is_back(verdict: str) -> None:
    scenario = approved()
    corrected = scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    before = scenario.decide().status
    scenario.say(verdict, "Rita", corrected)
    assert shown(scenario) == page()
    assert scenario.decide().status.sequence > before.sequence


def test_correction_when_rejected_then_counts_again_only_if_it_is_another() -> None:
    scenario = approved()
    corrected = scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    scenario.say("changes", "Rita", corrected)
    scenario.decide()
    scenario.edit("Bea", "B", **{**EVENT, **AN_HOUR_LATER})
    assert shown(scenario) == page()
    scenario.edit("Ann", "B", **{**EVENT, "start": "2026-12-05 18:30"})
    assert shown(scenario) == page(start="2026-12-05 18:30")


def test_correction_when_a_later_text_is_rejected_then_is_taken_back() -> None:
    scenario = approved()
    scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    later = scenario.edit("Ann", "B", **{**EVENT, **AN_HOUR_LATER})
    scenario.decide()
    scenario.say("changes", "Rita", later)
    assert shown(scenario) == page()


@pytest.mark.parametrize("verdict", ["decline", "withdraw"])
def test_correction_when_page_was_declined_or_withdrawn_then_waits(
    verdict: str,
) -> None:
    scenario = approved()
    other = scenario.edit("Mallory", "B", **EVENT)
    scenario.say(verdict, "Rita", other)
    scenario.decide()
    scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    status = scenario.decide().status
    assert (status.corrections, status.live) == ((), False)
    assert scenario.rebuild().status.corrections == ()


def test_correction_when_page_is_declined_later_then_is_taken_back() -> None:
    scenario = approved()
    other = scenario.edit("Mallory", "B", **EVENT)
    scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    before = scenario.decide().status
    scenario.say("decline", "Rita", other)
    assert shown(scenario) == page()
    assert scenario.decide().status.sequence > before.sequence


def test_correction_when_settings_turn_them_off_then_waits() -> None:
    scenario = approved()
    scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    before = scenario.decide().status
    on, off = scenario.policy, replace(scenario.policy, corrections=False)
    scenario.policy = off
    assert shown(scenario) == page()
    off_status = scenario.decide().status
    assert off_status.state is State.WAITING
    assert off_status.sequence > before.sequence
    scenario.policy = on
    assert shown(scenario) == page(**AN_HOUR_LATER)
    assert (on.terms("event"), off.terms("post")) == ("review", "review")
    assert off.terms("event") == "review without corrections"


def test_correction_when_settings_are_off_then_cancelling_still_counts() -> None:
    scenario = approved()
    scenario.policy = replace(scenario.policy, corrections=False)
    scenario.edit("Bea", "A", **{**EVENT, "status": "cancelled"})
    assert shown(scenario) == page(status="cancelled")


# Who


def test_organizer_when_named_only_in_waiting_text_then_corrects_nothing() -> None:
    scenario = approved()
    named = {**EVENT, "organizers": ("Bea", "Mallory"), **AN_HOUR_LATER}
    scenario.edit("Mallory", "A", **named)
    scenario.edit("Mallory", "A", **{**named, "status": "tentative"})
    assert shown(scenario) == page()
    waiting = max(scenario.revisions)
    scenario.say("approve", "Rita", waiting)
    scenario.decide()
    scenario.edit("Mallory", "A", **{**named, "status": "confirmed"})
    assert shown(scenario)["status"] == "confirmed"


def test_organizer_when_renamed_then_still_corrects() -> None:
    scenario = approved()
    scenario.rename("Bea", "Beatrice")
    scenario.edit("Beatrice", "A", **{**EVENT, **AN_HOUR_LATER})
    assert scenario.decide().status.live


def test_organizer_when_another_takes_the_old_name_then_that_one_does_not() -> None:
    scenario = approved()
    scenario.rename("Bea", "Beatrice")
    scenario.rename("Mallory", "Bea")
    scenario.edit("Bea", "A", **{**EVENT, **AN_HOUR_LATER})
    assert not scenario.decide().status.live
    newer = scenario.edit("Ann", "B", **EVENT)
    scenario.say("approve", "Rita", newer)
    scenario.decide()
    scenario.edit("Bea", "B", **{**EVENT, **AN_HOUR_LATER})
    assert not scenario.decide().status.live


def test_organizer_when_the_name_is_registered_later_then_does_not_correct() -> None:
    scenario = approved({**EVENT, "organizers": ("Nobody yet",)})
    scenario.edit("Nobody yet", "A", **{**EVENT, **AN_HOUR_LATER})
    assert not scenario.decide().status.live


@pytest.mark.parametrize(
    "rights", [Rights(blocked=True), Rights(machine=True, autopatrolled=True)]
)
@pytest.mark.parametrize("user", ["Ann", "Bea"])
def test_organizer_when_blocked_or_machine_then_corrects_nothing(
    user: str, rights: Rights
) -> None:
    scenario = approved()
    scenario.rights[user] = rights
    scenario.edit(user, "A", **{**EVENT, **AN_HOUR_LATER})
    assert shown(scenario) == page()


def test_organizer_when_blocked_later_then_correction_stays() -> None:
    scenario = approved()
    scenario.edit("Bea", "A", **{**EVENT, **AN_HOUR_LATER})
    scenario.decide()
    scenario.rights["Bea"] = Rights(blocked=True)
    scenario.edit("Mallory", "B", **EVENT)
    overlay = scenario.decide().status.overlay
    assert [field.field for field in overlay] == ["end", "start"]


def test_creator_when_temporary_account_then_retracts_but_corrects_nothing() -> None:
    scenario = Scenario()
    first = scenario.edit("~2026-1", "A", **EVENT)
    scenario.say("approve", "Rita", first)
    scenario.edit("~2026-1", "A", **{**EVENT, **AN_HOUR_LATER, "status": "cancelled"})
    assert shown(scenario) == page(status="cancelled")


def test_retraction_when_by_named_organizer_then_works_at_once() -> None:
    full = {**EVENT, "address": "1 Queen Street"}
    scenario = approved(full)
    scenario.edit("Cleo", "A", **{**EVENT, "status": "cancelled"})
    assert shown(scenario) == page(status="cancelled")
    assert scenario.decide().status.corrections == ()


def test_cancelling_when_a_stranger_did_it_then_organizers_typo_does_not() -> None:
    scenario = approved()
    scenario.edit("Mallory", "A", **{**EVENT, "status": "cancelled"})
    scenario.edit("Ann", "B", **{**EVENT, "status": "cancelled"})
    assert shown(scenario) == page()


def test_cancelling_when_organizer_does_it_again_after_a_stranger_then_counts() -> None:
    scenario = approved()
    scenario.edit("Mallory", "A", **{**EVENT, "status": "cancelled"})
    scenario.edit("Ann", "B", **EVENT)
    scenario.edit("Ann", "B", **{**EVENT, "status": "cancelled"})
    assert shown(scenario) == page(status="cancelled")


# What


@pytest.mark.parametrize(
    "changes",
    [
        {"start": "2028-12-05 17:00", "end": "2028-12-05 19:00"},
        {"end": "2028-01-05 19:00"},
        {"also": ("2026-12-06", "2029-12-06")},
        {"start": "2026-12-05"},  # a whole day, and the end is a time
        {"end": "2026-12-05 16:00"},
        {"timezone": "Nowhere"},
    ],
)
def test_correction_when_far_away_or_impossible_then_waits_as_a_whole(
    changes: dict[str, Value],
) -> None:
    scenario = approved()
    scenario.edit("Ann", "A", **{**EVENT, "also": ("2026-12-07",), **changes})
    assert shown(scenario) == page()


def test_correction_when_text_has_errors_then_waits_and_the_mended_one_shows() -> None:
    scenario = approved()
    scenario.edit("Ann", "A", broken=True, **{**EVENT, "start": "2026-12-05 18:00"})
    assert shown(scenario) == page()
    scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    assert shown(scenario) == page(**AN_HOUR_LATER)


@pytest.mark.parametrize(
    "changes",
    [
        {"except": ("2026-12-12",)},
        {"also": ("2026-12-13", "2026-12-14 10:00")},
        {"start": "2026-12-05 18:00", "end": "2026-12-05 20:00"},
        {"start": "2026-12-06 17:00", "end": "2026-12-06 19:00"},
    ],
)
def test_series_when_a_date_changes_then_shows_at_once(
    changes: dict[str, Value],
) -> None:
    scenario = approved(SERIES)
    scenario.edit("Bea", "A", **{**SERIES, **changes})
    assert shown(scenario) == {"title": "A", **SERIES, **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"recurrence": "FREQ=DAILY;COUNT=10", **CANCELLED_DATE},
        {"series": "Event:Other", **CANCELLED_DATE},
        {"occurrence": "2026-12-05 17:00", "start": "2026-12-05 18:00"},
    ],
)
def test_series_when_its_rule_changes_too_then_times_wait(
    changes: dict[str, Value],
) -> None:
    scenario = approved(SERIES)
    scenario.edit("Bea", "A", **{**SERIES, **changes})
    assert shown(scenario) == {"title": "A", **SERIES}


def test_series_when_start_is_off_its_rule_then_waits() -> None:
    weekly = {**EVENT, "recurrence": "FREQ=WEEKLY;BYDAY=SA;COUNT=10"}
    scenario = approved(weekly)
    moved = {"start": "2026-12-06 17:00", "end": "2026-12-06 19:00"}
    scenario.edit("Bea", "A", **{**weekly, **moved})
    assert shown(scenario) == {"title": "A", **weekly}


def test_series_when_old_then_a_date_near_one_of_its_own_may_be_added() -> None:
    old = {
        **EVENT,
        "start": "2020-12-05 17:00",
        "end": "2020-12-05 19:00",
        "recurrence": "FREQ=WEEKLY",
    }
    scenario = approved(old)
    scenario.edit("Bea", "A", **{**old, "also": ("2027-01-01",)})
    assert shown(scenario)["also"] == ("2027-01-01",)


def test_event_when_accepted_as_cancelled_then_organizer_confirms_it_at_once() -> None:
    scenario = approved({**EVENT, "status": "cancelled"})
    scenario.edit("Bea", "A", **EVENT)
    assert shown(scenario)["status"] == "confirmed"
    assert scenario.decide().status.corrections


def test_post_when_its_status_changes_then_is_no_correction() -> None:
    scenario = Scenario(kind="post")
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.edit("Ann", "A", status="ready", start="2026-12-05")
    assert scenario.decide().status.overlay == ()


# What the wiki hides


@pytest.mark.parametrize("what", ["text", "user", "before"])
def test_correction_when_its_revision_is_hidden_later_then_stays(what: str) -> None:
    scenario = approved()
    libel = scenario.edit("Mallory", "A, libel", **EVENT)
    corrected = scenario.edit("Bea", "A", **{**EVENT, **AN_HOUR_LATER})
    scenario.decide()
    scenario.edit("Mallory", "B", **EVENT)
    hidden = libel if what == "before" else corrected
    scenario.hide(hidden, text=what != "user", user=what == "user")
    overlay = scenario.decide().status.overlay
    assert [field.field for field in overlay] == ["end", "start"]
    scenario.say("changes", "Rita", max(scenario.revisions))
    assert scenario.decide().status.overlay == ()


# What the figures tell


def test_seen_correction_when_approved_then_was_looked_at_and_not_taken_back() -> None:
    scenario = approved()
    corrected = scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    made = scenario.now
    (seen,) = scenario.decide().entry.corrections
    assert (seen.revision, seen.at, seen.looked_at) == (corrected, made, None)
    scenario.tick(90)
    verdict = scenario.say("approve", "Rita", corrected)
    (seen,) = scenario.decide().entry.corrections
    assert (seen.looked_at, seen.taken_back) == (verdict.at, False)
    assert scenario.decide().entry.corrections == (seen,)


@pytest.mark.parametrize("verdict", ["changes", "decline"])
def test_seen_correction_when_rejected_then_was_taken_back(verdict: str) -> None:
    scenario = approved()
    corrected = scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    scenario.decide()
    line = scenario.say(verdict, "Rita", corrected)
    (seen,) = scenario.decide().entry.corrections
    assert (seen.looked_at, seen.taken_back) == (line.at, True)


@pytest.mark.parametrize("times", [EVENT, {**EVENT, "start": "2026-12-05 16:00"}])
def test_seen_correction_when_organizer_changes_it_first_then_is_forgotten(
    times: dict[str, Value],
) -> None:
    scenario = approved()
    scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    (first,) = scenario.decide().entry.corrections
    scenario.edit("Bea", "B", **times)
    assert first not in scenario.decide().entry.corrections


def test_seen_correction_when_a_stranger_reverts_it_then_nobody_looked() -> None:
    scenario = approved()
    first = min(scenario.revisions)
    scenario.edit("Ann", "A", **{**EVENT, **AN_HOUR_LATER})
    scenario.decide()
    scenario.again("Mallory", first)
    (seen,) = scenario.decide().entry.corrections
    assert seen.looked_at is None
