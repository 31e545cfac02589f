"""An edit of a page that others edit, too, in the visitor's name."""

from collections.abc import Callable

from space.errors import WikiBusyError, WikiUnavailableError
from space.wiki.outcomes import Busy, Conflict, NoChange, NotSent, Outcome
from space.wiki.port import Wiki
from space.wiki.values import Edit
from tool.app.web.language import in_wiki_language
from tool.app.web.visitor import visitor


def change_page(title: str, change: Callable[[str], str], summary_key: str) -> Outcome:
    """Save what a change makes of a page's text, once more where others were quicker.

    What is added or removed does not depend on the rest of the text. `NoChange` where
    it is as it should be already: whoever presses twice adds nothing.
    """

    def attempt(wiki: Wiki) -> Outcome:
        try:
            page = wiki.texts([title]).get(title)
        except WikiBusyError as error:
            return Busy(str(error))
        except WikiUnavailableError as error:
            return NotSent(str(error))
        before = page.text or "" if page else ""
        text = change(before)
        if text == before:
            return NoChange(page.page_id if page else 0, title)
        summary = in_wiki_language(summary_key)
        return wiki.save(Edit(title, text, summary, base=page.id if page else None))

    outcome = visitor().save(attempt)
    return visitor().save(attempt) if isinstance(outcome, Conflict) else outcome
