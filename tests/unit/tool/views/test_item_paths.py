"""Paths of items in lists are those of `url_for`."""

import pytest
from flask import url_for

from space.dates.schedule import span_of
from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp
from tool.app.views.item_paths import path_of
from tool.app.views.items import EventView, PostView, slug

TITLES = ("Walk", "…", "Ünï/çødé?& 100%", "نزهة في المدينة", "a'b(c)!$*,:;=@~")


@pytest.mark.parametrize(
    "address", ["/", "/?uselang=de", "/?uselang=", "/?uselang=0%26"]
)
@pytest.mark.parametrize("title", TITLES)
def test_path_when_listed_then_is_that_of_url_for(
    tool: ToolApp, title: str, address: str
) -> None:
    one, other = event(12, title=title), post(13, title=title)
    name = slug(title) or None
    with tool.app.test_request_context(address, base_url="https://x.example/under/"):
        span = span_of(one.values)
        for day in ("", "2026-11-24"):
            found = path_of(EventView.at(one, "en", span, day))
            path = url_for("read.event", page_id=12, slug=name, date=day or None)
            assert found == path
        path = url_for("read.post", page_id=13, slug=name)
        assert path_of(PostView(other, "en")) == path
