"""Translations of deployed pages say what their English says, in the same form."""

import json
import re
from pathlib import Path

import pytest

from space.codec.translate_marks import without_marks
from space.generate.artefacts import ROOT
from space.generate.page_translations import (
    english_digest,
    outdated,
    page_languages_module,
    translation_files,
    with_translations,
)

PAGES = Path("lua_templates/pages")
_FIRST = re.compile(r"<!-- English: [0-9a-f]{12} -->\n")
_LINE = re.compile(r"=+|[*#:;]+|\{\||\|\}|\|-|\||!.*\|(?= )|\{\{")
_PARTS = re.compile(
    r"\[\[[^]|]*|\[\w+:\S+|\{\{(?:Space form\|\w+|[^{}|]*)|'''|</?[a-z][^<>]*>"
)


def form(text: str) -> list[tuple[str, list[str]]]:
    """Of each line what it begins with, and its links, templates, bold and tags."""
    lines = without_marks(text).strip().split("\n")
    return [(_beginning(line), sorted(_PARTS.findall(line))) for line in lines]


def _beginning(line: str) -> str:
    markup = _LINE.match(line)
    return (markup and markup[0]) or ("text" if line else "")


OUTDATED = outdated(ROOT)
UP_TO_DATE = [path for path in translation_files(ROOT) if path not in OUTDATED]


@pytest.mark.parametrize("path", UP_TO_DATE, ids=lambda path: f"{path.parent.name}")
def test_translation_of_todays_english_has_its_sections_steps_and_links(
    path: Path,
) -> None:
    english = (ROOT / PAGES / path.name).read_text(encoding="utf-8")
    text, firsts = _FIRST.subn("", (ROOT / path).read_text(encoding="utf-8"))

    assert firsts == 1
    assert "translate>" not in text
    assert form(text) == form(english)


def test_every_language_has_the_rules_the_newcomers_page_and_the_steps() -> None:
    files = {path.relative_to(PAGES).as_posix() for path in translation_files(ROOT)}
    languages = {file.partition("/")[0] for file in files}
    assert len(languages) >= 8
    assert files >= {
        f"{language}/{name}.wikitext"
        for language in languages
        for name in ("Newcomers", "Guidelines", "Reviewing")
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with one page and its translation into Volapük."""
    (tmp_path / PAGES / "vo").mkdir(parents=True)
    english = tmp_path / PAGES / "Help.wikitext"
    english.write_text("<translate>\nHelp.\n</translate>\n", encoding="utf-8")
    digest = english_digest("Help.\n")
    translation = tmp_path / PAGES / "vo/Help.wikitext"
    translation.write_text(f"<!-- English: {digest} -->\nYuf.\n", encoding="utf-8")
    return tmp_path


def test_outdated_when_only_marks_change_is_empty_and_names_what_words_changed(
    folder: Path,
) -> None:
    assert outdated(folder) == {}
    english = folder / PAGES / "Help.wikitext"
    english.write_text("Help.\n", encoding="utf-8")
    assert outdated(folder) == {}
    english.write_text("Help yourself.\n", encoding="utf-8")
    assert outdated(folder) == {
        PAGES / "vo/Help.wikitext": english_digest("Help yourself.\n")
    }


def test_manifest_when_a_language_comes_or_goes_follows_the_files(
    folder: Path,
) -> None:
    before = json.dumps(
        {"pages/Help.wikitext": {"title": "<root>/Help", "once": True}}, indent="\t"
    )
    manifest = with_translations(before, folder)
    assert json.loads(manifest)["pages/vo/Help.wikitext"] == {
        "title": "<root>/Help/vo",
        "once": True,
        "language": "vo",
        "of": "<root>/Help",
    }
    assert "Help = { 'en', 'vo' }" in page_languages_module(manifest)
    assert with_translations(manifest, folder) == manifest
    (folder / PAGES / "vo/Help.wikitext").unlink()
    assert json.loads(with_translations(manifest, folder)) == json.loads(before)
