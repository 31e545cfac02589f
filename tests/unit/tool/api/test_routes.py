import json
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi import checks

from space.schema.kinds import load_kind
from space.schema.visibility import public_values
from space.store.keys import COMPLETE
from tests.support.feeds.publications import event, post, publication
from tests.support.feeds.registered_events import from_calendar
from tests.support.tool.app import ToolApp
from tool.app.web.routes import PAGE_ID

API = "/api/v1"
PLAIN = {"Accept-Encoding": "identity"}  # the client of WSGI undoes no gzip
CHECKS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]
FULL = {
    "title": "Tea",
    "coordinates": "-36.8506, 174.7679",
    "venue": "[[Library|Hall]]",
    "organizers": ("[[User:Ana|Ana N.]]", "Club"),
    "languages": ("en", "mi"),
    "topics": ("tea",),
}


@pytest.fixture
def published(tool: ToolApp) -> ToolApp:
    tool.publish(
        event(12, **FULL),
        event(14, title="Weekly", recurrence="FREQ=WEEKLY;COUNT=3", country="IN"),
        event(16, title="Days", start="2026-11-30", end="2026-12-02"),
        post(13, title="News", authors=("[[User:Ana]]",)),
        post(15, title="Nouvelles", language="fr"),
        post(17, title="More"),
    )
    return tool


def get(tool: ToolApp, path: str) -> Any:
    response = tool.get(path)
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.text)


def pages(tool: ToolApp, path: str, key: str) -> list[list[Any]]:
    """All pages of a list."""
    read = []
    while path:
        page = get(tool, path)
        read.append(page[key])
        path = (page["next"] or "").removeprefix(tool.config.public_url)
    return read


def test_event_when_asked_for_then_has_its_fields_and_its_times(
    published: ToolApp,
) -> None:
    assert get(published, f"{API}/events/12") == {
        "id": 12,
        "url": "https://space.example.org/events/12",
        "page": "https://wiki.test/wiki/Space/Events/Page_12",
        "page_title": "Space/Events/Page 12",
        "revision": 120,
        "updated": "2026-11-01T09:12:00Z",
        "title": "Tea",
        "start": "2026-11-28 10:00",
        "end": "2026-11-28 16:00",
        "timezone": "Pacific/Auckland",
        "mode": "in-person",
        "country": "NZ",
        "status": "confirmed",
        "venue": "Hall",
        "coordinates": "-36.8506, 174.7679",
        "precision": "exact",
        "link_access": "public",
        "languages": ["en", "mi"],
        "topics": ["tea"],
        "organizers": ["Ana N.", "Club"],
        "point": {"latitude": -36.8506, "longitude": 174.7679},
        "times": [
            {
                "start": "2026-11-28 10:00",
                "end": "2026-11-28 16:00",
                "timezone": "Pacific/Auckland",
                "starts": "2026-11-27T21:00:00Z",
                "ends": "2026-11-28T03:00:00Z",
            }
        ],
    }


def test_event_when_its_calendar_tells_no_mode_then_has_none(tool: ToolApp) -> None:
    tool.publish(from_calendar(17), from_calendar(18, mode="online"))
    modes = [each.get("mode") for each in get(tool, f"{API}/events")["events"]]
    assert modes == [None, "online"]


def test_event_when_asked_for_some_days_then_only_their_times_are_there(
    published: ToolApp,
) -> None:
    path = f"{API}/events/14"
    assert len(get(published, path)["times"]) == 3
    times = get(published, f"{path}?from=2026-12-01&to=2026-12-05")["times"]
    assert [time["start"] for time in times] == ["2026-12-05 10:00"]


def test_events_when_listed_then_each_time_comes_in_its_order(
    published: ToolApp,
) -> None:
    (page,) = pages(published, f"{API}/events", "events")
    times = [(item["id"], item["time"]["starts"]) for item in page]
    assert times == sorted(times, key=lambda pair: (pair[1], pair[0]))
    assert [item["id"] for item in page] == [12, 14, 16, 14, 14]
    assert {item["time"]["start"] for item in page if item["id"] == 16} == {
        "2026-11-30"
    }


def test_events_when_filtered_then_only_what_fits_is_there(
    published: ToolApp,
) -> None:
    (page,) = pages(published, f"{API}/events?country=in&to=2026-11-29", "events")
    assert [item["title"] for item in page] == ["Weekly"]
    assert pages(published, f"{API}/events?q=absent", "events") == [[]]


@pytest.mark.parametrize("limit", [1, 2, 5, 200])
def test_events_when_pages_are_turned_then_nothing_is_missing_or_twice(
    published: ToolApp, limit: int
) -> None:
    published.publish(*(event(number) for number in range(20, 26)))  # all at once
    read = pages(published, f"{API}/events?limit={limit}", "events")
    assert all(len(page) <= limit for page in read)
    (whole,) = pages(published, f"{API}/events?limit=200", "events")
    assert [item for page in read for item in page] == whole


def test_posts_when_something_is_published_meanwhile_then_pages_go_on_as_before(
    published: ToolApp,
) -> None:
    first = get(published, f"{API}/posts?limit=2")
    assert [item["title"] for item in first["posts"]] == ["More", "Nouvelles"]
    published.publish(post(19), post(21))
    path = first["next"].removeprefix(published.config.public_url)
    second = get(published, path)
    assert [item["title"] for item in second["posts"]] == ["News"]
    assert second["next"] is None


def test_post_when_asked_for_then_has_its_fields(published: ToolApp) -> None:
    document = get(published, f"{API}/posts/13")
    assert document["authors"] == ["Ana"]
    assert document["published"] == "2026-11-01T08:13:00Z"
    assert document["url"] == "https://space.example.org/blog/13"


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/events?colour=red", "colour"),
        ("/events?from=yesterday", "from"),
        ("/events?limit=0", "limit"),
        ("/events?limit=201", "limit"),
        ("/events?limit=many", "limit"),
        ("/events?limit=1&limit=2", "limit"),
        ("/events?cursor=zz", "cursor"),
        ("/events?cursor=%C3%A9", "cursor"),
        ("/events?cursor=MS4y&cursor=MS4y", "cursor"),
        ("/events?uselang=vo", "uselang"),
        ("/events/12?country=nz", "country"),
        ("/posts?mode=online", "mode"),
        ("/posts/13?from=2026-01-01", "from"),
        ("/openapi.json?x=1", "x"),
    ],
)
def test_api_when_a_parameter_is_wrong_then_a_problem_names_it(
    published: ToolApp, path: str, parameter: str
) -> None:
    response = published.get(API + path)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    problem = json.loads(response.text)
    assert problem.pop("detail").count(f"“{parameter}”") == 1
    assert problem == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "parameter": parameter,
    }


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/events/13", 404, "Not Found"),
        ("/events/99", 404, "Not Found"),
        ("/posts/12", 404, "Not Found"),
        ("/events/x", 404, "Not Found"),
        ("/nothing", 404, "Not Found"),
    ],
)
def test_api_when_there_is_nothing_then_the_error_has_the_one_shape(
    published: ToolApp, path: str, status: int, title: str
) -> None:
    response = published.get(API + path)
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(response.text)
    assert set(problem) == {"type", "title", "status", "detail"}
    assert (response.status_code, problem["status"], problem["title"]) == (
        status,
        status,
        title,
    )


def test_api_when_the_method_is_wrong_then_says_which_are_right(
    published: ToolApp,
) -> None:
    response = published.client.post(f"{API}/events", base_url="https://x.example.org")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert json.loads(response.text)["title"] == "Method Not Allowed"


def test_api_when_the_index_is_not_complete_then_says_when_to_come_back(
    tool: ToolApp,
) -> None:
    tool.store.set_value(COMPLETE, None)
    response = tool.get(f"{API}/events")
    assert response.status_code == json.loads(response.text)["status"] == 503
    assert response.headers["Retry-After"] == "60"


@pytest.mark.parametrize("path", ["/events", "/events/12", "/posts", "/posts/13"])
def test_api_when_unchanged_then_answers_304_without_a_cookie(
    published: ToolApp, path: str
) -> None:
    published.sign_in()
    first = published.get(API + path)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    tag = first.headers["ETag"]
    again = published.get(API + path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert "Set-Cookie" not in first.headers
    assert "Cookie" not in first.vary
    published.now += timedelta(seconds=1)
    published.publish(event(12, title="Chai"), post(13, title="Old"))
    assert published.get(API + path).headers["ETag"] != tag


FOR_SCRIPTS = ("/api/", "/feeds/", f"/events/{PAGE_ID}.ics")


def test_api_and_feeds_when_a_script_asks_first_then_may_send_a_tag(
    published: ToolApp,
) -> None:
    """Every address for programs: those of pages keep to themselves."""
    rules = [
        rule
        for rule in published.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.rule != "/static/<path:filename>"
    ]
    told = {rule.rule for rule in rules if rule.rule.startswith(FOR_SCRIPTS)}
    assert len(told) >= 11
    for rule in rules:
        path = rule.rule.replace(PAGE_ID, "12")
        asked = published.client.options(path, base_url="https://space.example.org")
        allowed = {
            name: asked.headers.get(f"Access-Control-{name}")
            for name in ("Allow-Origin", "Allow-Methods", "Allow-Headers")
        }
        if rule.rule in told:
            assert list(allowed.values()) == ["*", "GET, HEAD", "If-None-Match"], path
            for answer in (published.get(path), published.get(f"{path}?colour=x")):
                assert answer.headers["Access-Control-Allow-Origin"] == "*"
                assert answer.headers["Access-Control-Expose-Headers"] == "ETag"
        else:
            assert set(allowed.values()) == {None}, path


def test_api_when_a_page_keeps_something_back_then_no_answer_has_it(
    tool: ToolApp,
) -> None:
    values = {
        **event(12).values,
        "contact": "sesame@example.org",
        "online_link": "https://x.example.org/sesame",
        "link_access": "registered",
        "address": "1 Sesame Street",
        "coordinates": "12.345678, 98.765432",
        "precision": "country",
    }
    tool.publish(publication(12, "event", public_values("event", values)))
    for path in ("/events", "/events/12"):
        text = tool.get(API + path).text
        assert "esame" not in text
        assert "12.34" not in text


def test_description_when_read_then_is_openapi_with_every_public_field(
    tool: ToolApp,
) -> None:
    document = get(tool, f"{API}/openapi.json")
    assert document["openapi"] == "3.1.0"
    for name in ("event", "post"):
        schema = document["components"]["schemas"][name.capitalize()]
        Draft202012Validator.check_schema(schema)
        fields = {f.name for f in load_kind(name).fields.values() if not f.private}
        assert fields <= set(schema["properties"])
        assert "contact" not in schema["properties"]


def test_description_when_compared_with_the_application_then_names_every_address(
    tool: ToolApp,
) -> None:
    document = get(tool, f"{API}/openapi.json")
    rules = {
        str(rule).removeprefix(API).partition("<")[0]
        for rule in tool.app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    named = {path.partition("{")[0] for path in document["paths"]}
    assert rules == named | {"/openapi.json"}


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_api_when_asked_for_anything_then_answers_as_it_is_described(
    published: ToolApp, mode: GenerationMode
) -> None:
    described = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", published.app)
    operations = [operation.ok() for operation in described.get_all_operations()]
    assert len(operations) == 4
    for operation in operations:

        @settings(max_examples=25, derandomize=True)
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            base = f"{published.config.public_url}{API}"
            case.call_and_validate(base_url=base, checks=CHECKS, headers=PLAIN)

        ask()
