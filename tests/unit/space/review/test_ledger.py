"""The ledger's pages: what is written is what is read, whatever stands there."""

import json
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from space.review import ledger
from space.review.compaction import compact_to_published
from space.review.ledger import (
    MAX_BYTES,
    LedgerBlock,
    block_of,
    block_title,
    inherit,
    read_block,
    write_block,
)
from space.review.model import (
    LedgerEntry,
)
from space.review.policy import Policy
from space.schema.problems import Problem
from space.text.json_size import most_octets
from tests.support.corpus.hostile_json import TEXTS
from tests.support.review.random_edits import begun, perform, policies, random_edits
from tests.support.review.scenario import OPEN, PATROL, Scenario


@st.composite
def entries(draw: st.DrawFn) -> LedgerEntry:
    """The entry of any scenario, folded early in some."""
    scenario = begun(draw(policies))
    for act in draw(random_edits):
        perform(scenario, act)
    found = replace(scenario.decide().entry, page=draw(st.integers(700, 799)))
    found = compact_to_published(found) if draw(st.booleans()) else found
    return replace(found, seen=tuple(draw(st.lists(st.text(max_size=3), max_size=2))))


E = "ledger-entry"
FEW = settings(max_examples=settings().max_examples // 5)


def block(*entries: LedgerEntry) -> LedgerBlock:
    return LedgerBlock(MappingProxyType({entry.page: entry for entry in entries}))


def entry(page: int) -> LedgerEntry:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first, reason="Thank you")
    return replace(scenario.decide().entry, page=page)


@FEW
@given(st.lists(entries(), max_size=3))
def test_block_when_written_and_read_then_is_the_same(
    entries: list[LedgerEntry],
) -> None:
    written = block(*entries)
    read = read_block(write_block(written))
    assert read.problems == ()
    assert read.entries == written.entries
    assert write_block(read) == write_block(written)
    assert read_block(write_block(written), is_own=True) == read


@FEW
@given(st.lists(entries(), unique_by=lambda each: each.page, max_size=3))
def test_block_when_entries_come_in_any_order_then_text_is_the_same(
    entries: list[LedgerEntry],
) -> None:
    assert write_block(block(*entries)) == write_block(block(*reversed(entries)))


@FEW
@given(st.lists(entries(), max_size=3))
def test_block_when_wiki_indents_it_then_reads_the_same(
    entries: list[LedgerEntry],
) -> None:
    text = write_block(block(*entries))
    indented = json.dumps(json.loads(text), ensure_ascii=False, indent=4)
    assert read_block(indented) == read_block(text)
    assert most_octets(text, ledger._DEEPEST) >= len(indented.encode())


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.text() | json_values.map(json.dumps))
def test_reading_when_text_is_anything_then_never_fails(text: str) -> None:
    assert read_block(text).entries == {}


@FEW
@given(entries(), st.data())
def test_reading_when_one_entry_is_spoiled_then_the_others_are_read(
    good: LedgerEntry, data: st.DataObject
) -> None:
    spoiled = json.loads(write_block(block(replace(good, page=701), entry(702))))
    name = data.draw(st.sampled_from(sorted(spoiled["p701"])))
    spoiled["p701"][name] = data.draw(json_values)
    read = read_block(json.dumps(spoiled))
    assert read.entries[702] == entry(702)
    assert (701 in read.entries) is (read.problems == ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((text, "ledger-not-json") for text in TEXTS.values()),
        ("{}", "ledger-schema"),
        ('{"schema": 2}', "ledger-schema"),
        ('{"schema": 1, "p1": {}}', E),
        ('{"schema": 1, "p1": {"page": 2, "kind": "event"}}', E),
        ('{"schema": 1, "p1": {"page": true, "kind": "event"}}', E),
        ('{"schema": 1, "1": {"page": 1, "kind": "event"}}', E),
        ('{"schema": 1, "p1": {"page": 1, "kind": "x", "starts": "2026-11-01"}}', E),
        ('{"schema": 1, "p1": {"page": 1, "kind": "x", "seen": "ab"}}', E),
    ],
)
def test_reading_when_out_of_shape_then_says_what_is_wrong(
    text: str, code: str
) -> None:
    read = read_block(text)
    assert [problem.code for problem in read.problems] == [code]


def test_reading_when_an_entry_is_out_of_shape_then_names_its_key_and_part() -> None:
    read = read_block('{"schema": 1, "p1": {"page": 2, "kind": "event"}, "p3": {}}')
    assert [problem.params for problem in read.problems] == [
        ("p1", ".page"),
        ("p3", ".page"),
    ]


def test_block_when_written_has_no_spaces_and_letters_as_they_are() -> None:
    text = write_block(block(replace(entry(701), creator="Ünï")))
    assert text.startswith('{"schema":1,"p701":{"page":701,')
    assert '"creator":"Ünï"' in text


def busy(page: int, edits: int) -> LedgerEntry:
    scenario = Scenario()
    for number in range(edits):
        last = scenario.edit("Ann", f"{page} {number}")
        scenario.say("approve", "Rita", last, reason="Ünï " * 20)
    return replace(scenario.decide().entry, page=page)


def test_block_when_the_wiki_has_room_for_all_of_it_then_is_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = block(busy(701, 3), busy(702, 6))
    text = write_block(whole)
    stored = json.dumps(json.loads(text), ensure_ascii=False, indent=4)
    monkeypatch.setattr(ledger, "MAX_BYTES", len(stored.encode()))
    assert write_block(whole) == text


def test_block_when_it_is_just_too_big_then_the_biggest_settled_page_gives_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small, big = busy(701, 3), busy(702, 6)
    whole = read_block(write_block(block(small, big)))
    read, most = whole, ledger.MAX_BYTES // 8
    while read == whole:
        most -= 64
        monkeypatch.setattr(ledger, "MAX_BYTES", most)
        read = read_block(write_block(block(small, big)))
    assert read.entries[701] == small
    assert read.entries[702] == compact_to_published(big) != big


def test_reading_when_a_later_version_added_keys_then_passes_over_them() -> None:
    data = json.loads(write_block(block(entry(701))))
    data["p701"]["colour"] = "blue"
    assert read_block(json.dumps(data)).entries == {701: entry(701)}


def test_entry_when_written_then_banner_finds_its_standing() -> None:
    data = json.loads(write_block(block(entry(701))))
    status = data["p701"]["standing"]
    assert data["p701"]["kind"] == "event"
    assert status["state"] == "published"
    assert status["reason"] == {"code": "approval", "params": ["Rita"]}
    assert set(status["published"]) == {"revision", "at", "sha1"}
    assert status["published"]["at"] == "2026-11-01T00:01:00Z"


def test_keys_when_written_then_none_looks_like_a_number() -> None:
    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    data = json.loads(write_block(block(entry(701), entry(702))))
    assert not any(key.isdigit() for key in keys(data))


def test_block_when_all_pages_are_busy_then_stays_small_and_publishes_the_same() -> (
    None
):
    busy = []
    scenarios = {}
    for page in range(700, 800):
        scenario = scenarios[page] = Scenario(policy=OPEN)
        for number in range(8):
            last = scenario.edit("Mary Ann of the Wikimedians", f"{page} {number}")
            scenario.say("approve", "Mallory", last, reason="Ünïcödé " * 40)
            scenario.say("approve", "Rita", last, reason="Ünïcödé " * 40)
        busy.append(replace(scenario.decide().entry, page=page))
    text = write_block(block(*busy))
    stored = json.dumps(json.loads(text), ensure_ascii=False, indent=4)
    assert len(stored.encode()) <= MAX_BYTES
    read = read_block(text)
    for before in busy:
        after = read.entries[before.page]
        assert after.status == before.status
        assert before.marks <= after.marks
        scenario = scenarios[before.page]
        scenario.entry = after
        assert scenario.decide().status == before.status


@pytest.mark.parametrize("policy", [OPEN, PATROL])
def test_settled_entry_when_page_goes_on_then_rules_hold_as_before(
    policy: Policy,
) -> None:
    scenario = Scenario(policy=policy)
    first = scenario.edit("Tove", "A")
    second = scenario.edit("Tove", "B")
    scenario.say("decline", "Rita", second)
    scenario.say("approve", "Ravi", second)
    scenario.entry = compact_to_published(scenario.decide().entry)
    assert scenario.decide().published == second
    scenario.say("changes", "Rita", second)
    assert scenario.decide().published in {None, first}
    third = scenario.edit("Mallory", "C")
    assert (scenario.decide().published == third) is (policy == OPEN)


def test_settling_when_something_waits_then_keeps_all() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.edit("Ann", "B")
    kept = scenario.decide().entry
    assert compact_to_published(kept) == kept


def test_former_bots_block_when_page_is_only_there_then_is_inherited() -> None:
    mine, theirs = entry(701), replace(entry(701), kind="post")
    third = replace(entry(702), kind="post")
    merged = inherit(block(mine), [block(theirs, third), block(entry(702))])
    assert merged.entries == {701: mine, 702: third}


def test_block_when_asked_for_its_place_then_names_a_page_of_the_bot() -> None:
    assert block_of(712) == block_of(700) == 7
    assert block_title("SpaceBot", 7) == "User:SpaceBot/Space/Ledger/7.json"


def test_former_bots_block_when_a_part_cannot_be_read_then_its_problem_is_told() -> (
    None
):
    one, other = Problem("ledger-schema"), Problem("ledger-not-json")
    merged = inherit(LedgerBlock(problems=(one,)), [LedgerBlock(problems=(other,))])
    assert merged.problems == (one, other)
