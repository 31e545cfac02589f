"""How long a JSON value gets where MediaWiki stores it, indented."""

from typing import Any

INDENT = 4  # spaces, with which the wiki stores a JSON page
_CONTAINERS = (dict, list, tuple)


def indentation(value: Any, depth: int = 0) -> tuple[int, int]:
    """Octets and line breaks that `json.dumps(indent=4)` adds to a compact text.

    The compact one has no space after its separators. `depth` is how deep in others
    the value stands.
    """
    if not value or not isinstance(value, _CONTAINERS):
        return 0, 0
    items = value.values() if isinstance(value, dict) else value
    octets = len(value) * (1 + INDENT * (depth + 1)) + 1 + INDENT * depth
    if isinstance(value, dict):
        octets += len(value)
    lines = len(value) + 1
    for item in items:
        if item and isinstance(item, _CONTAINERS):
            more, breaks = indentation(item, depth + 1)
            octets += more
            lines += breaks
    return octets, lines


def most_octets(text: str, depth: int) -> int:
    """At least the octets of a compact text of `depth` levels that gets indented.

    Much sooner known than `indentation`, and half as much more or twice.
    """
    containers = text.count("{") + text.count("[")
    lines = text.count(",") + 2 * containers
    return len(text.encode()) + text.count(":") + lines * (1 + INDENT * depth)
