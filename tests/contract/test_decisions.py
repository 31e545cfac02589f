"""What the tool remembers of decisions that the bot may not have read yet."""

from datetime import timedelta

from sqlalchemy import Engine

from tests.support.feeds.publications import NOW
from tool.decisions import KEPT, Decisions, RecentDecision, metadata


def test_decisions_when_made_come_back_for_a_day_the_newest_of_each_page(
    database: Engine,
) -> None:
    early, late = (Decisions(database, lambda t=t: t) for t in (NOW, NOW + KEPT))
    early.create_tables()
    late.create_tables()
    assert early.recent() == ()
    for page, revision in ((1, 10), (2, 20), (1, 11)):
        early.add(page, revision)
    assert sorted(early.recent(), key=lambda each: each.page_id) == [
        RecentDecision(1, 11, NOW),
        RecentDecision(2, 20, NOW),
    ]
    late.add(3, 30)
    assert {each.page_id for each in late.recent()} == {1, 2, 3}
    later = Decisions(database, lambda: NOW + KEPT + timedelta(seconds=1))
    later.add(3, 31)
    assert later.recent() == (RecentDecision(3, 31, NOW + KEPT + timedelta(seconds=1)),)
    metadata.drop_all(database)


def test_decision_when_it_cannot_be_kept_is_no_error(database: Engine) -> None:
    Decisions(database, lambda: NOW).add(1, 10)  # there is no table


def test_decision_when_made_within_a_second_is_not_before_what_began_in_it(
    database: Engine,
) -> None:
    began = NOW + timedelta(milliseconds=300)
    decisions = Decisions(database, lambda: NOW + timedelta(milliseconds=700))
    decisions.create_tables()
    decisions.add(1, 10)
    (found,) = decisions.recent()
    assert found.at >= began
    metadata.drop_all(database)
