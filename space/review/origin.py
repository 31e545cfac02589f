"""The origin of a page: the revision by which its creator began the record.

A page that is written over a redirect is not of who left the redirect there. What the
creator may do goes with the account: its name may change, and then somebody else may
take the old one.
"""

from dataclasses import replace

from space.review.model import LedgerEntry, PageHistory, PageRevision
from space.wiki.values import IMPORTED

MAX_REDIRECTS = 10
"""Revisions at the beginning of a page that are looked at for being redirects."""


def unread_beginning(history: PageHistory, entry: LedgerEntry) -> frozenset[int]:
    """Ids of revisions without whose content the origin is not known."""
    first, *others = _beginning(history, entry) or (None,)
    if first is None or not others:
        return frozenset()
    if _is_redirect(first):
        return frozenset(r.id for r in others if _is_unread(r))
    return frozenset({first.id} if _is_unread(first) else ())


def with_origin(history: PageHistory, entry: LedgerEntry) -> LedgerEntry:
    """The entry with its origin, and the creator as the wiki names them now.

    Unchanged while the revision is deleted. An entry without an origin, of a page whose
    first revision is gone since, keeps the name it has.
    """
    origin = _origin(history, entry)
    if origin is None:
        return entry
    return replace(
        entry,
        creator=origin.user,
        creator_id=origin.user_id,
        origin=origin.id,
        created=origin.timestamp,
    )


def is_creator(entry: LedgerEntry, name: str | None, user_id: int) -> bool:
    """Whether an account, as the wiki names it now, made the page."""
    if name is None or entry.creator is None or IMPORTED in name:
        return False
    if entry.origin and (entry.creator_id or user_id):
        return entry.creator_id == user_id
    return entry.creator == name


def _origin(history: PageHistory, entry: LedgerEntry) -> PageRevision | None:
    if entry.origin:
        return next((r for r in history.revisions if r.id == entry.origin), None)
    beginning = _beginning(history, entry)
    return next((r for r in beginning if not _is_redirect(r)), None)


def _beginning(history: PageHistory, entry: LedgerEntry) -> tuple[PageRevision, ...]:
    """Revisions of which one is the origin, oldest first; empty if that is known."""
    revisions = history.revisions
    if entry.origin or not revisions:
        return ()
    if entry.created and entry.created != revisions[0].timestamp:
        return ()  # the first revision that the entry knows is gone
    return revisions[: MAX_REDIRECTS + 1]


def _is_unread(revision: PageRevision) -> bool:
    return revision.content is None and not revision.text_hidden


def _is_redirect(revision: PageRevision) -> bool:
    return revision.content is not None and revision.content.redirect
