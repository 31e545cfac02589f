"""The visitor's own line in a list of who gets the digest, and the edit of it."""

import re

from space.digest.subscribers import (
    Target,
    read_targets,
    user_target,
    with_target,
    without_target,
)
from space.errors import WikiBusyError, WikiUnavailableError
from space.text.messages import Translator
from space.wiki.outcomes import Busy, Conflict, NoChange, NotSent, Outcome
from space.wiki.port import Wiki
from space.wiki.values import Edit
from tool.app.digest.asked_digest import AskedDigest
from tool.app.services import services
from tool.app.web.language import in_wiki_language
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
    outcome = visitor().save(lambda wiki: _edit(wiki, asked, target, add=add))
    if isinstance(outcome, Conflict):  # the line does not depend on the others
        outcome = visitor().save(lambda wiki: _edit(wiki, asked, target, add=add))
    return outcome


def _edit(wiki: Wiki, asked: AskedDigest, target: Target, *, add: bool) -> Outcome:
    title = asked.list_title
    try:
        page = wiki.texts([title]).get(title)
    except WikiBusyError as error:
        return Busy(str(error))
    except WikiUnavailableError as error:
        return NotSent(str(error))
    before = page.text or "" if page else ""
    text = _changed(before or _head(asked), target, add=add)
    if text == before or (page is None and not add):
        return NoChange(page.page_id if page else 0, title)
    key = "tool-summary-digest-add" if add else "tool-summary-digest-remove"
    base = page.id if page else None
    return wiki.save(Edit(title, text, in_wiki_language(key), base=base))


def _changed(text: str, target: Target, *, add: bool) -> str:
    change = with_target if add else without_target
    return change(text, target, own_host())


def _head(asked: AskedDigest) -> str:
    """What a new list begins with, in its language."""
    say = Translator(services().catalogue, asked.language)
    return _HEAD.format(say.text("digest-list-intro"))
