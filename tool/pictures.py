"""Commons' pictures: asked by the server, never by a visitor's browser."""

from space import commons
from space.commons import Picture
from tool.lookups import Lookups, same
from tool.sessions import Clock


class Pictures:
    """Searches for pictures; all raise `WikiUnavailableError` when none can be had."""

    def __init__(self, api_url: str, user_agent: str, clock: Clock) -> None:
        self._lookups: Lookups[Picture] = Lookups(api_url, user_agent, clock)

    def search(self, text: str, language: str) -> tuple[Picture, ...]:
        """Pictures that fit words, or the one of a name."""
        return self._lookups.answer(
            ("search", same(text), language),
            lambda: commons.search(self._lookups.ask, text, language),
        )

    def look_up(self, name: str, language: str) -> Picture | None:
        """The picture of a file's name, None for none."""

        def look() -> tuple[Picture, ...]:
            found = commons.look_up(self._lookups.ask, name, language)
            return (found,) if found else ()

        return next(iter(self._lookups.answer(("name", name, language), look)), None)
