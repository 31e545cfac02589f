import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.text.urls import MOST, addresses_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://a.example/x, or [http://b.example B].", 2),
        ("| website = HTTPS://A.example/ü?x=1|y", 1),
        ("[//c.example/path Free] <!-- https://hidden.example -->", 2),
        ("no://address // nor this, https://localhost", 0),
        ("https://a.example https://a.example", 1),
    ],
)
def test_addresses_when_text_has_links_are_found_once(text: str, found: int) -> None:
    assert len(addresses_in(text)) == found


def test_addresses_when_written_in_text_end_where_a_reader_would_end_them() -> None:
    assert addresses_in("(https://a.example/x).") == ("https://a.example/x",)
    assert addresses_in("//c.example/p") == ("https://c.example/p",)


@given(st.text())
def test_addresses_when_text_is_anything_are_whole(text: str) -> None:
    for address in addresses_in(text):
        assert address.lower().startswith(("http://", "https://"))


def test_addresses_when_there_are_too_many_are_cut_off() -> None:
    text = " ".join(f"https://n{number}.example" for number in range(500))
    assert len(addresses_in(text)) == MOST
