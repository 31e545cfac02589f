"""The ledger's pages on the wiki: read through copies, edited where changed."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from space.review.ledger import (
    LedgerBlock,
    block_of,
    block_title,
    inherit,
    read_block,
    write_block,
)
from space.review.model import LedgerEntry, Read
from space.review.redaction import Visibility, redact
from space.sync.rules import Rules
from space.sync.sources import Sources
from space.wiki.outcomes import NoChange, Outcome, Saved
from space.wiki.port import WikiReader
from space.wiki.values import Edit, PageCopy, Subpages

Save = Callable[[Edit], Outcome]


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """One page of the ledger; `base` is its latest revision, None without a page."""

    title: str
    base: int | None
    content: LedgerBlock
    differs: bool = False
    """Whether the wiki shows something else than what is known: entries of a former
    bot are not there yet, or another account changed the page."""

    @property
    def frozen(self) -> bool:
        """Whether a part could not be read, which an edit would lose."""
        return bool(self.content.problems)


@dataclass(slots=True)
class Ledger:
    """The ledger of a bot: pages by block number, entries by page id.

    Of a part of the ledger there are some blocks, and entries of some of their pages.
    """

    bot: str
    blocks: dict[int, LedgerPage]
    entries: Mapping[int, LedgerEntry]
    changed: dict[int, LedgerEntry] = field(default_factory=dict)

    @classmethod
    def read(cls, wiki: WikiReader, sources: Sources, rules: Rules) -> "Ledger":
        """Read the bot's pages, and entries that only pages of former bots have."""
        copies = {bot: sources.walk(folder_of(bot)) for bot in rules.bots}
        return cls._of(wiki, sources, rules, copies)

    @classmethod
    def read_part(
        cls,
        wiki: WikiReader,
        sources: Sources,
        rules: Rules,
        pages: Collection[int],
    ) -> "Ledger":
        """The blocks of some pages (ids), as they were read or written last.

        Should the wiki have others by now, it refuses to take their edits.
        """
        numbers = sorted({block_of(page) for page in pages})
        copies = {
            bot: sources.stored(block_title(bot, n) for n in numbers).values()
            for bot in rules.bots
        }
        return cls._of(wiki, sources, rules, copies, pages)

    @classmethod
    def _of(
        cls,
        wiki: WikiReader,
        sources: Sources,
        rules: Rules,
        copies: Mapping[str, Iterable[PageCopy]],
        only: Collection[int] | None = None,
    ) -> "Ledger":
        """The ledger from copies of pages of each bot, by its name."""
        own, *former = (
            _blocks(wiki, sources, copies[bot], bot, only) for bot in rules.bots
        )
        blocks = dict(own)
        for number in sorted(set().union(*former)):
            title = block_title(rules.bot, number)
            mine = own.get(number, LedgerPage(title, None, LedgerBlock()))
            others = [pages[number].content for pages in former if number in pages]
            merged = inherit(mine.content, others)
            more = len(merged.pages) > len(mine.content.pages)
            blocks[number] = replace(mine, content=merged, differs=mine.differs or more)
        entries = {
            page: entry
            for block in blocks.values()
            for page, entry in block.content.entries.items()
        }
        return cls(rules.bot, blocks, MappingProxyType(entries))

    @property
    def frozen(self) -> tuple[int, ...]:
        """Numbers of the blocks that have an unreadable part."""
        return tuple(n for n, block in sorted(self.blocks.items()) if block.frozen)

    def is_frozen(self, page: int) -> bool:
        """Whether the page's block has an unreadable part, and must not be edited."""
        block = self.blocks.get(block_of(page))
        return block is not None and block.frozen

    def keep(self, entry: LedgerEntry) -> None:
        """Take an entry in if it has news beyond how far pages and logs were read."""
        if _worth(entry) != _worth(self.entries.get(entry.page)):
            self.changed[entry.page] = entry

    def entry(self, page: int) -> LedgerEntry | None:
        """What the ledger is to have of a page; None for nothing."""
        return self.changed.get(page) or self.entries.get(page)

    def redact(self, visibility: Visibility) -> frozenset[int]:
        """Take from all entries what the wiki hides; page ids of those that change."""
        redacted = {
            page: entry
            for page, old in self.entries.items()
            if (entry := redact(old, visibility)) != old
        }
        if redacted:
            self.entries = MappingProxyType({**self.entries, **redacted})
            self.changed |= redacted
        return frozenset(redacted)

    def edits(
        self, summary: str, blocks: Collection[int]
    ) -> Iterable[tuple[int, Edit]]:
        """The edits that bring some blocks (numbers) on the wiki up to date."""
        numbers = {block_of(page) for page in self.changed}
        numbers |= {n for n, block in self.blocks.items() if block.differs}
        numbers &= set(blocks)
        for number in sorted(numbers):
            block = self.blocks.get(number)
            if block and block.frozen:
                continue
            content = block.content if block else LedgerBlock()
            entries = dict(content.entries)
            entries |= {p: e for p, e in self.changed.items() if block_of(p) == number}
            whole = replace(content, entries=MappingProxyType(entries))
            yield (
                number,
                Edit(
                    title=block_title(self.bot, number),
                    text=write_block(whole),
                    summary=summary,
                    base=block.base if block else None,
                    minor=True,
                    bot=True,
                ),
            )


def write(
    edits: Iterable[tuple[int, Edit]], sources: Sources, bot: str, save: Save
) -> Iterator[tuple[int, Outcome]]:
    """Save edits of a bot's ledger one by one: block number and answer of each.

    The next one is made when the last one's answer was taken.
    """
    for number, edit in edits:
        outcome = save(edit)
        if isinstance(outcome, Saved):
            sources.remember(PageCopy(edit.title, outcome.revid, bot, edit.text))
        yield number, outcome


def is_written(outcome: Outcome | None) -> bool:
    """Whether the wiki has the text of an edit; true for None, no edit needed."""
    return outcome is None or isinstance(outcome, Saved | NoChange)


_NAMES = re.compile(r"(0|[1-9][0-9]{0,11}|[A-Z][a-z]+)\.json")
"""Names of a ledger's pages: numbers of blocks, and words. Only the bot itself and who
has the right `edituserjson` can make them; pages of other names are anybody's."""


def folder_of(bot: str) -> Subpages:
    """The titles of a bot's ledger."""
    return Subpages(block_title(bot, 0).rpartition("/")[0], _NAMES)


def _blocks(
    wiki: WikiReader,
    sources: Sources,
    copies: Iterable[PageCopy],
    bot: str,
    only: Collection[int] | None,
) -> dict[int, LedgerPage]:
    """The pages of a bot's ledger by number."""
    blocks = {}
    for source in copies:
        name = source.title.rpartition("/")[2].removesuffix(".json")
        if name.isdecimal() and source.title == block_title(bot, int(name)):
            blocks[int(name)] = _block(wiki, sources, source, bot, only)
    return blocks


def _block(
    wiki: WikiReader,
    sources: Sources,
    source: PageCopy,
    bot: str,
    only: Collection[int] | None,
) -> LedgerPage:
    """A page of the ledger with the content that the bot itself saved last."""
    is_own = source.user == bot
    on_wiki = read_block(source.text, only, is_own=is_own)
    if is_own:
        return LedgerPage(source.title, source.latest, on_wiki)
    own = own_text(wiki, source, bot)
    text = write_block(LedgerBlock()) if own is None else own
    by_bot = read_block(text, only, is_own=True)
    differs = by_bot != on_wiki
    if not differs:
        sources.remember(replace(source, user=bot, text=text))
    return LedgerPage(source.title, source.latest, by_bot, differs)


def own_text(wiki: WikiReader, source: PageCopy, bot: str) -> str | None:
    """The text of a page that a bot itself saved last; None when it saved none."""
    if source.user == bot:
        return source.text
    info = wiki.pages_by_title([source.title])[source.title]
    own = [row.id for row in wiki.history(info.id) if row.user == bot]
    texts = wiki.revisions(own[-1:], text=True)
    return texts[own[-1]].text or "" if own else None


def _worth(entry: LedgerEntry | None) -> LedgerEntry | None:
    """The entry without how far talk page and logs were read; None for None."""
    if entry is None:
        return None
    return replace(entry, read=Read(page=entry.read.page))
