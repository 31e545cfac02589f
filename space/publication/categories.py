"""Categories of published pages, by the names that the wiki's templates give them.

`Module:Space/Event` and `Module:Space/Post` write the names: "events in 2026-11",
"events in Germany", "events in German", "events online", "posts of 2026-11". Names of
countries and languages are English, as the wiki has them.
"""

import re
from dataclasses import dataclass

from space.codec.readers import read_input
from space.publication.filters import keys

_KINDS = {"events": "event", "posts": "post"}
_NAME = re.compile(
    r"(?P<pages>events|posts)(?: (?:in|of) (?P<what>.+)| (?P<online>online))?"
)
_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Category:
    """A category of posts or events: of one month, one value of a filter, or all.

    `pages` is "events" or "posts"; `key` is "month" or the key of a filter, both `key`
    and `value` are empty for all.
    """

    pages: str
    key: str = ""
    value: str = ""

    @property
    def call(self) -> str:
        """The template call that a page of this category consists of."""
        narrowed = f"|{self.key}={self.value}" if self.key else ""
        return f"{{{{Space category|{self.pages}{narrowed}}}}}"


def read_category(name: str) -> Category | None:
    """The category of a name without the root's; None where no template makes it."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    pages, what = match["pages"], match["what"]
    if match["online"]:
        return Category(pages, "mode", "online; hybrid") if pages == "events" else None
    if what is None:
        return Category(pages)
    if _MONTH.fullmatch(what):
        return Category(pages, "month", what)
    return _of_a_value(pages, what)


def _of_a_value(pages: str, name: str) -> Category | None:
    """The category of a country or, in its absence, of a language."""
    fields = keys(_KINDS[pages])
    for key in ("country", "language"):
        reading = read_input(fields[key], name) if key in fields else None
        if reading and not reading.problems:
            match reading.value:
                case str(value) | (value,):
                    return Category(pages, key, value)
    return None
