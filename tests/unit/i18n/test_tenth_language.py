"""A language nobody has thought of: one file for each kind of reader, and no code."""

import json
import shutil
from pathlib import Path

import pytest

from space.generate.artefacts import ROOT, artefacts
from space.generate.shares import shares
from space.text.messages import read_catalogue, read_drafts
from tests.support.tool.app import ToolApp

SAID = {
    "reader": {"tool-nav-events": "Eventoj"},
    "wiki": {"wiki-today": "Hodiaŭ", "wiki-templatedata-post": "Blogaĵo."},
    "writer": {"field-post-title-label": "Titolo"},
    "reviewer": {"tool-review-title": "Atendovico"},
}


@pytest.fixture(autouse=True)
def _only_what_languages_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without tables, which no messages are in and which take seconds to make."""
    monkeypatch.setattr("space.generate.artefacts._tables", dict)


@pytest.fixture
def with_esperanto(tmp_path: Path) -> Path:
    """A copy of what pages are made from, with messages in Esperanto."""
    for folder in ("i18n", "lua_templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for reader, messages in SAID.items():
        path = tmp_path / "i18n" / reader / "eo.json"
        body = {"@metadata": {"authors": ["Zamenhof"]}, **messages}
        path.write_text(json.dumps(body), encoding="utf-8")
    return tmp_path


def test_language_when_its_files_are_there_then_the_wiki_and_the_tool_speak_it(
    with_esperanto: Path, tool: ToolApp
) -> None:
    made = artefacts(with_esperanto)
    module = made[Path("lua_templates/modules/text/Messages/eo.lua")]
    assert "['wiki-today'] = 'Hodiaŭ'" in module
    assert "tool-nav-events" not in module
    manifest = made[Path("lua_templates/manifest.json")]
    assert '"Module:Space/Messages/eo"' in manifest
    document = made[Path("lua_templates/templates/Post.doc.wikitext")]
    assert '"eo": "Titolo"' in document
    assert '"eo": "Blogaĵo."' in document

    catalogue = read_catalogue(with_esperanto / "i18n")
    assert "eo" not in read_drafts(with_esperanto / "i18n")
    tool.speak(catalogue)
    tool.post_raw("/language", code="eo", return_to="/privacy")
    page = tool.get("/privacy").text
    assert '<html lang="eo" dir="ltr">' in page
    assert ">esperanto</button>" in page.lower()
    assert ">Eventoj</a>" in page


def test_shares_when_counted_then_tell_each_file_of_each_language(
    with_esperanto: Path,
) -> None:
    found = [each for each in shares(with_esperanto / "i18n") if each.language == "eo"]
    assert [(each.reader, each.translated) for each in found] == [
        ("reader", 1),
        ("reviewer", 1),
        ("wiki", 2),
        ("writer", 1),
    ]
    assert str(found[0]) == f"eo reader 1/{found[0].of} 0 %"
