"""The documents name everything an operator or a subscriber can set or ask for."""

import json
import re
from pathlib import Path

import pytest
from flask import Blueprint, Flask

from bots.report import ExitCode
from bots.tasks import TASKS
from space.codec.page import read_page
from space.codec.translate_marks import without_marks
from space.publication.discussion_filters import KEYS
from space.publication.filters import keys
from space.schema.kinds import SCHEMAS, Field, load_kind
from space.text.messages import read_catalogue
from tool.app.api import routes as api
from tool.app.feeds import embed, embedding
from tool.app.feeds import routes as feeds
from tool.app.views.periods import NAMES, WHEN
from tool.app.views.time_zone import ZONE

ROOT = SCHEMAS.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
FIRST_CELL = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
CONVERTER = re.compile(r"<[^>]+:page_id>")
ROOM = re.compile(r"^\|[ \d]*\| `(\w+(?:/\w+)*)/` \|[^|]*\| (.*) \|$", re.MULTILINE)
LABEL = re.compile(r"(?<![*\w])\*([A-Z][^*|]{2,60})\*(?!\*)")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)[^)]*\)")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "field", load_kind("settings").fields.values(), ids=lambda f: f.name
)
def test_setup_names_every_setting_of_the_wiki(field: Field) -> None:
    default = (
        "; ".join(field.default) if field.multiple and field.default else field.default
    )
    row = (
        f"| `{field.parameter}` | `{default}` |"
        if default
        else f"| `{field.parameter}` | |"
    )
    assert row in text("docs/on-wiki-setup.md")


@pytest.mark.parametrize("name", ["event", "post"])
def test_feeds_name_every_filter_key(name: str) -> None:
    document = text("docs/feeds.md")
    assert [
        key for key in (*keys(name), "from", "to", "q") if f"`{key}`" not in document
    ] == []


def test_feeds_name_every_filter_key_of_discussions() -> None:
    document = text("docs/feeds.md").partition("## Discussions")[2]
    assert [key for key in KEYS if f"`{key}`" not in document] == []


@pytest.mark.parametrize(
    ("document", "blueprint"),
    [
        ("feeds", feeds.blueprint),
        ("api", api.blueprint),
    ],
    ids=["feeds", "api"],
)
def test_documents_name_every_address_for_programs(
    document: str, blueprint: Blueprint
) -> None:
    app = Flask(__name__)
    app.register_blueprint(blueprint)
    rules = {
        CONVERTER.sub("<id>", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
    }
    assert rules <= set(FIRST_CELL.findall(text(f"docs/{document}.md")))


def test_views_name_every_key_that_is_no_filter() -> None:
    cells = set(FIRST_CELL.findall(text("docs/views.md")))
    assert {*NAMES, *embedding.TAKES, WHEN, ZONE, embed.LANGUAGE} <= cells


def test_bots_name_every_task_in_order() -> None:
    cells = FIRST_CELL.findall(text("docs/bots.md"))
    assert [cell for cell in cells if cell in TASKS] == list(TASKS)


def test_bots_say_what_each_exit_code_means() -> None:
    rows = re.findall(r"^\| ([0-9]+) \|", text("docs/bots.md"), re.MULTILINE)
    assert [int(code) for code in rows] == list(ExitCode)


def test_benchmarks_when_one_is_there_then_their_table_names_it() -> None:
    table = set(re.findall(r"`(\w+)`", text("benchmarks/README.md")))
    files = {path.stem for path in (ROOT / "benchmarks").glob("*.py")}
    assert {name for name in files - table if not name.startswith("__")} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_between_documents_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_setup_names_every_page_that_is_offered_for_translation() -> None:
    folder = ROOT / "lua_templates"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    offered = {
        page["title"]
        for name, page in manifest.items()
        if name.startswith("pages/") and "<translate>" in (folder / name).read_text()
    }
    told = (
        text("docs/on-wiki-setup.md")
        .partition("tags of the Translate extension: ")[2]
        .partition("translation administrator")[0]
    )
    assert set(re.findall("`([^`]+)`", told)) == offered


def test_writing_shows_a_marked_post_that_is_read_as_the_unmarked_one() -> None:
    example = text("docs/writing.md").partition("```\n<languages/>")[2]
    marked = "<languages/>" + example.partition("```")[0]
    plain = without_marks(marked)
    assert "translate" not in plain
    with_marks, without = (read_page(each, title="A") for each in (marked, plain))
    assert with_marks.readable
    assert not with_marks.problems
    assert with_marks.values == without.values


def rooms() -> dict[Path, set[str]]:
    """Folder of a package → the files that the tables of rooms name in it."""
    tables = text("docs/architecture.md").partition("## Rooms")[2]
    space, _, rest = tables.partition("| floor | package of `tool/`")
    tool = rest.partition("| elsewhere")[0]
    return {
        ROOT / top / package: set(re.findall(r"`(\w+)`", files))
        for top, table in (("space", space), ("tool", tool))
        for package, files in ROOM.findall(table)
    }


def test_architecture_when_it_names_files_of_a_room_has_no_others() -> None:
    assert len(rooms()) > 30
    assert [
        str(folder / name)
        for folder, files in rooms().items()
        for name in files
        if not (folder / f"{name}.py").is_file()
    ] == []


def test_architecture_when_a_package_of_space_is_there_names_it() -> None:
    space = ROOT / "space"
    packages = {str(x.parent.relative_to(space)) for x in space.rglob("*/*.py")}
    document = text("docs/architecture.md")
    assert [
        package
        for package in sorted(packages)
        if f"`{package}/`" not in document and package != "store/queries/sql"
    ] == []


def test_security_when_it_names_tests_then_they_are_there() -> None:
    tests = re.findall(
        r"`((?:unit|wiki|browser|contract)/[^`]+)`", text("docs/security.md")
    )
    assert len(tests) > 20
    assert [x for x in tests if not (ROOT / "tests" / x).is_file()] == []


@pytest.mark.parametrize("name", ["moderation", "organizers", "views", "writing"])
def test_labels_when_quoted_then_are_those_of_the_interface(name: str) -> None:
    prose = re.sub(r"```.*?```|`[^`]*`|\*\*[^*]+\*\*", "", text(f"docs/{name}.md"))
    quoted = {" ".join(label.split()) for label in LABEL.findall(prose)}
    elsewhere = {"Event", "Project", "Export calendar", "Save as"}  # of other programs
    pages = {label for label in quoted if ":" in label}
    messages = {*read_catalogue()["en"].values()}
    links = set(re.findall(r"\[\$\d ([^]]+)\]", "\n".join(messages)))
    assert quoted - elsewhere - pages - messages - links == set()
