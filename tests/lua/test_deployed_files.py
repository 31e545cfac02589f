"""What is deployed is complete and fits together, as far as files can tell."""

import json
import re

import pytest

from tests.lua.scribunto import MODULES

GENERATED_OR_ABOUT = {"manifest.json", "README.md"}
# What TemplateStyles' sanitizer takes on Wikimedia's wikis; with any other declaration
# the page could not be saved there.
PROPERTIES = frozenset(
    re.findall(
        r"[a-z-]+",
        """align-self background-color border border-bottom border-bottom-style
        border-collapse border-color border-radius border-style border-top
        border-top-style color display flex flex-wrap font-size font-weight gap
        grid-template-columns height hyphens justify-content line-height list-style
        margin margin-top min-width overflow-wrap overflow-x padding table-layout
        text-align vertical-align white-space width""",
    )
)


def manifest() -> dict[str, dict[str, object]]:
    text = (MODULES / "manifest.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def sources() -> list[str]:
    files = [path for path in MODULES.rglob("*") if path.is_file()]
    names = [path.relative_to(MODULES).as_posix() for path in files]
    return [name for name in names if name not in GENERATED_OR_ABOUT]


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
    root = MODULES.parent
    known = json.loads((root / "i18n/en.json").read_text(encoding="utf-8"))

    for path in (MODULES / "modules").glob("*.lua"):
        text = path.read_text(encoding="utf-8")
        keys = set(re.findall(r"'((?:wiki|problem)-[a-z-]*[a-z])'", text))
        assert keys <= known.keys(), path.name


@pytest.mark.parametrize("word", ["!important", "url(", "left", "right"])
def test_sheet_has_no_word_that_breaks_dark_mode_or_direction(word: str) -> None:
    sheet = (MODULES / "styles/Space.css").read_text(encoding="utf-8")

    assert word not in sheet.partition("*/")[2]


def test_sheet_has_only_properties_that_the_sanitizer_knows() -> None:
    sheet = (MODULES / "styles/Space.css").read_text(encoding="utf-8")

    used = set(re.findall(r"^\t+([a-z-]+):", sheet, re.MULTILINE))

    assert used <= PROPERTIES
    # `anywhere` is a value that the sanitizer's CSS does not have yet.
    assert "anywhere" not in sheet
