"""Every word that people read comes from `i18n/` (the interface and its errors)."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from space.authoring.repeats import PATTERNS
from space.codec.page import RECORDS
from space.feeds.alarms import ALARMS
from space.feeds.table import FEEDS
from space.imports.calendar.files import RefusalCode
from space.imports.draft import NoteCode
from space.publication.discussion_filters import KINDS, STATES
from space.publication.registered import PAGE, SOURCES
from space.review.model import Flaw, State, VerdictKind
from space.review.retractions import TAKING
from space.review.verdicts.writing import NEEDS_REASON
from space.schema.kinds import load_kind
from space.store.health import Age
from space.store.heartbeat import RunResult
from space.text.messages import read_catalogue
from tests.support.tool.app import ToolApp
from tool.app.feeds.embedding import SIZES, THEMES
from tool.app.views.periods import NAMES
from tool.app.views.repeats import ENDS, PLACE_NAMES, UNITS
from tool.app.web.errors import DATABASE
from tool.app.web.links import message_with_link
from tool.app.web.visitor import REFUSALS
from tool.app.writing.own_pages import GROUPS

TOOL = Path(__file__).parents[4] / "tool"
TEMPLATES = sorted((TOOL / "app").rglob("*.html"))
DESCRIPTION = TOOL / "app" / "api" / "openapi.py"  # for programmers, in English
FOR_OPERATORS = {TOOL / "__main__.py", TOOL / "logs.py"}  # as those of the bots
MODULES = sorted(set(TOOL.rglob("*.py")) - FOR_OPERATORS - {DESCRIPTION})
SCRIPTS = sorted((TOOL / "app" / "static" / "js").rglob("*.js"))
ENGLISH = read_catalogue()["en"]

READ_OUT = {"alt", "title", "placeholder", "label", "content", "abbr", "summary"}
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[^\W\d_]{2,} +[^\W\d_]{2,}")
TAG = re.compile(r"<[^<>]*>")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
KEY = re.compile(
    r"""["']((?:tool|outcome|problem|field|choice)-[a-z0-9-]*[a-z0-9])["']"""
)


def ids(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(TOOL)) for path in paths]


class Texts(HTMLParser):
    """What a template says by itself: text, and attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        if WORD.search(data):
            self.found.append(data.strip())

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        for name, value in attrs:
            spoken = name in READ_OUT or name.startswith("aria-label")
            if name == "content" and names & {"name", "charset"}:
                continue  # a <meta> for programs
            if spoken and not name.endswith("labelledby") and WORD.search(value or ""):
                self.found.append(f"{name}={value}")


@pytest.mark.parametrize("template", TEMPLATES, ids=ids(TEMPLATES))
def test_template_when_read_then_says_nothing_by_itself(template: Path) -> None:
    reader = Texts()
    reader.feed(JINJA.sub("", template.read_text(encoding="utf-8")))
    assert reader.found == []


def spoken_strings(tree: ast.Module) -> Iterator[str]:
    """String constants that could be shown: no docstrings, no errors, no logs."""
    silent = {
        id(node)
        for parent in ast.walk(tree)
        for node in silenced(parent)
        for node in ast.walk(node)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
            and SENTENCE.search(TAG.sub("", node.value))
        ):
            yield node.value


def silenced(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Raise):
        yield node
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name.startswith(("log.", "logging.", "sys.exit")):
            yield node
        if name.endswith((".compile", ".split")):
            yield node


@pytest.mark.parametrize("module", MODULES, ids=ids(MODULES))
def test_module_when_read_then_holds_no_sentence(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert list(spoken_strings(tree)) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=ids(SCRIPTS))
def test_script_when_read_then_holds_no_sentence(script: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", script.read_text(encoding="utf-8"), flags=re.DOTALL)
    strings = re.findall(r"'[^'\n]*'|`[^`]*`", text)
    spoken = [text for text in strings if SENTENCE.search(text)]
    assert spoken == []


@pytest.mark.parametrize("path", TEMPLATES + MODULES, ids=ids(TEMPLATES + MODULES))
def test_keys_when_named_then_have_a_message(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [key for key in KEY.findall(text) if key not in ENGLISH] == []


def composed_keys() -> Iterator[str]:
    """Keys that templates put together from a part and a value."""
    for name in RECORDS:
        of = load_kind(name)
        yield from (part.heading_key for part in of.form if part.more)
        for field in of.fields.values():
            yield from (field.label_key, field.help_key)
            yield from map(field.choice_key, field.choices)
        for stem in ("new", "edit", "body", "more-help"):
            yield f"tool-form-{stem}-{name}"
        yield from (f"tool-kind-{name}", f"tool-next-published-{name}")
        yield f"tool-summary-new-{name}"
    yield from (feed.title for feed in FEEDS)
    yield from keys_of_review()
    for policy in load_kind("settings").fields["event_policy"].choices:
        yield f"tool-next-review-{policy}"
    yield from map("tool-import-note-{}".format, get_args(NoteCode))
    yield from map("tool-import-refused-{}".format, get_args(RefusalCode))
    for state in State:
        yield f"tool-state-{state.value}"
        if state is not State.GONE:
            yield f"tool-absent-{state.value}"
    yield from (f"tool-source-{source}" for source in SOURCES)
    yield from (f"tool-event-{source}" for source in SOURCES if source != PAGE)
    yield from (f"tool-repeats-{pattern}" for pattern in PATTERNS)
    for place in PLACE_NAMES.values():
        yield from (f"tool-repeats-{place}", f"tool-rule-monthly-{place}")
    yield from (f"tool-repeats-end-{end}" for end in ENDS)
    yield from (f"tool-repeats-unit-{unit}" for unit in UNITS.values())
    yield from (f"tool-when-{name}" for name in NAMES)
    yield from (f"tool-map-{state}" for state in ("upcoming", "ongoing", "past"))
    yield from (f"tool-embed-size-{size}" for size in SIZES)
    yield from (f"tool-embed-theme-{theme}" for theme in THEMES)
    yield from (f"tool-subscribe-alarm-{alarm}" for alarm in ALARMS)
    yield from (f"tool-status-ending-{ending.value}" for ending in RunResult)
    yield "tool-status-ending-started"
    yield from (f"tool-status-age-{age.value}" for age in Age)
    for name in ("place", "picture"):
        yield from (f"tool-{name}-{part}" for part in ("search", "find", "help"))
    yield from (f"tool-discuss-{order}" for order in STATES)
    yield from (f"tool-discuss-kind-{about}" for about in KINDS)
    yield from keys_of_writing()
    for code in (400, 403, 404, 405, 408, 413, 429, 500, 503, "busy", DATABASE):
        yield from (f"tool-error-{code}", f"tool-error-{code}-title")


def keys_of_writing() -> Iterator[str]:
    for name in ("event", "post"):
        yield from (f"tool-search-kind-{name}", f"tool-search-kind-one-{name}")
    for name in RECORDS:
        yield f"tool-next-edit-{name}"
        for stem in ("back", "no-right", "whole"):
            yield f"tool-retract-{stem}-{name}"
    yield from ("tool-form-translate-post", "tool-form-translate-translation")
    yield "tool-form-take-over-event"
    yield "tool-check-picture-todo"
    for group in GROUPS:
        yield f"tool-mine-group-{group}"
    for mark in ("bold", "italic", "link", "heading", "list", "picture"):
        yield f"tool-toolbar-{mark}"
    for check in ("summary", "alt", "length", "zone", "joining"):
        yield from (f"tool-check-{check}-done", f"tool-check-{check}-todo")
    yield "tool-check-links-done"
    yield from map("tool-form-not-kept-{}".format, REFUSALS)
    yield from (f"tool-check-{check}-todo" for check in ("address", "spam", "red"))


def keys_of_review() -> Iterator[str]:
    for about in ("changes", "dates", "status", "time"):
        yield f"wiki-banner-live-{about}"
    for verdict in NEEDS_REASON:
        yield f"tool-review-reasons-{verdict}"
    for status in sorted(TAKING):
        yield f"tool-retract-status-{status}"
        yield f"tool-retract-confirm-status-{status}"
    for what in ("edit", "withdraw"):
        yield f"tool-retract-confirm-{what}"
    for kind in ("event", "post"):
        yield f"tool-retract-no-right-{kind}"
        yield from (f"tool-retract-{what}-{kind}" for what in ("back", "whole"))
    for verdict in VerdictKind:
        yield from (f"wiki-review-{verdict}", f"wiki-review-said-{verdict}")
    yield from (f"wiki-flaw-{flaw}" for flaw in Flaw if flaw)


def test_link_when_a_message_holds_its_text_then_stands_in_the_sentence(
    tool: ToolApp,
) -> None:
    with tool.app.test_request_context("/?uselang=en"):
        said = message_with_link("tool-next-talk", "/a?b&c")
    with tool.app.test_request_context("/?uselang=qqx"):
        key = message_with_link("tool-next-talk", "/a?b&c")

    assert 'on the <a href="/a?b&amp;c">talk page</a>; the' in said
    assert key == "(tool-next-talk: /a?b&amp;c)"


def test_composed_keys_when_put_together_then_have_a_message() -> None:
    assert [key for key in composed_keys() if key not in ENGLISH] == []


def test_messages_of_the_tool_when_listed_then_all_are_used() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES + MODULES)
    used = set(KEY.findall(text)) | set(composed_keys())
    unused = {key for key in ENGLISH if key.startswith("tool-")} - used
    assert unused == set()


def test_messages_when_readers_of_languages_take_turns_then_each_reads_their_own() -> (
    None
):
    tool = ToolApp(own_app=True)  # whose pages no other test has stored
    for language in ("de", "en", "de", "ar"):
        page = tool.get("/blog", headers={"Accept-Language": language}).text
        said = read_catalogue()[language]["tool-nav-blog"]
        assert f"<h1>{said}</h1>" in page
    assert "(tool-nav-blog)" in tool.get("/blog?uselang=qqx").text
    assert "(tool-nav-blog)" not in tool.get("/blog").text
