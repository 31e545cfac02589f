"""How much of its place the form of an event tells: proposed by what it says of it.

The form remembers in a hidden input which precision it has set by itself: until
somebody chooses another one, it follows the place that was found, and what is named
after it.
"""

from collections.abc import Mapping

from space.schema.kinds import Values
from space.schema.problems import Problem
from tool.app.form.raw_inputs import Typed, text_in

PRECISION = "precision"
PROPOSED = "precision-proposed"
"""Name of the hidden input with the precision that the form has set; else empty."""
COUNTRY, CITY, EXACT = "country", "city", "exact"

_FINENESS: Mapping[str, int] = {COUNTRY: 0, CITY: 1, EXACT: 2}
_WHERE = ("venue", "address")
_EXACT_ONLY = (*_WHERE, "coordinates", "wikidata")


def precision(typed: Typed) -> str:
    """The precision that raw inputs have."""
    return text_in(typed, PRECISION) or EXACT


def is_chosen(typed: Typed) -> bool:
    """Whether somebody has set the precision; exact is the default."""
    proposed = text_in(typed, PROPOSED)
    return proposed not in (("",) if precision(typed) == EXACT else (precision(typed),))


def says_where(typed: Typed) -> bool:
    """Whether somebody has named a venue or an address."""
    return any(text_in(typed, name) for name in _WHERE)


def proposing(typed: Typed, told: str) -> Typed:
    """Raw inputs with a precision that the form sets."""
    return {**typed, PRECISION: (told,), PROPOSED: ("" if told == EXACT else told,)}


def with_precision(typed: Typed) -> Typed:
    """Raw inputs whose precision is not coarser than what they name.

    One that somebody chose stays.
    """
    finest = _finest(typed)
    if is_chosen(typed) or _fineness(precision(typed)) >= _fineness(finest):
        return typed
    return proposing(typed, finest)


def proposed(values: Values) -> Typed:
    """The input with the precision of an event, unless it names something finer.

    Nobody knows of a page whether its writer set it, so that a change is asked about.
    """
    told = str(values.get(PRECISION, EXACT))
    names = {
        name: (str(values[name]),) for name in (CITY, *_EXACT_ONLY) if name in values
    }
    is_finest = _fineness(_finest(names)) <= _fineness(told)
    return {PROPOSED: (told,)} if told != EXACT and is_finest else {}


def finer_problems(before: Values, typed: Typed) -> tuple[Problem, ...]:
    """A warning if the form by itself tells more of a place than its page does."""
    was, now = str(before.get(PRECISION, EXACT)), precision(typed)
    is_set = text_in(typed, PROPOSED) == was
    if is_set or _fineness(now) <= _fineness(was):
        return ()
    return (Problem("precision-finer", PRECISION, params=(was,), severity="warning"),)


def _finest(typed: Typed) -> str:
    """The finest precision of which raw inputs name something."""
    if any(text_in(typed, name) for name in _EXACT_ONLY):
        return EXACT
    return CITY if text_in(typed, CITY) else COUNTRY


def _fineness(told: str) -> int:
    return _FINENESS.get(told, _FINENESS[EXACT])
