"""Laws of the codec, for any text.

The alphabet of the nasty texts is markup in pieces, so that examples put together
what could open or close something. mwparserfromhell, which shares no code with
our scanner, is a second opinion on what a written value opens.
"""

import re
import unicodedata
from collections.abc import Collection

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.codec.calls import LIMIT, Call, find_calls
from space.codec.editing import edit_page, write_page
from space.codec.entities import storable
from space.codec.page import read_calls, read_page, record_templates
from space.codec.readers import read_input, read_value
from space.codec.scanner import Elements, mask
from space.codec.writers import write_value
from space.schema.kinds import NAMES, Field, Value, load_kind
from space.text.folding import is_blank
from tests.support.corpus.cases import page_cases, value_cases
from tests.support.corpus.scanned import TIMES, scanned

pytestmark = pytest.mark.soak

PIECES = (
    *("{", "{{", "{{{", "}", "}}", "}}}", "[", "[[", "]", "]]", "|", "=", "-{", "}-"),
    *("<!--", "-->", "<nowiki>", "</nowiki>", "<nowiki/>", "<pre>", "</pre>", "<ref>"),
    *("<translate>", "</translate>", "<!--T:1-->", "<includeonly>", "<div>", "<br>"),
    *("~~~", "~", "''", "'", "__NOTOC__", "_", "&", "&lt;", "&#59;", "&#", ";", ","),
    *("Category:", "File:", "User:", ":", "#", "*", "http://x", "{{!}}", "{{u|A}}"),
    *(" ", "  ", "\n", "\t", "a", "é", "e\u0301", "অ", "😀", "\u202e", "\u2028", "、"),
    *("{{Space event|", "{{Space post", "title", "start", "\x7f", "\x00", "AT&T"),
)
nasty = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
any_text = nasty | st.text(max_size=40)
shown_text = any_text.map(storable).filter(lambda text: not is_blank(text))
FREE = {"text", "inline"}  # readers whose values can be any text at all
FIELDS = [field for name in NAMES for field in load_kind(name).fields.values()]
RECORD_FIELDS = [field for field in FIELDS if field.kind in {"event", "post"}]


def known_items() -> dict[tuple[str, str | None], list[str]]:
    """Reader and format → canonical items of the corpus."""
    known: dict[tuple[str, str | None], list[str]] = {}
    for case in value_cases():
        items = case.output if isinstance(case.output, tuple) else (case.output,)
        key = (case.field.reader, case.field.format)
        known.setdefault(key, []).extend(sorted(filter(None, items)))
    return known


KNOWN = known_items()


def item_of(field: Field) -> st.SearchStrategy[str]:
    """Canonical values of one item of a field."""
    if field.reader in FREE:
        return shown_text
    if field.choices:
        return st.sampled_from(field.choices)
    known = st.sampled_from(KNOWN[field.reader, field.format])
    if field.reader in {"topic", "user"}:
        read = any_text.map(lambda text: read_value(field, text).value)
        return known | read.filter(bool).map(lambda value: value[0] if value else "")
    return known


def value_of(field: Field) -> st.SearchStrategy[Value]:
    item = item_of(field)
    if not field.multiple:
        return item
    return st.lists(item, min_size=1, max_size=4, unique=True).map(tuple)


def values_of(kind_name: str) -> st.SearchStrategy[dict[str, Value]]:
    strategies = {
        name: value_of(field)
        for name, field in load_kind(kind_name).fields.items()
        if name not in {"title", "date"}
    }
    title = load_kind(kind_name).fields["title"]
    return st.fixed_dictionaries({"title": value_of(title)}, optional=strategies)


kinds = st.sampled_from(["event", "post"])
pages = st.one_of(
    kinds.flatmap(
        lambda name: st.builds(write_page, st.just(name), values_of(name), any_text)
    ),
    st.sampled_from([case.input for case in page_cases()]),
)


@given(kinds.flatmap(lambda name: st.tuples(st.just(name), values_of(name))), any_text)
def test_values_when_written_and_read_are_the_same(
    made: tuple[str, dict[str, Value]], body: str
) -> None:
    name, values = made
    text = write_page(name, values, body)
    reading = read_page(text, title="Space/Elsewhere")
    assert reading.kind == name
    assert reading.values == values
    assert reading.body == body.lstrip("\n")
    assert reading.unknown == ()
    assert reading.call_line == 1


@given(shown_text, st.sampled_from([field for field in FIELDS if field.reader in FREE]))
def test_text_when_written_reads_the_same_after_the_wiki_stored_it(
    value: str, field: Field
) -> None:
    stored = unicodedata.normalize("NFC", write_value(field, value))
    reading = read_value(field, f" {stored}\n")
    assert reading.value == value
    assert reading.problems == ()


@given(any_text, st.sampled_from(FIELDS))
def test_value_when_anything_is_read_writes_back_without_a_problem(
    raw: str, field: Field
) -> None:
    reading = read_value(field, raw)
    if reading.value is not None:
        again = read_value(field, write_value(field, reading.value))
        assert again.value == reading.value
        assert again.problems == ()


@given(any_text, st.sampled_from(FIELDS))
def test_input_when_anything_is_typed_gives_a_value_or_a_problem(
    typed: str, field: Field
) -> None:
    reading = read_input(field, typed)
    codes = {problem.code for problem in reading.problems}
    assert not codes & {"template", "parser-function", "magic-word", "tag"}
    if not field.multiple and typed.strip():
        assert reading.value is not None or codes or not read_text(typed)


@given(shown_text.filter(lambda text: "[" not in text))
def test_input_when_text_is_typed_is_that_text(typed: str) -> None:
    assert read_text(typed) == " ".join(
        re.sub("[ \t\r\n]+", " ", unicodedata.normalize("NFC", storable(typed))).split(
            " "
        )
    ).strip(" ")


def read_text(typed: str) -> Value:
    return read_input(load_kind("event").fields["city"], typed).value or ""


@given(shown_text, st.sampled_from(RECORD_FIELDS), shown_text)
def test_value_when_written_opens_nothing(value: str, field: Field, other: str) -> None:
    written = write_value(field, (value, other) if field.multiple else value)
    assert "\n" not in written
    assert not re.search(r"~~~|__[A-Za-z]+__|<|\{|\}|''", written)
    assert not re.search(r"\[\[\s*(category|file|image)\s*:", written, re.IGNORECASE)
    links = [element.kind for element in Elements(mask(written))]
    assert set(links) <= (
        {"link"} if field.reader in {"inline", "user", "contact"} else set()
    )
    code = mwparserfromhell.parse(written)
    assert code.filter_templates() == code.filter_arguments() == []
    assert code.filter_comments() == code.filter_tags() == []
    page = f"{{{{Space {field.kind}\n| {field.parameter} = {written}\n| x = y\n}}}}\nz"
    (call,) = find_calls(page, record_templates())
    assert isinstance(call, Call)
    assert [each.name for each in call.parameters] == [field.parameter, "x"]
    assert page[call.end :] == "\nz"


@given(pages, st.data())
def test_edit_when_some_fields_change_changes_only_those(
    text: str, data: st.DataObject
) -> None:
    before = read_page(text, title="Space/A")
    if before.kind is None or before.end == before.start:
        return
    fields = data.draw(
        st.lists(
            st.sampled_from(sorted(load_kind(before.kind).fields)),
            unique=True,
            max_size=4,
        )
    )
    changes = {
        name: data.draw(st.none() | value_of(load_kind(before.kind).fields[name]))
        for name in fields
    }
    edited = edit_page(text, before.kind, changes, title="Space/A")
    after = read_page(edited, title="Space/A")
    wanted = {**before.values, **changes}
    wanted["title"] = wanted["title"] or "A"
    assert after.values == {name: value for name, value in wanted.items() if value}
    assert edited[: before.start] == text[: before.start]
    assert edited[after.end :] == text[before.end :]
    names = {
        name
        for field in map(load_kind(before.kind).fields.__getitem__, changes)
        for name in (field.parameter, *field.aliases)
    }
    assert untouched(edited, names) == untouched(text, names)


def untouched(text: str, changed: Collection[str]) -> list[str]:
    """The first call's parameters but those of some names, as they are written."""
    call = next(
        each for each in find_calls(text, record_templates()) if isinstance(each, Call)
    )
    return [
        text[each.start : each.end].rstrip()
        for each in call.parameters
        if each.name not in changed
    ]


@given(pages)
def test_edit_when_nothing_changes_keeps_every_byte(text: str) -> None:
    reading = read_page(text, title="Space/A")
    if reading.kind and reading.readable:
        same = dict(reading.values)
        assert (
            edit_page(text, reading.kind, same, title="Space/A", body=reading.body)
            == text
        )


@given(
    any_text,
    any_text,
    st.sampled_from(["{{Space event|", "{{Space post\n| title =", ""]),
)
def test_page_when_any_text_never_raises(before: str, after: str, call: str) -> None:
    for text in (before + call + after, f"{before}{call}{after}}}}}"):
        reading = read_page(text, title=before)
        assert reading.readable or reading.problems
        assert edit_page(text, "post", {"title": after, "summary": None}, title=before)
        assert isinstance(read_calls(text, "verdict"), tuple)


@given(nasty, st.integers(1, 400))
def test_page_when_any_text_repeats_reads_the_call_a_few_times(
    text: str, times: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        lengths = scanned(patch)
        read_page(f"{{{{Space event|summary={text * times}}}}}", title="A")
    assert sum(lengths) <= TIMES * LIMIT
