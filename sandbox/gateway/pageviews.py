"""Wikimedia's pageviews of one page, for the sandbox.

This answers `GET` of `metrics/pageviews/per-article` by day as the documentation of the
Analytics API has it: a row for each day with views, in order, with underscores in
titles; 404 where there is none and where the days are not loaded yet, with one text for
both; 400 for days that are none. A page has the same views whoever asks.

Not imitated: other metrics and `monthly`, projects and pages that nobody knows (each
has views here), other agents and ways of access than those asked for, throttling
(429), caching headers, the refusal of clients that do not say who they are, and days
that come late: yesterday is always there.
"""

import json
import re
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from werkzeug.wrappers import Response

ROOT = "/api/rest_v1"
PATH = re.compile(
    rf"{ROOT}/metrics/pageviews/per-article/([^/]+)/(all-access|desktop|mobile-app|"
    r"mobile-web)/(all-agents|user|spider|automated)/([^/]+)/daily/(\d{8})(?:00)?/"
    r"(\d{8})(?:00)?",
    re.ASCII,
)
"""Of a path as it was sent: a slash in a title is `%2F`."""
NOTHING = (
    "The date(s) you used are valid, but we either do not have data for those date(s), "
    "or the project you asked for is not loaded yet. Please check documentation for "
    "more information."
)
_MOST = 40
"""Views of a day are fewer; of about one day in ten there are none."""


def answer(path: str, today: date) -> Response | None:
    """The answer to a request by its raw path, on a UTC day; None for others' paths."""
    match = PATH.fullmatch(path)
    if match is None:
        return None
    try:
        first, last = (_day(match[number]) for number in (5, 6))
    except ValueError:
        return _problem(400, "Bad Request", "A timestamp is invalid.", path)
    if last < first:
        text = "Start timestamp should be before the end timestamp."
        return _problem(400, "Bad Request", text, path)
    rows = [
        row
        for number in range((min(last, today - timedelta(days=1)) - first).days + 1)
        if (row := _row(match, first + timedelta(days=number)))["views"]
    ]
    if not rows:
        return _problem(404, "Not Found", NOTHING, path)
    return Response(json.dumps({"items": rows}), mimetype="application/json")


def _row(match: re.Match[str], day: date) -> dict[str, Any]:
    article = unquote(match[4]).replace(" ", "_")
    return {
        "project": unquote(match[1]).removesuffix(".org"),
        "article": article,
        "granularity": "daily",
        "timestamp": f"{day:%Y%m%d}00",
        "access": match[2],
        "agent": match[3],
        "views": views_of(article, day),
    }


def views_of(article: str, day: date) -> int:
    """How often a page of the sandbox is viewed on a UTC day."""
    draw = sha256(f"{article} {day}".encode()).digest()
    return 0 if draw[0] % 10 == 0 else 1 + draw[1] % (_MOST - 1)


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()


def _problem(status: int, title: str, detail: str, path: str) -> Response:
    """An error as the API tells it (RFC 7807)."""
    told = {
        "type": "about:blank",
        "title": title,
        "method": "get",
        "status": status,
        "detail": detail,
        "uri": path,
    }
    return Response(json.dumps(told), status, mimetype="application/problem+json")
