"""Edits of pages in any layout an author may have chosen.

A page is made of a layout and parameters, so what an edit should give is known to the
byte: the same layout with the changed parameters.
"""

import re
from dataclasses import dataclass, replace

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.codec.editing import edit_page
from space.codec.page import read_page
from space.schema.kinds import Value, load_kind

pytestmark = pytest.mark.soak

TITLE = "Space/Blog/Example"
BODY = "\nBody with {{a|title=b}}.\n"
WIDTH = 12
NAMES = ("title", "summary", "language", "series", "image alt", "publish after")
ORDER = [
    field.parameter
    for field in load_kind("post").fields.values()
    if field.parameter in NAMES
]
VALUES = {
    "title": ("Old", "New = old", "[[A]] (1)"),
    "summary": ("Some", "With a [[Link|label]] in it"),
    "language": ("en", "pt-BR"),
    "series": ("One", "Two; three"),
    "image alt": ("A | B", "C"),
    "publish after": ("2026-11-28", "2026-12-01"),
}
# Between a value and the next bar, between a bar and a name, and before the end.
BARS = [
    ("\n", " ", "\n"),
    ("\n", "", "\n"),
    ("\n  ", "", "\n"),
    ("\n", " ", ""),
    (" ", "\n ", "\n"),
    ("", "\n", "\n"),
    ("", "", ""),
    (" ", "", " "),
    (" ", " ", " "),
    ("", " ", ""),
]
EQUALS = [("", ""), (" ", " "), ("", " "), ("\t", "\t"), ("  ", " ")]


@dataclass(frozen=True)
class Layout:
    gap: str
    before: str
    end: str
    equals: tuple[str, str]
    aligned: bool
    windows: bool
    trailing_bar: bool

    def parameter(self, one: "Parameter", tail: str) -> str:
        left, right = self.equals
        if self.aligned:
            left = " " * (WIDTH - len(one.name)) or " "
        lead, beside = right, one.beside
        if not one.value and beside:
            beside = beside[1:]
        elif not one.value and one.is_tight and ("\n" in tail or not tail):
            lead = ""
        elif not one.value and "\n" not in tail:
            lead, tail = right or tail, ""
        return f"|{self.before}{one.name}{left}={lead}{one.written}{beside}{tail}"

    def page(self, parameters: list["Parameter"]) -> str:
        gaps = [self.gap] * (len(parameters) - 1) + [self.end]
        if self.trailing_bar:
            gaps[-1] = self.gap
        written = [
            self.parameter(each, each.below + gap)
            for each, gap in zip(parameters, gaps, strict=True)
        ]
        bar = f"|{self.end}" if self.trailing_bar else ""
        page = f"{{{{Space post{self.gap}{''.join(written)}{bar}}}}}{BODY}"
        return page.replace("\n", "\r\n") if self.windows else page


@dataclass(frozen=True)
class Parameter:
    """`beside` is a comment on the value's line, `below` are some on the next ones."""

    name: str
    value: str
    beside: str = ""
    below: str = ""
    is_tight: bool = True

    @property
    def written(self) -> str:
        return (
            self.value.replace("|", "&#124;")
            if "[[" not in self.value
            else (self.value.replace("[[A]]", "&#91;[A&#93;]"))
        )


layouts = st.builds(
    lambda bars, equals, aligned, windows, trailing: Layout(
        *bars,
        equals,
        aligned and "\n" in "".join(bars[:2]) and equals[0] == " ",
        windows,
        trailing,
    ),
    st.sampled_from(BARS),
    st.sampled_from(EQUALS),
    *[st.booleans()] * 3,
)


@st.composite
def pages(draw: st.DrawFn) -> tuple[Layout, list[Parameter]]:
    layout = draw(layouts)
    names = draw(st.lists(st.sampled_from(ORDER[1:]), unique=True, max_size=4))
    parameters = []
    for name in ORDER:
        if name in {"title", "language", *names}:
            value = draw(st.sampled_from(VALUES[name]))
            if name not in {"title", "language"} and draw(st.booleans()):
                value = ""
            beside = draw(st.sampled_from(["", "", " <!-- or | more -->"]))
            below = ""
            if "\n" in layout.gap:
                below = draw(st.sampled_from(["", "", "\n<!--\n| series = x\n-->"]))
            tight = draw(st.booleans())
            parameters.append(Parameter(name, value, beside, below, tight))
    return layout, parameters


changes_of = st.dictionaries(
    st.sampled_from(ORDER), st.integers(0, 1) | st.none(), max_size=5
)


def changed(
    parameters: list[Parameter], name: str, value: str | None
) -> list[Parameter]:
    """What the author would have made of it by hand."""
    made = list(parameters)
    names = [each.name for each in made]
    if name in names:
        at = names.index(name)
        if value is not None or made[at].beside:
            made[at] = replace(made[at], value=value or "")
        elif made[at].value:
            gone = made.pop(at)
            before = made[at - 1]
            made[at - 1] = replace(before, below=before.below + gone.below)
    elif value is not None:
        at = sum(ORDER.index(each) < ORDER.index(name) for each in names)
        before = made[at - 1]
        made[at - 1] = replace(before, below="")
        made.insert(at, Parameter(name, value, below=before.below))
    return made


@given(pages(), changes_of)
def test_edit_when_an_author_has_any_layout_gives_the_same_layout(
    given_page: tuple[Layout, list[Parameter]], picked: dict[str, int | None]
) -> None:
    layout, parameters = given_page
    picked = {name: n for name, n in picked.items() if (name, n) != ("title", None)}
    wanted = {
        name: None if number is None else VALUES[name][number]
        for name, number in picked.items()
    }
    changes: dict[str, Value | None] = {
        name.replace(" ", "_"): value for name, value in wanted.items()
    }
    before = layout.page(parameters)
    after = edit_page(before, "post", changes, title=TITLE)
    for name in sorted(wanted, key=lambda n: (wanted[n] is None, ORDER.index(n))):
        parameters = changed(parameters, name, wanted[name])
    assert settled(after) == settled(layout.page(parameters))
    said = {each.name.replace(" ", "_"): each.value for each in parameters}
    reading = read_page(after, title=TITLE)
    assert reading.values == {name: value for name, value in said.items() if value}
    second = mwparserfromhell.parse(after).filter_templates()[0]
    seen = [
        (str(p.name).strip(), stripped(p.value)) for p in second.params if p.showkey
    ]
    assert seen == [(each.name, each.written) for each in parameters]


def settled(page: str) -> str:
    """The page without the space behind empty parameters, which means nothing."""
    return re.sub(r"=[ \t]+(?=\r?\n|\||\}\})", "=", page)


def stripped(value: mwparserfromhell.wikicode.Wikicode) -> str:
    for comment in value.filter_comments():
        value.remove(comment)
    return str(value).strip()
