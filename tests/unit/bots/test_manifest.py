import json
import re
from pathlib import Path

import pytest
from lupa.lua51 import LuaRuntime

from bots.manifest import DeployedPage, sources

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


MARKED = """<languages/>
{{Space navigation}}
<translate>
<!--T:1-->
'''Two rules''', and [[<tvar name="help">Special:MyLanguage/<root>/Help</tvar>|help]].
</translate>
"""


def test_sources_when_the_wiki_cannot_translate_then_texts_have_no_marks_of_it(
    folder: Path,
) -> None:
    (folder / "Blog.wikitext").write_text(MARKED, encoding="utf-8")
    names = NAMES | {"root": "Space"}

    plain, marked = (
        sources(names, folder, translate=translate)[1].text
        for translate in (False, True)
    )

    assert plain == (
        "{{Space navigation}}\n"
        "'''Two rules''', and [[Special:MyLanguage/Space/Help|help]]."
    )
    assert marked == MARKED.replace("<root>", "Space").rstrip()


TRANSLATION = """<!-- English: 0123456789ab -->
{{Space navigation}}
[[Special:MyLanguage/<root>/Blog|المدونة]], [[Special:MyLanguage/<root>/Map|الخريطة]]

"""


def test_sources_when_the_wiki_cannot_translate_then_translations_are_pages(
    folder: Path,
) -> None:
    own = {"title": "<root>/Blog/ar", "language": "ar", "of": "<root>/Blog"}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["Blog.ar.wikitext"] = own | {"once": True}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "Blog.ar.wikitext").write_text(TRANSLATION, encoding="utf-8")
    names = NAMES | {"root": "Space"}

    _, english, arabic = sources(names, folder)

    assert (english.original, arabic.original) == ("", "Space/Blog")
    assert (arabic.title, arabic.once) == ("Space/Blog/ar", True)
    assert arabic.text == (
        "{{Space navigation}}\n"
        '<div class="mw-content-rtl" lang="ar" dir="rtl">\n'
        "[[Space/Blog/ar|المدونة]], [[Special:MyLanguage/Space/Map|الخريطة]]\n"
        "</div>"
    )
    assert len(sources(names, folder, translate=True)) == 2


MARKED_PAGES = [
    page for page in sources(NAMES, translate=True) if "<translate>" in page.text
]


@pytest.mark.parametrize("page", MARKED_PAGES, ids=lambda page: page.title)
def test_units_of_pages_marked_for_translation_hold_words_and_no_code(
    page: DeployedPage,
) -> None:
    """Headings are units of their own; templates, tables and targets are no words."""
    assert page.text.startswith("<languages/>\n")
    blocks = re.findall(r"<translate>(.*?)</translate>", page.text, re.DOTALL)
    assert page.text.count("translate>") == 2 * len(blocks)
    for unit in (unit.strip() for block in blocks for unit in block.split("\n\n")):
        names = re.findall(r'<tvar name="([^"]*)">', unit)
        words = re.sub(r'<tvar name="[^"]*">.*?</tvar>', "$", unit)
        assert words.strip("$ "), unit
        assert len(set(names)) == len(names), unit
        assert not re.search(r"\{[{|]|tvar|<code|\[\[[^$]|\[http|^[*#|!]", words), unit
        assert "\n" not in unit, unit
