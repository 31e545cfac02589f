import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from sandbox.gateway.neighbours import Neighbours
from space.authoring.pictures import look_up, search

ORIGIN = "http://127.0.0.1:1"


@pytest.fixture
def client() -> Client:
    neighbours = Neighbours(ORIGIN)

    @Request.application
    def app(request: Request) -> Response:
        return neighbours.answer(request) or Response("the wiki's", 418)

    return Client(app)


def ask_commons(client: Client):  # noqa: ANN201 - an `Ask`
    return lambda params: client.get("/commons/w/api.php", query_string=params).json


def test_commons_when_searched_has_pictures_that_can_be_fetched(client: Client) -> None:
    (picture,) = search(ask_commons(client), "pier", "en")
    assert picture.name == "Photo walk on the old pier.jpg"
    assert picture.author == "Ana Example"
    drawn = client.get(picture.thumbnail.removeprefix(ORIGIN))
    assert drawn.mimetype == "image/svg+xml"
    assert 'width="320"' in drawn.text
    assert "Ana Example" in client.get(picture.page.removeprefix(ORIGIN)).text


def test_commons_when_a_name_is_unknown_has_none(client: Client) -> None:
    assert look_up(ask_commons(client), "Nothing.jpg", "en") is None
    path = "/commons/w/index.php?title=Special:Redirect/file/Nothing.jpg"
    assert client.get(path).status_code == 404


def test_tiles_and_wikidata_when_asked_answer_and_all_else_is_the_wikis(
    client: Client,
) -> None:
    assert client.get("/tiles/0/0/0.svg").mimetype == "image/svg+xml"
    assert client.get("/tiles/0/9/0.svg").status_code == 404
    picture = client.get("/wikidata/w/api.php?action=wbsearchentities&search=berl").json
    assert picture["search"][0]["id"] == "Q64"
    assert client.get("/w/api.php").status_code == 418


def test_registrations_when_asked_have_the_shapes_of_campaign_events(
    client: Client,
) -> None:
    path = "/w/rest.php/campaignevents/v0/event_registration/"
    schema = json.loads(
        (Path(__file__).parent / "registration.json").read_text("utf-8")
    )
    for number in (1, 4, 5, 11):
        event = client.get(f"{path}{number}").json
        assert not list(Draft202012Validator(schema).iter_errors(event)), event
    for number, key in ((6, "get-registration-deleted"), (9999, "event-not-found")):
        missing = client.get(f"{path}{number}")
        assert missing.status_code == 404
        assert missing.json
        assert missing.json["errorKey"] == f"campaignevents-rest-{key}"
    assert client.get(f"{path}x").status_code == 400
    assert client.get("/w/rest.php/oauth2/authorize").status_code == 418


def test_pageviews_when_asked_below_their_path_take_a_slash_only_as_an_escape(
    client: Client,
) -> None:
    path = "/api/rest_v1/metrics/pageviews/per-article/meta.wikimedia.org/all-access"
    days = "daily/20261101/20261108"
    refused = client.get(f"{path}/user/Space/Blog/{days}")
    assert refused.status_code == 418
    assert client.get(f"{path}/user/Space%2FBlog/{days}").mimetype in {
        "application/json",
        "application/problem+json",  # the days are still to come
    }
