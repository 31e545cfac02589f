"""HTML of the wiki, made safe to stand in a page of the tool.

The wiki's own sanitiser ran already; this one trusts nobody. No script, no style, no
class or id that could pass for a part of our pages; links and pictures absolute, and
pictures of no host but the wiki's own and Wikimedia's.
"""

from urllib.parse import urljoin, urlsplit

import nh3

from space.text.html.stand_ins import with_stand_ins

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
# Classes of the parser and of usual wiki pages that our style sheet knows, and those
# of our own templates.
_CLASSES = frozenset(  # as above
    """external floatleft floatright gallery gallerybox mw-halign-center mw-halign-left
    mw-halign-right new references thumb wikitable""".split()  # noqa: SIM905
)
_OWN_CLASSES = "space-"
_WIKIMEDIA = ".wikimedia.org"
_ID_PREFIX = "wiki-"
_REL = "noopener noreferrer nofollow ugc"


def sanitize(html: str, page_url: str) -> str:
    """Clean HTML whose relative links are relative to `page_url`.

    Links inside the page keep leading inside it: ids get a prefix, so do they.
    """
    own_host = urlsplit(page_url).hostname

    def kept(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "class":
            return _known_classes(value)
        if (tag, attribute) == ("img", "src"):
            return value if _is_ours(urljoin(page_url, value), own_host) else None
        return value

    def absolute(url: str) -> str:
        if url.startswith("#"):
            return f"#{_ID_PREFIX}{url[1:]}"
        return urljoin(page_url, url)

    return nh3.clean(
        with_stand_ins(html),
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        clean_content_tags={"script", "style"},
        url_schemes={"http", "https", "mailto"},
        url_relative=absolute,
        link_rel=_REL,
        id_prefix=_ID_PREFIX,
    )


def _is_ours(url: str, own_host: str | None) -> bool:
    """Whether a picture may be loaded: readers' browsers tell nobody else of them."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return False
    return parts.hostname == own_host or f".{parts.hostname}".endswith(_WIKIMEDIA)


def _known_classes(value: str) -> str | None:
    names = (
        name
        for name in value.split()
        if name in _CLASSES or name.startswith(_OWN_CLASSES)
    )
    return " ".join(names) or None
