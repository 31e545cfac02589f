import re
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.text.logfmt import escaped, line, value, without_secrets

SECRET = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._~/=",
    min_size=10,
    max_size=40,
).map("7q".__add__)
"""Texts like those of tokens, none of which is a part of the words around it."""
_VALUE = r'("(?:[^"\\]|\\.)*"|[^\s"=]+)'
PAIRS = re.compile(f"a={_VALUE} b={_VALUE}")
NAMES = st.sampled_from(
    ["access_token", "code", "state", "lgpassword", "lgtoken", "token", "any_name"]
)


@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0xD800])
def test_text_when_it_has_a_control_character_then_that_is_told(code: int) -> None:
    told = escaped(f"a{chr(code)}b")
    assert told.isprintable()
    assert told.startswith("a\\")


def test_text_when_printable_then_stays_and_cannot_be_mistaken() -> None:
    assert value("/blog/1-नया") == "/blog/1-नया"
    assert escaped("\\n") != escaped("\n")


@given(st.text(), st.text())
def test_line_when_values_are_anything_then_it_has_as_many_pairs(
    one: str, two: str
) -> None:
    told = line([("a", one), ("b", two)])
    assert told.isprintable()
    assert PAIRS.fullmatch(told)


@given(SECRET, NAMES)
def test_text_when_a_url_has_secrets_then_they_are_left_out(
    secret: str, name: str
) -> None:
    query = urlencode({"title": "A", name: secret})
    for text in (
        f"GET https://meta.wikimedia.org/w/api.php?{query} failed",
        f"Max retries exceeded with url: /w/api.php?{query} (Caused by x)",
        f"https://ana:{quote(secret, safe='')}@example.org/ is away",
        f"headers {{'Authorization': 'Bearer {secret}'}}",
        f"lgpassword={quote(secret, safe='')} refused",
        f"{{'access_token': '{secret}', 'x': 1}}",
    ):
        told = without_secrets(text)
        assert secret not in told
        assert quote(secret, safe="") not in told
        assert urlencode({name: secret}) not in told


@given(st.ip_addresses().filter(lambda ip: not ip.is_loopback and int(ip) > 1))
def test_text_when_it_has_a_network_address_then_it_is_left_out(ip: object) -> None:
    for text in (f"from {ip}.", f"User:{ip}", f"[{ip}]:443", f"({ip}) is blocked"):
        assert str(ip) not in without_secrets(text), text


@pytest.mark.parametrize(
    "text",
    [
        "at 10:15:59, version 1.43.8, 127.0.0.1:8090, Module::load",
        "page_id=12 error=HTTP 503, 3.13",
        "https://meta.wikimedia.org/wiki/Space?",
        "what? 2+2=4",
    ],
)
def test_text_when_it_has_none_then_stays(text: str) -> None:
    assert without_secrets(text) == text
