"""View models of the monthly statistics of review."""

from dataclasses import dataclass
from datetime import date, timedelta

from space.review.queue.statistics import MonthStatistics
from space.text import languages
from space.text.digits import percent
from tool.app.services import services
from tool.app.views import dates
from tool.app.web.language import interface_language

SHOWN = 12  # the most months
NONE = "–"  # noqa: RUF001 - an en dash is what stands in an empty cell


@dataclass(frozen=True, slots=True)
class MonthView:
    """The statistics of a month for a reader of `language`."""

    figures: MonthStatistics
    language: str

    @property
    def name(self) -> str:
        """The name of the month, with its year."""
        first = date.fromisoformat(f"{self.figures.month}-01")
        return dates.month(first, self.language)

    @property
    def median(self) -> str:
        """The median wait for review."""
        return self._wait(self.figures.median)

    @property
    def ninetieth(self) -> str:
        """The 90th percentile of the wait for review."""
        return self._wait(self.figures.ninetieth)

    @property
    def looked(self) -> str:
        """The median time until a reviewer looked at a correction."""
        return self._wait(self.figures.looked)

    @property
    def prompt(self) -> str:
        """The share of pages that were reviewed within three days."""
        return self._share(self.figures.prompt_share)

    @property
    def volunteers(self) -> str:
        """The share of authors who are no staff."""
        return self._share(self.figures.volunteer_share)

    @property
    def languages(self) -> list[dict[str, object]]:
        """Names of languages, and the number of pages in each."""
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
        return percent(share, self.language)


def month_views() -> list[MonthView]:
    """The newest months first, at most `SHOWN`."""
    language = interface_language()
    months = services().store.statistics.months()[:SHOWN]
    return [MonthView(month, language) for month in months]
