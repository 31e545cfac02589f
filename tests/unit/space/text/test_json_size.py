import json

from hypothesis import given
from hypothesis import strategies as st

from space.text.json_size import indentation

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
