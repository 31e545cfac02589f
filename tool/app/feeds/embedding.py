"""Options of a frame with events for another site, and the HTML that embeds it."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from tool.app.views.listing import given
from tool.app.web.links import Query

LIMIT, SIZE, THEME = "limit", "size", "theme"
DEFAULT_LIMIT = {"small": 3, "medium": 6, "large": 12}
MAX_LIMIT = 50
SIZES = {"small": (320, 400), "medium": (480, 660), "large": (720, 1000)}
"""Size → width and height of a map's frame, in pixels."""
_ROWS = {"small": (72, 112), "medium": (72, 120), "large": (96, 106)}
"""Size → pixels of a list's frame without events, and of each event.

They fit what most events need, so that little of a frame stays empty. Where events need
more, the script of the frame hides the last ones (`static/js/frame.js`).
"""
THEMES = ("light", "dark")
_NUMBER = re.compile(r"[1-9][0-9]?", re.ASCII)
_FRAME = Markup(
    '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
    ' style="border: 0"></iframe>'
)


@dataclass(frozen=True, slots=True)
class FrameOptions:
    """The look of a frame; `theme` is empty where the reader's system decides."""

    size: str
    limit: int
    theme: str

    @property
    def query(self) -> Query:
        """The query of its URL, without options that have their default."""
        query = {SIZE: [self.size]}
        if self.limit != DEFAULT_LIMIT[self.size]:
            query[LIMIT] = [str(self.limit)]
        if self.theme:
            query[THEME] = [self.theme]
        return query

    @property
    def map_query(self) -> Query:
        """The query of a map's URL: a map has no limit."""
        return {name: given for name, given in self.query.items() if name in MAP_TAKES}

    def list_snippet(self, url: str, title: str) -> str:
        """The iframe of a list, as high as its limit of events needs."""
        frame, event = _ROWS[self.size]
        return self._snippet(url, title, frame + self.limit * event)

    def map_snippet(self, url: str, title: str) -> str:
        """The iframe of a map, which scrolls."""
        return self._snippet(url, title, SIZES[self.size][1])

    def _snippet(self, url: str, title: str, height: int) -> str:
        return str(_FRAME.format(url, title, SIZES[self.size][0], height))


def takes_limit(text: str) -> bool:
    """Whether this is a number of events that a frame can show."""
    return bool(_NUMBER.fullmatch(text)) and int(text) <= MAX_LIMIT


TAKES = {
    LIMIT: takes_limit,
    SIZE: SIZES.__contains__,
    THEME: THEMES.__contains__,
}
"""Argument → whether a value of it is valid."""
MAP_TAKES = {name: TAKES[name] for name in (SIZE, THEME)}


def look() -> FrameOptions:
    """The options in the request; raises `BadFilterError` that names an invalid one."""
    size, limit, theme = (given(name, TAKES[name]) for name in (SIZE, LIMIT, THEME))
    size = size or "medium"
    return FrameOptions(size, int(limit or DEFAULT_LIMIT[size]), theme)
