"""Lists of events in the frames of other sites: what can be chosen, and the snippet."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from tool.app.listing import Query, given

LIMIT, SIZE, THEME = "limit", "size", "theme"
DEFAULT_LIMIT = {"small": 3, "medium": 6, "large": 12}
MAX_LIMIT = 50
SIZES = {"small": (320, 400), "medium": (480, 660), "large": (720, 1000)}
"""Size → width and height of its frame, in pixels."""
THEMES = ("light", "dark")
_NUMBER = re.compile(r"[1-9][0-9]?", re.ASCII)
_FRAME = Markup(
    '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>'
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a list in a frame looks: its size, how much it shows, light or dark."""

    size: str
    limit: int
    theme: str

    @property
    def query(self) -> Query:
        """The arguments of its address; what goes without saying is left out."""
        found = {SIZE: [self.size]}
        if self.limit != DEFAULT_LIMIT[self.size]:
            found[LIMIT] = [str(self.limit)]
        if self.theme:
            found[THEME] = [self.theme]
        return found

    @property
    def map_query(self) -> Query:
        """Those that a map takes, which shows all that there is."""
        return {name: given for name, given in self.query.items() if name in MAP_TAKES}

    def snippet(self, address: str, title: str) -> str:
        """HTML for another site, to be copied."""
        width, height = SIZES[self.size]
        return str(_FRAME.format(address, title, width, height))


def takes_limit(text: str) -> bool:
    """Whether this is how many events a frame can show."""
    return bool(_NUMBER.fullmatch(text)) and int(text) <= MAX_LIMIT


TAKES = {
    LIMIT: takes_limit,
    SIZE: SIZES.__contains__,
    THEME: THEMES.__contains__,
}
"""Argument → whether it takes a value."""
MAP_TAKES = {name: TAKES[name] for name in (SIZE, THEME)}


def look() -> Look:
    """What the request asks for; raises `BadFilterError` naming the argument."""
    size, limit, theme = (given(name, TAKES[name]) for name in (SIZE, LIMIT, THEME))
    size = size or "medium"
    return Look(size, int(limit or DEFAULT_LIMIT[size]), theme)
