"""How an in-memory wiki answers to an edit: MediaWiki's refusals in its order."""

from collections.abc import Iterator
from datetime import timedelta

from space.wiki.outcomes import (
    AlreadyExists,
    BadTitle,
    Blocked,
    Conflict,
    FilterRefused,
    FilterWarning,
    Missing,
    NoChange,
    Outcome,
    Protected,
    RateLimited,
    ReadOnly,
    Saved,
    SignedOut,
    Spam,
    TooBig,
    Unknown,
)
from space.wiki.values import Edit
from tests.fakes.wiki_state import (
    MAX_TEXT,
    StoredAccount,
    WikiState,
    is_json,
    transformed,
)


def attempt(state: WikiState, user: str | None, edit: Edit) -> Outcome:
    """Make the edit, or say why not."""
    account = state.account(user) if user else None
    if account is None:
        return SignedOut("assertuserfailed")
    if state.read_only is not None:
        return ReadOnly(state.read_only)
    title = state.normal(edit.title)
    if title is None:
        return BadTitle(f"Bad title {edit.title!r}")
    for refusal in _refusals(state, account, title, edit):
        return refusal
    return _stored(state, account, title, edit)


def _refusals(
    state: WikiState, account: StoredAccount, title: str, edit: Edit
) -> Iterator[Outcome]:
    page = state.page(title)
    if edit.section_heading is None and (page is None) != (edit.base is None):
        if page is None:
            yield Missing("The page is gone")
        else:
            yield AlreadyExists("The page is there already")
    if account.block is not None:
        yield Blocked("You are blocked", **account.block)
    right = page.right if page else None
    if is_json(title) and title.partition("/")[0] != f"User:{account.name}":
        right = "edituserjson"
    if right and right not in account.rights:
        yield Protected(f"This asks for the right {right}")
    if _too_fast(state, account):
        yield RateLimited("Too many edits")
    if len(edit.text.encode()) > MAX_TEXT:
        yield TooBig("The text is too long")
    matches = tuple(link for link in state.spam if link in edit.text)
    if matches:
        yield Spam("A link is on the spam list", matches=matches)
    yield from _filtered(state, account, title, edit)


def _filtered(
    state: WikiState, account: StoredAccount, title: str, edit: Edit
) -> Iterator[Outcome]:
    this = (account.name, title, edit.text)
    for rule in state.filters:
        if not rule.pattern.search(edit.text):
            continue
        if rule.disallow:
            yield FilterRefused("refused", description=rule.description)
        elif this not in state.warned:
            state.warned.add(this)
            yield FilterWarning("warned", description=rule.description)


def _too_fast(state: WikiState, account: StoredAccount) -> bool:
    if state.edits_per_minute is None or "noratelimit" in account.rights:
        return False
    minute = timedelta(seconds=60)
    recent = [time for time in account.edits if state.now - time < minute]
    return len(recent) >= state.edits_per_minute


def _stored(
    state: WikiState, account: StoredAccount, title: str, edit: Edit
) -> Outcome:
    page = state.page(title)
    try:
        text = transformed(title, edit.text, account.name, state.now)
    except ValueError as error:
        return Unknown(str(error), code="invalid-json-data")
    if edit.section_heading is not None:
        section = f"== {edit.section_heading} ==\n\n{text}"
        text = f"{page.latest.text}\n\n{section}" if page else section
    elif page is not None and edit.base != page.latest.id:
        return Conflict("The page was edited meanwhile")
    if page is not None and page.latest.text == text:
        return NoChange(page.id, page.title)
    page = page or state.add_page(title)
    revision = state.add_revision(
        page,
        account.name,
        text,
        summary=edit.summary,
        minor=edit.minor,
        bot=edit.bot and "bot" in account.rights,
        patrolled="autopatrol" in account.rights,
    )
    account.edits.append(state.now)
    return Saved(page.id, revision.id, page.title)
