"""The topics page of a wiki, `<root>/Topics`: topics and their other names."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from space.codec.page import read_calls

KIND = "topics"


def topics_title(root: str) -> str:
    """The title of the topics page of a root."""
    return f"{root}/Topics"


@dataclass(frozen=True, slots=True)
class Topics:
    """Topics of the page: `slugs` is alias → slug, `labels` slug → displayed name.

    A slug is no alias, and the first topic with an alias has it. `labels` has every
    topic of the page, in its order.
    """

    slugs: Mapping[str, str]
    labels: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def of(cls, text: str = "") -> Self:
        """Read the page's wikitext; calls that cannot be read say nothing."""
        readings = [reading.values for reading in read_calls(text, KIND)]
        topics = {
            str(values["slug"]): values for values in readings if "slug" in values
        }
        slugs: dict[str, str] = {}
        for slug, values in topics.items():
            for alias in values.get("aliases", ()):
                if alias not in topics:
                    slugs.setdefault(alias, slug)
        labels = {
            slug: str(values.get("label", slug)) for slug, values in topics.items()
        }
        return cls(MappingProxyType(slugs), MappingProxyType(labels))

    def names(self, topic: str) -> frozenset[str]:
        """The slug and all aliases of the topic with this slug or alias."""
        slug = self.slugs.get(topic, topic)
        others = (alias for alias, other in self.slugs.items() if other == slug)
        return frozenset({slug, *others})
