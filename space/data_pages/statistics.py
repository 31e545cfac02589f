"""The bot's JSON page of review by month."""

from collections.abc import Iterable
from dataclasses import asdict

from space.data_pages.pages import Pages, present, title_of
from space.review.queue.statistics import MonthStatistics

MOST_MONTHS = 120  # of which the data page tells


def figures_pages(folder: str, months: Iterable[MonthStatistics]) -> Pages:
    """The bot's data page `Figures.json`, for Lua; times are in minutes.

        {"schema": 1, "months": [{"month": "2026-11", "pages": 30, "published": 25,
          "reviewed": 27, "prompt": 24, "overdue": 1, "median": 300, "ninetieth": 2000,
          "reviewers": 6, "authors": 19, "volunteers": 17,
          "languages": [{"code": "en", "pages": 12}],
          "corrections": 4, "taken_back": 1, "looked": 90}]}

    Absent are medians that nobody knows and empty lists. `folder` is the title above
    ("User:<bot>/Space"); the newest months come first, and no more than `MOST_MONTHS`.
    """
    entries = [
        present({**asdict(month), "languages": list(map(asdict, month.languages))})
        for month in list(months)[:MOST_MONTHS]
    ]
    return {title_of(folder, "Figures", 1): {"schema": 1, "months": entries}}
