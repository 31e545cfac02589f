"""Who gets the digest: lists on the wiki, a page for each language and region.

Their lines are those of Extension:MassMessage, such as
`{{#target:User talk:X|fr.wikipedia.org}}`, or of Meta's template for them,
`{{target|user=X|site=fr.wikipedia.org}}`: people may add theirs by hand, and a person
may send to the whole page.

More is read here than there (`MassMessage::processPFData`), where the host has to be
written as the wiki is known by: without a scheme or a path, and in lower case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import mwparserfromhell

from space.codec.scanner import mask
from space.digest.regions import Region

MOST = 20_000
"""Targets of a page that are read."""
_CALL = re.compile(r"\{\{\s{0,9}#?target\b[^{}]{1,600}\}\}", re.IGNORECASE)
_FUNCTION = "#target:"
_USER_TALK = "User talk:"
_SCHEME = re.compile(r"\A(?:https?:)?//|/.*\Z", re.DOTALL)
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f#<>\[\]{}|]")


def list_title(root: str, language: str, region: Region | None = None) -> str:
    """The title of the list of who gets the digest in a language, of a region."""
    below = f"/{region.title}" if region else ""
    return f"{root}/Digest/Subscribers/{language}{below}"


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """A page that gets the digest: the host of its wiki, and its full title there."""

    site: str
    title: str

    @property
    def line(self) -> str:
        """Its line of a list."""
        return f"* {{{{#target:{self.title}|{self.site}}}}}"


def user_target(user: str, site: str) -> Target:
    """The talk page of an account on a wiki."""
    return Target(site, f"{_USER_TALK}{user}")


def read_targets(text: str, own_site: str) -> tuple[Target, ...]:
    """The targets of a list's wikitext, each once, in order.

    `own_site` is the host of the wiki that it is on, which a line need not name.
    """
    found = (target for _, _, target in _calls(text, own_site))
    return tuple(islice(dict.fromkeys(found), MOST))


def with_target(text: str, target: Target, own_site: str) -> str:
    """The list with one more line; the same text where it has the target already."""
    if target in read_targets(text, own_site):
        return text
    return f"{text.rstrip()}\n{target.line}\n".lstrip()


def without_target(text: str, target: Target, own_site: str) -> str:
    """The list without the target, however its lines are written."""
    for start, end, found in reversed(list(_calls(text, own_site))):
        if found == target:
            line, after = text[:start].rstrip(" \t*#:"), text[end:].lstrip(" \t")
            alone = line[-1:] in {"", "\n"} and after[:1] in {"", "\n"}
            text = line + after[1:] if alone else text[:start] + after
    return text


def _calls(text: str, own_site: str) -> Iterator[tuple[int, int, Target]]:
    """Where a call stands and what it names; not in comments nor in nowiki."""
    for match in _CALL.finditer(mask(text)):
        start, end = match.span()
        calls = mwparserfromhell.parse(text[start:end]).filter_templates()
        target = _target(calls[0], own_site) if calls else None
        if target is not None:
            yield start, end, target


def _target(call: mwparserfromhell.nodes.Template, own_site: str) -> Target | None:
    name = str(call.name).strip()
    values = {str(each.name).strip().lower(): str(each.value) for each in call.params}
    if name.lower().startswith(_FUNCTION):
        title, site = name[len(_FUNCTION) :], values.get("1", "")
    elif user := values.get("user", "").strip():
        title, site = f"{_USER_TALK}{user}", values.get("site", "")
    else:
        title, site = values.get("page", ""), values.get("site", "")
    title = _title(title)
    if not title or _FORBIDDEN.search(title):
        return None
    return Target(_SCHEME.sub("", site.strip()).lower() or own_site, title)


def _title(written: str) -> str:
    """A title with single spaces and capitals where the wiki has them."""
    prefix, colon, name = " ".join(written.replace("_", " ").split()).partition(":")
    name = name.strip()
    first = prefix.strip()
    joined = f"{first[:1].upper()}{first[1:]}"
    return f"{joined}:{name[:1].upper()}{name[1:]}" if colon else joined
