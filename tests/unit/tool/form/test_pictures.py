import json
import re
from html import unescape

from tests.support.tool.app import ToolApp, fields_of

PIER = "Photo walk on the old pier.jpg"
DESCRIPTION = "People with cameras and umbrellas on a pier"
CAKE = "Cake with a puzzle globe.jpg"


def test_find_when_words_fit_then_offers_pictures_with_author_and_licence(
    tool: ToolApp,
) -> None:
    page = tool.post(
        "/write/post", title="Tea", **{"picture-search": "pier"}, action="find-picture"
    )
    assert page.status_code == 200
    assert f'name="picture" value="{PIER}"' in page.text
    assert "Ana Example" in page.text
    assert "CC BY-SA 4.0" in page.text
    assert fields_of(page.text)["title"] == "Tea"


def test_find_when_nothing_fits_then_says_so(tool: ToolApp) -> None:
    page = tool.post(
        "/write/post?uselang=qqx", **{"picture-search": "zzz"}, action="find-picture"
    )
    assert "(tool-picture-none)" in page.text


def test_choose_when_pressed_then_fills_in_the_file_and_asks_what_it_shows(
    tool: ToolApp,
) -> None:
    page = tool.post("/write/post", image=CAKE, image_alt="A cake", picture=PIER)
    fields = fields_of(page.text)
    assert (fields["image"], fields["image_alt"]) == (PIER, DESCRIPTION)
    assert "with the description from Wikimedia Commons" in page.text
    more = page.text.partition('<details class="cdx-accordion more"')[2]
    assert more.startswith(" open>")
    assert "Ana Example" in page.text


def test_choose_when_it_has_a_caption_then_that_describes_it(tool: ToolApp) -> None:
    page = tool.post("/write/post", picture="Edit-a-thon in a library.jpg")
    fields = fields_of(page.text)
    assert fields["image_alt"] == "People with laptops at a table between bookshelves"
    assert fields["image_caption"] == "Twelve people at a long table with laptops"


def test_picture_when_asked_by_script_then_brings_its_texts_along(
    tool: ToolApp,
) -> None:
    csrf = fields_of(tool.get("/write/post").text)["csrf"]
    piece = tool.post_raw("/lookup/pictures", csrf=csrf, picture=PIER).text
    match = re.search(r'data-filled="([^"]*)"', piece)
    assert match
    filled = {"image": PIER, "image_alt": DESCRIPTION, "image_caption": ""}
    assert json.loads(unescape(match[1])) == filled
    assert "Ana Example" in piece
    none = tool.post_raw("/lookup/pictures", csrf=csrf, picture="No such.jpg").text
    assert "data-filled" not in none


def test_choose_when_a_form_has_no_alternative_text_then_asks_to_check_none(
    tool: ToolApp,
) -> None:
    event = tool.post("/write/event?uselang=qqx", picture=PIER)
    assert fields_of(event.text)["image"] == PIER
    csrf = fields_of(event.text)["csrf"]
    address = "/lookup/pictures?uselang=qqx"
    piece = tool.post_raw(address, csrf=csrf, picture=PIER, kind="event").text
    in_the_text = tool.post_raw(address, csrf=csrf, picture=PIER).text
    for shown in (event.text, piece):
        assert "(tool-picture-taken)" in shown
        assert "(tool-picture-described)" not in shown
    assert "(tool-picture-described)" in in_the_text


def test_choose_when_it_was_chosen_already_then_keeps_the_description(
    tool: ToolApp,
) -> None:
    page = tool.post("/write/post", image=PIER, image_alt="A pier", picture=PIER)
    assert fields_of(page.text)["image_alt"] == "A pier"


def test_form_when_a_file_is_typed_then_shows_it_with_its_credit(
    tool: ToolApp,
) -> None:
    page = tool.post("/write/post", image=f"File:{CAKE}", action="preview")
    assert "Eli Example" in page.text


def test_form_when_commons_has_no_such_file_then_its_field_says_so(
    tool: ToolApp,
) -> None:
    page = tool.post("/write/post?uselang=qqx", image="Nothing.jpg", action="preview")
    assert "(problem-file-missing: Nothing.jpg)" in page.text
    assert page.status_code == 200
    page = tool.post("/write/post?uselang=qqx", image=CAKE, action="preview")
    assert "problem-file-missing" not in page.text


def test_find_when_commons_is_silent_then_says_so_and_keeps_the_text(
    tool: ToolApp,
) -> None:
    fields = fields_of(tool.get("/write/post").text) | {"title": "Tea"}
    tool.down = True
    for asked in (
        {"action": "find-picture", "picture-search": "pier"},
        {"picture": PIER},
    ):
        page = tool.post_raw("/write/post?uselang=qqx", **(fields | asked))
        assert "(tool-picture-unavailable)" in page.text
        assert fields_of(page.text)["title"] == "Tea"


def test_pictures_when_asked_by_script_then_are_a_piece_of_a_page(
    tool: ToolApp,
) -> None:
    csrf = fields_of(tool.get("/write/post").text)["csrf"]
    asked = {"picture-search": "pier"}
    piece = tool.post_raw("/lookup/pictures", csrf=csrf, **asked)
    assert f'value="{PIER}"' in piece.text
    assert "<html" not in piece.text
    assert tool.post_raw("/lookup/pictures", **asked).status_code == 403
