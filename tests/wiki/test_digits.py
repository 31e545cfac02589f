"""The digits of languages beside those of the wiki's own files."""

import json
import re

from sandbox.place import place_from
from space.text.digits import DIGITS

_DIGITS = re.compile(r"\$digitTransformTable = (.*?);", re.DOTALL)
_SYSTEM = re.compile(r"\$numberingSystem = '(.*?)'")


def test_digits_of_languages_are_those_of_mediawiki() -> None:
    table = json.loads(DIGITS.read_text(encoding="utf-8"))
    systems = {}
    for path in (place_from().tree / "languages" / "messages").glob("Messages*.php"):
        text = path.read_text(encoding="utf-8")
        code = path.stem.removeprefix("Messages").lower().replace("_", "-")
        if (digits := _DIGITS.search(text)) and (system := _SYSTEM.search(text)):
            systems[code] = system[1]
            written = dict(re.findall(r"'([0-9])' *=> *'(.)'", digits[1]))
            assert "".join(written.values()) in {"", table["systems"][system[1]]}
    assert table["languages"] == systems
