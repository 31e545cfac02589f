"""What a wiki says of itself to anybody: clock, version, pages and their protection."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from space.errors import WikiUnavailableError
from space.wiki.query import Ask


@dataclass(frozen=True, slots=True)
class WikiFacts:
    """A wiki's clock (aware), its software, and the protection of pages.

    `protection` is title → levels that editing asks for, empty for none; a page that
    the wiki does not have is absent.
    """

    clock: datetime
    generator: str
    protection: Mapping[str, frozenset[str]]


def read_facts(ask: Ask, titles: Collection[str]) -> WikiFacts:
    """The facts, by one request. Raises `WikiUnavailableError`.

    https://www.mediawiki.org/wiki/API:Info
    """
    answer = ask(
        {
            "action": "query",
            "format": "json",
            "meta": "siteinfo",
            "prop": "info",
            "inprop": "protection",
            "titles": "|".join(titles),
            "curtimestamp": "1",
        }
    )
    try:
        query = answer["query"]
        named = {row["to"]: row["from"] for row in query.get("normalized", ())}
        return WikiFacts(
            clock=datetime.fromisoformat(answer["curtimestamp"]),
            generator=str(query["general"]["generator"]),
            protection={
                named.get(page["title"], page["title"]): _levels(page)
                for page in query.get("pages", ())
                if not page.get("missing")
            },
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise WikiUnavailableError("not an answer of MediaWiki's API") from error


def _levels(page: Mapping[str, object]) -> frozenset[str]:
    rows = page.get("protection")
    return frozenset(
        str(row["level"])
        for row in (rows if isinstance(rows, list) else ())
        if row["type"] == "edit"
    )
