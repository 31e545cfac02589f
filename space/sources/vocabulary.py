"""Types and topics of CampaignEvents in the words of Space."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from space.schema.kinds import SCHEMAS

TABLE = SCHEMAS / "sources" / "campaign-events.json"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Name at CampaignEvents → name here, of types and of topics."""

    types: Mapping[str, str]
    topics: Mapping[str, str]

    def type_of(self, names: Iterable[str]) -> str:
        """The one type that an event of several has here; empty for none.

        The first that says something: "other" says nothing beside another.
        """
        found = [self.types[name] for name in names if name in self.types]
        telling = [name for name in found if name != OTHER]
        return next(iter([*telling, *found]), "")

    def topics_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Topics, each once; one without a counterpart here keeps its name."""
        return tuple(dict.fromkeys(self.topics.get(name, name) for name in names))


@cache
def vocabulary() -> Vocabulary:
    """The table of `schemas/sources/campaign-events.json`."""
    table = json.loads(TABLE.read_text("utf-8"))
    return Vocabulary(
        MappingProxyType(table["types"]), MappingProxyType(table["topics"])
    )
