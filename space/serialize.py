"""Frozen dataclasses as JSON and back, by cattrs: each field is a key.

A field that has its default is left out. Times are ISO 8601 in UTC with a Z.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from sys import intern
from types import GenericAlias, NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin

from cattrs import ClassValidationError, Converter, IterableValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

T = TypeVar("T")
Json = Any
_Read = Callable[[Json, Any], Any]

_NAME = "json"
_IS_SHARED = "_is_shared"
_SHORT = 40  # characters of texts that are in memory once, however often read
_NEAR = 256  # values of a kind that are remembered, to be one object when read again
_TEXT_OR_TEXTS = {str, tuple[str, ...]}


def stored_as(name: str) -> Mapping[str, str]:
    """Metadata of a dataclass field whose key in JSON is `name`."""
    return {_NAME: name}


def one_of_equals(kind: type[T]) -> type[T]:
    """A dataclass whose values are read as the same object where they come again soon.

    For those that are often equal and in memory in great number.
    """
    setattr(kind, _IS_SHARED, True)
    return kind


def to_json(value: Any) -> Json:
    """A value as JSON."""
    return _converter().unstructure(value)


def from_json(kind: type[T], data: Json) -> T:
    """Read a dataclass from JSON; unknown keys are passed over.

    Raises ValueError for data out of shape, with the first place that is, such as
    ".verdicts[3].revision".
    """
    try:
        return _converter().structure(data, kind)
    except Exception as error:
        raise ValueError(_place(error)) from error


def _place(error: BaseException) -> str:
    """Where in the data the first of cattrs' errors is; empty for the whole."""
    if isinstance(error, ClassValidationError):
        for inner, attribute in error.group_exceptions()[0]:
            return f".{_keys(error.cl)[attribute.name]}{_place(inner)}"
    if isinstance(error, IterableValidationError):
        for inner, item in error.group_exceptions()[0]:
            return f"[{item.index}]{_place(inner)}"
    return ""


@cache
def _converter() -> Converter:
    """A converter as strict as JSON: nothing is made a number or a text on the way."""
    converter = Converter(omit_if_default=True)
    converter.register_structure_hook(str, _read_text)
    converter.register_structure_hook(int, _read_number)
    converter.register_structure_hook(bool, _read_flag)
    converter.register_structure_hook(StrEnum, _read_choice)
    converter.register_structure_hook(datetime, _read_time)
    converter.register_structure_hook(date, _read_day)
    converter.register_unstructure_hook(datetime, _time)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook_factory(_is_dataclass, _fields_reader)
    converter.register_unstructure_hook_factory(_is_dataclass, _fields_writer)
    converter.register_structure_hook_factory(_is_tuple, _items_reader)
    converter.register_structure_hook_factory(_is_text_or_texts, _texts_reader)
    return converter


def _read_text(data: Json, _kind: Any) -> str:
    if type(data) is not str:
        raise ValueError(data)
    return intern(data) if len(data) <= _SHORT else data


def _read_flag(data: Json, _kind: Any) -> bool:
    if type(data) is not bool:
        raise ValueError(data)
    return data


def _read_number(data: Json, _kind: Any) -> int:
    if type(data) is not int:
        raise ValueError(data)
    return _same_number(data)


@lru_cache(maxsize=_NEAR)
def _same_number(value: int) -> int:
    """The number itself, as the same object where it comes again soon.

    An entry of the ledger names a revision and a time in many places, and all entries
    are in memory at once.
    """
    return value


@lru_cache(maxsize=_NEAR)
def _same_value(value: Any) -> Any:
    """The value itself, as the same object where an equal one comes again soon."""
    return value


def _read_choice(data: Json, kind: Any) -> StrEnum:
    choice: StrEnum = kind(data)
    return choice


def _read_time(data: Json, _kind: Any) -> datetime:
    if not isinstance(data, str) or not data.endswith("Z"):
        raise ValueError(data)
    return _same_time(data)


@lru_cache(maxsize=_NEAR)
def _same_time(text: str) -> datetime:
    """The time of a text, as the same object where it comes again soon."""
    return datetime.fromisoformat(text)


def _read_day(data: Json, _kind: Any) -> date:
    return date.fromisoformat(data)


def _time(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _is_dataclass(kind: Any) -> bool:
    return is_dataclass(kind) and isinstance(kind, type)


def _keys(kind: Any) -> Mapping[str, str]:
    """The key in JSON of each field."""
    return {each.name: each.metadata.get(_NAME, each.name) for each in fields(kind)}


def _overrides(kind: Any) -> dict[str, Any]:
    return {name: override(rename=key) for name, key in _keys(kind).items()}


def _fields_reader(kind: Any, converter: Converter) -> _Read:
    read = make_dict_structure_fn(kind, converter, **_overrides(kind))
    is_shared = hasattr(kind, _IS_SHARED)

    def read_fields(data: Json, kind: Any) -> Any:
        if not isinstance(data, Mapping):
            raise ValueError(data)  # noqa: TRY004 - wrong data, not a wrong call
        value = read(data, kind)
        return _same_value(value) if is_shared else value

    return read_fields


def _fields_writer(kind: Any, converter: Converter) -> Callable[[Any], Json]:
    return make_dict_unstructure_fn(
        kind, converter, _cattrs_omit_if_default=True, **_overrides(kind)
    )


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _items_reader(kind: Any, converter: Converter) -> _Read:
    items = GenericAlias(list, get_args(kind)[:1])
    is_shared = get_args(kind)[0] is int
    read = converter.get_structure_hook(items)

    def read_items(data: Json, _kind: Any) -> tuple[Any, ...]:
        if not isinstance(data, list):
            raise ValueError(data)  # noqa: TRY004 - wrong data, not a wrong call
        value = tuple(read(data, items))
        return _same_value(value) if is_shared else value

    return read_items


def _is_text_or_texts(kind: Any) -> bool:
    """Whether a type is that of a field's value, or of a value that may be missing."""
    is_union = get_origin(kind) is UnionType
    return is_union and set(get_args(kind)) - {NoneType} == _TEXT_OR_TEXTS


def _texts_reader(kind: Any, converter: Converter) -> _Read:
    read = converter.get_structure_hook(tuple[str, ...])
    plain = {NoneType} & set(get_args(kind))

    def read_texts(data: Json, _kind: Any) -> Any:
        if type(data) is str:
            return _read_text(data, str)
        return data if type(data) in plain else read(data, tuple[str, ...])

    return read_texts
