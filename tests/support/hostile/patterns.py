"""The compiled patterns of the project, and texts on which each might be slow.

A pattern backtracks where a repeat can end in many places and what follows it fails, so
the texts of a pattern are, for each repeat in it, what leads there and then what is
repeated, many times, with no end.
"""

import inspect
import pkgutil
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

from tests.support.hostile.shapes import Shape

Pattern = re.Pattern[Any]
Tokens = list[tuple[Any, Any]]

_FEW = 8  # repeats up to this many times cost nothing
_BRANCHES = 60
_REPEATS = frozenset((codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT))
_LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "\t\n\r\x01\x7f\x85\xa0éअ\u200e\u3000"
_CATEGORIES = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_WORD: "-",
}


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern of a module, and by which of its methods it is used there."""

    name: str
    pattern: Pattern
    methods: frozenset[str]

    def use(self, text: str) -> None:
        """Look for the pattern in a text as its module does."""
        of_octets = isinstance(self.pattern.pattern, bytes)
        data = text.encode("latin-1", "replace") if of_octets else text
        for method in self.methods:
            found = getattr(self.pattern, method)(data)
            if method == "finditer":
                deque(found, maxlen=0)


def compiled(*packages: str) -> Iterator[Compiled]:
    """The patterns that modules of packages have as constants."""
    for module in _modules(*packages):
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield Compiled(
                    f"{module.__name__}.{name}", value, _methods(module, name)
                )


def _methods(module: ModuleType, name: str) -> frozenset[str]:
    """`finditer` for all that looks at every place of a text."""
    used = set(re.findall(rf"\b{name}\.(\w+)", inspect.getsource(module)))
    anchored = used & {"match", "fullmatch"}
    return frozenset(anchored if used and used == anchored else {*anchored, "finditer"})


def _modules(*packages: str) -> Iterator[ModuleType]:
    for name in packages:
        package = import_module(name)
        yield package
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                yield import_module(module.name)


def shapes(pattern: Pattern) -> dict[str, Shape]:
    """The texts for a pattern, by what is repeated in them and what leads there."""
    source = pattern.pattern
    if isinstance(source, bytes):
        source = source.decode("latin-1")
    tree = list(parser.parse(source, pattern.flags & ~re.LOCALE & re.RegexFlag(0x1FF)))
    made: dict[str, Shape] = {}
    for lead, piece in islice(_pumps(tree, ""), _BRANCHES * 10):
        for before, repeated in ((lead, piece), ("", lead + piece), ("", piece)):
            if repeated:
                made[f"{before!r} {repeated!r}"] = Shape(repeated, before)
    return made


def _pumps(tokens: Tokens, lead: str) -> Iterator[tuple[str, str]]:
    """What leads to each repeat of a sequence, and what it repeats."""
    for number, (code, value) in enumerate(tokens):
        if code in _REPEATS:
            _, most, body = value
            if most > _FEW:
                after = _sample(tokens[number + 1 :])
                for piece in _samples(list(body)):
                    yield lead, piece
                yield lead, _sample(list(body)) + after
            yield from _pumps(list(body), lead)
        elif code is codes.SUBPATTERN:
            yield from _pumps(list(value[3]), lead)
        elif code is codes.ATOMIC_GROUP:
            yield from _pumps(list(value), lead)
        elif code is codes.BRANCH:
            for branch in value[1][:_BRANCHES]:
                yield from _pumps(list(branch), lead)
        elif code in {codes.ASSERT, codes.ASSERT_NOT}:
            yield from _pumps(list(value[1]), lead)
        lead += _sample([(code, value)])


def _samples(tokens: Tokens) -> Iterator[str]:
    """A few texts that a sequence matches, of which a repeat may take any."""
    yield _sample(tokens)
    if len(tokens) == 1 and tokens[0][0] in {codes.IN, codes.NOT_LITERAL, codes.ANY}:
        yield from (letter for letter in " 1a[-" if _fits(tokens[0], letter))
    if len(tokens) == 1 and tokens[0][0] is codes.BRANCH:
        yield from (_sample(list(branch)) for branch in tokens[0][1][1][:_FEW])


def _sample(tokens: Tokens) -> str:
    return "".join(map(_one, tokens))


def _one(token: tuple[Any, Any]) -> str:  # noqa: PLR0911 - one line a code
    code, value = token
    if code is codes.LITERAL:
        return chr(value)
    if code in {codes.IN, codes.NOT_LITERAL, codes.ANY, codes.CATEGORY}:
        return next((letter for letter in "a" + _LETTERS if _fits(token, letter)), "")
    if code in _REPEATS:
        least, _, body = value
        return _sample(list(body)) * min(least, _FEW)
    if code is codes.SUBPATTERN:
        return _sample(list(value[3]))
    if code is codes.ATOMIC_GROUP:
        return _sample(list(value))
    if code is codes.BRANCH:
        return _sample(list(value[1][0]))
    return ""


def _fits(token: tuple[Any, Any], letter: str) -> bool:
    code, value = token
    if code is codes.ANY:
        return letter != "\n"
    if code is codes.NOT_LITERAL:
        return letter != chr(value)
    parts = value if code is codes.IN else [token]
    negated = bool(parts) and parts[0][0] is codes.NEGATE
    return any(_has(part, letter) for part in parts[negated:]) is not negated


def _has(part: tuple[Any, Any], letter: str) -> bool:
    code, value = part
    if code is codes.LITERAL:
        return letter == chr(value)
    if code is codes.RANGE:
        return value[0] <= ord(letter) <= value[1]
    if code is codes.CATEGORY:
        return _CATEGORY_TESTS[value](letter)
    return False


_CATEGORY_TESTS = {
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_NOT_DIGIT: lambda letter: not letter.isdigit(),
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_NOT_SPACE: lambda letter: not letter.isspace(),
    codes.CATEGORY_WORD: lambda letter: letter.isalnum() or letter == "_",
    codes.CATEGORY_NOT_WORD: lambda letter: not (letter.isalnum() or letter == "_"),
}
