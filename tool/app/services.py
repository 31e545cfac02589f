"""What the application works with: handed in once, never global."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import current_app, g

from space.authoring.gazetteer import WikidataPlace
from space.authoring.pictures import Picture
from space.dates.moments import utc_day
from space.settings.environment import ToolConfig
from space.settings.topics import Topics
from space.store.queries.standing import Standing
from space.store.reader import StoreReader
from space.text.messages import Catalogue
from space.wiki.port import Wiki, WikiReader
from tool.cards.cards import Cards
from tool.decisions import Decisions
from tool.rates import Rates
from tool.signin.oauth import SignIn
from tool.signin.sessions import Clock, Sessions, Token
from tool.signin.tokens import Tokens
from tool.upstream.reader_pool import ReaderPool
from tool.wiki.community import CommunitySettings
from tool.wiki.lookups import Lookups
from tool.wiki.parsoid import Parsoid
from tool.wiki.renderings import Renderings
from tool.wiki.site import SiteFacts

EXTENSION = "space"


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of one application.

    `reader` opens the wiki for reading without an account, `wiki_as` for the person
    whose access token is given; both are cheap and made anew for each request. What
    readers see is asked for by `wiki_pool` and `commons_pool`. `drafts` are the
    languages whose messages wait for somebody who speaks them.
    """

    config: ToolConfig
    store: StoreReader
    catalogue: Catalogue
    sessions: Sessions
    decisions: Decisions
    sign_in: SignIn
    tokens: Tokens
    reader: Callable[[], WikiReader]
    wiki_as: Callable[[Token], Wiki]
    wiki_pool: ReaderPool
    commons_pool: ReaderPool
    facts: SiteFacts
    community: CommunitySettings
    renderings: Renderings
    gazetteer: Lookups[WikidataPlace]
    pictures: Lookups[Picture]
    parsoid: Parsoid
    cards: Cards
    rates: Rates
    clock: Clock
    drafts: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """The UTC day, of which everything derived is."""
        return utc_day(self.clock())


def services() -> Services:
    """The parts of the application that answers the current request."""
    found: Services = current_app.extensions[EXTENSION]
    return found


def standing() -> Standing:
    """What the store says of itself, read once a request."""
    if "standing" not in g:
        g.standing = services().store.standing()
    found: Standing = g.standing
    return found


def topics() -> Topics:
    """The topics of the wiki, of the same moment."""
    return standing().topics
