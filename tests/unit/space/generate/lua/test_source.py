from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lupa.lua51 import LuaRuntime, lua_type

from space.generate.lua import source

SCALARS = st.booleans() | st.integers(-(2**31), 2**31) | st.text()
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


def plain(value: Any, like: Any) -> Any:
    """A Lua value as Python data of the shape of `like`."""
    if lua_type(value) != "table":
        return value.decode("utf-8") if isinstance(value, bytes) else value
    if isinstance(like, list):
        return [plain(value[i + 1], item) for i, item in enumerate(like)]
    return {key: plain(value[key.encode("utf-8")], item) for key, item in like.items()}


@given(DATA)
def test_literal_when_run_by_lua_then_gives_the_same_data(data: source.Data) -> None:
    try:
        written = source.module(data, says="Generated").encode("utf-8")
    except UnicodeEncodeError:
        return  # lone surrogates are no text
    assert plain(LuaRuntime(encoding=None).execute(written), data) == data


def test_literal_when_a_key_is_a_keyword_then_it_is_bracketed() -> None:
    assert (
        source.literal({"end": 1, "start": 2}) == "{\n\t['end'] = 1,\n\tstart = 2,\n}"
    )


def test_literal_when_a_mapping_holds_none_then_the_key_is_absent() -> None:
    assert source.literal({"a": None}) == "{}"


def test_literal_when_a_sequence_holds_none_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="nil"):
        source.literal(["a", None])
