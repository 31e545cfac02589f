"""A VTIMEZONE that is an hour off, or that Outlook does not understand.

Outlook ignores zones that list dates instead of rules (iCalcreator #86); an onset after
the first event leaves it without an offset (libical #91); "GMT" that has summer time
(pretalx #2588) and onsets on the new clock (icalendar 7.3) are an hour wrong. Here
libical gets nothing but our VTIMEZONE, for half an hour on each side of every change.
libical's way from UTC to local times errs by itself; ours is the one to UTC.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from space.dates.tzdata import read_zone
from tests.clients.readers import libical
from tests.clients.seen import expected, unambiguous
from tests.support.feeds.calendars import file
from tests.support.feeds.publications import event
from tests.support.feeds.tzdata_zones import TRICKY, around_changes


def test_times_when_clocks_change_then_libical_has_our_instants(tmp_path: Path) -> None:
    some = [
        event(number, start=f"{wall:%Y-%m-%d %H:%M}", end="", timezone=zone)
        for number, (zone, wall) in enumerate(
            ((zone, wall) for zone in TRICKY for wall in sorted(around_changes(zone))),
            1,
        )
    ]
    some = [each for each in some if unambiguous(each)]
    assert len(some) > 300
    seen = {each.uid: each.start for each in libical(file(*some), tmp_path)}
    assert seen == {found.uid: found.start for found in map(expected, some)}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_zone_when_it_has_rules_then_outlook_gets_them_from_before_the_event(
    zone: str,
) -> None:
    text = file(event(1, timezone=zone))
    assert text.count("RRULE:FREQ=YEARLY") == 2
    assert "RDATE" not in text
    year = datetime.fromtimestamp(read_zone(zone).ruled_since or 0, UTC).year
    onsets = [line for line in text.split("\r\n") if line.startswith("DTSTART:")]
    assert len(onsets) == 2
    assert all(year <= int(onset[8:12]) < 2027 for onset in onsets)
