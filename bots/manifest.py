"""What is deployed: `lua_templates/manifest.json`, file → page.

    {"modules/data/Config.lua": {"title": "Module:Space/Config"},
     "pages/Blog.wikitext": {"title": "<root>/Blog", "once": true}}

`once` is a page that belongs to the community as soon as it exists. In titles and
texts `<root>`, `<bot>`, `<tool>` and `<data>` (where tables on Commons begin, without
their namespace) stand for this wiki's names. Pages that people read
are marked for the Translate extension; a wiki without it would show the marks as text,
so there they are left out. Such a wiki gets the translations of the repository instead,
which have a `language` and the title that each is a translation `of`.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from space.codec.translate_marks import without_marks
from space.text.languages import direction, read_language_code

_NAVIGATION = re.compile(r"\A(?:<!-- English: [0-9a-f]+ -->\n)?(\{\{[^{}]*\}\}\n)?")
_MY_LANGUAGE = "Special:MyLanguage/"

FOLDER = Path(__file__).resolve().parent.parent / "lua_templates"


@dataclass(frozen=True, slots=True)
class DeployedPage:
    """A page of the wiki as the repository has it; `once` as in the manifest.

    `original` is the title of the page that it is a translation of; empty for others.
    """

    title: str
    text: str
    once: bool
    original: str = ""


def sources(
    names: Mapping[str, str], folder: Path = FOLDER, *, translate: bool = False
) -> tuple[DeployedPage, ...]:
    """Every page of the manifest in its order, names filled in.

    `names` are the values for `<root>`, `<bot>`, `<tool>` and `<data>`, by the word;
    `translate` says whether the wiki has the Translate extension.
    """
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    titles = {page["title"] for page in manifest.values()}

    def text(path: Path, page: Mapping[str, Any]) -> str:
        source = path.read_text(encoding="utf-8")
        if "language" in page:
            source = _translation(source, page["language"], titles)
        elif not translate and path.suffix != ".lua":
            source = without_marks(source)
        return _filled(source, names, quoted=path.suffix == ".lua").rstrip()

    return tuple(
        DeployedPage(
            title=_filled(page["title"], names, quoted=False),
            text=text(folder / path, page),
            once=page.get("once", False),
            original=_filled(page.get("of", ""), names, quoted=False),
        )
        for path, page in manifest.items()
        if not (translate and "language" in page)
    )


def _translation(text: str, code: str, titles: Collection[str]) -> str:
    """A translation as a page of a wiki that does not know the language of its pages.

    Behind the template at its top an element has language and direction, and links lead
    to the translations of their targets.
    """
    start = _NAVIGATION.match(text)
    top, rest = (start[1] or "", text[start.end() :]) if start else ("", text)
    for title in titles:
        if title.endswith(f"/{code}"):
            original = title.removesuffix(f"/{code}")
            rest = rest.replace(f"[[{_MY_LANGUAGE}{original}|", f"[[{title}|")
    runs = direction(code)
    element = f'<div class="mw-content-{runs}" lang="{_standard(code)}" dir="{runs}">'
    return f"{top}{element}\n{rest.rstrip()}\n</div>"


def _standard(code: str) -> str:
    """The code of BCP 47 for one of MediaWiki's."""
    return read_language_code(code) or code


def _filled(text: str, names: Mapping[str, str], *, quoted: bool) -> str:
    for word, name in names.items():
        value = name.replace("\\", "\\\\").replace("'", "\\'") if quoted else name
        text = text.replace(f"<{word}>", value)
    return text
