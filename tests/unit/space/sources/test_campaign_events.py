"""Registrations of CampaignEvents as entries, and the walk over their ids."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.gateway.registrations import (
    error,
    registration,
    sample_registrations,
)
from space.errors import WikiUnavailableError
from space.serialize import to_json
from space.sources.campaign_events import (
    MISSES,
    MOST_FAILURES,
    CampaignEvents,
    read_registration,
)
from space.sources.entry import Entry, EntryState
from space.sources.source import SourceAnswer, SourceMissingError
from tests.support.wiki.registrations import RegisteringWiki

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
COMING = {"start_time": "20270306100000", "end_time": "20270306120000"}
SECRET = "https://meet.example.org/secret"


class Wiki(RegisteringWiki):
    """A wiki whose registrations are read."""

    def read(
        self,
        known: Mapping[int, Entry] | None = None,
        now: datetime = NOW,
        blocked: frozenset[str] = frozenset(),
    ) -> dict[int, Entry]:
        """All that is known after a time of reading."""
        known = known or {}
        news = CampaignEvents("wiki", self.ask, blocked).news(known, now)
        return {**known, **{entry.id: entry for entry in news}}


def read(**members: Any) -> Entry | None:
    body = json.dumps(registration(1, **members)).encode()
    return read_registration(body, 1, "wiki")


def test_registration_when_read_has_what_lists_need_in_our_words() -> None:
    entry = read(
        name="Trains\n of  the north",
        types=["other", "training-seminar", "meetup"],
        topics=["women", "medicine-and-health", "music"],
        wikis=["enwiki", "no wiki", "frwiki"],
        start_time="20270306100000",
        end_time="20270306160059",
        timezone="+05:45",
        meeting_country_code="DE",
        online_meeting=True,
        inperson_meeting=True,
    )

    assert entry == Entry(
        id=1,
        title="Trains of the north",
        page="Event:Registered event 1",
        sign_up="Special:RegisterForEvent/1",
        start="2027-03-06 10:00",
        end="2027-03-06 16:00",
        zone="UTC+05:45",
        mode="hybrid",
        country="DE",
        type="training",
        topics=("gender", "medicine", "music"),
        wikis=("enwiki", "frwiki"),
        open=True,
    )


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"status": "closed"}, {"open": False, "sign_up": ""}),
        ({"wikis": ["*"]}, {"wikis": ()}),
        ({"event_page_wiki": "frwiki"}, {"page": "w:fr:Event:Registered event 1"}),
        ({"event_page_wiki": "commonswiki"}, {"page": "c:Event:Registered event 1"}),
        ({"event_page_wiki": "unheardwiki"}, {"page": "Special:RegisterForEvent/1"}),
        ({"inperson_meeting": False, "online_meeting": True}, {"country": ""}),
        ({"types": ["of-the-future"]}, {"type": ""}),
        ({"is_test_event": True}, {"state": EntryState.TEST, "title": ""}),
        ({"name": "a" * 300}, {"title": "a" * 200}),
    ],
)
def test_registration_when_it_differs_is_told_so(
    members: dict[str, Any], told: dict[str, Any]
) -> None:
    entry = read(**members)

    assert entry is not None
    assert {name: getattr(entry, name) for name in told} == told


@pytest.mark.parametrize(
    "members",
    [
        {"id": 2},
        {"name": " "},
        {"timezone": "CET or so"},
        {"start_time": "2027-03-06T10:00:00Z"},
        {"start_time": "20270306100000", "end_time": "20270306090000"},
        {"start_time": "20270230100000"},
        {"start_time": "21991231100000", "end_time": "22000101100000"},
        {"is_test_event": "no"},
        {"wikis": "enwiki"},
        {"event_page": None},
    ],
)
def test_registration_when_out_of_shape_is_no_entry(members: dict[str, Any]) -> None:
    assert read(**members) is None


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=12, max_size=30)


@given(address=words, extra=st.dictionaries(words, words, max_size=3))
def test_entry_when_more_is_told_than_a_stranger_sees_has_nothing_of_it(
    address: str, extra: dict[str, str]
) -> None:
    entry = read(
        meeting_url=SECRET,
        chat_url=SECRET,
        meeting_address=f"<{address}>",
        questions=[4711],
        tracking_tools=[{"tool_id": "4711", "tool_event_id": SECRET}],
        **{f"_{name}": f"<{value}>" for name, value in extra.items()},
    )

    assert entry is not None
    assert entry == read()
    told = json.dumps(to_json(entry), ensure_ascii=False)
    for secret in (SECRET, f"<{address}>", "4711", *(f"<{v}>" for v in extra.values())):
        assert secret not in told


def test_walk_when_ids_have_holes_reads_all_events_and_stops_behind_the_last() -> None:
    samples = dict(sample_registrations())
    wiki = Wiki(samples)

    entries = wiki.read()

    there = {number for number, event in samples.items() if event}
    assert set(entries) == there
    assert len(there) == 500
    assert max(wiki.asked) == max(there) + MISSES
    assert set(wiki.asked.values()) == {1}
    assert entries[5].state is EntryState.TEST
    assert entries[8].span.start_utc == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert entries[9].span.start_utc == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_walk_when_nothing_is_new_says_nothing_and_asks_for_what_may_change() -> None:
    wiki = Wiki(sample_registrations())
    entries = wiki.read()
    wiki.asked.clear()

    assert wiki.read(entries, LATER) == entries

    over = [e.id for e in entries.values() if e.start and e.start < "2026-11-20"]
    assert over
    assert not wiki.asked.keys() & set(over)
    assert set(wiki.asked.values()) == {1}


def test_entry_when_its_event_moves_and_is_deleted_and_returns_rises_in_sequence() -> (
    None
):
    wiki = Wiki(
        {1: registration(1, start_time="20270306100000", end_time="20270306120000")}
    )
    first = wiki.read()
    wiki.events[1] = registration(
        1, start_time="20270307100000", end_time="20270307120000"
    )
    moved = wiki.read(first, LATER)
    event, wiki.events[1] = wiki.events[1], None
    gone = wiki.read(moved, LATER)
    wiki.events[1] = event
    back = wiki.read(gone, LATER)

    sequences = [entries[1].sequence for entries in (first, moved, gone, back)]
    assert sequences == sorted(set(sequences))
    assert first[1].seen == back[1].seen == NOW
    assert (moved[1].changed, moved[1].start) == (LATER, "2027-03-07 10:00")
    assert (gone[1].state, gone[1].title) == (EntryState.GONE, "")
    assert gone[1].start == "2027-03-07 10:00"
    assert back[1].is_listed


def test_test_event_when_it_becomes_a_real_one_is_listed() -> None:
    wiki = Wiki({1: registration(1, is_test_event=True)})
    first = wiki.read()
    wiki.events[1] = registration(1)

    assert first[1] == Entry(id=1, state=EntryState.TEST)
    assert wiki.read(first, LATER)[1].is_listed


def test_walk_when_one_event_fails_goes_on_and_reads_it_the_next_time() -> None:
    wiki = Wiki({n: registration(n) for n in (1, 2, 3)})
    wiki.events[2] = {"status": 500}
    first = wiki.read()
    wiki.events[2] = registration(2)

    assert first[2].state is EntryState.FAILED
    assert first[3].is_listed
    assert wiki.read(first, LATER)[2].is_listed


def test_known_event_when_it_fails_stays_as_it_is() -> None:
    wiki = Wiki(
        {1: registration(1, start_time="20270306100000", end_time="20270306120000")}
    )
    first = wiki.read()
    wiki.events[1] = {"status": 500}

    assert wiki.read(first, LATER) == first


def test_walk_when_many_fail_in_a_row_stops_without_losing_what_it_read() -> None:
    wiki = Wiki({n: registration(n) for n in range(1, 20)})
    for number in range(4, 20):
        wiki.events[number] = {"status": 500}
    news = CampaignEvents("wiki", wiki.ask).news({}, NOW)

    read = [next(news).id for _ in range(3 + MOST_FAILURES - 1)]

    assert read[:3] == [1, 2, 3]
    with pytest.raises(WikiUnavailableError):
        next(news)


def test_walk_when_the_wiki_has_no_such_interface_withdraws_nothing() -> None:
    def ask(_path: str) -> SourceAnswer:
        return SourceAnswer(404, error(404, "rest-no-match", "No match").get_data())

    known = Wiki({n: registration(n) for n in range(300, 303)}).events
    entries = Wiki({1: known[300] | {"id": 1, "end_time": "20280101000000"}}).read()
    with pytest.raises(SourceMissingError):
        list(CampaignEvents("wiki", ask).news(entries, LATER))


def test_organizers_when_some_are_blocked_are_asked_and_nobody_else_is_kept() -> None:
    people = {"organizers": ["Olu", "Mo Ads", "Ann"]}
    wiki = Wiki({1: registration(1, **COMING, **people), 2: registration(2, **COMING)})
    over = {"start_time": "20250101100000", "end_time": "20250101110000"}
    wiki.events[3] = registration(3, **over, **people)
    before = wiki.read()
    assert not wiki.asked_organizers

    entries = wiki.read(before, LATER, blocked=frozenset({"mo ads"}))
    assert wiki.asked_organizers == {1: 1, 2: 1, 3: 1}
    assert [entries[n].organizers for n in (1, 2, 3)] == [
        ("mo ads",),
        (),
        ("mo ads",),
    ]
    assert "Ann" not in repr(entries)
    assert [e.sequence for e in entries.values()] == [
        e.sequence for e in before.values()
    ]

    again = wiki.read(entries, LATER, blocked=frozenset({"mo ads"}))
    assert again == entries
    assert wiki.asked_organizers == {1: 2, 2: 2, 3: 1}
    assert wiki.read(entries, LATER) == before


@pytest.mark.parametrize(
    "answer",
    [
        SourceAnswer(500),
        SourceAnswer(200, b"{}"),
        SourceAnswer(200, b"[1]"),
        SourceAnswer(200, b'[{"user_name": 1}]'),
    ],
)
def test_organizers_when_nobody_tells_them_leave_the_event_as_it_was(
    answer: SourceAnswer,
) -> None:
    wiki = Wiki({1: registration(1, **COMING, organizers=["Mo"])})
    blocked = frozenset({"mo"})
    before = wiki.read(blocked=blocked)
    assert before[1].organizers == ("mo",)

    def ask(path: str) -> SourceAnswer:
        return answer if path.endswith("/organizers") else wiki.ask(path)

    news = CampaignEvents("wiki", ask, blocked).news(before, LATER)

    assert {**before, **{entry.id: entry for entry in news}} == before
