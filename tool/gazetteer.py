"""Wikidata's places for the form: asked by the server, never by a visitor's browser."""

from space import gazetteer
from space.gazetteer import Place
from tool.lookups import Lookups, same
from tool.sessions import Clock


class Gazetteer:
    """Searches for places; all raise `WikiUnavailableError` when none can be had."""

    def __init__(self, api_url: str, user_agent: str, clock: Clock) -> None:
        self._lookups: Lookups[Place] = Lookups(api_url, user_agent, clock)

    def search(self, text: str, language: str) -> tuple[Place, ...]:
        """Places called so."""
        return self._lookups.answer(
            ("search", same(text), language),
            lambda: gazetteer.search(self._lookups.ask, text, language),
        )

    def look_up(self, item: str, language: str) -> Place | None:
        """The place of an item, None for none."""

        def look() -> tuple[Place, ...]:
            found = gazetteer.look_up(self._lookups.ask, item, language)
            return (found,) if found else ()

        found = self._lookups.answer(("item", item, language), look)
        return next(iter(found), None)
