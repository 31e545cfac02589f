from datetime import timedelta

from bots.process_state import DEAR, SHARE, Postponed
from tests.support.feeds.publications import NOW


def test_work_when_it_took_little_waits_for_a_hundred_times_as_long() -> None:
    times = Postponed()
    times.done("map", NOW, DEAR)
    times.waiting.add("map")
    assert not times.is_due(NOW)
    assert times.is_due(NOW + timedelta(seconds=SHARE * DEAR))


def test_work_when_it_was_dear_is_never_due_after_news() -> None:
    times = Postponed()
    times.done("map", NOW, DEAR + 0.01)
    times.waiting.add("map")
    assert not times.is_due(NOW + timedelta(days=1))
    times.done("map", NOW, DEAR)
    assert times.next("map") < NOW + timedelta(days=1)
