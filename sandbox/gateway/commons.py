"""Some pictures in the format of Wikimedia Commons' API.

They are drawn when they are asked for (`sandbox.gateway.scenes`). Facts are of
`sandbox/samples/pictures.json`; the shapes are those of `prop=imageinfo|entityterms`
with `formatversion=2` and of `Special:Redirect/file`.
"""

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sandbox.gateway.scenes import HEIGHT, WIDTH, scene

HOME = "/commons"
API = f"{HOME}/w/api.php"
INDEX = f"{HOME}/w/index.php"
PAGES = f"{HOME}/wiki/File:"
REDIRECT = "Special:Redirect/file/"
_THUMBNAILS = (120, 250, 320, 640)
"""Widths in pixels that wikis which show the pictures choose from."""
PICTURES_FILE = Path(__file__).parent.parent / "samples" / "pictures.json"


class Commons:
    """Answers about the pictures, and the pictures themselves."""

    def __init__(self, origin: str, path: Path = PICTURES_FILE) -> None:
        self._origin = origin
        rows = json.loads(path.read_text("utf-8"))
        self._pictures: Mapping[str, Mapping[str, str]] = {
            row["name"]: row for row in rows
        }

    def answer(self, params: Mapping[str, str]) -> Mapping[str, Any]:
        """The files of some titles, or those that have all words of a search."""
        if "gsrsearch" in params:
            words = params["gsrsearch"].casefold().split()
            terms = [word for word in words if not word.startswith("filetype:")]
            names = [name for name, row in self._pictures.items() if _has(row, terms)]
        else:
            titles = params.get("titles", "").split("|")
            names = [_name(title.partition(":")[2]) for title in titles]
        pages = [self._page(name, index, params) for index, name in enumerate(names, 1)]
        return {"batchcomplete": True, "query": {"pages": pages}}

    def draw(self, name: str, width: int) -> str | None:
        """A picture of a name as SVG; None for one that does not exist."""
        row = self._pictures.get(_name(name))
        if row is None:
            return None
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}"'
            f' height="{width * HEIGHT // WIDTH}" viewBox="0 0 {WIDTH} {HEIGHT}">'
            f"{scene(row['scene'], row['name'])}</svg>"
        )

    def describe(self, name: str) -> str | None:
        """The page of a picture as HTML."""
        row = self._pictures.get(_name(name))
        if row is None:
            return None
        texts = (row[key] for key in ("name", "description", "author", "licence"))
        lines = "".join(f"<p>{escape(text)}</p>" for text in texts)
        return f"<!DOCTYPE html><title>{escape(row['name'])}</title>{lines}"

    def _page(
        self, name: str, index: int, params: Mapping[str, str]
    ) -> Mapping[str, Any]:
        row = self._pictures.get(name)
        page: dict[str, Any] = {"ns": 6, "title": f"File:{name}", "index": index}
        if row is None:
            return page | {"missing": True}
        path = quote(name.replace(" ", "_"))
        file = f"{self._origin}{INDEX}?title={REDIRECT}{path}"
        metadata = {
            "Artist": row["author"],
            "ImageDescription": row["description"],
            "LicenseShortName": row["licence"],
            "LicenseUrl": row["licence_url"],
        }
        info = {
            "mime": "image/svg+xml",
            "mediatype": "DRAWING",
            "timestamp": "2026-01-01T00:00:00Z",
            "url": file,
            "width": WIDTH,
            "height": HEIGHT,
            "thumburl": f"{file}&width=320",
            "thumburls": {
                width: {"url": f"{file}&width={width}"} for width in _THUMBNAILS
            },
            "descriptionurl": f"{self._origin}{PAGES}{path}",
            "extmetadata": {
                key: {"value": value} for key, value in metadata.items() if value
            },
        }
        terms = {"entityterms": {"label": [row["caption"]]}} if "caption" in row else {}
        asked = params.get("prop", "").split("|")
        return page | {"imageinfo": [info]} | (terms if "entityterms" in asked else {})


def _name(written: str) -> str:
    return written.replace("_", " ").strip()


def _has(row: Mapping[str, str], words: list[str]) -> bool:
    text = f"{row['name']} {row['description']}".casefold()
    return all(word in text for word in words)
