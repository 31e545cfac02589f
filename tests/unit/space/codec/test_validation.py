"""Rules between fields, and the schemas' errors as problems."""

import json
from pathlib import Path
from typing import Any

import pytest

from space.codec.values.validation import form_problems, validate
from space.schema.kinds import NAMES, SCHEMAS, Value, Values, load_kind
from space.schema.problems import Problem
from space.text.messages import read_catalogue

EXAMPLES = SCHEMAS / "examples"
VALID = sorted(EXAMPLES.glob("*/valid/*.json"))
INVALID = sorted(EXAMPLES.glob("*/invalid/*.json"))
EVENT: dict[str, Value] = {
    "title": "Wiki Wednesday",
    "start": "2026-12-02 18:00",
    "timezone": "Europe/Berlin",
    "country": "DE",
}
POST: dict[str, Value] = {"title": "A", "language": "en"}


def kind_of(path: Path) -> str:
    return path.parent.parent.name


def name(path: Path) -> str:
    return f"{kind_of(path)}/{path.stem}"


def values_of(example: dict[str, Any]) -> Values:
    return {
        field: tuple(value) if isinstance(value, list) else value
        for field, value in example.items()
    }


def all_problems(kind_name: str, values: Values) -> tuple[Problem, ...]:
    return validate(kind_name, values) + form_problems(kind_name, values)


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.field) for problem in problems]


@pytest.mark.parametrize("path", VALID, ids=name)
def test_valid_example_has_no_problem(path: Path) -> None:
    values = values_of(json.loads(path.read_text(encoding="utf-8")))
    assert all_problems(kind_of(path), values) == ()


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_invalid_example_has_one_problem_at_its_field(path: Path) -> None:
    example = json.loads(path.read_text(encoding="utf-8"))
    (problem,) = all_problems(kind_of(path), values_of(example["values"]))
    assert problem.field == example["field"] or example["field"] in problem.params
    assert problem.severity == "error"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"end": "2026-12-02 17:59"}, "end-before-start", "end"),
        ({"end": "2026-12-02"}, "end-kind", "end"),
        ({"occurrence": "2026-12-02 18:00"}, "missing", "series"),
        ({"recurrence": "FREQ=HOURLY"}, "recurrence", "recurrence"),
        ({"except": ("2026-12-24", "Christmas")}, "moment", "except"),
        ({"languages": ("EN",)}, "language", "languages"),
        ({"wikis": ("enwiki", "Wikipedia")}, "wiki", "wikis"),
        ({"image": "File:A.jpg"}, "file", "image"),
        ({"coordinates": "0, 0"}, "coordinates", "coordinates"),
        ({"website": "ftp://example.org"}, "url-scheme", "website"),
        ({"website": "https://a@example.org"}, "url-credentials", "website"),
        ({"website": "https://"}, "url", "website"),
        ({"wikidata": "37100"}, "item", "wikidata"),
        ({"audience": ("everyone", "martians")}, "choice", "audience"),
        ({"languages": "en"}, "not-list", "languages"),
        ({"city": ("Berlin", "Bonn")}, "not-single", "city"),
    ],
)
def test_event_when_one_thing_is_wrong_has_that_problem(
    changes: Values, code: str, field: str
) -> None:
    assert codes(validate("event", {**EVENT, **changes})) == [(code, field)]


def test_event_when_many_things_are_wrong_tells_of_all() -> None:
    values = {"start": "soon", "timezone": "CET", "title": "x" * 201, "mode": "hybrid"}
    assert set(codes(validate("event", values))) == {
        ("moment", "start"),
        ("zone", "timezone"),
        ("too-long", "title"),
        ("place-missing", "country"),
    }


def test_event_when_online_needs_no_country() -> None:
    online = {**EVENT, "mode": "online"}
    del online["country"]
    assert validate("event", online) == ()


@pytest.mark.parametrize("contact", ["info@example.org", "+49 30 12345678"])
def test_event_when_the_contact_is_private_is_warned_of(contact: str) -> None:
    (problem,) = validate("event", {**EVENT, "contact": contact})
    assert (problem.code, problem.severity) == ("contact-private", "warning")


@pytest.mark.parametrize("contact", ["Example", "Wikimedia 2030"])
def test_event_when_the_contact_is_a_user_has_no_problem(contact: str) -> None:
    assert validate("event", {**EVENT, "contact": contact}) == ()


PLACES = {
    "city": ("city", "Berlin"),
    "venue": ("exact", "Library"),
    "address": ("exact", "Street 1"),
    "coordinates": ("exact", "52.5, 13.4"),
    "wikidata": ("exact", "Q64"),
}


@pytest.mark.parametrize("field", PLACES)
@pytest.mark.parametrize("precision", [None, "exact", "city", "country"])
def test_form_when_a_place_is_finer_than_the_precision_refuses_it(
    field: str, precision: str | None
) -> None:
    fineness, value = PLACES[field]
    values: Values = {**EVENT, field: value}
    if precision:
        values = {**values, "precision": precision}
    refused = {"city": {"exact"}, "country": {"exact", "city"}}.get(precision or "", ())
    expected = [("precision", field)] if fineness in refused else []
    assert codes(form_problems("event", values)) == expected
    assert validate("event", values) == ()


def test_post_when_nothing_is_wrong_has_no_form_problem() -> None:
    assert validate("post", POST) == form_problems("post", POST) == ()


def test_values_when_of_any_type_never_raise() -> None:
    for name in NAMES:
        for wrong in ("", (), "x", ("x",), ("",)):
            values: Values = dict.fromkeys(load_kind(name).fields, wrong)
            assert validate(name, values) is not None


def test_problem_of_every_code_in_the_code_has_its_message() -> None:
    messages = read_catalogue()["en"]
    readers = {
        field.reader for name in NAMES for field in load_kind(name).fields.values()
    }
    # These readers understand every text.
    for reader in readers - {"contact", "inline", "text", "user"}:
        assert f"problem-{reader}" in messages


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"recurrence": "FREQ=WEEKLY;BYDAY=FR"}, "2026-12-04 18:00"),
        ({"recurrence": "FREQ=MONTHLY;BYMONTHDAY=1"}, "2027-01-01 18:00"),
        ({"recurrence": "FREQ=WEEKLY;BYDAY=WE"}, None),
        # said by its author to count
        (
            {"recurrence": "FREQ=WEEKLY;BYDAY=FR", "also": ("2026-12-02 18:00",)},
            None,
        ),
        ({"recurrence": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, None),
    ],
)
def test_start_when_it_is_beside_its_rule_then_the_first_date_is_told(
    changes: Values, first: str | None
) -> None:
    found = validate("event", {**EVENT, **changes})
    assert [(each.code, each.params, each.severity) for each in found] == (
        [("start-beside-rule", (EVENT["start"], first), "warning")] if first else []
    )
