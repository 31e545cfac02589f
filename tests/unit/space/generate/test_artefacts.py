import json
import shutil
from pathlib import Path

import pytest

from space.generate.__main__ import main
from space.generate.artefacts import ROOT, artefacts, refresh, stale
from space.generate.fields_document import WRITTEN
from space.schema.kinds import NAMES, load_kind

MANIFEST = Path("lua_templates/manifest.json")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "i18n", tmp_path / "i18n")
    pages = tmp_path / "lua_templates/templates"
    pages.mkdir(parents=True)
    shutil.copy(ROOT / "lua_templates/manifest.json", tmp_path / "lua_templates")
    for folder in ("pages", "styles", "modules", "elsewhere/parts"):
        source = ROOT / "lua_templates" / folder
        ignored = shutil.ignore_patterns("tables", "Messages")
        shutil.copytree(source, tmp_path / "lua_templates" / folder, ignore=ignored)
    (pages / "Space post.doc.wikitext").write_text(
        "Text.\n<!-- templatedata:post --><!-- /templatedata -->\n", encoding="utf-8"
    )
    return tmp_path


def test_stale_when_the_files_were_just_written_then_is_empty(copy: Path) -> None:
    assert set(refresh(copy)) == set(artefacts(copy)) - {MANIFEST}
    assert stale(copy) == {}


def test_stale_when_a_message_changes_then_names_every_file_with_it(
    copy: Path,
) -> None:
    refresh(copy)
    path = copy / "i18n/writer/en.json"
    messages = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(messages | {"field-post-title-label": "Headline"}))
    assert {found.name for found in stale(copy)} == {
        "fields.md",
        "en.lua",
        "Space post.doc.wikitext",
    }


def test_refresh_when_a_language_is_gone_then_its_module_goes(copy: Path) -> None:
    translation = copy / "i18n/wiki/vo.json"
    translation.write_text('{"wiki-x": "Y"}', encoding="utf-8")
    refresh(copy)
    module = copy / "lua_templates/modules/text/Messages/vo.lua"
    assert module.exists()
    assert "Module:Space/Messages/vo" in (copy / MANIFEST).read_text(encoding="utf-8")
    translation.unlink()
    assert {path.name for path in refresh(copy)} == {"vo.lua", "manifest.json"}
    assert not module.exists()
    assert (copy / MANIFEST).read_bytes() == (ROOT / MANIFEST).read_bytes()


def test_every_generated_file_in_this_checkout_is_fresh(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_every_reader_is_explained() -> None:
    used = {field.reader for name in NAMES for field in load_kind(name).fields.values()}
    assert used == set(WRITTEN)
