"""HTML of the wiki, made safe to stand in a page of the tool.

The wiki's own sanitiser ran already; this one trusts nobody. No script, no style, no
class or id that could pass for a part of our pages; links and pictures absolute, and
pictures of no host but the wiki's own and Wikimedia's. URLs are read as browsers read
them (https://url.spec.whatwg.org/), not as RFC 3986 does.
"""

import re

import nh3
from ada_url import URL

from space.text.html.cut import Cut
from space.text.html.stand_ins import (
    LOOKED_AT,
    LOOKED_AT_ATTRIBUTES,
    with_stand_ins,
)

_TAGS = frozenset(  # a list of 70 quoted words would be a page long
    """a abbr b bdi bdo big blockquote br caption center cite code col colgroup data dd
    del dfn div dl dt em figcaption figure font h2 h3 h4 h5 h6 hr i img ins kbd li mark
    ol p pre q rb rp rt rtc ruby s samp section small span strike strong sub sup table
    tbody td tfoot th thead time tr tt u ul var wbr""".split()  # noqa: SIM905
)
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "data": {"value"},
    "col": {"span"},
    "colgroup": {"span"},
}
_DROPPED = {"script", "style"}
_CUT = Cut(
    _TAGS | LOOKED_AT,
    {
        tag: _ATTRIBUTES.get(tag, set()) | LOOKED_AT_ATTRIBUTES.get(tag, set())
        for tag in (*_ATTRIBUTES, *LOOKED_AT_ATTRIBUTES)
    },
    _DROPPED,
)
# Classes of the parser and of usual wiki pages that our style sheet knows.
_CLASSES = frozenset(  # as above
    """external floatleft floatright gallery gallerybox mw-halign-center mw-halign-left
    mw-halign-right new references thumb wikitable""".split()  # noqa: SIM905
)
_OWN_CLASSES = "space-"
_WIKIMEDIA = ".wikimedia.org"
_PREFIX = "wiki-"
_LINKED = frozenset({"http", "https", "mailto"})
_ABSOLUTE = re.compile(r"https?://[^/?#@:\s]+(?::[0-9]+)?(?:[/?#]|\Z)")
# Browsers drop or turn round what others take for a part of a name.
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
_REL = "noopener noreferrer nofollow ugc"
_REACHED = {"table": {"tabindex": "0"}}


def sanitize(html: str, page_url: str, *, scrolls: bool = False) -> str:
    """Clean HTML whose relative links are relative to `page_url`.

    Links inside the page keep leading inside it: ids get a prefix, so do they. Of HTML
    past the bounds (`space.bounds`) only the text is left. Where a wide table `scrolls`
    by itself, tables can be reached by keyboard.
    """
    own_host = URL(page_url).hostname

    def kept(_: str, attribute: str, value: str) -> str | None:
        if attribute == "class":
            return _known_classes(value)
        if attribute == "href":
            return _link(value, page_url)
        if attribute == "src":
            return _picture(value, page_url, own_host)
        return value

    return nh3.clean(
        with_stand_ins(_CUT(html)),
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        set_tag_attribute_values=_REACHED if scrolls else None,
        clean_content_tags=_DROPPED,
        url_schemes=set(_LINKED),
        link_rel=_REL,
        id_prefix=_PREFIX,
    )


def with_prefix(sheet: str) -> str:
    """The style sheet of our templates, for their classes as `sanitize` leaves them."""
    return sheet.replace(f".{_OWN_CLASSES}", f".{_PREFIX}{_OWN_CLASSES}")


def _link(value: str, page_url: str) -> str | None:
    """The absolute URL of a link, or a fragment of this page; None for no safe one.

    One that can be read in one way only stays as it is written.
    """
    if value.startswith("#"):
        return f"#{_PREFIX}{value[1:]}"
    url = _parsed(value, page_url)
    if url is None or url.protocol.removesuffix(":") not in _LINKED:
        return None
    return value if _ABSOLUTE.match(value) else str(url.href)


def _picture(value: str, page_url: str, own_host: str) -> str | None:
    """The absolute URL of a picture that may be loaded, else None.

    Readers' browsers tell nobody else of them.
    """
    url = _parsed(value, page_url)
    if url is None or url.protocol not in {"http:", "https:"}:
        return None
    ours = url.hostname == own_host or f".{url.hostname}".endswith(_WIKIMEDIA)
    return str(url.href) if ours else None


def _parsed(value: str, page_url: str) -> URL | None:
    """A URL as browsers read it; None for one that no wiki writes, or that is none."""
    if _ODD.search(value):
        return None
    try:
        url = URL(value, base=page_url)
    except ValueError:
        return None
    return None if url.username or url.password else url


def _known_classes(value: str) -> str | None:
    # Anybody may write a class of our templates: here it looks like nothing of ours.
    names = (
        f"{_PREFIX}{name}" if name.startswith(_OWN_CLASSES) else name
        for name in value.split()
        if name in _CLASSES or name.startswith(_OWN_CLASSES)
    )
    return " ".join(names) or None
