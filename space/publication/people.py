"""People and groups of an event or a post: a wikilink to a user, or any text."""

from dataclasses import dataclass

from space.codec.values.links import Link, label, split_links
from space.text.clean import one_line


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
