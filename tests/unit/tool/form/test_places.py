import re

import pytest

from tests.support.tool.app import ToolApp, failed_fields, fields_of

BEGUN = {"title": "Tea", "start-date": "2026-11-28", "start-time": "16:00"}


def test_find_when_a_name_is_known_then_offers_the_place_and_keeps_the_text(
    tool: ToolApp,
) -> None:
    page = tool.post(
        "/write/event", **BEGUN, **{"place-search": "auck"}, action="find-place"
    )
    assert page.status_code == 200
    assert 'name="place" value="Q37100"' in page.text
    assert "city in New Zealand" in page.text
    assert failed_fields(page.text) == []
    assert fields_of(page.text)["title"] == "Tea"


def test_find_when_nothing_has_the_name_then_says_so(tool: ToolApp) -> None:
    page = tool.post(
        "/write/event?uselang=qqx", **{"place-search": "Atlantis"}, action="find-place"
    )
    assert "(tool-place-none)" in page.text


def test_choose_when_a_town_is_chosen_then_fills_in_what_it_tells(
    tool: ToolApp,
) -> None:
    page = tool.post("/write/event", **BEGUN, place="Q37100")
    fields = fields_of(page.text)
    told = {name: fields[name] for name in ("country", "city", "precision")}
    assert told == {"country": "New Zealand", "city": "Auckland", "precision": "city"}
    assert not any(fields[name] for name in ("coordinates", "wikidata", "venue"))
    assert fields["start-time"] == "16:00"


def test_choose_when_a_town_follows_a_building_then_nothing_of_it_is_left(
    tool: ToolApp,
) -> None:
    exact = {"coordinates": "40.7615, -73.9777", "wikidata": "Q188740"}
    fields = fields_of(tool.post("/write/event", **BEGUN, **exact, place="Q37100").text)
    assert not any(fields[name] for name in exact)


def test_choose_when_the_address_was_typed_then_a_town_leaves_it_exact(
    tool: ToolApp,
) -> None:
    typed = {"address": "1 Queen Street", "coordinates": "-36.843, 174.766"}
    fields = fields_of(tool.post("/write/event", **BEGUN, **typed, place="Q37100").text)
    assert (fields["country"], fields["city"]) == ("New Zealand", "Auckland")
    assert fields["precision"] in {"", "exact"}
    assert {name: fields[name] for name in typed} == typed
    assert fields["wikidata"] == ""


def test_form_when_a_venue_follows_a_town_then_the_place_is_exact_again(
    tool: ToolApp,
) -> None:
    fields = fields_of(tool.post("/write/event", **BEGUN, place="Q37100").text)
    kept = {name: text for name, text in fields.items() if name not in ("csrf", "kind")}
    said = kept | {"venue": "Central Library", "action": "preview"}
    told = fields_of(tool.post("/write/event", **said).text)
    assert (told["precision"], told["precision-proposed"]) == ("exact", "")
    chosen = {**said, "precision-proposed": ""}
    assert fields_of(tool.post("/write/event", **chosen).text)["precision"] == "city"


def test_choose_when_a_building_is_chosen_then_it_is_the_venue(
    tool: ToolApp,
) -> None:
    fields = fields_of(tool.post("/write/event", **BEGUN, place="Q188740").text)
    assert fields["venue"] == "Museum of Modern Art"
    assert (fields["city"], fields["country"]) == ("New York City", "United States")


@pytest.mark.parametrize(
    ("precision", "city"), [("city", "New York City"), ("country", "")]
)
def test_choose_when_less_is_to_be_told_then_nothing_finer_is_filled_in(
    tool: ToolApp, precision: str, city: str
) -> None:
    page = tool.post("/write/event?uselang=qqx", place="Q188740", precision=precision)
    fields = fields_of(page.text)
    assert (fields["country"], fields["city"]) == ("United States", city)
    fine = ("venue", "coordinates", "wikidata", "address")
    assert [fields[name] for name in fine] == [""] * 4


def test_choose_when_a_place_is_chosen_then_the_zone_follows_until_one_is_typed(
    tool: ToolApp,
) -> None:
    """Berlin, then Paris, as a form sends them with what it was given."""
    first = fields_of(tool.post("/write/event", place="Q64").text)
    assert first["timezone"] == "Europe/Berlin"
    second = fields_of(tool.post_raw("/write/event", **first, place="Q90").text)
    assert second["timezone"] == "Europe/Paris"
    typed = fields_of(
        tool.post_raw("/write/event", **second | {"timezone": "UTC"}).text
    )
    third = fields_of(tool.post_raw("/write/event", **typed, place="Q64").text)
    assert third["timezone"] == "UTC"


def test_choose_when_the_item_is_no_place_then_says_so(tool: ToolApp) -> None:
    page = tool.post("/write/event?uselang=qqx", **BEGUN, place="Q1")
    assert "(tool-place-none)" in page.text
    assert fields_of(page.text)["title"] == "Tea"


def test_find_when_wikidata_is_silent_then_says_so_and_keeps_the_text(
    tool: ToolApp,
) -> None:
    page = tool.get("/write/event")
    fields = fields_of(page.text) | BEGUN
    tool.down = True
    for asked in ({"action": "find-place", "place-search": "auck"}, {"place": "Q64"}):
        answer = tool.post_raw("/write/event?uselang=qqx", **(fields | asked))
        assert "(tool-place-unavailable)" in answer.text
        assert fields_of(answer.text)["title"] == "Tea"


def test_places_when_asked_by_script_then_are_a_piece_of_a_page(
    tool: ToolApp,
) -> None:
    csrf = fields_of(tool.get("/write/event").text)["csrf"]
    asked = {"place-search": "moma"}
    piece = tool.post_raw("/lookup/places", csrf=csrf, **asked)
    assert 'value="Q188740"' in piece.text
    assert "<html" not in piece.text
    assert tool.post_raw("/lookup/places", **asked).status_code == 403


@pytest.mark.parametrize(
    ("coordinates", "keys"),
    [
        ("-36.85, 174.7833", []),
        ("52.52, 13.405", ["(problem-point-elsewhere)"]),
        ("-41.3, -174.78", ["(problem-point-elsewhere)"]),
    ],
)
def test_preview_when_the_point_is_elsewhere_then_asks_whether_it_is_right(
    tool: ToolApp, coordinates: str, keys: list[str]
) -> None:
    event = {**BEGUN, "timezone": "Pacific/Auckland", "country": "NZ"}
    page = tool.post(
        "/write/event?uselang=qqx", **event, coordinates=coordinates, action="preview"
    )
    questions = re.findall(r"\(problem-point-[a-z]+\)", page.text)
    assert sorted(set(questions)) == keys


def test_create_when_the_point_seems_swapped_then_saves_all_the_same(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    event = {**BEGUN, "timezone": "Europe/Berlin", "country": "DE"}
    swapped = {**event, "coordinates": "13.405, 52.52"}
    page = tool.post("/write/event?uselang=qqx", **swapped, action="preview")
    assert "(problem-point-swapped)" in page.text
    assert tool.post("/write/event", **swapped).status_code == 303
