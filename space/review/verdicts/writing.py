"""A verdict as a reviewer writes it: the new section of a talk page.

The text is what the wiki's own prefilled links put into the edit box, with the reason
added; the wiki substitutes the template, so both ways leave the same bytes.
"""

from collections.abc import Iterable

from space.codec.readers import read_input
from space.codec.values.validation import validate
from space.codec.writers import write_value
from space.review.model import VerdictKind
from space.review.verdicts.reasons import BECAUSE, DUPLICATE_OF
from space.schema.kinds import load_kind
from space.schema.problems import Problem

_REASON = load_kind("verdict").fields["reason"]
_LONGEST_TYPED = 4 * _REASON.max_length  # characters, with markup and spaces
NEEDS_REASON = frozenset({VerdictKind.CHANGES, VerdictKind.DECLINE})


def heading_key(verdict: VerdictKind) -> str:
    """The message that is the section's heading, in the language of the wiki."""
    return f"wiki-review-heading-{verdict}"


def verdict_text(
    verdict: VerdictKind,
    revision: int,
    reason: str = "",
    because: Iterable[str] = (),
    duplicate_of: str = "",
) -> str:
    """The section's wikitext; the reason shows literally, but for its wikilinks.

    `because` are names of standard reasons, `duplicate_of` is the title of a page that
    says the same.
    """
    given = {
        "rev": str(revision),
        BECAUSE: "; ".join(because),
        DUPLICATE_OF: duplicate_of,
        "reason": write_value(_REASON, reason) if reason else "",
    }
    said = "".join(f"|{name}={value}" for name, value in given.items() if value)
    return f"{{{{subst:Space {verdict}{said}}}}}"


def reason_problems(verdict: VerdictKind, typed: str) -> tuple[Problem, ...]:
    """The problems of a typed reason; empty when it may be written.

    One several times too long is not read.
    """
    if len(typed) > _LONGEST_TYPED:
        params = (str(_REASON.max_length), str(len(typed)))
        return (Problem("too-long", "reason", params=params),)
    reading = read_input(_REASON, typed)
    if reading.value is None:
        missing = verdict in NEEDS_REASON and not reading.problems
        return (Problem("missing", "reason"),) if missing else reading.problems
    values = {"verdict": str(verdict), "reason": reading.value}
    return (*reading.problems, *validate("verdict", values))


def read_reason(typed: str) -> str:
    """A typed reason in canonical form; empty when nothing was typed."""
    return str(read_input(_REASON, typed).value or "")
