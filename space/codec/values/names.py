"""Names of pages, users, files, items and topics in their normal form."""

import re
from urllib.parse import unquote

from space.codec.values.links import normal_target
from space.text.folding import bare, capitalize, lower, without_marks

_USER = re.compile(r"user *:", re.IGNORECASE | re.ASCII)
_FILE = re.compile(
    r"\A(?:(?:c|commons):)? *(?:file|image) *: *", re.IGNORECASE | re.ASCII
)
_COMMONS = re.compile(
    r"https?://commons\.(?:m\.)?wikimedia\.org/wiki/([^?#]+)",
    re.IGNORECASE | re.ASCII,
)
_NOT_IN_FILES = re.compile(r"[/:#]")
_FILE_TYPE = re.compile(r".\.[A-Za-z0-9]{2,5}$", re.ASCII)
_ITEM = re.compile(
    r"(?:(?:d|wikidata):|https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?"
    r"(Q[1-9][0-9]{0,11})",
    re.IGNORECASE,
)
_REVISION = re.compile(
    r"(?:Special:(?:Permanent ?link|Diff)/(?:[0-9]+/)?)?0*([1-9][0-9]{0,11})",
    re.IGNORECASE | re.ASCII,
)
_HYPHENS = re.compile(r"[ _-]+")


def user_of(written: str) -> str | None:
    """The user of `User:X`, None for other titles and for subpages."""
    target = normal_target(written) or ""
    match = _USER.match(target)
    name = normal_target(target[match.end() :]) if match else None
    return capitalize(name) if name and not re.search("[/#]", name) else None


def person(text: str) -> str:
    """The name of somebody who may be a user: what `user_of` makes of it, or itself."""
    return user_of(text) or capitalize(normal_target(text) or text)


def page_title(written: str) -> str | None:
    """A page's title without a section, None where no page can have it."""
    target = normal_target(written)
    title = (target or "").partition("#")[0].rstrip(" ")
    return capitalize(title) or None


def file_name(written: str) -> str | None:
    """A file's name on Commons without its namespace, None where it is none."""
    commons = _COMMONS.fullmatch(bare(written))
    target = normal_target(unquote(commons[1]) if commons else written)
    name = _FILE.sub("", target or "", count=1)
    if _NOT_IN_FILES.search(name) or not _FILE_TYPE.search(name):
        return None
    return capitalize(name)


def item_id(written: str) -> str | None:
    """A Wikidata item's id, of itself, a link or an address."""
    match = _ITEM.fullmatch(bare(written))
    return match[1].upper() if match else None


def revision_id(written: str) -> str | None:
    """A revision's number, of itself or of a link to it or to a difference."""
    match = _REVISION.fullmatch(bare(written))
    return match[1] if match else None


def topic_slug(text: str) -> str:
    """A topic as a slug: lower case, hyphens for spaces and underscores."""
    return _HYPHENS.sub("-", lower(without_marks(text))).strip("-")
