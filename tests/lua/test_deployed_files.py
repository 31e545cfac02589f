"""Completeness of the deployed files: manifest, modules, messages, style sheet."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from space.codec.page import read_page
from space.text.messages import read_messages
from tests.lua.scribunto import MODULES

GENERATED_OR_ABOUT = {"manifest.json", "README.md"}
PARTS = "elsewhere/parts/"  # of one module


def manifest() -> dict[str, dict[str, object]]:
    text = (MODULES / "manifest.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def sources() -> list[str]:
    files = [path for path in MODULES.rglob("*") if path.is_file()]
    names = [path.relative_to(MODULES).as_posix() for path in files]
    return [
        name
        for name in names
        if name not in GENERATED_OR_ABOUT and not name.startswith(PARTS)
    ]


def test_manifest_names_every_file_and_each_page_once() -> None:
    assert sorted(manifest()) == sorted(sources())
    titles = [page["title"] for page in manifest().values()]
    assert len(set(titles)) == len(titles)


def test_modules_that_are_required_are_deployed() -> None:
    titles = {page["title"] for page in manifest().values()}

    for path in (MODULES / "modules").rglob("*.lua"):
        text = path.read_text(encoding="utf-8")
        asked = re.findall(r"(?:require|loadData)\('(Module:[^']*[^/'])'\)", text)
        assert set(asked) <= titles, path.name


def test_templates_that_pages_call_are_deployed() -> None:
    titles = {str(page["title"]) for page in manifest().values()}

    for name in sources():
        text = (MODULES / name).read_text(encoding="utf-8")
        if name.endswith(".wikitext"):
            called = re.findall(
                r"\{\{(?:safesubst:|subst:)?(Space [\w /]+?)[|}\n]", text
            )
            invoked = re.findall(r"#invoke:(Space/\w+)", text)
            wanted = {f"Template:{call}" for call in called}
            assert wanted | {f"Module:{module}" for module in invoked} <= titles, name


def test_messages_that_modules_ask_for_exist() -> None:
    known = read_messages("en")

    for path in (MODULES / "modules").rglob("*.lua"):
        text = path.read_text(encoding="utf-8")
        keys = set(re.findall(r"'((?:wiki|problem)-[a-z-]*[a-z])'", text))
        assert keys <= known.keys(), path.name


@pytest.mark.parametrize("word", ["!important", "url(", "left", "right"])
def test_sheet_has_no_word_that_breaks_dark_mode_or_direction(word: str) -> None:
    sheet = (MODULES / "styles/Space.css").read_text(encoding="utf-8")

    # On paper nobody can open what the wiki's script folded away by an inline style.
    sheet = sheet.replace("display: block !important", "")
    assert word not in sheet.partition("*/")[2]


def test_sheet_is_one_that_templatestyles_lets_pages_be_saved_with(
    mediawiki: Path, tmp_path: Path
) -> None:
    sheet = MODULES / "styles/Space.css"
    assert errors(mediawiki, sheet) == []

    worse = tmp_path / "worse.css"
    worse.write_text(sheet.read_text(encoding="utf-8") + ".x {\n\tcolour: red;\n}\n")
    assert len(errors(mediawiki, worse)) == 1


def errors(mediawiki: Path, sheet: Path) -> list[str]:
    """What Wikimedia's sanitizer finds; the sandbox has it without the extension."""
    script = Path(__file__).with_name("sanitize_css.php")
    found = subprocess.run(
        ["php", str(script), str(mediawiki), str(sheet)],
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout.splitlines()


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("pages/Help.wikitext", {"status = cancelled", "except = 2026-12-05"}),
        ("templates/Event.intro.wikitext", {"repeats = FREQ=WEEKLY;COUNT=6"}),
    ],
)
def test_help_for_organizers_by_hand_tells_lines_that_are_read(
    file: str, told: set[str]
) -> None:
    text = (MODULES / file).read_text(encoding="utf-8")
    assert {line for line in told if line in text} == told
    head = "title = Tea\n|start = 2026-11-28\n|timezone = UTC\n|country = New Zealand"
    rule = "" if "repeats" in "".join(told) else "|repeats = FREQ=WEEKLY\n"
    lines = "\n|".join(sorted(told))
    page = read_page(
        "{{Space event\n|" + f"{head}\n{rule}|{lines}\n" + "}}", title="Tea"
    )
    assert not page.problems
