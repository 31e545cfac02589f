"""Data pages as the bot writes them, and the links in the wikitext of lists."""

import json
import re
from html import unescape
from typing import Any

BASE = "User:SpaceBot/Space"


def event(number: int, start: str, **fields: Any) -> dict[str, Any]:
    """An entry of `Events/<month>.json`; `start` is a wall time in UTC."""
    day = start[:10]
    return {
        "id": number,
        "page": f"Space/Events/Event {number}",
        "rev": number,
        "title": f"Event {number}",
        "start": start,
        "zone": "UTC",
        "from": f"{day}T{start[11:] or '00:00'}Z",
        "to": f"{day}T23:59Z",
        "status": "confirmed",
        "mode": "online",
    } | fields


def pages(*events: dict[str, Any]) -> dict[str, str]:
    """Title → text of the data pages of events, each in every month it touches."""
    months: dict[str, list[dict[str, Any]]] = {}
    for each in sorted(events, key=lambda e: (e["from"], e["id"])):
        for month in sorted({each["start"][:7], each["from"][:7], each["to"][:7]}):
            months.setdefault(month, []).append(each)
    base = f"{BASE}/Events"
    index = [
        {"key": month, "part": 1, "count": len(found)}
        for month, found in sorted(months.items())
    ]
    return {f"{base}.json": json.dumps({"schema": 1, "parts": index})} | {
        f"{base}/{month}.json": json.dumps({"schema": 1, "events": found})
        for month, found in months.items()
    }


def titles(html: str) -> list[str]:
    """The labels of the links to pages, in order."""
    return [
        unescape(label) for label in re.findall(r"\[\[:[^|]+\|<bdi>(.*?)</bdi>", html)
    ]


def posts(*entries: dict[str, Any]) -> dict[str, str]:
    """Title → text of the data pages of posts, by year."""
    years: dict[str, list[dict[str, Any]]] = {}
    for each in sorted(entries, key=lambda e: e["published"], reverse=True):
        years.setdefault(each["published"][:4], []).append(each)
    base = f"{BASE}/Posts"
    index = [
        {"key": y, "part": 1, "count": len(found)} for y, found in sorted(years.items())
    ]
    return {f"{base}.json": json.dumps({"schema": 1, "parts": index})} | {
        f"{base}/{year}.json": json.dumps({"schema": 1, "posts": found})
        for year, found in years.items()
    }


def post(number: int, published: str, **fields: Any) -> dict[str, Any]:
    """An entry of `Posts/<year>.json`; `published` is a UTC day."""
    return {
        "id": number,
        "page": f"Space/Blog/Post {number}",
        "rev": number,
        "title": f"Post {number}",
        "language": "en",
        "published": f"{published}T12:00Z",
    } | fields


def split(events: list[dict[str, Any]], size: int) -> dict[str, str]:
    """Title → text of the data pages of a month's events, `size` of them to a page."""
    month = events[0]["from"][:7]
    parts = [events[at : at + size] for at in range(0, len(events), size)]
    index = [
        {"key": month, "part": number, "count": len(part)}
        for number, part in enumerate(parts, 1)
    ]
    found = {f"{BASE}/Events.json": json.dumps({"schema": 1, "parts": index})}
    for number, part in enumerate(parts, 1):
        further = f"/{number}" if number > 1 else ""
        title = f"{BASE}/Events/{month}{further}.json"
        found[title] = json.dumps({"schema": 1, "events": part})
    return found


def beside(number: int, **fields: Any) -> dict[str, str]:
    """The data page of series, related posts and versions of one post."""
    value = {"schema": 1, "posts": [{"id": number} | fields]}
    return {f"{BASE}/Beside/{number // 100}.json": json.dumps(value)}
