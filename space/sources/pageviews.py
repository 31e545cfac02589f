"""Pageviews of one page by Wikimedia's public API, as its documentation has it.

`GET /metrics/pageviews/per-article/{project}/{access}/{agent}/{article}/daily/{start}/
{end}` gives a row for each UTC day with views. Those without are left out, and 404
means that there is none, or that the days are not loaded yet: nobody can tell which.
"""

import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

from space.errors import SpaceError
from space.publication.readership import DailyViews, DueCount
from space.sources.source import SourceAnswer
from space.text.json_object import read_object

_STAMP = re.compile(r"[0-9]{8}00")
_NO_VIEWS = "The date(s) you used are valid"
"""How the API begins to say that it has no row; other addresses answer 404, too."""
_OK, _NOT_FOUND = 200, 404


class PageviewsError(SpaceError):
    """An answer of the API that says nothing of a page's views."""


def views_path(host: str, due: DueCount) -> str:
    """The path of the views by people of a post on the wiki of a host."""
    article = quote(due.post.page_title.replace(" ", "_"), safe="")
    what = f"{quote(host, safe='')}/all-access/user/{article}"
    days = f"{due.first:%Y%m%d}/{due.last:%Y%m%d}"
    return f"metrics/pageviews/per-article/{what}/daily/{days}"


def read_views(answer: SourceAnswer) -> DailyViews:
    """The views by day; empty where the API has none.

    Raises `PageviewsError` for every other status and for what is out of shape: it must
    not be counted as nobody.
    """
    data = read_object(answer.body) or {}
    if answer.status == _NOT_FOUND and _has_no_views(data):
        return {}
    if answer.status != _OK:
        raise PageviewsError(f"status {answer.status}")
    items = data.get("items")
    if not isinstance(items, list):
        raise PageviewsError("no list of items")
    return dict(map(_day, items))


def _has_no_views(data: dict[str, Any]) -> bool:
    return str(data.get("detail", "")).startswith(_NO_VIEWS)


def _day(item: Any) -> tuple[date, int]:
    stamp, views = _members(item)
    if not _STAMP.fullmatch(stamp) or type(views) is not int or views < 0:
        raise PageviewsError("an item without a day and its views")
    try:
        moment = datetime.strptime(stamp, "%Y%m%d%H").replace(tzinfo=UTC)
    except ValueError as error:
        raise PageviewsError("an item of a day that is none") from error
    return moment.date(), views


def _members(item: Any) -> tuple[str, Any]:
    if not isinstance(item, dict):
        raise PageviewsError("an item that is no object")
    return str(item.get("timestamp")), item.get("views")
