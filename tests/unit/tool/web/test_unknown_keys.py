"""Keys of addresses that are no filters: added by other sites, or mistaken."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.routing import Rule

from space.publication import discussion_filters as talk_filters
from space.publication.filters import known_keys
from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp
from tool.app.web import tracking
from tool.app.web.tracking import is_tracking, without_tracking

MARKS = ("fbclid=IwAR1", "utm_source=x&UTM_Medium=y", "gclid=1", "mc_cid=1&mc_eid=2")
OTHERS = ("ref=x", "s=20&t=Ab", "igshid=x&msclkid=y&gad_source=1", "utm%5Fsource=x")
VALUES: dict[str, Any] = {
    "page_id": 12,
    "revision": 120,
    "reader": "language",
    "month": "2026-12",
    "slug": "tea",
    "kind_name": "event",
}
_DRAWN = re.compile(r'name="csrf" value="[^"]+"|state=s[0-9]*')


@pytest.fixture(scope="module")
def published() -> ToolApp:
    tool = ToolApp()
    tool.publish(event(12), post(13))
    return tool


def _addresses(tool: ToolApp) -> list[str]:
    """An address of every route that is read, but for files and the API."""
    paths = []
    with tool.app.test_request_context(base_url=tool.config.public_url):
        urls = tool.app.url_map.bind("space.example.org")
        for rule in tool.app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and _is_read(rule):
                values = {name: VALUES.get(name, "x") for name in rule.arguments}
                paths.append(urls.build(rule.endpoint, values))
    return sorted(set(paths))


def _is_read(rule: Rule) -> bool:
    return not rule.rule.startswith(("/static", "/api"))


def answer(tool: ToolApp, address: str) -> tuple[object, ...]:
    """All that an answer says, but for what is drawn anew for each visitor."""
    response = tool.new_client().get(address, base_url=tool.config.public_url)
    headers = {
        name: _DRAWN.sub("", response.headers.get(name, ""))
        for name in ("Location", "ETag", "Content-Type", "Cache-Control")
    }
    return response.status_code, headers, _DRAWN.sub("", response.text)


def test_every_address_when_marked_by_other_sites_then_answers_as_without(
    published: ToolApp,
) -> None:
    addresses = _addresses(published)
    assert {"/events", "/map", "/feeds/events.ics", "/events/12.ics"} <= set(addresses)
    marks = "&".join((*MARKS, *OTHERS))
    for address in addresses:
        plain = answer(published, address)
        assert answer(published, f"{address}?{marks}") == plain, address
        assert "fbclid" not in str(plain)


@pytest.mark.parametrize("marks", [*MARKS, *OTHERS])
def test_filter_when_marked_then_is_kept_with_its_links_and_feeds(
    published: ToolApp, marks: str
) -> None:
    for path in ("/events", "/map", "/subscribe", "/embed/events", "/feeds/events.ics"):
        plain = answer(published, f"{path}?country=NZ&topic=Caf%C3%A9+%26+tea")
        filters = f"country=NZ&{marks}&topic=Caf%C3%A9+%26+tea"
        assert answer(published, f"{path}?{filters}") == plain


def test_calendar_when_marked_then_leads_to_the_month_without_the_mark(
    published: ToolApp,
) -> None:
    response = published.get("/calendar?utm_source=x&country=NZ")
    assert response.headers["Location"] == "/calendar/2026-11?country=NZ"


def test_feed_when_reader_has_it_then_a_mark_makes_no_other_version(
    published: ToolApp,
) -> None:
    first = published.get("/feeds/events.ics?utm_source=a")
    again = published.get(
        "/feeds/events.ics?utm_source=b",
        headers={"If-None-Match": first.headers["ETag"]},
    )
    assert again.status_code == 304


def test_api_when_marked_then_names_the_key(published: ToolApp) -> None:
    response = published.get("/api/v1/events?utm_source=x")
    assert response.status_code == 400
    assert response.json
    assert response.json["parameter"] == "utm_source"


def test_names_of_other_sites_then_are_none_of_ours() -> None:
    ours = {
        *(key for kind in ("event", "post") for key in known_keys(kind)),
        *talk_filters.KEYS,
        *("uselang", "page", "when", "view", "date", "zone", "lang", "limit", "size"),
        *("theme", "cursor", "return_to", "code", "state", "error", "said", "what"),
        *("done", "into", "translate", "confirm", "v", "kind", "language"),
    }
    assert not [key for key in ours if is_tracking(key)]
    assert all(key == key.casefold() for key in tracking.KEYS)


@given(st.lists(st.tuples(st.text(max_size=6), st.text(max_size=6)), max_size=4))
def test_query_when_marks_are_taken_out_then_the_rest_stays(
    pairs: list[tuple[str, str]],
) -> None:
    kept = [(key, value) for key, value in pairs if not is_tracking(key)]
    query = urlencode(pairs)
    assert parse_qsl(without_tracking(query), keep_blank_values=True) == kept
    if kept == pairs:
        assert without_tracking(query) == query


LISTS = ("/events", "/blog", "/calendar/2026-11", "/map", "/discuss", "/search")
MORE_LISTS = ("/subscribe", "/subscribe/posts", "/embed/events", "/embed/map")
REST = ("/translate?into=fr", "/review")


@pytest.mark.parametrize("path", [*LISTS, *MORE_LISTS, *REST])
def test_list_when_asked_for_an_unknown_filter_then_goes_without_and_says_so(
    published: ToolApp, path: str
) -> None:
    address = f"{path}{'&' if '?' in path else '?'}colour=red&taste=sweet"
    response = published.get(address)
    assert response.status_code == 200
    page = unescape(response.text)
    assert "Unknown filters “colour, taste” were ignored." in page
    assert "Available filters: " in page
    assert "no filter" not in published.get(path).text
    assert "colour" not in re.sub(r"return_to=\S*", "", " ".join(_hrefs(page)))


def _hrefs(page: str) -> list[str]:
    """Where links lead, but for those to the same page in other languages."""
    links = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>', page)
    return [link for link in links if "uselang=" not in link]


def test_list_when_its_address_is_tidied_then_still_says_what_was_left_out(
    published: ToolApp,
) -> None:
    for untidy in ("/events?country=nz&q=&colour=red", "/calendar?colour=red"):
        response = published.get(untidy, follow_redirects=True)
        assert response.status_code == 200
        assert "Unknown filter “colour” was ignored." in response.text
    assert response.request.path == "/calendar/2026-11"


FEEDS = ("/feeds/events.ics", "/feeds/events.csv", "/feeds/events.geojson")
MORE_FEEDS = ("/feeds/posts.atom", "/feeds/discussions.atom", "/feeds/review.atom")


@pytest.mark.parametrize(
    "path", [*FEEDS, *MORE_FEEDS, "/events/12.ics", "/api/v1/events", "/api/v1/posts"]
)
def test_feed_when_asked_for_an_unknown_filter_then_refuses_it(
    published: ToolApp, path: str
) -> None:
    response = published.get(f"{path}?colour=red")
    assert response.status_code == 400
    said = response.json["detail"] if response.json else response.text
    assert "“colour”" in said


def test_list_when_a_filter_has_a_wrong_value_then_offers_the_list_without(
    published: ToolApp,
) -> None:
    response = published.get("/events?country=NZ&from=yesterday")
    assert response.status_code == 400
    assert "“yesterday”" in response.text
    assert 'href="/events?country=NZ">Continue without it' in response.text
