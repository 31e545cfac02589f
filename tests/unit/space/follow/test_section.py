"""What a day's mentions say of events, whatever is on their pages."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from space.follow.lines import read_lines
from space.follow.matching import Matcher
from space.follow.mention import Due, Mention, Occasion
from space.follow.plan import due_mentions
from space.follow.section import section
from space.publication.occurrence import Occurrence
from space.settings.topics import Topics
from space.text.messages import Translator, read_catalogue
from tests.support.feeds.publications import NOW
from tests.support.schema.secrets import Guarded, guarded_events

CATALOGUE = read_catalogue()


def about(user: str) -> Due:
    mention = Mention(user, 12, Occasion.NEW)
    return Due(mention, "Space/Events/Tea", datetime(2026, 12, 8, tzinfo=UTC))


@given(
    guarded_events(), st.sampled_from(sorted(CATALOGUE)), st.sampled_from([0, 1, 6, 40])
)
def test_mentions_of_any_event_have_nothing_private(
    guarded: Guarded, language: str, days: int
) -> None:
    lines = read_lines("{{Space follower|Olu|country=NZ|remind=7; 1}}")
    begins = NOW + timedelta(days=days, hours=1)
    once = Occurrence(guarded.event, "", None, begins, begins + timedelta(hours=2))
    matcher = Matcher.of(lines, Topics.of())
    since = guarded.event.published - timedelta(days=1)
    later = guarded.event.published + timedelta(days=1)

    due = list(due_mentions(dict.fromkeys(lines, since), matcher, [once], later))
    text = section(due, "Space/Followers", Translator(CATALOGUE, language))

    is_off = guarded.event.values.get("status") == "cancelled"
    assert (guarded.event.page_title in text) is not is_off
    assert [secret for secret in guarded.secrets if secret in text] == []


def test_sections_of_a_minute_when_told_of_one_event_end_in_lines_of_their_own() -> (
    None
):
    translator = Translator(CATALOGUE, "en")
    ends = {
        section([about(user)], "Space/Followers", translator).splitlines()[-1]
        for user in ("Ana", "Ben")
    }
    assert ends == {
        f"* [[:Space/Events/Tea|Tea]] (2026-12-08): @[[User:{user}|{user}]] ~~~~"
        for user in ("Ana", "Ben")
    }
