"""The messages of `i18n/`, raw, as generated files need them."""

import json
from collections.abc import Mapping
from pathlib import Path

Catalogue = Mapping[str, Mapping[str, str]]
"""Language code → message key → text; English is always there."""


def read_catalogue(folder: Path) -> Catalogue:
    """Every language of `folder`; `qqq`, which documents the messages, is none."""
    catalogue: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.json")):
        if path.stem != "qqq":
            messages = json.loads(path.read_text(encoding="utf-8"))
            messages.pop("@metadata", None)
            catalogue[path.stem] = messages
    return catalogue
