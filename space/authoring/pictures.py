"""Search of Wikimedia Commons for pictures, with their licences.

https://www.mediawiki.org/wiki/API:Imageinfo, https://www.mediawiki.org/wiki/Extension:CommonsMetadata;
captions of structured data are the labels of `prop=entityterms` (Wikibase).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from space.codec.values.names import file_name
from space.codec.values.web_addresses import is_safe_url
from space.text.clean import one_line
from space.text.html.plain import line_of
from space.wiki.query import Ask

MAX_RESULTS = 12
MAX_QUERY = 200  # characters
THUMBNAIL = 320  # pixels
MOST_ALTERNATIVE, MOST_BELOW = 300, 500  # characters, as the schema has them
_TYPES = "filetype:bitmap|drawing"
_METADATA = ("Artist", "Credit", "ImageDescription", "LicenseShortName", "LicenseUrl")
_INFO = {
    "action": "query",
    "prop": "imageinfo|entityterms",
    "wbetterms": "label",
    "iiprop": "url|size|mime|extmetadata",
    "iiurlwidth": str(THUMBNAIL),
    "iiextmetadatafilter": "|".join(_METADATA),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its attribution.

    `page` and `thumbnail` are URLs, sizes are in pixels. The other texts are plain text
    and empty where Commons has none. `caption` is that of structured data, one short
    sentence in the language that was asked for.
    """

    name: str
    page: str
    thumbnail: str
    width: int
    height: int
    description: str = ""
    author: str = ""
    licence: str = ""
    licence_url: str = ""
    caption: str = ""

    @property
    def alternative(self) -> str:
        """A first alternative text: the caption, else the description."""
        return _first_words(self.caption or self.description, MOST_ALTERNATIVE)

    @property
    def text_below(self) -> str:
        """A first text below the picture; empty rather than the alternative text."""
        described = _first_words(self.description, MOST_BELOW)
        return "" if described == self.alternative else described


def search(ask: Ask, text: str, language: str) -> tuple[Picture, ...]:
    """Pictures that match a text, best first; a file name or its URL finds the file."""
    query = " ".join(text.split())
    if not 2 <= len(query) <= MAX_QUERY:
        return ()
    if name := file_name(query):
        picture = look_up(ask, name, language)
        return (picture,) if picture else ()
    params = {
        "generator": "search",
        "gsrsearch": f"{query} {_TYPES}",
        "gsrnamespace": "6",
        "gsrlimit": str(MAX_RESULTS),
    }
    return tuple(_pictures(ask(_INFO | params | _language(language))))


def look_up(ask: Ask, name: str, language: str) -> Picture | None:
    """The picture with a file name, None if Commons has none."""
    params = {"titles": f"File:{name}", "redirects": "1"}
    return next(_pictures(ask(_INFO | params | _language(language))), None)


def _language(code: str) -> dict[str, str]:
    return {"iiextmetadatalanguage": code, "uselang": code}


def _pictures(answer: Mapping[str, Any]) -> Iterator[Picture]:
    pages = list(answer.get("query", {}).get("pages", ()))
    for page in sorted(pages, key=lambda result: result.get("index", 0)):
        for info in page.get("imageinfo", ()):
            if str(info.get("mime", "")).startswith("image/") and "thumburl" in info:
                captions = page.get("entityterms", {}).get("label", ())
                yield _picture(str(page["title"]), info, captions)


def _picture(title: str, info: Mapping[str, Any], captions: Sequence[Any]) -> Picture:
    metadata = info.get("extmetadata") or {}

    def text_of(name: str) -> str:
        return line_of(str(metadata.get(name, {}).get("value", "")))

    licence_url = text_of("LicenseUrl")
    return Picture(
        name=title.partition(":")[2],
        page=str(info["descriptionurl"]),
        thumbnail=str(info["thumburl"]),
        width=int(info.get("width", 0)),
        height=int(info.get("height", 0)),
        description=text_of("ImageDescription"),
        author=text_of("Artist") or text_of("Credit"),
        licence=text_of("LicenseShortName"),
        licence_url=licence_url if is_safe_url(licence_url) else "",
        caption=one_line(str(captions[0])) if captions else "",
    )


def _first_words(text: str, most: int) -> str:
    """A text of at most `most` characters, cut at a word."""
    if len(text) <= most:
        return text
    return text[: most - 1].rpartition(" ")[0] + "…"
