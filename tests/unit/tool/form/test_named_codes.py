"""Languages, wikis and countries in forms: people write names, pages have codes."""

import pytest

from space.codec.page import read_page
from tests.support.tool.app import ToolApp, fields_of
from tests.support.tool.event_form import EVENT, page_text


def test_save_when_named_in_any_language_then_the_page_has_codes(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    names = {
        "languages": "English, Französisch; हिन्दी；pt-br",
        "wikis": "Igbo Wikipedia; Wikidata, frwiki",
    }
    assert tool.post("/write/event", **EVENT, **names).status_code == 303
    values = read_page(page_text(tool), title="").values
    assert values["languages"] == ("en", "fr", "hi", "pt-BR")
    assert values["wikis"] == ("igwiki", "wikidatawiki", "frwiki")


def test_form_when_it_has_codes_then_shows_names_that_are_read_as_these(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    named = {"languages": "en; es-MX", "wikis": "igwiki; xxwiki"}
    assert tool.post("/write/event", **EVENT, **named).status_code == 303
    page_id = max(tool.wiki.state.pages)
    for language, expected in (("en", "English; Mexican Spanish"), ("de", "Englisch")):
        fields = fields_of(tool.get(f"/edit/{page_id}?uselang={language}").text)
        assert fields["languages"].startswith(expected)
        assert fields["wikis"].endswith("; xxwiki")
        again = tool.post_raw(
            f"/edit/{page_id}", **(fields | {"city": language, "action": "save"})
        )
        assert again.status_code == 303
        values = read_page(page_text(tool), title="").values
        assert values["languages"] == ("en", "es-MX")
        assert values["wikis"] == ("igwiki", "xxwiki")


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        ("languages", "German; Frensh", "Did you mean French?"),
        ("wikis", "Ibgo Wikipedia", "Did you mean Igbo Wikipedia?"),
        ("country", "Nigria", "Did you mean Nigeria?"),
    ],
)
def test_save_when_misspelt_then_the_name_that_is_meant_is_told(
    tool: ToolApp, field: str, typed: str, meant: str
) -> None:
    page = tool.post("/write/event", **EVENT | {field: typed})
    assert page.status_code == 422
    assert meant in page.text
    assert fields_of(page.text)[field] == typed


def test_names_when_asked_for_are_in_the_language_of_the_reader(
    tool: ToolApp,
) -> None:
    answer = tool.get("/names/language?q=fran&uselang=de")
    assert ["Französisch", "fr"] in answer.json
    assert answer.headers["Cache-Control"] == "private, max-age=3600"
    assert tool.get("/names/wiki?q=igbo&uselang=en").json == [
        ["Igbo Wikipedia", "igwiki"]
    ]
    assert tool.get("/names/country?q=allem&uselang=en").json == [["Germany", "DE"]]
    assert tool.get("/names/zone?q=a").status_code == 404


@pytest.mark.parametrize("typed", ["ألمانيا", "Allemagne", "germany", "de"])
def test_country_when_named_in_any_language_then_zone_and_code_follow(
    tool: ToolApp, typed: str
) -> None:
    tool.sign_in()
    sent = EVENT | {"country": typed, "city": "", "timezone": ""}
    assert tool.post("/write/event", **sent).status_code == 303
    values = read_page(page_text(tool), title="").values
    assert (values["country"], values["timezone"]) == ("DE", "Europe/Berlin")


def test_country_when_there_is_no_script_then_names_are_offered_and_shown(
    tool: ToolApp,
) -> None:
    sent = EVENT | {"action": "preview"}
    page = tool.post("/write/event?uselang=de", **sent).text
    assert 'list="country"' in page
    assert '<option value="Neuseeland">' in page
    assert fields_of(page)["country"] == "Indien"
