"""Organizers: the accounts that a published revision names, and what they may do.

A name in a text is bound to the account that has it when the revision is first decided
on as the published one. Accounts are renamed, and then somebody else may take the name.
"""

from collections.abc import Mapping
from dataclasses import replace

from space.codec.page import Reading
from space.codec.values.links import Link, split_links
from space.codec.values.names import user_of
from space.review.model import (
    LedgerEntry,
    NamedAccount,
    Organizers,
    PageHistory,
    PageRevision,
    Rights,
)
from space.review.origin import is_creator


def organizers_in(reading: Reading) -> frozenset[str]:
    """Names of the users whom a text links, or refers to, as organizers."""
    items = reading.linked.get("organizers", ())
    pieces = (piece for item in items for piece in split_links(item))
    titles = (piece.target if isinstance(piece, Link) else piece for piece in pieces)
    return frozenset(name for title in titles if (name := user_of(title)))


def named_in(history: PageHistory, bound: Organizers) -> frozenset[str]:
    """Names of organizers in the texts that were read, but of the one that is bound."""
    return frozenset(
        name
        for revision in history.revisions
        if revision.content and revision.id != bound.revision
        for name in revision.content.organizers
    )


def with_organizers(
    entry: LedgerEntry, published: PageRevision | None, rights: Mapping[str, Rights]
) -> LedgerEntry:
    """The entry with the accounts of the organizers whom the published revision names.

    Unchanged while nothing is published. `rights` are those of all whom it names.
    """
    content = published.content if published else None
    if published is None or content is None:
        return entry
    if entry.organizers.revision == published.id:
        return entry
    known = {account.name: account.id for account in entry.organizers.accounts}
    ids = {name: known.get(name) or _id(name, rights) for name in content.organizers}
    accounts = tuple(NamedAccount(name, ids[name]) for name in sorted(ids) if ids[name])
    return replace(entry, organizers=Organizers(published.id, accounts))


def is_organizer(entry: LedgerEntry, revision: PageRevision) -> bool:
    """Whether a revision is by the page's creator, or by one of the organizers.

    The published revision names them. What they may do takes an accountable edit.
    """
    if revision.user is None:
        return False
    if is_creator(entry, revision.user, revision.user_id):
        return True
    accounts = entry.organizers.accounts
    return any(account.id == revision.user_id for account in accounts)


def _id(name: str, rights: Mapping[str, Rights]) -> int:
    return rights[name].account if name in rights else 0
