"""Frozen dataclasses as JSON and back: the shape of the one is that of the other.

A field that has its default is left out. Times are ISO 8601 in UTC with a Z.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = Any


_NAME = "json"


def stored_as(name: str) -> Mapping[str, str]:
    """Metadata of a dataclass field whose key in JSON is `name`."""
    return {_NAME: name}


def to_json(value: Any) -> Json:
    """A value as JSON. Raises TypeError for what `from_json` could not read."""
    if value is None or isinstance(value, Enum | str | int):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {
            _key(each): to_json(getattr(value, each.name))
            for each in fields(value)
            if getattr(value, each.name) != each.default
        }
    raise TypeError(type(value))


def from_json(kind: type[T], data: Json) -> T:
    """Read a dataclass from JSON; keys it does not know are passed over.

    Raises ValueError, with the place in the data, for anything that is not in shape.
    """
    value: T = _read(kind, data, "")
    return value


def _read(kind: Any, data: Json, place: str) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_fields(kind, data, place)
    origin = get_origin(kind)
    if origin is tuple and isinstance(data, list):
        item = get_args(kind)[0]
        return tuple(
            _read(item, each, f"{place}[{number}]") for number, each in enumerate(data)
        )
    if origin is UnionType:
        return _read_union(get_args(kind), data, place)
    if isinstance(data, bool):
        if kind is bool:
            return data
        raise ValueError(place)
    if kind is int and isinstance(data, int):
        return data
    if isinstance(data, str):
        return _read_text(kind, data, place)
    raise ValueError(place)


def _read_fields(kind: type, data: Json, place: str) -> Any:
    if not isinstance(data, Mapping):
        raise ValueError(place)  # noqa: TRY004 - wrong data, not a wrong call
    hints = _hints(kind)
    values = {}
    for each in fields(kind):
        key = _key(each)
        if key in data:
            inside = f"{place}.{key}"
            values[each.name] = _read(hints[each.name], data[key], inside)
        elif each.default is MISSING:
            raise ValueError(f"{place}.{key}")
    return kind(**values)


def _key(of: Field[Any]) -> str:
    name: str = of.metadata.get(_NAME, of.name)
    return name


def _read_union(kinds: tuple[Any, ...], data: Json, place: str) -> Any:
    if data is None and NoneType in kinds:
        return None
    for kind in kinds:
        if kind is not NoneType:
            try:
                return _read(kind, data, place)
            except ValueError:
                continue
    raise ValueError(place)


def _read_text(kind: Any, data: str, place: str) -> Any:
    if kind is str:
        return data
    try:
        if isinstance(kind, type) and issubclass(kind, Enum):
            return kind(data)
        if kind is date:
            return date.fromisoformat(data)
        if kind is datetime and data.endswith("Z"):
            return datetime.fromisoformat(data)
    except ValueError as error:
        raise ValueError(place) from error
    raise ValueError(place)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
