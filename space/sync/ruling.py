"""What the pages that rule say, by the revisions that count."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from space.codec.page import read_calls
from space.schema.problems import Problem
from space.settings.onwiki import REGISTRY_OFF, Settings
from space.settings.ruling_pages import (
    REGISTRATIONS,
    RULING_PAGES,
    SETTINGS,
    USUAL_PROTECTION,
    Belief,
    Beliefs,
    PageProblems,
    Protection,
    RulingPage,
    beliefs_title,
    believe,
    holds,
    read_beliefs,
    write_beliefs,
)
from space.sources.registrations import registration_problems
from space.sync.ledger import Save, own_text
from space.sync.sources import Sources
from space.wiki.outcomes import Outcome, Saved
from space.wiki.port import WikiReader
from space.wiki.values import Edit, PageCopy, PageInfo


@dataclass(frozen=True, slots=True)
class Ruling:
    """The texts that count, by the names of the pages, and what the ledger lacks.

    A page of which nothing counts has an empty text. `problems` are of pages that say
    something else than what counts, `lines` of what in these texts cannot be read;
    `edit`, without a summary, makes the ledger remember what was judged, None when it
    does already.
    """

    texts: Mapping[str, str]
    problems: tuple[PageProblems, ...] = ()
    lines: tuple[PageProblems, ...] = ()
    edit: Edit | None = None

    def text(self, page: RulingPage) -> str:
        """The text of a page that counts; empty where nothing does."""
        return self.texts.get(page.name, "")


def read_ruling(
    wiki: WikiReader,
    sources: Sources,
    root: str,
    bots: Sequence[str],
    protection: Protection = USUAL_PROTECTION,
) -> Ruling:
    """Read the pages that rule under a root.

    `bots` are our account and then its predecessors, as the deployment names them.
    Raises `WikiUnavailableError` when the wiki does not answer.
    """
    bot, *former = bots
    titles = [page.title(root) for page in RULING_PAGES]
    copies = sources.read([*titles, beliefs_title(bot)])
    own = copies.get(beliefs_title(bot))
    shown = read_beliefs(own.text) if own else {}
    stored = read_beliefs(own_text(wiki, own, bot) or "") if own else {}
    known = {**_inherited(wiki, sources, former), **stored} if former else stored
    reading = _Reading(wiki, root, bots, known)
    ruled = reading.rule(RULING_PAGES, copies, protection)
    settings = Settings.of(ruled.texts.get(SETTINGS.name, ""))
    if settings.registry != REGISTRY_OFF:
        rights = replace(protection, reviewing=settings.reviewer_right)
        more = sources.read([REGISTRATIONS.title(root)])
        ruled += reading.rule((REGISTRATIONS,), more, rights)
    beliefs = {**known, **ruled.beliefs}
    return Ruling(
        texts=MappingProxyType(ruled.texts),
        problems=ruled.problems,
        lines=tuple(_lines(root, ruled.texts, settings)),
        edit=None if beliefs == shown else _edit(bot, own, beliefs),
    )


@dataclass(frozen=True, slots=True)
class _Ruled:
    """What some pages that rule say: beliefs and texts by name, and problems."""

    beliefs: dict[str, Belief]
    texts: dict[str, str]
    problems: tuple[PageProblems, ...]

    def __add__(self, other: "_Ruled") -> "_Ruled":
        return _Ruled(
            {**self.beliefs, **other.beliefs},
            {**self.texts, **other.texts},
            (*self.problems, *other.problems),
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A reading of pages that rule under a root, with what was believed before."""

    wiki: WikiReader
    root: str
    bots: Sequence[str]
    known: Beliefs

    def rule(
        self,
        ruling: Sequence[RulingPage],
        copies: Mapping[str, PageCopy],
        protection: Protection,
    ) -> _Ruled:
        """What these pages say, by the revisions that count."""
        pages = {
            page: copies[page.title(self.root)]
            for page in ruling
            if page.title(self.root) in copies
        }
        before = {p.name: self.known[p.name] for p in ruling if p.name in self.known}
        judged = _judge(self.wiki, pages, before, self.bots, protection)
        beliefs = {**before, **judged}
        texts = _texts(self.wiki, pages, beliefs)
        problems = _problems(self.root, ruling, pages, beliefs, texts, protection)
        return _Ruled(beliefs, texts, tuple(problems))


def remember(
    ruling: Ruling, sources: Sources, bot: str, summary: str, save: Save
) -> tuple[tuple[str, Outcome], ...]:
    """Have the ledger remember what was judged; the title and outcome of its edit."""
    if ruling.edit is None:
        return ()
    edit = replace(ruling.edit, summary=summary)
    outcome = save(edit)
    if isinstance(outcome, Saved):
        sources.remember(PageCopy(edit.title, outcome.revid, bot, edit.text))
    return ((edit.title, outcome),)


def _inherited(
    wiki: WikiReader, sources: Sources, former: Sequence[str]
) -> dict[str, Belief]:
    """What former bots' ledgers remember; the first that has a page is believed."""
    copies = sources.read(map(beliefs_title, former))
    beliefs: dict[str, Belief] = {}
    for bot in former:
        copy = copies.get(beliefs_title(bot))
        if copy:
            text = own_text(wiki, copy, bot) or ""
            beliefs = {**read_beliefs(text), **beliefs}
    return beliefs


def _edit(bot: str, own: PageCopy | None, beliefs: Beliefs) -> Edit:
    return Edit(
        title=beliefs_title(bot),
        text=write_beliefs(beliefs),
        summary="",
        base=own.latest if own else None,
        minor=True,
        bot=True,
    )


# Judging what is new


def _judge(
    wiki: WikiReader,
    pages: Mapping[RulingPage, PageCopy],
    known: Beliefs,
    bots: Sequence[str],
    protection: Protection,
) -> dict[str, Belief]:
    """The beliefs in pages that have revisions nobody judged yet, by their names."""
    unread = {
        copy.title: page
        for page, copy in pages.items()
        if copy.latest > known.get(page.name, Belief()).read
    }
    infos = wiki.pages_by_title(unread) if unread else {}
    beliefs = {}
    for title, info in infos.items():
        page = unread[title]
        before = known.get(page.name, Belief())
        right = page.right(protection)
        beliefs[page.name] = _believe(wiki, info, before, bots, right)
    return beliefs


def _believe(
    wiki: WikiReader, info: PageInfo, before: Belief, bots: Sequence[str], right: str
) -> Belief:
    if info.redirect:
        # A move left it behind; it says nothing, whoever moved the page.
        return replace(before, read=info.latest)
    history = wiki.history(info.id)
    authors = (row.user for row in history if row.id > before.read)
    holders = _holders(wiki, authors, right)
    belief = believe(before, history, holders, bots)
    newest = next((row for row in history if row.id == belief.revision), None)
    if newest is None or belief.revision == before.revision:
        return belief
    moves = [
        move
        for move in wiki.log("move", since=newest.timestamp)
        if move.params.get("target_title") == info.title
    ]
    movers = _holders(wiki, (move.user for move in moves), right)
    times = [move.timestamp for move in moves if move.user not in movers]
    return believe(before, history, holders, bots, max(times)) if times else belief


def _holders(
    wiki: WikiReader, names: Iterable[str | None], right: str
) -> frozenset[str]:
    """The accounts that hold a right now; hidden names (None) hold none."""
    asked = sorted({name for name in names if name is not None})
    accounts = wiki.accounts(asked) if asked else {}
    return frozenset(n for n, account in accounts.items() if holds(account, right))


# What counts


def _texts(
    wiki: WikiReader, pages: Mapping[RulingPage, PageCopy], beliefs: Beliefs
) -> dict[str, str]:
    """The texts of the revisions that count; empty for one that is hidden or gone."""
    copies = {copy.latest: copy.text for copy in pages.values()}
    older = [
        belief.revision
        for belief in beliefs.values()
        if belief.revision and belief.revision not in copies
    ]
    revisions = wiki.revisions(older, text=True) if older else {}
    texts = copies | {row.id: row.text or "" for row in revisions.values()}
    return {name: texts.get(b.revision, "") for name, b in beliefs.items()}


def _problems(  # noqa: PLR0913, PLR0917 - the pages, and what is known of them
    root: str,
    ruling: Sequence[RulingPage],
    pages: Mapping[RulingPage, PageCopy],
    beliefs: Beliefs,
    texts: Mapping[str, str],
    protection: Protection,
) -> Iterator[PageProblems]:
    """What maintainers have to know: pages that say what does not count."""
    for page in ruling:
        copy, text = pages.get(page), texts.get(page.name, "")
        if text == (copy.text if copy else ""):
            continue
        counts = str(beliefs[page.name].revision)
        right = page.right(protection)
        if copy is None:
            problem = Problem("ruling-gone", params=(counts,))
        elif text:
            problem = Problem("ruling-older", params=(str(copy.latest), right, counts))
        else:
            problem = Problem("ruling-none", params=(str(copy.latest), right))
        yield PageProblems(page.title(root), (problem,))


def _lines(
    root: str, texts: Mapping[str, str], settings: Settings
) -> Iterator[PageProblems]:
    """What those who edit a page have to know: lines that say nothing, or not all."""
    for page in (*RULING_PAGES, REGISTRATIONS):
        text = texts.get(page.name, "")
        problems = settings.problems if page == SETTINGS else _unread(page, text)
        if problems:
            yield PageProblems(page.title(root), problems)


def _unread(page: RulingPage, text: str) -> tuple[Problem, ...]:
    if page == REGISTRATIONS:
        return registration_problems(text)
    readings = read_calls(text, page.name)
    return tuple(problem for reading in readings for problem in reading.problems)
