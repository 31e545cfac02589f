from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from sandbox.gateway.wikidata import Wikidata
from space.authoring import gazetteer
from space.errors import WikiUnavailableError
from tool.wiki import lookups
from tool.wiki.answers import MAX_AGE, MAX_ANSWERS, MAX_REQUESTS
from tool.wiki.lookups import Lookups, asking


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 28, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, time: timedelta) -> None:
        self.now += time


class WatchedLookups:
    """A gazetteer over the sandbox's places, its clock and what it asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock = Clock()
        ask = asking("https://wikidata.test/w/api.php", requests.Session)
        self.gazetteer = Lookups(gazetteer.search, gazetteer.look_up, ask, self.clock)
        self.asked: list[str] = []
        self.error: Mapping[str, Any] | None = None
        wikidata = Wikidata()

        def call(_: object, params: Mapping[str, str]) -> Mapping[str, Any]:
            self.asked.append(params.get("search", params.get("ids", "")))
            return self.error or wikidata.answer(params)

        monkeypatch.setattr(lookups.MwclientTransport, "call", call)

    def names(self, text: str) -> list[str]:
        return [place.label for place in self.gazetteer.search(text, "en")]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> WatchedLookups:
    return WatchedLookups(monkeypatch)


def test_search_when_asked_again_within_a_day_asks_nobody(
    watched: WatchedLookups,
) -> None:
    assert watched.names("Auckland") == ["Auckland"]
    asked = len(watched.asked)
    assert watched.names(" auckland ") == ["Auckland"]
    assert len(watched.asked) == asked
    watched.clock.advance(MAX_AGE)
    assert watched.names("Auckland") == ["Auckland"]
    assert len(watched.asked) == 2 * asked


def test_look_up_when_the_item_is_known_gives_its_place(
    watched: WatchedLookups,
) -> None:
    place = watched.gazetteer.look_up("Q64", "en")
    assert place is not None
    assert place.label == "Berlin"
    assert watched.gazetteer.look_up("Q1", "en") is None


@pytest.mark.parametrize(
    "answer",
    [
        *({"search": rows} for rows in (1, "Q1", [1], [None], [{}], {"id": "Q1"})),
        *({"search": [{"id": "Q1"}], "entities": rows} for rows in (1, "Q1", [{}])),
        *(
            {"search": [{"id": "Q1"}], "entities": {"Q1": {"claims": claims}}}
            for claims in (1, [1], {"P625": 1}, {"P625": [{"mainsnak": "x"}]})
        ),
    ],
)
def test_search_when_the_answer_is_in_no_known_form_then_it_cannot_be_had(
    watched: WatchedLookups, answer: Mapping[str, Any]
) -> None:
    watched.error = answer
    with pytest.raises(WikiUnavailableError):
        watched.names("Auckland")


def test_search_when_too_many_ask_at_once_waits_a_minute(
    watched: WatchedLookups,
) -> None:
    for number in range(MAX_REQUESTS):
        watched.names(f"nowhere {number}")
    with pytest.raises(WikiUnavailableError):
        watched.names("Auckland")
    watched.clock.advance(timedelta(minutes=1))
    assert watched.names("Auckland") == ["Auckland"]


def test_search_when_many_were_kept_forgets_the_oldest(watched: WatchedLookups) -> None:
    for number in range(MAX_ANSWERS + 1):
        watched.clock.advance(timedelta(seconds=2))
        watched.names(f"nowhere {number}")
    asked = len(watched.asked)
    watched.names(f"nowhere {MAX_ANSWERS}")
    assert len(watched.asked) == asked
    watched.names("nowhere 0")
    assert len(watched.asked) == asked + 1


def test_search_when_wikidata_answers_with_an_error_says_so_and_keeps_nothing(
    watched: WatchedLookups,
) -> None:
    watched.error = {"error": {"code": "readonly", "info": "maintenance"}}
    with pytest.raises(WikiUnavailableError, match="maintenance"):
        watched.names("Auckland")
    watched.error = None
    assert watched.names("Auckland") == ["Auckland"]
