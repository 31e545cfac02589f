"""What an in-memory wiki answers about its pages, revisions and accounts."""

import html
import re
from dataclasses import replace
from datetime import datetime

from space.wiki.values import (
    Account,
    Change,
    Contribution,
    PageInfo,
    Rendering,
    Revision,
)
from tests.fakes.wiki_state import (
    StoredPage,
    StoredRevision,
    WikiState,
    canonical_user,
)


def page_info(state: WikiState, page: StoredPage) -> PageInfo:
    """A page without its text."""
    return PageInfo(
        id=page.id,
        title=page.title,
        namespace=state.site.namespace_of(page.title),
        latest=page.latest.id,
        redirect=state.redirect_target(page) is not None,
        language=page.language,
        translation=page.translation,
    )


def revision_value(state: WikiState, stored: StoredRevision, *, text: bool) -> Revision:
    """A revision without what is hidden of it, and with its text only if asked for."""
    account = state.accounts.get(stored.user)
    value = Revision(
        id=stored.id,
        parent=stored.parent,
        page_id=stored.page_id,
        timestamp=stored.timestamp,
        user=stored.user,
        sha1=stored.sha1,
        user_id=account.id if account else 0,
        size=len(stored.text.encode()),
        tags=stored.tags,
        text_hidden=stored.text_hidden,
        user_hidden=stored.user_hidden,
        text=stored.text if text else None,
        title=state.pages[stored.page_id].title,
    )
    if stored.text_hidden:
        value = replace(value, text=None, sha1=None)
    if stored.user_hidden:
        value = replace(value, user=None, user_id=0)
    return value


def change_value(state: WikiState, stored: StoredRevision, page: StoredPage) -> Change:
    """An edit as recent changes have it, with the title that its page has now."""
    return Change(
        revid=stored.id,
        page_id=page.id,
        title=page.title,
        namespace=state.site.namespace_of(page.title),
        user=None if stored.user_hidden else stored.user,
        timestamp=stored.timestamp,
    )


def contributions_of(
    state: WikiState, user: str, since: datetime
) -> list[Contribution]:
    """What an account has edited since a time, newest first."""
    found = [
        Contribution(
            revision.id, page.id, page.title, revision.timestamp, revision.summary
        )
        for page in state.live()
        for revision in page.revisions
        if revision.user == canonical_user(user) and revision.timestamp >= since
    ]
    return sorted(found, key=lambda each: each.revid, reverse=True)


def account_value(state: WikiState, name: str) -> Account:
    """An account; one with a hidden name looks as if it did not exist."""
    account = state.account(name)
    if account is None or account.hidden:
        return Account(canonical_user(name), exists=False)
    return Account(
        name=account.name,
        exists=True,
        rights=account.rights,
        groups=frozenset({"*", "user", *account.groups}),
        blocked=account.block is not None,
        edit_count=len(account.edits),
        registered=account.registered,
        id=account.id,
        temporary=account.name.startswith("~"),
    )


def diff_row(line: str) -> str:
    """A line of `difflib.ndiff` as a row of the wiki's table; "" for a hint."""
    classes = {"+ ": "diff-addedline", "- ": "diff-deletedline", "  ": "diff-context"}
    if line[:2] not in classes:
        return ""
    text = html.escape(line[2:])
    return f'<tr><td class="{classes[line[:2]]}"><div>{text}</div></td></tr>'


def rendering(text: str) -> Rendering:
    """A text as one paragraph of HTML, with the categories that it names."""
    categories = re.findall(r"\[\[Category:([^\]|]+)", text)
    body = html.escape(text, quote=False)
    return Rendering(html=f"<p>{body}</p>", categories=tuple(sorted(categories)))
