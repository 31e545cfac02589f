"""How much of its place the form of an event tells: proposed by a place that was found.

The form remembers in a hidden input which precision a town or a country has set. Who
then names a venue or an address wants it told, so the event is exact again.
"""

from tool.app.form.raw_inputs import Typed, text_in

PRECISION = "precision"
PROPOSED = "precision-proposed"
"""Name of the hidden input with the precision that a place has set; else empty."""
EXACT = "exact"

_EXACT_ONLY = ("venue", "address")
"""Inputs typed by the person that are more exact than a town."""


def precision(typed: Typed) -> str:
    """The precision that raw inputs have."""
    return text_in(typed, PRECISION) or EXACT


def says_where(typed: Typed) -> bool:
    """Whether somebody has named a venue or an address."""
    return any(text_in(typed, name) for name in _EXACT_ONLY)


def with_precision(typed: Typed) -> Typed:
    """Raw inputs whose precision gives way to a venue or an address.

    One that somebody chose stays.
    """
    by_place = text_in(typed, PROPOSED) == precision(typed)
    if by_place and says_where(typed):
        return {**typed, PRECISION: (EXACT,), PROPOSED: ("",)}
    return typed
