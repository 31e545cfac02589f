import json
from pathlib import Path

import pytest
from lupa.lua51 import LuaRuntime

from bots.manifest import sources

NAMES = {"root": "Wikimedia's Space", "bot": "SpaceBot", "tool": "https://space.test"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "Config.lua": "return { root = '<root>', bot = '<bot>' }\n",
        "Blog.wikitext": "[[<root>/Blog]] by [[User:<bot>]], [<tool> tool]\n\n",
    }
    manifest = {
        "Config.lua": {"title": "Module:Space/Config"},
        "Blog.wikitext": {"title": "<root>/Blog", "once": True},
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return tmp_path


def test_sources_when_names_are_filled_then_titles_and_texts_have_them(
    folder: Path,
) -> None:
    module, blog = sources(NAMES, folder)
    assert (module.title, module.once) == ("Module:Space/Config", False)
    assert (blog.title, blog.once) == ("Wikimedia's Space/Blog", True)
    assert blog.text == (
        "[[Wikimedia's Space/Blog]] by [[User:SpaceBot]], [https://space.test tool]"
    )


def test_sources_when_a_name_has_a_quote_then_lua_still_reads_it(folder: Path) -> None:
    module = sources(NAMES, folder)[0]
    assert LuaRuntime().execute(module.text)["root"] == "Wikimedia's Space"
