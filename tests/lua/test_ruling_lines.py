"""Lines of the pages that rule say what is wrong with them, where it is written."""

import pytest

from tests.lua.scribunto import Scribunto

ICS = "https://calendar.example.org/a.ics"


def plain(html: str) -> str:
    return html.replace("<bdi>", "").replace("</bdi>", "")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"_1": ICS, "_2": "Aotearoa"}, f"\n* [{ICS} Aotearoa]"),
        ({"_1": ICS}, f"\n* [{ICS} https&#58;//"),
        ({"_1": ICS}, "'''Whose calendar it is''': Please fill in this field."),
        ({"_1": ICS, "_2": "A", "country": "Neuseeland"}, "“Neuseeland” is not a cou"),
        ({"_1": "webcal://a.org/b.ics", "_2": "A"}, "\n* A <strong"),
        ({"_1": "webcal://a.org/b.ics", "_2": "A"}, "is not a full web address."),
        ({"_1": "https://a.org:8443/b.ics", "_2": "A"}, "The bot does not read “https"),
        ({"_1": "http://a.org/b.ics", "_2": "A"}, "The bot does not read “http"),
    ],
)
def test_calendar_when_its_line_is_shown_says_what_is_wrong(
    lua: Scribunto, given: dict[str, str], said: str
) -> None:
    html = plain(lua.invoke("Settings", "calendar", **given))
    assert said in html, html


def test_settings_when_some_cannot_be_read_say_so_in_their_rows(lua: Scribunto) -> None:
    html = plain(lua.invoke("Settings", "show", registry="markd", colour="red"))

    row = next(part for part in html.split("<tr>") if "Registered events" in part)
    assert "Not listed <strong" in row
    assert "“markd” is not one of the choices: off, marked, reviewed" in row
    assert html.count("space-error") == 2
    assert "Unknown parameter “colour”" in html


@pytest.mark.parametrize(
    ("module", "given", "said"),
    [
        ("Topics", {"_1": "glam", "wikidata": "twelve"}, "“twelve”"),
        ("Topics", {"label": "GLAM"}, "''': Please fill in this field."),
        ("Reviewers", {"_1": "Pavati", "languages": "xx-"}, "“xx-”"),
        ("Reviewers", {"_1": "Pavati", "language": "fr"}, "“language”"),
    ],
)
def test_line_of_a_list_when_shown_says_what_is_wrong(
    lua: Scribunto, module: str, given: dict[str, str], said: str
) -> None:
    html = plain(lua.invoke(module, "show", **given))
    assert said in html, html
