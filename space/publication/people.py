"""People and groups of an event or a post: a wikilink to a user, or any text."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from space.codec.values.links import Link, label, split_links
from space.codec.values.names import user_of
from space.schema.kinds import Values, load_kind
from space.text.clean import one_line
from space.wiki.values import Site

_USER = 2  # the namespace


@dataclass(frozen=True, slots=True)
class Person:
    """Who is named: as readers see it, and the wiki page it leads to, if any."""

    name: str
    page: str | None = None

    @property
    def names(self) -> frozenset[str]:
        """All that a filter may call this person."""
        pages = {self.page, self.page.rpartition(":")[2]} if self.page else set()
        return frozenset({self.name, *pages} - {""})


def person_of(value: str) -> Person:
    """The person of one item of `authors` or `organizers`."""
    links = [piece for piece in split_links(value) if isinstance(piece, Link)]
    if len(links) != 1 or str(links[0]) != value.strip():
        return Person(label(value))
    link = links[0]
    shown = link.name if link.label == link.target else link.label
    return Person(one_line(shown), link.target)


def accounts_named(kind: str, values: Values, site: Site) -> frozenset[str]:
    """Names of accounts that the people of a page's values are, or may be."""
    people = (item for _, items in _people(kind, values) for item in items)
    return frozenset(name for item in people if (name := _account(item, site)))


def without_accounts(
    kind: str, values: Values, hidden: Collection[str], site: Site
) -> Values:
    """The values without the people who are known by one of these accounts."""
    if not hidden:
        return values
    kept = {
        name: tuple(item for item in items if _account(item, site) not in hidden)
        for name, items in _people(kind, values)
    }
    emptied = {name for name, items in kept.items() if not items}
    shown = {name: kept.get(name, value) for name, value in values.items()}
    return {name: value for name, value in shown.items() if name not in emptied}


def _people(kind: str, values: Values) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields of people that have values."""
    for name, field in load_kind(kind).fields.items():
        if field.reader == "user" and name in values:
            value = values[name]
            yield name, (value,) if isinstance(value, str) else value


def _account(item: str, site: Site) -> str | None:
    """The account that an item may be; canonical values name a user without a link."""
    person = person_of(item)
    if person.page is None:
        return user_of(f"User:{person.name}")
    if site.namespace_of(person.page) != _USER:
        return None
    return user_of(f"User:{person.page.partition(':')[2]}")
