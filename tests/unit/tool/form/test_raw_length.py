"""Inputs far longer than their field: refused in words, not read, and given back."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from space.schema.kinds import Field, load_kind
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp, csrf_of
from tests.support.tool.event_form import EVENT
from tests.support.wiki.bot_and_wiki import event as wikitext
from tool.app.form import fields, recurrence
from tool.app.form.fields import inputs, read_form, unread_form, widget
from tool.app.form.raw_length import (
    LEAST,
    LONGEST_BODY,
    ROOM,
    longest_raw,
    raw_problems,
)
from tool.app.writing.editor.submission import KINDS

POST = {"kind": "post", "title": "News", "language": "en", "body": "Tea at four."}
TRANSLATION = {
    "kind": "translation",
    "original": "Space/Events/Page 12",
    "language": "mi",
    "title": "Te tii",
    "body": "Te tii i te whā.",
}
FORMS = {"event": EVENT, "post": POST, "translation": TRANSLATION}
PATHS = {kind: f"/write/{kind}" for kind in KINDS} | {
    "translation": "/write/translation?translate=12"
}
FIELDS = [of for kind in KINDS for of in load_kind(kind).fields.values()]
CHOSEN = {
    f"{recurrence.NAME}-{part}" for part in ("repeats", "days", "place", "weekday")
}
CHOSEN.add(f"{recurrence.NAME}-end")  # nobody can type into them
LISTS = [of for of in FIELDS if of.multiple]


def name_of(of: Field) -> str:
    return f"{of.kind}-{of.name}"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the fields that were read since."""
    names: list[str] = []
    original = fields.read_input

    def note(of: Field, text: str, *, country: str | None = None) -> object:
        names.append(of.name)
        return original(of, text, country=country)

    monkeypatch.setattr(fields, "read_input", note)
    return names


def hostile(of: Field) -> Iterator[tuple[str, str]]:
    """Each input of a field, with what makes the field too long."""
    for name in inputs(of):
        yield name, "[//" + "a" * longest_raw(of)


@pytest.mark.parametrize("of", FIELDS, ids=name_of)
def test_field_when_far_too_long_then_is_not_read_but_named_and_given_back(
    of: Field, read: list[str]
) -> None:
    kind = load_kind(of.kind)
    for name, text in hostile(of):
        read.clear()
        typed = {"title": ("Tea",), "city": ("Pune",), name: (text,)}
        form = read_form(kind, typed, "Bring a laptop.")
        assert of.name not in read
        control = next(c for c in form.controls if c.field == of)
        assert [problem.code for problem in control.problems] == ["too-long"]
        assert control.typed[name] == (text,)
        assert form.body == "Bring a laptop."
        assert of.name == "title" or form.values["title"] == "Tea"


@pytest.mark.parametrize("of", LISTS, ids=name_of)
@pytest.mark.parametrize("joint", [";", "\n", "、"])
def test_list_when_it_has_far_too_many_items_then_is_not_read(
    of: Field, joint: str, read: list[str]
) -> None:
    kind = load_kind(of.kind)
    items = ["a"] * (ROOM * of.max_items + 1)
    for texts in ((joint.join(items),), tuple(items)):
        read.clear()
        form = read_form(kind, {of.name: texts}, "")
        control = next(c for c in form.controls if c.field == of)
        assert [problem.code for problem in control.problems] == ["too-many"]
        assert control.problems[0].params == (str(of.max_items), str(len(items)))
        assert of.name not in read


@pytest.mark.parametrize("of", FIELDS, ids=name_of)
def test_field_when_as_long_as_its_schema_lets_it_be_then_is_read(of: Field) -> None:
    longest = "x" * of.max_length
    assert raw_problems(of, ["; ".join([longest] * of.max_items)]) == ()
    assert raw_problems(of, [longest] * of.max_items) == ()
    assert longest_raw(of) >= LEAST


@pytest.mark.parametrize("kind", KINDS)
def test_form_when_unread_then_has_no_values_and_all_inputs(
    kind: str, read: list[str]
) -> None:
    form = unread_form(load_kind(kind), {"title": ("Tea",)}, "Four.")
    assert (form.text_of("title"), form.body) == ("Tea", "Four.")
    assert (read, form.values, form.errors) == ([], {}, [])


@pytest.mark.parametrize("kind", KINDS)
def test_page_when_a_field_is_too_long_then_says_which_and_loses_nothing(
    tool: ToolApp, kind: str
) -> None:
    tool.publish(event(12))
    tool.wiki.write("Space/Events/Page 12", wikitext())
    tool.sign_in()
    opened = tool.get(PATHS[kind])
    assert opened.status_code == 200
    token = csrf_of(opened)
    shapes = {widget(of): of for of in load_kind(kind).fields.values()}
    for of in shapes.values():  # one of each kind of control
        for name, text in hostile(of):
            tool.forget_counts()
            sent = FORMS[kind] | {name: text, "csrf": token}
            page = tool.post_raw(PATHS[kind], **sent)
            shown = unescape(page.text)
            control = of.name.replace("_", "-")
            assert page.status_code == 422
            assert f'<a href="#field-{control}">' in shown
            assert re.search(
                "This is [0-9,]+ characters long. Please shorten it to [0-9,]+",
                shown,
            )
            is_choice = name in CHOSEN or widget(of) in {"buttons", "checkboxes"}
            assert text in shown or is_choice
            assert of.name == "title" or f'value="{FORMS[kind]["title"]}"' in shown
            assert FORMS[kind]["body"].splitlines()[0] in shown


def test_body_when_longer_than_forms_take_then_says_so_and_gives_it_back(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    text = "ü" * (LONGEST_BODY // 2)
    for action in ("save", "preview"):
        page = tool.post(
            "/write/event", **EVENT | {"body": f"{text}!", "action": action}
        )
        assert "The text is 201 KB" in page.text
        assert f"{text}!" in page.text
    assert tool.post("/write/event", **EVENT | {"body": text}).status_code == 303
