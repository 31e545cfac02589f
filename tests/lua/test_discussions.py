"""Lists of threads, and numbers of comments on talk pages."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from tests.lua.scribunto import Scribunto

Make = Callable[..., Scribunto]
FOLDER = "User:SpaceBot/Space"


def thread(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"h-T{number}-20261101100000",
        "title": f"Thread {number}",
        "about": number,
        "page": f"Talk:Space/Events/E{number}",
        "kind": "event",
        "begun": f"2026-11-{number:02}T10:00Z",
        "active": f"2026-11-{30 - number:02}T10:00Z",
        "comments": number,
        "people": 1,
        "answered": False,
    } | fields


def talk(*threads: dict[str, Any]) -> dict[str, str]:
    value = {"schema": 1, "threads": list(threads)}
    return {f"{FOLDER}/Talk.json": json.dumps(value)}


def titles(html: str) -> list[str]:
    return [
        unescape(label) for label in re.findall(r"\[\[:[^|]+\|<bdi>(.*?)</bdi>", html)
    ]


FOUR = talk(
    thread(1, answered=True, topics=["glam"], languages=["fr"], subject="Photo walk"),
    thread(2, kind="question", page="Space/Questions"),
    thread(3, topics=["women"], languages=["sr-Latn", "zh-TW"]),
    thread(4, aside=True),
)


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({}, [1, 2, 3, 4]),
        ({"_1": "newest"}, [3, 2, 1, 4]),
        ({"state": "unanswered"}, [2, 3, 4]),
        ({"_1": "unanswered", "kind": "question"}, [2]),
        ({"topic": "Museums; women"}, [1, 3]),
        ({"language": "FR, de"}, [1]),
        ({"language": "sr-el"}, [3]),
        ({"language": "zh-Hant-TW"}, [3]),
        ({"language": "sr_latn"}, [3]),
        ({"language": "sr-ec"}, []),
        ({"about": "Space/Events/E3"}, [3]),
        ({"about": "talk:space/events/e3; Space/Events/E1"}, [1, 3]),
        ({"q": "WALK photo"}, [1]),
        ({"q": "walk tent"}, []),
        ({"limit": "2", "topic": " "}, [1, 2]),
    ],
)
def test_discussions_by_filter(
    scribunto: Make, arguments: dict[str, str], found: list[int]
) -> None:
    topics = {"Space/Topics": "{{Space topic|slug=glam|aliases=museums; libraries}}"}

    html = scribunto(FOUR | topics).invoke("Discussions", "show", **arguments)

    assert [title for title in titles(html) if title.startswith("Thread")] == [
        f"Thread {number}" for number in found
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"colour": "red"}, "Unknown filter “<bdi>colour</bdi>”"),
        ({"state": "loud"}, "does not accept “<bdi>loud</bdi>”"),
    ],
)
def test_discussions_when_a_filter_is_not_understood_name_it(
    scribunto: Make, arguments: dict[str, str], words: str
) -> None:
    assert words in scribunto(FOUR).invoke("Discussions", "show", **arguments)


@pytest.mark.parametrize("pages", [{}, {f"{FOLDER}/Talk.json": "{"}])
def test_discussions_when_there_are_none_say_where_to_ask(
    scribunto: Make, pages: dict[str, str]
) -> None:
    html = scribunto(pages).invoke("Discussions", "show")
    assert "[[Space/Questions|Ask a question]]" in html


def test_discussions_when_title_has_markup_show_it_as_written(scribunto: Make) -> None:
    html = scribunto(talk(thread(1, title="[[X]] ''a'' | {{b}}"))).invoke(
        "Discussions", "show"
    )
    assert titles(html) == ["[[X]] ''a'' | {{b}}"]
    assert "{{b}}" not in html


def test_discussions_when_thread_has_no_title_lead_to_its_page(scribunto: Make) -> None:
    untitled = thread(1)
    del untitled["title"]
    html = scribunto(talk(untitled)).invoke("Discussions", "show")
    assert titles(html) == ["(no heading)"]


def test_lists_when_pages_are_talked_about_say_how_much(scribunto: Make) -> None:
    block = {"pages": {"p12": {"comments": 3, "active": "2026-11-20T10:00Z"}}}
    posts = {
        "id": 12,
        "page": "Space/Blog/X",
        "rev": 1,
        "title": "X",
        "published": "2026-11-01T10:00Z",
    }
    pages = {
        f"{FOLDER}/Posts.json": json.dumps(
            {"schema": 1, "parts": [{"key": "2026", "part": 1, "count": 1}]}
        ),
        f"{FOLDER}/Posts/2026.json": json.dumps({"schema": 1, "posts": [posts]}),
    }
    html = scribunto(pages | {f"{FOLDER}/Talk/0.json": json.dumps(block)}).invoke(
        "List", "posts"
    )
    assert "[[:Talk:Space/Blog/X|3 comments, latest on 20 November 2026]]" in html
    assert "comment" not in scribunto(pages).invoke("List", "posts")
    block = {"pages": {"p12": {"comments": 0, "interested": 2}}}
    html = scribunto(pages | {f"{FOLDER}/Talk/0.json": json.dumps(block)}).invoke(
        "List", "posts"
    )
    assert "[[:Talk:Space/Blog/X|2 people are interested]]" in html
    assert "comment" not in html
