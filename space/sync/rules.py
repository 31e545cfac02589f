"""What the wiki's settings say, as far as reading the wiki needs to know."""

from collections.abc import Mapping
from dataclasses import dataclass

from space.codec.reading import record_templates
from space.review.model import Policy
from space.review.verdicts import TEMPLATE as VERDICT
from space.wiki import PageInfo, WikiReader

_TEMPLATE = 10  # the namespace


@dataclass(frozen=True, slots=True)
class Rules:
    """Who keeps the ledger, where records may be, and how they are reviewed."""

    bot: str
    namespaces: frozenset[int]
    policy: Policy
    homes: tuple[str, ...] = ()
    """Titles under which new records are made."""
    former_bots: tuple[str, ...] = ()

    def admit(self, page: PageInfo) -> bool:
        """Whether a page may be a record: versions of translations may not."""
        return page.namespace in self.namespaces and not page.translation


@dataclass(frozen=True, slots=True)
class Templates:
    """Names of the templates that matter, and of the redirects to them."""

    records: Mapping[str, str]
    """Name, also with the wiki's own words for the namespace before it → kind."""
    verdicts: tuple[str, ...]

    @classmethod
    def read(cls, wiki: WikiReader) -> "Templates":
        """Ask the wiki for the redirects."""
        names = (*record_templates(), VERDICT)
        titles = {f"Template:{name}": name for name in names}
        found = wiki.redirects(titles)
        known: dict[str, list[str]] = {name: [name] for name in names}
        for title, name in titles.items():
            redirects = found.get(title, ())
            known[name] += [title.partition(":")[2] for title in redirects]
        spaces = wiki.site().namespaces.get(_TEMPLATE, ())
        return cls(
            records={
                written: kind
                for template, kind in record_templates().items()
                for name in known[template]
                for written in (name, *(f"{space}:{name}" for space in spaces))
            },
            verdicts=tuple(known[VERDICT]),
        )
