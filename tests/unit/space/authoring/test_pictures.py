from collections.abc import Mapping
from typing import Any

import pytest

from space.authoring.pictures import MAX_QUERY, look_up, search

PAGE = {
    "pageid": 1,
    "ns": 6,
    "title": "File:Photo walk.jpg",
    "index": 2,
    "imageinfo": [
        {
            "mime": "image/jpeg",
            "width": 4000,
            "height": 3000,
            "thumburl": "https://upload.test/320px-Photo_walk.jpg",
            "descriptionurl": "https://commons.test/wiki/File:Photo_walk.jpg",
            "extmetadata": {
                "Artist": {"value": '<a href="//x">Ana &amp; Ben</a>'},
                "LicenseShortName": {"value": "CC BY-SA 4.0"},
                "LicenseUrl": {"value": "https://creativecommons.org/licenses/x"},
                "ImageDescription": {"value": "<p>People</p><p>on a bridge</p>"},
            },
        }
    ],
}


class Asked:
    def __init__(self, *pages: Mapping[str, Any]) -> None:
        self.pages = pages
        self.requests: list[Mapping[str, str]] = []

    def __call__(self, params: Mapping[str, str]) -> Mapping[str, Any]:
        self.requests.append(params)
        return {"query": {"pages": list(self.pages)}} if self.pages else {}


def with_info(**changes: Any) -> dict[str, Any]:
    return {**PAGE, "imageinfo": [{**PAGE["imageinfo"][0], **changes}]}


def test_search_when_words_fit_has_all_that_has_to_be_said() -> None:
    (picture,) = search(Asked(PAGE), "photo  walk", "en")
    assert picture.name == "Photo walk.jpg"
    assert picture.author == "Ana & Ben"
    assert (picture.licence, picture.licence_url) == (
        "CC BY-SA 4.0",
        "https://creativecommons.org/licenses/x",
    )
    assert picture.description == "People on a bridge"
    assert (picture.width, picture.height) == (4000, 3000)


def test_picture_when_it_has_a_caption_is_described_by_it() -> None:
    named = {**PAGE, "entityterms": {"label": ["A foggy  bridge"]}}
    (picture,) = search(Asked(named), "photo", "en")
    assert picture.alternative == "A foggy bridge"
    assert picture.text_below == "People on a bridge"
    (plain,) = search(Asked(PAGE), "photo", "en")
    assert (plain.alternative, plain.text_below) == ("People on a bridge", "")


def test_search_when_several_fit_keeps_their_order() -> None:
    first = {**PAGE, "title": "File:Best.png", "index": 1}
    names = [picture.name for picture in search(Asked(PAGE, first), "photo", "en")]
    assert names == ["Best.png", "Photo walk.jpg"]


@pytest.mark.parametrize(
    "text",
    [
        "File:Photo walk.jpg",
        "https://commons.wikimedia.org/wiki/File:Photo_walk.jpg",
        "photo_walk.jpg",
    ],
)
def test_search_when_it_is_a_name_or_an_address_asks_for_that_file(text: str) -> None:
    asked = Asked(PAGE)
    assert [picture.name for picture in search(asked, text, "en")] == ["Photo walk.jpg"]
    assert asked.requests[0]["titles"].casefold() == "file:photo walk.jpg"


@pytest.mark.parametrize("text", ["", "x", "x" * (MAX_QUERY + 1)])
def test_search_when_there_is_nothing_to_look_for_asks_nobody(text: str) -> None:
    asked = Asked(PAGE)
    assert search(asked, text, "en") == ()
    assert asked.requests == []


@pytest.mark.parametrize(
    "page",
    [
        {"title": "File:No.jpg", "missing": True},
        with_info(mime="audio/ogg"),
        {**PAGE, "imageinfo": [{"mime": "image/tiff", "descriptionurl": "https://x"}]},
    ],
)
def test_look_up_when_there_is_no_picture_finds_none(page: Mapping[str, Any]) -> None:
    assert look_up(Asked(page), "No.jpg", "en") is None


def test_look_up_when_nothing_is_told_has_empty_texts() -> None:
    picture = look_up(Asked(with_info(extmetadata={})), "Photo walk.jpg", "en")
    assert picture is not None
    assert (picture.author, picture.licence, picture.licence_url) == ("", "", "")


def test_look_up_when_the_licence_runs_script_leaves_its_address_out() -> None:
    metadata = {"LicenseUrl": {"value": "javascript:alert(1)"}}
    picture = look_up(Asked(with_info(extmetadata=metadata)), "Photo walk.jpg", "en")
    assert picture is not None
    assert picture.licence_url == ""
