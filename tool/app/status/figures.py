"""Figures of review as people read them."""

from dataclasses import dataclass
from datetime import date, timedelta

from babel.numbers import format_percent

from space.review.queue.statistics import MonthStatistics
from space.text import languages
from tool.app.services import services
from tool.app.views import dates
from tool.app.web.language import interface_language

SHOWN = 12  # months
NONE = "–"  # noqa: RUF001 - an en dash is what stands in an empty cell


@dataclass(frozen=True, slots=True)
class MonthView:
    """The figures of one month, for a reader of `language`."""

    figures: MonthStatistics
    language: str

    @property
    def name(self) -> str:
        """The month."""
        first = date.fromisoformat(f"{self.figures.month}-01")
        return dates.month(first, self.language)

    @property
    def median(self) -> str:
        """How long half of the pages waited at most."""
        return self._wait(self.figures.median)

    @property
    def ninetieth(self) -> str:
        """How long nine of ten pages waited at most."""
        return self._wait(self.figures.ninetieth)

    @property
    def prompt(self) -> str:
        """The share that was reviewed within three days."""
        return self._share(self.figures.prompt_share)

    @property
    def volunteers(self) -> str:
        """The share of authors who are no staff."""
        return self._share(self.figures.volunteer_share)

    @property
    def languages(self) -> list[dict[str, object]]:
        """The languages by name, with their pages."""
        return [
            {"name": languages.name(count.code, self.language), "pages": count.pages}
            for count in self.figures.languages
        ]

    def _wait(self, minutes: int | None) -> str:
        if minutes is None:
            return NONE
        return dates.length(timedelta(minutes=minutes), self.language)

    def _share(self, share: float | None) -> str:
        if share is None:
            return NONE
        return str(format_percent(share, locale=languages.locale(self.language)))


def month_views() -> list[MonthView]:
    """The newest months."""
    language = interface_language()
    months = services().store.statistics.months()[:SHOWN]
    return [MonthView(month, language) for month in months]
