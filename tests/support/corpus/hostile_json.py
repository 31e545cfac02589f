"""Texts in place of a JSON object, each of which broke some reader."""

from collections.abc import Mapping

from space.text.json_object import DEEPEST, LARGEST_PAGE

HOSTILE: Mapping[str, bytes] = {
    "nothing": b"",
    "white space": b" \n\t",
    "cut off": b'{"schema": 1, "events": [',
    "deep arrays": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "deep and closed": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "deep enough to be read": b'{"a":' * 500 + b"1" + b"}" * 500,
    "a level too many": b'{"a":' * (DEEPEST + 1) + b"1" + b"}" * (DEEPEST + 1),
    "array": b"[]",
    "null": b"null",
    "text": b'"schema"',
    "number": b"1",
    "long number": b'{"id": ' + b"9" * 5_000 + b"}",
    "number above 64 bits": b'{"id": 9223372036854775808}',
    "number below 64 bits": b'{"id": [-9223372036854775808]}',
    "infinite number": b'{"lat": 1e999}',
    "not a number": b'{"lat": NaN}',
    "infinity": b'{"lat": -Infinity}',
    "a key twice": b'{"a": 1, "a": 2}',
    "a key twice, deeper": b'{"a": [{"b": 1, "\\u0062": 2}]}',
    "half a surrogate pair": b'{"title": ["\\ud800"]}',
    "half a surrogate pair as key": b'{"\\udfff": 1}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "Latin-1": '{"a": "é"}'.encode("latin-1"),
    "overlong UTF-8": b'{"a": "\xc0\xaf"}',
    "encoded surrogate": b'{"a": "\xed\xa0\x80"}',
    "NUL": b'{"a": "\x00"}',
    "two objects": b"{}{}",
    "wikitext": b"{{Space event|title=[//aaa}}",
    "too long": b'{"a": "' + b"a" * LARGEST_PAGE + b'"}',
}
"""What a text is like → its octets."""

TEXTS: Mapping[str, str] = {
    name: octets.decode() for name, octets in HOSTILE.items() if octets.isascii()
}
"""Those of them that are ASCII, as a page of a wiki might be."""

SHORT: Mapping[str, str] = {name: TEXTS[name] for name in TEXTS if name != "too long"}
"""Those of them that are hostile as a whole answer of a wiki, too."""
