"""What has become of an edit whose answer was lost, or which is sent a second time.

A wiki may save and then fail to say so. Whoever presses the button again is led to what
is there already: nothing is saved twice.
"""

import hashlib
from collections.abc import Callable

from space.errors import WikiUnavailableError
from space.wiki.outcomes import (
    AlreadyExists,
    Conflict,
    NoChange,
    Outcome,
    Saved,
    Unreachable,
)
from space.wiki.values import Edit
from tool.app.services import services
from tool.app.web.visitor import visitor

_DOUBTFUL = (AlreadyExists, Conflict, NoChange, Unreachable)
"""Answers after which the edit, or the one sent before, may be there."""


def settled(outcome: Outcome, find: Callable[[], Saved | None]) -> Outcome:
    """The outcome of an edit, or what `find` has found where the answer is in doubt."""
    if not isinstance(outcome, _DOUBTFUL):
        return outcome
    try:
        return find() or outcome
    except WikiUnavailableError:
        return outcome


def own_edit(edit: Edit) -> Saved | None:
    """The visitor's own revision that an edit of a whole page made, if it is there.

    It has the edit's text, and is the first of a page to create, the last of one to
    change: what others have changed since is for its writer to look at. Raises
    `WikiUnavailableError`.
    """
    reader = services().reader()
    page = reader.pages_by_title([edit.title]).get(edit.title)
    if page is None:
        return None
    history = reader.history(page.id, after=edit.base or 0)
    # The wiki drops spaces at the end.
    wanted = hashlib.sha1(edit.text.rstrip().encode(), usedforsecurity=False)
    for revision in history[:1] if edit.base is None else history[-1:]:
        if revision.user == visitor().user and revision.sha1 == wanted.hexdigest():
            return Saved(page.id, revision.id, page.title)
    return None
