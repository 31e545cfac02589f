"""The schemas with two more fields of events, added as `CONTRIBUTING.md` says."""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from space.schema import kinds

SINCE = "99.0.0"  # after every version of the schema
LEVEL = {
    "type": "string",
    "enum": ["beginner", "expert"],
    "x-reader": "choice",
    "x-example": "beginner",
    "x-index": "choice",
    "x-inherited": True,
    "x-ics": "CATEGORIES",
    "x-since": SINCE,
}
PARKING = {
    "type": "string",
    "maxLength": 200,
    "x-reader": "text",
    "x-example": "Behind the house",
    "x-ics": "COMMENT",
    "x-since": SINCE,
}
SHOWN = {
    "wiki-page": ["level", "parking"],
    "wiki-list": ["level"],
    "tool-page": ["level", "parking"],
    "tool-list": ["level"],
}


@contextmanager
def two_new_fields(folder: Path) -> Iterator[None]:
    """As long as it lasts events have `level`, a filter, and `parking`, plain text.

    `folder` is an empty one for the schemas.
    """
    place = folder / "schemas"
    shutil.copytree(kinds.SCHEMAS, place)
    path = place / "event.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["properties"] |= {"level": LEVEL, "parking": PARKING}
    document["x-form"][-1]["fields"] += ["level", "parking"]
    for surface, names in SHOWN.items():
        document["x-shown"][surface] += names
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinds, "SCHEMAS", place)
        _forget_schemas()
        yield
    _forget_schemas()


def _forget_schemas() -> None:
    """Clear what functions of the domain remember of fields."""
    for name, module in list(sys.modules.items()):
        if name.startswith("space.") and not name.startswith("space.dates"):
            for value in vars(module).values():
                _clear(value)


def _clear(value: Any) -> None:
    if hasattr(value, "cache_clear"):
        value.cache_clear()
