"""Which pages there are, and which of them have something new."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from space.codec.page import record_templates
from space.review.model import Ending, LedgerEntry, State
from space.sync.rules import Rules
from space.sync.texts import Texts
from space.wiki.port import WikiReader
from space.wiki.values import PageInfo

_LEFT = frozenset({"deleted", "moved"})


@dataclass(frozen=True, slots=True)
class Found:
    """The pages of the wiki that are records, may be, or were."""

    pages: Mapping[int, PageInfo]
    ended: Mapping[int, Ending]
    translations: tuple[PageInfo, ...] = ()
    """Pages of the Translate extension, which are versions and no records."""


def find_pages(
    wiki: WikiReader, rules: Rules, entries: Mapping[int, LedgerEntry]
) -> Found:
    """All pages that transclude our templates, and those the ledger knows.

    A page missing among the former may only have lost the template; one that the
    ledger has as gone is looked for no more. To the wiki a call without its end is
    text, so pages under our homes are looked at whether or not they transclude.
    """
    under_homes = (
        info
        for home in rules.homes
        for info in wiki.subpages(home)
        if not info.redirect
    )
    calling = (
        info for template in record_templates() for info in wiki.transclusions(template)
    )
    found = {info.id: info for info in (*under_homes, *calling)}
    alive = [p for p, entry in entries.items() if entry.standing.state != State.GONE]
    missing = [page for page in alive if page not in found]
    if missing:
        found |= wiki.pages(missing)
    ended = {
        page: Ending("moved" if page in found else "deleted")
        for page in alive
        if page not in found or not rules.admit(found[page])
    }
    pages = {page: info for page, info in found.items() if rules.admit(info)}
    translations = tuple(
        found[page] for page in sorted(found) if found[page].translation
    )
    return Found(pages, ended, translations)


def has_new_text(entry: LedgerEntry | None, info: PageInfo) -> bool:
    """Whether the newest revision is another than the ledger's."""
    newest = entry.standing.newest if entry else None
    return newest is None or newest.revision != info.latest


def is_due(entry: LedgerEntry, today: date) -> bool:
    """Whether a post's day has come."""
    return entry.standing.due is not None and entry.standing.due <= today


def has_left(entry: LedgerEntry) -> bool:
    """Whether the page was deleted or moved away when last seen."""
    gone = entry.standing.state == State.GONE
    return gone and entry.standing.reason.code in _LEFT


def changed_visibility(
    wiki: WikiReader, entries: Iterable[LedgerEntry], texts: Texts
) -> frozenset[int]:
    """Pages whose published revision cannot be seen, or a better one can again."""
    shown: dict[int, int] = {}
    above: dict[int, int] = {}
    for entry in entries:
        if entry.standing.published:
            shown[entry.standing.published.revision] = entry.page
        above |= dict.fromkeys(entry.standing.hidden, entry.page)
    unknown = [number for number in (*shown, *above) if texts.get(number) is None]
    rows = wiki.revisions(unknown, text=False) if unknown else {}
    visible = {number for number, row in rows.items() if not row.text_hidden}
    for number in (*shown, *above):
        if texts.get(number) and not texts.is_hidden(number):
            visible.add(number)
    hidden = {page for number, page in shown.items() if number not in visible}
    again = {page for number, page in above.items() if number in visible}
    return frozenset(hidden | again)
