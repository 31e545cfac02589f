"""The checklist of a post."""

import pytest

from space.authoring.checklist import LinkFindings, checks
from space.schema.kinds import Values
from space.text.messages import read_catalogue

NONE = LinkFindings()


def told(values: Values, body: str, links: LinkFindings = NONE) -> dict[str, bool]:
    return {check.name: check.done for check in checks(values, body, links)}


def test_checks_when_nothing_is_there_then_asks_for_summary_and_text() -> None:
    assert told({}, "") == {"summary": False, "length": False}


def test_checks_when_all_is_there_then_all_is_done() -> None:
    body = "word " * 600 + "[[Page]] [https://example.org/ x] [[File:A.jpg|alt=B|C]]"
    values = {"summary": "One.", "image": "A.jpg", "image_alt": "B"}
    assert told(values, body) == dict.fromkeys(
        ("summary", "alt", "links", "length"), True
    )


@pytest.mark.parametrize(
    ("values", "body", "done"),
    [
        ({"image": "A.jpg"}, "", False),
        ({"image": "A.jpg", "image_alt": "B"}, "", True),
        ({}, "[[File:A.jpg|thumb|a [[cat]]]]", False),
        ({}, "[[File:A.jpg|thumb|alt=|]]", False),
        ({}, "[[File:A.jpg|thumb|alt=A cat|a [[cat]]]]", True),
        ({}, "[[Datei:A.jpg]] [[File:B.png|alt=B]]", False),
        ({}, "[[ملف:أ.jpg|alt=قطة]]", True),
        ({}, "[[:File:A.jpg]]", None),
        ({}, "[[File:A.jpg|{{quote|alt=no}}]]", False),
        ({}, "[[File:A.jpg|<!-- alt=no -->a cat]]", False),
        ({}, "[[File:A.jpg|alt={{lc:A CAT}}]]", True),
        ({}, "[[File:A.jpg|a [[b|alt=no]]]]", False),
        ({}, "[[File:A.jpg|never closed", None),
        ({}, "[[File:A.jpg|" + "word " * 250 + "|alt=too far]]", None),
    ],
)
def test_checks_when_there_is_a_picture_then_asks_for_its_description(
    values: Values, body: str, *, done: bool | None
) -> None:
    assert told(values, body).get("alt") is done


@pytest.mark.parametrize(
    "body",
    ["[www.example.org x]", "[https:/example.org x]", "https://example..org/"],
)
def test_checks_when_an_address_is_half_one_then_names_it(body: str) -> None:
    assert told({}, body).get("address") is False


def test_checks_when_the_wiki_knows_better_then_says_so() -> None:
    links = LinkFindings(spam=("https://spam.example/",), red=("No such page",))
    lines = told({}, "[[No such page]] https://spam.example/", links)
    assert (lines["spam"], lines["red"], "links" in lines) == (False, False, False)


def test_every_line_has_its_message() -> None:
    links = LinkFindings(spam=("s",), red=("r",))
    lines = [
        *checks({}, "[www.a.b x]", links),
        *checks({"summary": "S"}, "word " * 600 + "[[A]] [[File:A.jpg|alt=x]]"),
        *checks({"image": "A.jpg"}, ""),
    ]
    assert {check.message_key for check in lines} <= set(read_catalogue()["en"])


def test_checks_when_in_chinese_then_length_is_told_as_well() -> None:
    assert told({}, "维基" * 400)["length"]


@pytest.mark.parametrize("body", ["[[File:|thumb|alt=A cat]]", "[[ image : ]]"])
def test_checks_when_a_picture_has_no_name_then_says_so(body: str) -> None:
    assert told({}, body)["picture"] is False
    assert "picture" not in told({}, "[[File:A.jpg|thumb|alt=A cat]] [[:File:]]")
