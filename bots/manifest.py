"""What is deployed: `lua_templates/manifest.json`, file → page.

    {"modules/data/Config.lua": {"title": "Module:Space/Config"},
     "pages/Blog.wikitext": {"title": "<root>/Blog", "once": true}}

`once` is a page that belongs to the community as soon as it exists. In titles and
texts `<root>`, `<bot>` and `<tool>` stand for this wiki's names. Pages that people read
are marked for the Translate extension; a wiki without it would show the marks as text,
so there they are left out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from space.codec.translate_marks import without_marks

FOLDER = Path(__file__).resolve().parent.parent / "lua_templates"


@dataclass(frozen=True, slots=True)
class DeployedPage:
    """A page of the wiki as the repository has it; `once` as in the manifest."""

    title: str
    text: str
    once: bool


def sources(
    names: Mapping[str, str], folder: Path = FOLDER, *, translate: bool = False
) -> tuple[DeployedPage, ...]:
    """Every page of the manifest in its order, names filled in.

    `names` are the values for `<root>`, `<bot>` and `<tool>`, keyed by the word;
    `translate` says whether the wiki has the Translate extension.
    """
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return tuple(
        DeployedPage(
            title=_filled(page["title"], names, quoted=False),
            text=_text(folder / path, names, translate=translate).rstrip(),
            once=page.get("once", False),
        )
        for path, page in manifest.items()
    )


def _text(path: Path, names: Mapping[str, str], *, translate: bool) -> str:
    text = path.read_text(encoding="utf-8")
    is_code = path.suffix == ".lua"
    if not translate and not is_code:
        text = without_marks(text)
    return _filled(text, names, quoted=is_code)


def _filled(text: str, names: Mapping[str, str], *, quoted: bool) -> str:
    for word, name in names.items():
        value = name.replace("\\", "\\\\").replace("'", "\\'") if quoted else name
        text = text.replace(f"<{word}>", value)
    return text
