"""The visitor's own line in a list of who gets the digest, and the edit of it."""

import re

from space.digest.subscribers import (
    Target,
    read_targets,
    user_target,
    with_target,
    without_target,
)
from space.errors import WikiUnavailableError
from space.text.messages import Translator
from space.wiki.outcomes import Outcome
from tool.app.digest.asked_digest import AskedDigest
from tool.app.services import services
from tool.app.web.page_change import change_page
from tool.app.web.visitor import visitor

_HOST = re.compile(
    r"(?:https?://)?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}(?::[0-9]{1,5})?)(?:/.*)?",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)
_HEAD = "{}\n__NOINDEX__\n"


def own_host() -> str:
    """The host of the wiki that lists are on."""
    return services().facts.addresses().host


def read_host(text: str) -> str | None:
    """The host that a text or a URL names; None where it is none."""
    match = _HOST.fullmatch(text.strip())
    return match[1].lower() if match else None


def own_targets(asked: AskedDigest) -> tuple[Target, ...]:
    """The visitor's talk pages on a list; empty while the wiki does not answer."""
    user = visitor().user
    if user is None:
        return ()
    try:
        page = services().reader().texts([asked.list_title]).get(asked.list_title)
    except WikiUnavailableError:
        return ()
    own = user_target(user, "").title
    targets = read_targets(page.text or "" if page else "", own_host())
    return tuple(target for target in targets if target.title == own)


def change_list(asked: AskedDigest, site: str, *, add: bool) -> Outcome:
    """Add the visitor's line to a list, or remove it: an edit in their name.

    `NoChange` where the list is so already: whoever presses twice adds nothing.
    """
    target = user_target(visitor().user or "", site)

    def change(text: str) -> str:
        if not text and not add:
            return text
        return _changed(text or _head(asked), target, add=add)

    key = "tool-summary-digest-add" if add else "tool-summary-digest-remove"
    return change_page(asked.list_title, change, key)


def _changed(text: str, target: Target, *, add: bool) -> str:
    change = with_target if add else without_target
    return change(text, target, own_host())


def _head(asked: AskedDigest) -> str:
    """What a new list begins with, in its language."""
    say = Translator(services().catalogue, asked.language)
    return _HEAD.format(say.text("digest-list-intro"))
