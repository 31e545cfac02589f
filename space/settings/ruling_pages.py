"""The pages that rule a wiki's Space, and which of their revisions count.

Settings decide what is published, topics what is found, reviewers who is told. These
pages are meant to be protected, but no text tells whether it was: so a revision counts
only if its author held the right that the protection asks for when the bot first read
it. The bot remembers in its ledger which one did:

    {"schema": 1, "settings": {"revision": 712, "read": 730}, "topics": {…}, …}
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from space.schema.problems import Problem
from space.serialize import from_json, to_json
from space.settings.onwiki import settings_title
from space.settings.reviewers import reviewers_title
from space.settings.topics import topics_title
from space.text.json_object import read_object
from space.wiki.values import Account, Revision

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Protection:
    """The rights without which nobody may decide, by the names of MediaWiki.

    `settings` is asked of who edits the settings, `lists` of who edits topics and
    reviewers. They are what the protections of these pages ask for: "editprotected" for
    administrators, "editsemiprotected" for autoconfirmed users. `reviewing` is asked of
    who decides on registered events: the right of reviewers, as the settings name it.
    """

    settings: str = "editprotected"
    lists: str = "editsemiprotected"
    reviewing: str = "patrol"


USUAL_PROTECTION = Protection()


@dataclass(frozen=True, slots=True)
class RulingPage:
    """A page that rules: its name in the ledger, its title, and the right it asks for.

    `title` is a function of the root, `right` one of the deployment's protection.
    """

    name: str
    title: Callable[[str], str]
    right: Callable[[Protection], str]


SETTINGS = RulingPage("settings", settings_title, lambda rights: rights.settings)
TOPICS = RulingPage("topics", topics_title, lambda rights: rights.lists)
REVIEWERS = RulingPage("reviewers", reviewers_title, lambda rights: rights.lists)
RULING_PAGES = (SETTINGS, TOPICS, REVIEWERS)
REGISTRATIONS = RulingPage(
    "registrations",
    lambda root: f"{root}/Registrations",
    lambda rights: rights.reviewing,
)
"""Rules only where registered events are listed, and is not read elsewhere."""


@dataclass(frozen=True, slots=True)
class Belief:
    """The newest revision of a page that counts, and the newest that was judged.

    Both are ids; 0 for none.
    """

    revision: int = 0
    read: int = 0


Beliefs = Mapping[str, Belief]
"""Name of a ruling page → belief; pages that were never read are absent."""


@dataclass(frozen=True, slots=True)
class PageProblems:
    """Problems of a page, with its title."""

    page_title: str
    problems: tuple[Problem, ...]


def holds(account: Account, right: str) -> bool:
    """Whether an account may decide now: it holds the right and is not blocked."""
    return right in account.rights and not account.blocked


def believe(
    before: Belief,
    history: Sequence[Revision],
    holders: Collection[str],
    bots: Collection[str],
    moved: datetime | None = None,
) -> Belief:
    """Judge the revisions of a page that are new; the newest one that counts rules.

    `history` are all revisions there are, oldest first; `holders` the accounts among
    their authors that hold the right now. A revision that says nothing new counts if
    the one before it does: a null revision (of a protection or a move), and one of our
    own `bots`, which only make a page or add lines. `moved` is when somebody without
    the right brought the page to its title: what it said elsewhere does not count.
    """
    revision = before.revision
    counts = bool(history) and not history[0].parent
    previous: Revision | None = None
    for row in history:
        if row.id <= before.read:
            counts = row.id == before.revision
        elif moved is not None and row.timestamp <= moved:
            counts = False
        elif not (row.user in bots or _is_null(row, previous)):
            counts = row.user in holders
        if counts:
            revision = max(revision, row.id)
        previous = row
    newest = max((row.id for row in history), default=0)
    return replace(before, revision=revision, read=max(before.read, newest))


def _is_null(row: Revision, previous: Revision | None) -> bool:
    return previous is not None and row.sha1 is not None and row.sha1 == previous.sha1


def beliefs_title(bot: str) -> str:
    """The title of the ledger's page with the beliefs."""
    return f"User:{bot}/Space/Ledger/Settings.json"


def read_beliefs(text: str) -> Beliefs:
    """Read the ledger's page; what is out of shape is absent, and judged anew."""
    data = read_object(text) or {}
    if data.get("schema") != SCHEMA:
        return MappingProxyType({})
    beliefs = {}
    for page in (*RULING_PAGES, REGISTRATIONS):
        try:
            beliefs[page.name] = from_json(Belief, data.get(page.name))
        except ValueError:
            continue
    return MappingProxyType(beliefs)


def write_beliefs(beliefs: Beliefs) -> str:
    """The text of the ledger's page."""
    pages = {name: to_json(beliefs[name]) for name in sorted(beliefs)}
    return json.dumps({"schema": SCHEMA, **pages}, separators=(",", ":"))
