"""A page that the tool could not save, as wikitext to save by hand on the wiki.

The wiki's edit page takes the whole text from another site's form (`action=submit`
with `wpTextbox1`) and shows it as a preview, with its captcha and its own button to
publish: https://www.mediawiki.org/wiki/Manual:Parameters_to_index.php#Edit_and_submit
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from space.wiki.outcomes import (
    Blocked,
    Captcha,
    ConsumerRefused,
    FilterRefused,
    Missing,
    Protected,
    Refused,
    Unknown,
)
from tool.app.discuss.threads import wiki_action
from tool.app.form.fields import Form
from tool.app.services import services
from tool.app.writing import saving
from tool.app.writing.saving import Original

_OPENS = (Captcha, ConsumerRefused, FilterRefused, Unknown)
"""Refusals after which the wiki's own edit page may take the text."""
_COPIES = (*_OPENS, Blocked, Missing, Protected)
"""Refusals after which saving the form again does not help."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """The wikitext of a page, and where to send it.

    `title` and `address` are empty, and `fields` too, where the wiki would not take
    the text by hand either: then it is there to be copied. `fields` are the hidden
    inputs of the form that opens the wiki's edit page.
    """

    text: str
    title: str = ""
    address: str = ""
    fields: Mapping[str, str] | None = None


def by_hand(
    outcome: Refused, form: Form, original: Original | None, suffix: int, comment: str
) -> ByHand | None:
    """The page of a form that was refused; None where another save may pass."""
    if not isinstance(outcome, _COPIES):
        return None
    title = original.title if original else saving.new_title(form, suffix)
    edit = (
        saving.change(original, form, comment)
        if original
        else saving.creation(form, title)
    )
    if not title or not isinstance(outcome, _OPENS):
        return ByHand(edit.text)
    now = services().clock()
    base = original.revision.timestamp if original else now
    fields = {
        "wpSummary": edit.summary,
        "wpStarttime": _stamp(now),
        "wpEdittime": _stamp(base),
        "editRevId": str(edit.base or 0),
        "parentRevId": str(edit.base or 0),
        "wpPreview": "1",
        "wpUltimateParam": "1",  # tells the wiki that the form has arrived whole
    }
    return ByHand(edit.text, title, wiki_action(title, action="submit"), fields)


def _stamp(time: datetime) -> str:
    """A UTC time as forms of MediaWiki write it."""
    return f"{time:%Y%m%d%H%M%S}"
