"""Codes of languages by their names."""

from functools import cache

from babel import Locale

from space.text.folding import lookup


def code_of_name(name: str) -> str | None:
    """The code of a language by its English name, to suggest it."""
    return _codes_by_name().get(lookup(name))


@cache
def _codes_by_name() -> dict[str, str]:
    languages = Locale("en").languages
    return {lookup(name): code.replace("_", "-") for code, name in languages.items()}
