"""Dataclasses as JSON and back: what is written, and what is refused where."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest

from space.serialize import Json, from_json, one_of_equals, stored_as, to_json

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Part:
    number: int
    colour: Colour = Colour.RED


@one_of_equals
@dataclass(frozen=True, slots=True)
class Place:
    name: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    name: str
    at: datetime | None = None
    day: date | None = None
    told: bool = False
    value: str | tuple[str, ...] | None = None
    parts: tuple[Part, ...] = ()
    first: Part = field(default=Part(0), metadata=stored_as("1st"))


FULL = Whole(
    "A", NOON, date(2026, 12, 1), True, ("x", "y"), (Part(1), Part(2)), Part(3)
)
WRITTEN = {
    "name": "A",
    "at": "2026-11-28T12:00:00Z",
    "day": "2026-12-01",
    "told": True,
    "value": ["x", "y"],
    "parts": [{"number": 1}, {"number": 2}],
    "1st": {"number": 3},
}


def test_json_when_fields_have_values_then_has_each_by_its_key() -> None:
    assert to_json(FULL) == WRITTEN
    assert to_json((Part(1), Part(2))) == [{"number": 1}, {"number": 2}]


def test_json_when_fields_have_their_defaults_then_leaves_them_out() -> None:
    assert to_json(Whole("A")) == {"name": "A"}


def test_json_when_a_time_is_of_another_zone_then_is_in_utc() -> None:
    there = NOON.astimezone(timezone(timedelta(hours=13)))
    assert to_json(Whole("A", there))["at"] == "2026-11-28T12:00:00Z"


@pytest.mark.parametrize(
    "whole", [FULL, Whole("A"), Whole("A", value="x"), Whole("A", value=())]
)
def test_json_when_read_back_then_is_the_same(whole: Whole) -> None:
    read = from_json(Whole, json.loads(json.dumps(to_json(whole))))
    assert repr(read) == repr(whole)


def test_json_when_keys_are_unknown_then_passes_over_them() -> None:
    assert from_json(Whole, {"name": "A", "colour": "blue"}) == Whole("A")


@pytest.mark.parametrize(
    ("spoiled", "place"),
    [
        ({"name": 1}, ".name"),
        ({"name": None}, ".name"),
        ({"at": "2026-11-28T12:00:00"}, ".at"),
        ({"at": "noonZ"}, ".at"),
        ({"at": 1}, ".at"),
        ({"day": "2026-13-01"}, ".day"),
        ({"day": 1}, ".day"),
        ({"told": 1}, ".told"),
        ({"value": 1}, ".value"),
        ({"value": ["x", 1]}, ".value[1]"),
        ({"parts": {"number": 1}}, ".parts"),
        ({"parts": "ab"}, ".parts"),
        ({"parts": [{"number": 1}, {}]}, ".parts[1].number"),
        ({"parts": [{"number": True}]}, ".parts[0].number"),
        ({"parts": [{"number": 1, "colour": "blue"}]}, ".parts[0].colour"),
        ({"1st": []}, ".1st"),
        ({"1st": {"number": 1.5}}, ".1st.number"),
    ],
)
def test_json_when_out_of_shape_then_names_the_place(
    spoiled: dict[str, Json], place: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(place)}$"):
        from_json(Whole, WRITTEN | spoiled)


@pytest.mark.parametrize("data", [None, 1, "name", [], ["name"], {}])
def test_json_when_there_is_no_object_then_is_refused(data: Json) -> None:
    with pytest.raises(ValueError, match=r"^(\.name)?$"):
        from_json(Whole, data)


def test_texts_when_they_are_short_then_are_in_memory_once() -> None:
    rows = [json.loads('{"name": "waiting"}') for _ in range(2)]
    first, second = (from_json(Whole, row) for row in rows)
    assert first.name is second.name


def test_values_when_they_are_often_equal_then_are_in_memory_once() -> None:
    data = {"name": "A", "numbers": [1, 2]}
    one, other = from_json(Place, data), from_json(Place, {**data})
    assert one is other
    assert from_json(Place, {**data, "name": "B"}).numbers is one.numbers
