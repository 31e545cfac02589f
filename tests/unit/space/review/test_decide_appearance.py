"""The date of a post: the day on which readers could see it for the first time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.review.scenario import Scenario


def post() -> Scenario:
    return Scenario(kind="post")


def on(scenario: Scenario, day: str) -> Scenario:
    """The scenario goes on at noon of a day of November 2026 at the earliest."""
    noon = datetime.fromisoformat(f"2026-11-{day}T12:00Z")
    scenario.now = max(scenario.now, noon)
    scenario.today = scenario.now.date()
    return scenario


def appeared(scenario: Scenario) -> str | None:
    at = scenario.decide().status.first_published
    return at.isoformat(timespec="minutes") if at else None


def test_appeared_when_approved_before_its_day_then_is_its_day() -> None:
    scenario = on(post(), "03")
    first = scenario.edit("Ann", "A", publish_after="2026-11-24")
    scenario.say("approve", "Rita", first)
    assert appeared(scenario) is None
    assert appeared(on(scenario, "26")) == "2026-11-24T00:00+00:00"


def test_appeared_when_approved_after_its_day_then_is_the_approval() -> None:
    scenario = on(post(), "10")
    first = scenario.edit("Ann", "A", publish_after="2026-11-04")
    scenario.say("approve", "Rita", first)
    assert appeared(scenario) == "2026-11-10T12:02+00:00"


def test_appeared_when_published_post_says_another_day_then_stays() -> None:
    scenario = on(post(), "03")
    scenario.say("approve", "Rita", scenario.edit("Ann", "A"))
    known = appeared(scenario)
    scenario.say(
        "approve", "Rita", scenario.edit("Ann", "B", publish_after="2026-11-24")
    )
    assert appeared(on(scenario, "25")) == known


def test_appeared_when_day_is_taken_out_later_then_stays() -> None:
    scenario = on(post(), "03")
    first = scenario.edit("Ann", "A", publish_after="2026-11-24")
    scenario.say("approve", "Rita", first)
    known = appeared(on(scenario, "24"))
    scenario.say("approve", "Rita", scenario.edit("Ann", "A"))
    assert appeared(on(scenario, "28")) == known == "2026-11-24T00:00+00:00"


def test_appeared_when_replaced_on_its_day_before_the_bot_ran_then_is_its_day() -> None:
    scenario = on(post(), "03")
    first = scenario.edit("Ann", "A", publish_after="2026-11-24")
    scenario.say("approve", "Rita", first)
    on(scenario, "24")
    scenario.say("approve", "Rita", scenario.edit("Ann", "B"))
    assert appeared(scenario) == "2026-11-24T00:00+00:00"


def test_appeared_when_withdrawn_and_approved_again_then_stays() -> None:
    scenario = on(post(), "03")
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    known = appeared(scenario)
    scenario.say("withdraw", "Ann", first)
    assert appeared(on(scenario, "10")) == known
    scenario.say("approve", "Rita", first)
    assert appeared(on(scenario, "12")) == known


def test_appeared_when_page_is_deleted_and_undeleted_then_stays() -> None:
    scenario = on(post(), "03")
    scenario.say("approve", "Rita", scenario.edit("Ann", "A"))
    known = appeared(scenario)
    scenario.delete()
    assert appeared(on(scenario, "10")) == known
    scenario.undelete()
    assert appeared(on(scenario, "12")) == known


@pytest.mark.parametrize(
    "unseen", [{"status": "draft"}, {"broken": True}, {"kind": None}]
)
def test_appeared_when_nobody_could_see_the_text_before_then_is_the_later_one(
    unseen: dict[str, Any],
) -> None:
    scenario = Scenario(kind="post")
    for more in (unseen, {"kind": "post"}):
        scenario.say("approve", "Rita", scenario.edit("Ann", "A", **more))
        status = scenario.decide().status
    assert status.first_published == scenario.now


def test_appeared_of_an_event_then_is_its_first_acceptance() -> None:
    scenario = on(Scenario(), "03")
    scenario.say("approve", "Rita", scenario.edit("Ann", "A"))
    status = scenario.decide().status
    assert status.first_published == status.first_accepted == scenario.now


FIRST = date(2026, 11, 1)


@dataclass(frozen=True)
class Step:
    """What happens on a day: an edit that may name a day, or an approval."""

    wait: int  # days since the step before
    edits: bool
    day: int | None  # of `publish after`, counted from FIRST
    pick: int  # of the revision that is approved


steps = st.lists(
    st.builds(
        Step,
        wait=st.integers(0, 4),
        edits=st.booleans(),
        day=st.none() | st.integers(0, 20),
        pick=st.integers(0, 5),
    ),
    min_size=1,
    max_size=8,
)


def take(scenario: Scenario, step: Step) -> None:
    # An approval said twice is the later one to a bot that reads both at once.
    said = {verdict.revision for verdict in scenario.verdicts}
    numbers = sorted(scenario.revisions.keys() - said)
    if step.edits or not numbers:
        day = FIRST + timedelta(days=step.day) if step.day is not None else None
        values = {"publish_after": day.isoformat()} if day else {}
        scenario.edit("Ann", f"text {scenario.number}", **values)
        return
    scenario.say("approve", "Rita", numbers[step.pick % len(numbers)])


def tell(scenario: Scenario, steps: list[Step], *, daily: bool) -> date | None:
    """Play the steps; the first day on which a bot that looks daily shows the post."""
    seen = None
    days = iter(FIRST + timedelta(days=n) for n in range(60))
    due = FIRST
    for step in [*steps, None]:
        due = due + timedelta(days=step.wait) if step else FIRST + timedelta(days=59)
        while scenario.today < due:
            if daily and seen is None and scenario.decide().published:
                seen = scenario.today
            scenario.today = next(day for day in days if day > scenario.today)
        midnight = datetime.combine(scenario.today, datetime.min.time(), UTC)
        scenario.now = max(scenario.now, midnight)
        if step:
            take(scenario, step)
    return seen


@given(steps)
@example([Step(0, True, 10, 0), Step(1, False, None, 0), Step(2, True, 15, 0)])
def test_appeared_then_is_the_first_day_on_which_readers_saw_it(
    steps: list[Step],
) -> None:
    """However late the bot reads, and if it has lost all it knew."""
    watched = Scenario(kind="post", today=FIRST)
    seen = tell(watched, steps, daily=True)
    status = watched.decide().status
    assert (status.first_published and status.first_published.date()) == seen
    late = Scenario(kind="post", today=FIRST)
    tell(late, steps, daily=False)
    found = late.decide().status.first_published
    assert found == late.rebuild().status.first_published
    assert (found and found.date()) == seen
