"""The modules of messages in `lua_templates/manifest.json`: one for each language."""

import json
from collections.abc import Iterable
from typing import Any

_FILE = "modules/text/Messages"
_TITLE = "Module:Space/Messages"


def with_languages(manifest: str, languages: Iterable[str]) -> str:
    """The manifest's text with a page for the messages of each language.

    They follow the module that reads them and are protected as it is; pages of
    languages that are gone are left out.
    """
    pages: dict[str, Any] = {}
    for path, page in json.loads(manifest).items():
        if path.startswith(f"{_FILE}/"):
            continue
        pages[path] = page
        if path == f"{_FILE}.lua":
            for language in sorted(languages):
                own = {"title": f"{_TITLE}/{language}"}
                pages[f"{_FILE}/{language}.lua"] = page | own
    return json.dumps(pages, ensure_ascii=False, indent="\t") + "\n"
