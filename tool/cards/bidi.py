"""The order in which text of both directions stands (Unicode Standard Annex 9).

Marks of direction are none of the text here, so of the algorithm its implicit half is
left. The characters of a run are turned by whoever shapes it.
"""

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")
_STRONG = frozenset({"L", "R", "AL"})
_NUMBERS = frozenset({"EN", "AN"})
_PAIRS = dict(zip("([{⟨「『【（", ")]}⟩」』】）", strict=True))  # noqa: RUF001 - of any script


def base_level(text: str, otherwise: int = 0) -> int:
    """0 for text that begins left to right, 1 for right to left (rules P2 and P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in _STRONG:
            return int(kind != "L")
    return otherwise


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character in a paragraph of a base level."""
    kinds = _weak([unicodedata.bidirectional(each) or "L" for each in text], base)
    _bracket(text, kinds, base)
    return [_level(kind, base) for kind in _neutral(kinds, base)]


def in_visual_order(items: Sequence[tuple[int, T]]) -> list[T]:
    """Items of a line from left to right; each comes with its level (rule L2)."""
    found = list(items)
    highest = max((level for level, _ in found), default=0)
    for lowest in range(highest, 0, -1):
        turned: list[tuple[int, T]] = []
        for high, group in groupby(found, key=lambda item: item[0] >= lowest):
            run = list(group)
            turned += reversed(run) if high else run
        found = turned
    return [item for _, item in found]


def _edge(base: int) -> str:
    return "R" if base % 2 else "L"


def _weak(kinds: list[str], base: int) -> list[str]:
    """Rules W1 to W7."""
    found: list[str] = []
    for kind in kinds:  # W1; what joins and parts letters goes with them, too
        before = found[-1] if found else _edge(base)
        found.append(before if kind in {"NSM", "BN"} else kind)
    strong = _edge(base)
    for place, kind in enumerate(found):  # W2
        strong = kind if kind in _STRONG else strong
        if kind == "EN" and strong == "AL":
            found[place] = "AN"
    found = ["R" if kind == "AL" else kind for kind in found]  # W3
    for place in range(1, len(found) - 1):  # W4
        before, kind, after = found[place - 1 : place + 2]
        if before == after and (
            (kind == "ES" and before == "EN") or (kind == "CS" and before in _NUMBERS)
        ):
            found[place] = before
    found = _terminators(found)
    strong = _edge(base)
    for place, kind in enumerate(found):  # W7
        strong = kind if kind in _STRONG else strong
        if kind == "EN" and strong == "L":
            found[place] = "L"
    return found


def _terminators(kinds: list[str]) -> list[str]:
    """Rules W5 and W6."""
    found: list[str] = []
    runs = [(kind, len(list(group))) for kind, group in groupby(kinds)]
    for place, (kind, length) in enumerate(runs):
        beside = {run[0] for run in runs[max(place - 1, 0) : place + 2]}
        if kind == "ET":
            found += ["EN" if "EN" in beside else "ON"] * length
        else:
            found += ["ON" if kind in {"ES", "CS"} else kind] * length
    return found


def _bracket(text: str, kinds: list[str], base: int) -> None:
    """Rule N0: brackets go the way of what is in them, or of what is before them."""
    for first, last in _pairs(text, kinds):
        inside = {_side(kind) for kind in kinds[first + 1 : last]} & {"L", "R"}
        if not inside:
            continue
        own = _edge(base)
        if own not in inside:
            before = (_side(kind) for kind in reversed(kinds[:first]))
            context = next((kind for kind in before if kind in _STRONG), own)
            own = context if context in inside else own
        kinds[first] = kinds[last] = own


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """Where brackets open and close each other, in the order of opening (BD16)."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for place, character in enumerate(text):
        if kinds[place] != "ON":
            continue
        if character in _PAIRS:
            opened.append(place)
            continue
        for depth in range(len(opened) - 1, -1, -1):
            if _PAIRS[text[opened[depth]]] == character:
                found.append((opened[depth], place))
                del opened[depth:]
                break
    return sorted(found)


def _neutral(kinds: list[str], base: int) -> list[str]:
    """Rules N1 and N2."""
    runs = [
        (is_strong, list(group))
        for is_strong, group in groupby(kinds, key=_STRONG.union(_NUMBERS).__contains__)
    ]
    found: list[str] = []
    for place, (is_strong, run) in enumerate(runs):
        if is_strong:
            found += run
            continue
        before = _side(runs[place - 1][1][-1]) if place else _edge(base)
        last = place + 1 == len(runs)
        after = _edge(base) if last else _side(runs[place + 1][1][0])
        found += [before if before == after else _edge(base)] * len(run)
    return found


def _side(kind: str) -> str:
    return "R" if kind in _NUMBERS else kind


def _level(kind: str, base: int) -> int:
    """Rules I1 and I2."""
    if base % 2:
        return base + (kind != "R")
    return base + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)
