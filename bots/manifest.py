"""What is deployed: `lua_templates/manifest.json`, file → page.

    {"modules/Config.lua": {"title": "Module:Space/Config"},
     "pages/Blog.wikitext": {"title": "<root>/Blog", "once": true}}

`once` is a page that belongs to the community as soon as it exists. In titles and
texts `<root>`, `<bot>` and `<tool>` stand for this wiki's names.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "lua_templates"


@dataclass(frozen=True, slots=True)
class Source:
    """One page as the repository wants it."""

    title: str
    text: str
    once: bool


def sources(names: Mapping[str, str], folder: Path = FOLDER) -> tuple[Source, ...]:
    """Every page of the manifest in its order, names filled in.

    `names` are the values for `<root>`, `<bot>` and `<tool>`, keyed by the word.
    """
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return tuple(
        Source(
            title=_filled(page["title"], names, quoted=False),
            text=_filled(
                (folder / path).read_text(encoding="utf-8"),
                names,
                quoted=path.endswith(".lua"),
            ).rstrip(),
            once=page.get("once", False),
        )
        for path, page in manifest.items()
    )


def _filled(text: str, names: Mapping[str, str], *, quoted: bool) -> str:
    for word, name in names.items():
        value = name.replace("\\", "\\\\").replace("'", "\\'") if quoted else name
        text = text.replace(f"<{word}>", value)
    return text
