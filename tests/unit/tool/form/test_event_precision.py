"""How much of its place an event tells follows what its writer names."""

import re

import pytest

from space.authoring.gazetteer import WikidataPlace
from space.codec.page import read_page
from space.schema.geo import Point
from tests.support.tool.app import ToolApp, failed_fields, fields_of
from tests.support.tool.event_form import EVENT, TITLE, page_text
from tool.app.form.event_precision import PRECISION, with_precision
from tool.app.form.place_search import filled as filled_from
from tool.app.form.raw_inputs import text_in

TOWN, BUILDING = "Q37100", "Q188740"  # Auckland, the Museum of Modern Art
GHANA = WikidataPlace(
    *("Q117", "Ghana", "en", "country"),
    point=Point(8, -1),
    country="GH",
    city=None,
    precision="country",
)
FINE = {"venue": "Library", "address": "1 Queen Street", "coordinates": "-36.8, 174.7"}


def filled(tool: ToolApp, fields: dict[str, str], **sent: str) -> dict[str, str]:
    """The form after one more thing is sent with it, as browsers do."""
    return fields_of(tool.post_raw("/write/event", **fields | sent).text)


def saved(tool: ToolApp, **typed: str) -> int:
    """An event on the wiki, saved through the form, with only its city shown."""
    tool.sign_in()
    sent = EVENT | {"precision": "city"} | typed
    assert tool.post("/write/event", **sent).status_code == 303
    return tool.wiki.pages_by_title([TITLE])[TITLE].id


@pytest.mark.parametrize("name", FINE)
def test_form_when_something_finer_follows_a_town_then_the_place_is_exact(
    tool: ToolApp, name: str
) -> None:
    town = filled(tool, fields_of(tool.get("/write/event").text), place=TOWN)
    assert (town["precision"], town["precision-proposed"]) == ("city", "city")
    failed = filled(tool, town, timezone="Mars", action="save")
    told = filled(tool, failed, action="preview", **{name: FINE[name]})
    assert (told["precision"], told["precision-proposed"]) == ("exact", "")


def test_form_when_the_writer_chose_the_precision_then_a_venue_is_a_problem(
    tool: ToolApp,
) -> None:
    begun = fields_of(tool.get("/write/event").text) | {"precision": "city"}
    page = tool.post_raw("/write/event", **begun | FINE, action="save")
    assert set(failed_fields(page.text)) >= {"venue", "address", "coordinates"}
    assert fields_of(page.text)["precision"] == "city"


def test_choose_when_a_building_follows_a_town_then_it_is_told(tool: ToolApp) -> None:
    town = filled(tool, fields_of(tool.get("/write/event").text), place=TOWN)
    building = filled(tool, town, place=BUILDING)
    assert (building["precision"], building["venue"]) == (
        "exact",
        "Museum of Modern Art",
    )


def test_choose_when_a_town_follows_a_building_then_its_venue_goes(
    tool: ToolApp,
) -> None:
    form = fields_of(tool.get("/write/event").text)
    town = filled(tool, filled(tool, form, place=BUILDING), place=TOWN)
    assert (town["city"], town["precision"]) == ("Auckland", "city")
    assert not any(town[name] for name in ("venue", "coordinates", "wikidata"))


@pytest.mark.parametrize(
    ("city", "country", "kept", "told"),
    [
        ("", "", "", "country"),
        ("Kumasi", "", "Kumasi", "city"),
        ("Kumasi", "Ghana", "Kumasi", "city"),
        ("Auckland", "New Zealand", "", "country"),
    ],
)
def test_choose_when_a_country_is_chosen_then_only_its_own_city_stays(
    city: str, country: str, kept: str, told: str
) -> None:
    typed = {"city": (city,), "country": (country,)}
    ghana = filled_from(typed, GHANA)
    assert (text_in(ghana, "city"), text_in(ghana, PRECISION)) == (kept, told)
    accra = with_precision({**ghana, "city": ("Accra",)})
    assert text_in(accra, PRECISION) == "city"


def test_edit_when_a_venue_is_added_to_a_town_then_is_asked_once_and_exact(
    tool: ToolApp,
) -> None:
    page_id = saved(tool)
    address = f"/edit/{page_id}?uselang=qqx"
    form = fields_of(tool.get(address).text) | {"venue": "Library", "action": "save"}
    asked = tool.post_raw(address, **form)
    assert asked.status_code == 409
    assert re.search(r"\(problem-precision-finer: [^)]*\)", asked.text)
    again = fields_of(asked.text) | {"action": "save"}
    assert again["precision"] == "exact"
    assert tool.post_raw(address, **again).status_code == 303
    values = read_page(page_text(tool), title="").values
    assert (values["venue"], values.get("precision")) == ("Library", None)


def test_edit_when_the_writer_sets_the_precision_then_nothing_is_asked(
    tool: ToolApp,
) -> None:
    page_id = saved(tool)
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    sent = form | {"venue": "Library", "precision": "exact", "action": "save"}
    assert tool.post_raw(f"/edit/{page_id}", **sent).status_code == 303


def test_form_when_less_than_the_place_is_told_then_says_so_until_it_is_exact(
    tool: ToolApp,
) -> None:
    town = tool.post("/write/event?uselang=qqx", place=TOWN)
    said = re.compile(r'place-coarse( place-coarse--unused)?">\(tool-place-coarse\)')
    assert [match[1] for match in said.finditer(town.text)] == [None]
    venue = fields_of(town.text) | {"venue": "Library", "action": "preview"}
    exact = tool.post_raw("/write/event?uselang=qqx", **venue)
    assert [bool(match[1]) for match in said.finditer(exact.text)] == [True]
