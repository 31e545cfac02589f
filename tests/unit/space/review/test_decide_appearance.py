"""The date of a post: the day on which readers could see it for the first time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.review.scenario import Story


def post() -> Story:
    return Story(kind="post")


def on(story: Story, day: str) -> Story:
    """The story goes on at noon of a day of November 2026, if it is not later yet."""
    noon = datetime.fromisoformat(f"2026-11-{day}T12:00Z")
    story.now = max(story.now, noon)
    story.today = story.now.date()
    return story


def appeared(story: Story) -> str | None:
    at = story.decide().status.first_published
    return at.isoformat(timespec="minutes") if at else None


def test_appeared_when_approved_before_its_day_then_is_its_day() -> None:
    story = on(post(), "03")
    first = story.edit("Ann", "A", publish_after="2026-11-24")
    story.say("approve", "Rita", first)
    assert appeared(story) is None
    assert appeared(on(story, "26")) == "2026-11-24T00:00+00:00"


def test_appeared_when_approved_after_its_day_then_is_the_approval() -> None:
    story = on(post(), "10")
    first = story.edit("Ann", "A", publish_after="2026-11-04")
    story.say("approve", "Rita", first)
    assert appeared(story) == "2026-11-10T12:02+00:00"


def test_appeared_when_published_post_says_another_day_then_stays() -> None:
    story = on(post(), "03")
    story.say("approve", "Rita", story.edit("Ann", "A"))
    known = appeared(story)
    story.say("approve", "Rita", story.edit("Ann", "B", publish_after="2026-11-24"))
    assert appeared(on(story, "25")) == known


def test_appeared_when_day_is_taken_out_later_then_stays() -> None:
    story = on(post(), "03")
    first = story.edit("Ann", "A", publish_after="2026-11-24")
    story.say("approve", "Rita", first)
    known = appeared(on(story, "24"))
    story.say("approve", "Rita", story.edit("Ann", "A"))
    assert appeared(on(story, "28")) == known == "2026-11-24T00:00+00:00"


def test_appeared_when_withdrawn_and_approved_again_then_stays() -> None:
    story = on(post(), "03")
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    known = appeared(story)
    story.say("withdraw", "Ann", first)
    assert appeared(on(story, "10")) == known
    story.say("approve", "Rita", first)
    assert appeared(on(story, "12")) == known


def test_appeared_when_page_is_deleted_and_undeleted_then_stays() -> None:
    story = on(post(), "03")
    story.say("approve", "Rita", story.edit("Ann", "A"))
    known = appeared(story)
    story.delete()
    assert appeared(on(story, "10")) == known
    story.undelete()
    assert appeared(on(story, "12")) == known


def test_appeared_of_an_event_then_is_its_first_acceptance() -> None:
    story = on(Story(), "03")
    story.say("approve", "Rita", story.edit("Ann", "A"))
    status = story.decide().status
    assert status.first_published == status.first_accepted == story.now


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


def take(story: Story, step: Step) -> None:
    # An approval said twice is the later one to a bot that reads both at once.
    said = {verdict.revision for verdict in story.verdicts}
    numbers = sorted(story.revisions.keys() - said)
    if step.edits or not numbers:
        day = FIRST + timedelta(days=step.day) if step.day is not None else None
        values = {"publish_after": day.isoformat()} if day else {}
        story.edit("Ann", f"text {story.number}", **values)
        return
    story.say("approve", "Rita", numbers[step.pick % len(numbers)])


def tell(story: Story, steps: list[Step], *, daily: bool) -> date | None:
    """Play the steps; the first day on which a bot that looks daily shows the post."""
    seen = None
    days = iter(FIRST + timedelta(days=n) for n in range(60))
    due = FIRST
    for step in [*steps, None]:
        due = due + timedelta(days=step.wait) if step else FIRST + timedelta(days=59)
        while story.today < due:
            if daily and seen is None and story.decide().published:
                seen = story.today
            story.today = next(day for day in days if day > story.today)
        midnight = datetime.combine(story.today, datetime.min.time(), UTC)
        story.now = max(story.now, midnight)
        if step:
            take(story, step)
    return seen


@given(steps)
@example([Step(0, True, 10, 0), Step(1, False, None, 0), Step(2, True, 15, 0)])
def test_appeared_then_is_the_first_day_on_which_readers_saw_it(
    steps: list[Step],
) -> None:
    """However late the bot reads, and if it has lost all it knew."""
    watched = Story(kind="post", today=FIRST)
    seen = tell(watched, steps, daily=True)
    status = watched.decide().status
    assert (status.first_published and status.first_published.date()) == seen
    late = Story(kind="post", today=FIRST)
    tell(late, steps, daily=False)
    found = late.decide().status.first_published
    assert found == late.rebuild().status.first_published
    assert (found and found.date()) == seen
