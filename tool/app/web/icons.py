"""Codex icons, inlined as SVG: https://doc.wikimedia.org/codex/latest/icons/overview.html."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from markupsafe import Markup

from space.errors import ConfigurationError

_ICON = Markup(
    '<span class="cdx-icon cdx-icon--medium {}" aria-hidden="true">'
    '<svg width="20" height="20" viewBox="0 0 20 20" focusable="false"><g>{}</g></svg>'
    "</span>"
)
Icons = Mapping[str, Any]


@cache
def read_icons(path: Path) -> Icons:
    """The icons by name, as in the npm package.

    Raises `ConfigurationError` when the set-up has not copied the file.
    """
    try:
        icons: Icons = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"{path.name} is missing: the set-up copies it from npm"
        ) from error
    return icons


def draw(icons: Icons, name: str) -> Markup:
    """An icon, hidden from screen readers; the text beside it has to tell as much."""
    icon = icons[f"cdxIcon{name}"]
    flips = isinstance(icon, Mapping) and icon.get("shouldFlip", False)
    paths = icon if isinstance(icon, str) else icon.get("ltr", icon.get("default"))
    return _ICON.format("flips" if flips else "", Markup(paths))  # noqa: S704 - ours


def init_app(app: Flask) -> None:
    """Offer `icon(name)` to templates."""
    assert app.static_folder is not None  # noqa: S101 - the factory sets it
    icons = read_icons(Path(app.static_folder) / "vendor" / "codex-icons.json")
    app.jinja_env.globals["icon"] = cache(lambda name: draw(icons, name))
