"""Wikimedia's pageviews: the documented answers, and those of the sandbox alike."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sandbox.gateway.pageviews import NOTHING, ROOT, answer, views_of
from space.publication.readership import DueCount, due_counts
from space.sources.pageviews import PageviewsError, read_views, views_path
from space.sources.source import SourceAnswer
from tests.support.feeds.publications import post

HOST = "meta.wikimedia.org"
FIRST = date(2026, 11, 1)
DOCUMENTED = {
    "project": "de.wikipedia",
    "article": "Johann_Wolfgang_von_Goethe",
    "granularity": "daily",
    "timestamp": "2015101300",
    "access": "all-access",
    "agent": "user",
    "views": 4,
}
"""A row as the documentation of the Analytics API shows it."""
OLD_PROBLEM = {
    "type": "https://mediawiki.org/wiki/HyperSwitch/errors/not_found",
    "title": "Not found.",
    "method": "get",
    "detail": NOTHING,
    "uri": "/analytics.wikimedia.org/v1/pageviews/per-article/…",
}


def told(status: int, value: object) -> SourceAnswer:
    return SourceAnswer(status, json.dumps(value).encode())


def due() -> DueCount:
    written = replace(post(), page_title="Space/Blog/Was heißt das?")
    (found,) = due_counts([written], {}, FIRST + timedelta(days=31))
    return found


def test_answer_when_documented_has_views_by_day() -> None:
    later = DOCUMENTED | {"timestamp": "2015101500", "views": 7}

    views = read_views(told(200, {"items": [DOCUMENTED, later]}))

    assert views == {date(2015, 10, 13): 4, date(2015, 10, 15): 7}


def test_answer_when_there_are_no_views_is_empty_in_both_documented_forms() -> None:
    new = OLD_PROBLEM | {"type": "about:blank", "title": "Not Found", "status": 404}

    assert read_views(told(404, OLD_PROBLEM)) == {}
    assert read_views(told(404, new)) == {}


@pytest.mark.parametrize(
    ("status", "value"),
    [
        (404, {"title": "Not found.", "detail": "no such route"}),
        (404, "a page of a proxy"),
        (400, {"detail": "invalid"}),
        (500, {}),
        (302, {"items": [DOCUMENTED]}),
        (200, {}),
        (200, {"items": {}}),
        (200, {"items": ["x"]}),
        (200, {"items": [DOCUMENTED | {"views": "4"}]}),
        (200, {"items": [DOCUMENTED | {"views": True}]}),
        (200, {"items": [DOCUMENTED | {"views": -1}]}),
        (200, {"items": [DOCUMENTED | {"timestamp": "2015139900"}]}),
        (200, {"items": [DOCUMENTED | {"timestamp": "20151013"}]}),
    ],
)
def test_answer_when_out_of_shape_is_not_taken_for_no_views(
    status: int, value: object
) -> None:
    with pytest.raises(PageviewsError):
        read_views(told(status, value))


def test_path_is_one_that_the_api_takes_with_title_and_days_in_its_form() -> None:
    path = views_path(HOST, due())

    assert path == (
        "metrics/pageviews/per-article/meta.wikimedia.org/all-access/user/"
        "Space%2FBlog%2FWas_hei%C3%9Ft_das%3F/daily/20261101/20261201"
    )


def test_sandbox_when_asked_answers_in_the_documented_shape() -> None:
    path = f"{ROOT}/{views_path(HOST, due())}"

    some = answer(path, FIRST + timedelta(days=40))
    early = answer(path, FIRST)

    assert some
    rows = json.loads(some.get_data())["items"]
    assert all(
        {name: type(value) for name, value in row.items()}
        == {name: type(value) for name, value in DOCUMENTED.items()}
        for row in rows
    )
    assert rows[0]["project"] == "meta.wikimedia"
    assert rows[0]["article"] == "Space/Blog/Was_heißt_das?"
    views = read_views(SourceAnswer(some.status_code, some.get_data()))
    assert list(views) == sorted(views)
    assert all(views_of(rows[0]["article"], day) == n for day, n in views.items())
    assert 0 not in views.values()
    assert early
    assert early.status_code == 404
    assert read_views(SourceAnswer(404, early.get_data())) == {}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (("%2F", "/"), None),
        (("20261201", "20261301"), 400),
        (("20261201", "20261031"), 400),
    ],
)
def test_sandbox_when_asked_wrongly_refuses(
    change: tuple[str, str], status: int | None
) -> None:
    path = f"{ROOT}/{views_path(HOST, due()).replace(*change)}"

    refusal = answer(path, FIRST + timedelta(days=40))

    assert (refusal and refusal.status_code) == status
