"""Wikitext of a refused edit, for saving by hand on the wiki.

MediaWiki's edit page accepts a whole text from another site's form (`action=submit`
with `wpTextbox1`) and shows a preview with its own captcha and save button:
https://www.mediawiki.org/wiki/Manual:Parameters_to_index.php#Edit_and_submit
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
from tool.app.writing.new_titles import Naming, new_title
from tool.app.writing.saving import Original

_OPENS = (Captcha, ConsumerRefused, FilterRefused, Unknown)
"""Refusals after which MediaWiki's edit page may accept the text."""
_COPIES = (*_OPENS, Blocked, Missing, Protected)
"""Refusals that recur when the form is saved again, so the text is offered to copy."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """Wikitext to copy, and a form that opens MediaWiki's edit page with it.

    `address` is where the form is sent, `fields` are its hidden inputs. `title` and
    `address` are empty and `fields` is None when the wiki would refuse an edit by hand,
    too.
    """

    text: str
    title: str = ""
    address: str = ""
    fields: Mapping[str, str] | None = None


def by_hand(
    outcome: Refused,
    form: Form,
    original: Original | None,
    naming: Naming,
    comment: str,
) -> ByHand | None:
    """The text of a refused form; None when saving the form again may succeed."""
    if not isinstance(outcome, _COPIES):
        return None
    title = original.title if original else new_title(form, naming)
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
    """A UTC time as MediaWiki's TS_MW timestamp, YYYYMMDDHHMMSS."""
    return f"{time:%Y%m%d%H%M%S}"
