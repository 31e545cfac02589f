"""What was typed into a form, as it was sent."""

from collections.abc import Mapping

Typed = Mapping[str, tuple[str, ...]]
"""Input name → its raw values; an absent input counts as empty."""


def text_in(typed: Typed, name: str) -> str:
    """The raw text of an input, stripped; empty where it is absent."""
    return "".join(typed.get(name, ())).strip()
