"""Languages, wikis and countries in a form: people write names, pages have codes.

A form understands more names than a page, where only those in English and in the
language itself are read.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from space.authoring.suggested_names import LONGEST, NAMINGS
from space.codec.items import SEPARATORS
from space.codec.readers import read_input
from space.schema.kinds import Field
from space.schema.problems import Problem

SEPARATOR = "; "
_CUT = re.compile(rf"[\n,{SEPARATORS}]")


def has_names(of: Field) -> bool:
    """Whether the codes of a field have names that people write."""
    return of.reader in NAMINGS


def coded(of: Field, text: str) -> str:
    """A raw text with codes for those names that a page would not have read."""
    if not has_names(of):
        return text
    return SEPARATOR.join(_code(of, item) for item in _items(of, (text,)))


def named(of: Field, texts: Sequence[str], language: str) -> str:
    """The raw text of a control, with names in a language for its codes."""
    return SEPARATOR.join(_name(of, item, language) for item in _items(of, texts))


def shown(of: Field | None, texts: Sequence[str], language: str) -> str:
    """The raw text of an input, with names in a language if its field has codes."""
    if of is None or not has_names(of):
        return "".join(texts)
    return named(of, texts, language)


def guessed(problem: Problem, of: Field, language: str) -> Problem:
    """A problem with the name that may have been meant, if there is one like it."""
    if problem.code != of.reader or not has_names(of):
        return problem
    meant = NAMINGS[of.reader].meant(problem.params[0], language)
    if meant is None:
        return problem
    return replace(
        problem, code=f"{problem.code}-meant", params=(problem.params[0], meant)
    )


def _name(of: Field, item: str, language: str) -> str:
    naming = NAMINGS[of.reader]
    is_code = len(item) <= LONGEST and naming.read(item) == item
    return naming.shown(item, language) if is_code else item


def _code(of: Field, item: str) -> str:
    if read_input(of, item).value is not None:
        return item
    return NAMINGS[of.reader].read(item) or item


def _items(of: Field, texts: Sequence[str]) -> list[str]:
    cut = (item for text in texts for item in _CUT.split(text))
    items = cut if of.multiple else texts
    return [item.strip() for item in items if item.strip()]
