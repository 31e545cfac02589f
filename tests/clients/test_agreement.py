"""Every feed is read alike by every client: count, instants, texts, expanded times."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from space.feeds.alarms import ALARMS, with_alarms
from space.feeds.labels import labelled_vevents
from space.publication.publication import Publication
from tests.clients.defects import defects_of, readable
from tests.clients.readers import READERS, ask_libical, khal
from tests.clients.seen import Seen, demo, expected, rich, unambiguous
from tests.support.feeds.calendars import file, unique
from tests.support.feeds.ics_lint import lint
from tests.support.feeds.publications import NEAR_DAYS, event, events
from tests.support.feeds.tzdata_zones import ZONES
from tests.support.feeds.words import words

SOURCES: dict[str, Callable[[], list[Publication]]] = {"rich": rich, "demo": demo}
CHANGED_LATELY = frozenset({"Africa/Casablanca"})
WITHOUT_ORGANIZER = "Failed iTIP restrictions for ORGANIZER property"


def by_uid(found: list[Seen]) -> dict[str, Seen]:
    named = {each.uid: each for each in found}
    assert len(named) == len(found)
    return named


def differences(
    reader: str,
    publications: list[Publication],
    found: list[Seen],
    changed: frozenset[str] = CHANGED_LATELY,
) -> list[tuple[Seen, Seen]]:
    """What a client sees otherwise than pages say, apart from its known defects.

    `changed` are zones that may have other times in the client's own data.
    """
    theirs = by_uid(found)
    ours = {}
    for each in publications:
        seen = expected(each)
        for compared in defects_of(reader, each, changed):
            theirs[seen.uid], seen = compared(theirs[seen.uid]), compared(seen)
        ours[seen.uid] = seen.told_by(theirs[seen.uid])
    assert set(theirs) == set(ours)
    return [(seen, theirs[uid]) for uid, seen in ours.items() if theirs[uid] != seen]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("reader", READERS)
def test_calendar_when_read_by_a_client_then_it_sees_what_pages_say(
    reader: str, source: str, tmp_path: Path
) -> None:
    publications = SOURCES[source]()
    assert len(publications) > 10
    text = file(*publications)
    assert lint(text.encode()) == []
    found = READERS[reader](text, tmp_path)
    assert differences(reader, publications, found) == []


@pytest.mark.parametrize("reader", ["ical.js", "libical", "ical"])
def test_calendar_in_arabic_when_read_by_a_client_then_its_place_is_in_arabic(
    reader: str, tmp_path: Path
) -> None:
    walk = event(12, title="Walk", venue="Te Papa, 2", city="Wellington", country="NZ")
    arabic = labelled_vevents(file(walk), words("ar"))
    (seen,) = READERS[reader](arabic, tmp_path)
    assert seen.location == "Te Papa, 2, Wellington, نيوزيلندا"


@pytest.mark.parametrize("reader", READERS)
def test_calendar_with_alarms_when_read_by_a_client_then_it_sees_what_pages_say(
    reader: str, tmp_path: Path
) -> None:
    publications = rich()
    found = READERS[reader](with_alarms(file(*publications), ALARMS), tmp_path)
    assert differences(reader, publications, found) == []


def test_alarms_when_checked_by_libical_then_only_an_organizer_is_missed() -> None:
    errors = ask_libical(with_alarms(file(*rich()), ALARMS))["errors"]
    assert [error for error in errors if WITHOUT_ORGANIZER not in error] == []


# A client that is asked again for every shrunken calendar takes minutes to fail.
@settings(max_examples=2, phases=[Phase.explicit, Phase.generate])
# In other centuries clients have other clocks, or none.
@given(st.lists(events(NEAR_DAYS).filter(unambiguous), min_size=25, max_size=35))
@pytest.mark.parametrize("reader", READERS)
def test_calendar_when_made_of_any_events_then_clients_agree(
    reader: str,
    tmp_path_factory: pytest.TempPathFactory,
    some: list[Publication],
) -> None:
    publications = [each for each in unique(some) if readable(reader, each)]
    folder = tmp_path_factory.mktemp("client")
    found = READERS[reader](file(*publications), folder)
    changed = frozenset(ZONES)
    assert differences(reader, publications, found, changed) == []


@pytest.mark.parametrize("source", SOURCES)
def test_calendar_when_checked_by_libical_then_only_an_organizer_is_missed(
    source: str,
) -> None:
    # RFC 5546 §3.2.1 wants one of what is published, as if it could be answered.
    errors = ask_libical(file(*SOURCES[source]()))["errors"]
    assert [error for error in errors if WITHOUT_ORGANIZER not in error] == []


def test_check_of_libical_when_a_calendar_is_bad_then_finds_it() -> None:
    bad = file(*rich()).replace("STATUS:CONFIRMED", "STATUS:POSTPONED", 1)
    errors = ask_libical(bad)["errors"]
    assert [error for error in errors if WITHOUT_ORGANIZER not in error] != []


@pytest.mark.parametrize("source", SOURCES)
def test_calendar_when_imported_into_khal_then_its_list_is_ours(
    source: str, tmp_path: Path
) -> None:
    publications = SOURCES[source]()
    found = by_uid(khal(file(*publications), tmp_path))
    for publication in publications:
        each = expected(publication)
        if (each.start or "")[:4] in {"2026", "2027"}:
            seen = found.pop(each.uid)
            if publication.values["timezone"] in CHANGED_LATELY:
                continue  # khal has zones of its own, too
            # It has no first time of a series, only all of them.
            first = each.times[0] if each.times else each.start
            assert (seen.summary, seen.start) == (each.summary, first)
            assert not each.times or seen.times == each.times
    older = {
        expected(each).uid
        for each in publications
        if each.values.get("recurrence") or each.values.get("also")
    }
    assert set(found) <= older
