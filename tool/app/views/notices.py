"""A sentence above a page, with its kind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from space.wiki.outcomes import FilterWarning, Refused
from tool.app.views import dates
from tool.app.web.language import interface_language


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence above the form, and further ones that explain it."""

    key: str
    params: tuple[str, ...] = ()
    status: str = "error"
    details: tuple["Notice", ...] = ()

    @classmethod
    def of(cls, outcome: Refused) -> Self:
        """What the wiki says to an edit."""
        warning = isinstance(outcome, FilterWarning)
        status = "warning" if warning else "error"
        details = tuple(cls(key, _in_words(told)) for key, told in outcome.details)
        return cls(outcome.message_key, outcome.message_params, status, details)


def _in_words(values: tuple[str | datetime, ...]) -> tuple[str, ...]:
    language = interface_language()
    return tuple(
        dates.instant(each, language) if isinstance(each, datetime) else each
        for each in values
    )
