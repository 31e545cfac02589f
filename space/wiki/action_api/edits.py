"""Edits as parameters of `action=edit`, and its answers as outcomes.

https://www.mediawiki.org/wiki/API:Edit
"""

from collections.abc import Mapping

from space.wiki.action_api import api_errors
from space.wiki.action_api.transport import Answer
from space.wiki.outcomes import NoChange, Outcome, Saved, Unreachable
from space.wiki.values import Edit


def edit_params(edit: Edit, user: str) -> dict[str, str]:
    """Parameters of an edit, without the token; refused unless `user` is signed in."""
    params = {
        "action": "edit",
        "title": edit.title,
        "text": edit.text,
        "summary": edit.summary,
        "assert": "user",
        "assertuser": user,
    }
    if edit.section_heading is not None:
        params |= {"section": "new", "sectiontitle": edit.section_heading}
    elif edit.base is None:
        params["createonly"] = "1"
    else:
        params |= {"nocreate": "1", "baserevid": str(edit.base)}
    params["minor" if edit.minor else "notminor"] = "1"
    if edit.bot:
        params["bot"] = "1"
    if edit.content_model is not None:
        params["contentmodel"] = edit.content_model
    return params


def edit_outcome(answer: Answer) -> Outcome:
    """The outcome of an edit; `Unreachable` for an answer in no form we know."""
    if "error" in answer:
        return api_errors.outcome(answer["error"])
    edit = answer.get("edit")
    if not isinstance(edit, Mapping):
        return Unreachable("the answer to an edit was not understood")
    if edit.get("result") != "Success":
        return api_errors.failure(edit)
    if edit.get("nochange"):
        return NoChange(edit["pageid"], edit["title"])
    return Saved(edit["pageid"], edit["newrevid"], edit["title"])
