"""Names of our templates, with those of the wiki's redirects to them.

A page that calls a redirect is as much a post or an event as one that calls the
template, so whoever reads a page's text asks for these first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from space.codec.page import record_templates
from space.schema.kinds import load_kind
from space.wiki.port import WikiReader

_TEMPLATE = 10  # the namespace
_VERDICT = load_kind("verdict").template


@dataclass(frozen=True, slots=True)
class Templates:
    """The names of templates that matter, and of the redirects to them."""

    records: Mapping[str, str]
    """Name, also with the wiki's own words for the namespace before it → kind."""
    verdicts: tuple[str, ...]

    @classmethod
    def plain(cls) -> Self:
        """The templates themselves: all that is known without asking a wiki."""
        return cls(record_templates(), (_VERDICT,))

    @classmethod
    def read(cls, wiki: WikiReader) -> Self:
        """Ask the wiki for the redirects; raises `WikiUnavailableError`."""
        records = record_templates()
        names = (*records, _VERDICT)
        titles = {f"Template:{name}": name for name in names}
        redirects = wiki.redirects(titles)
        spellings: dict[str, list[str]] = {name: [name] for name in names}
        for title, name in titles.items():
            bare = (source.partition(":")[2] for source in redirects.get(title, ()))
            spellings[name] += filter(None, bare)
        spaces = wiki.site().namespaces.get(_TEMPLATE, ())
        return cls(
            {
                written: of
                for template, of in records.items()
                for name in spellings[template]
                for written in (name, *(f"{space}:{name}" for space in spaces))
            },
            tuple(spellings[_VERDICT]),
        )
