import json

from hypothesis import given
from hypothesis import strategies as st

from space.text.json_size import indentation, most_octets

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
    ),
)


@given(values)
def test_indentation_always_is_what_indenting_adds(value: object) -> None:
    compact = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    indented = json.dumps(value, ensure_ascii=True, indent=4)
    assert indentation(value) == (
        len(indented) - len(compact),
        indented.count("\n"),
    )


def levels(value: object) -> int:
    if not isinstance(value, dict | list):
        return 0
    items = value.values() if isinstance(value, dict) else value
    return 1 + max(map(levels, items), default=0)


@given(values)
def test_most_octets_always_are_enough_for_the_indented_text(value: object) -> None:
    compact = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    indented = json.dumps(value, ensure_ascii=False, indent=4)
    assert most_octets(compact, levels(value)) >= len(indented.encode())
