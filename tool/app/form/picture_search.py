"""Search for a picture of Wikimedia Commons in a form, and the inputs it fills in."""

from flask import request

from space.authoring.pictures import Picture
from space.errors import WikiUnavailableError
from tool.app.form import search_field
from tool.app.form.fields import Form
from tool.app.form.raw_inputs import Typed
from tool.app.form.search_field import MOST_TEXT, SearchField
from tool.app.services import services
from tool.app.views.pictures import picture_of
from tool.app.web.language import interface_language

TEXT = "picture-search"
"""Name of the input with the search text."""
MOST_DESCRIPTION = 300  # characters, as the schema has it
CHOSEN = "picture"
"""Name of the buttons of results, whose values are file names."""


def search() -> SearchField[Picture]:
    """Search for the text that the request sent."""
    pictures, language = services().pictures, interface_language()
    return search_field.search(TEXT, lambda text: pictures.search(text, language))


def choose(typed: Typed) -> tuple[SearchField[Picture], Typed]:
    """The picture that the request chose, and the raw inputs with its values.

    The alternative text starts as the description on Commons, for the author to
    correct; it replaces the alternative text of another picture.
    """
    name = request.form.get(CHOSEN, "")[:MOST_TEXT]
    looked = search_field.choose(TEXT, lambda: picture_of(name))
    if looked.chosen is None:
        return looked, typed
    if typed.get("image", ()) == (looked.chosen.name,):
        return looked, typed
    told = _first_words(looked.chosen.description)
    described = (told,) if told else ()
    return looked, {**typed, "image": (looked.chosen.name,), "image_alt": described}


def _first_words(text: str) -> str:
    """A text of at most `MOST_DESCRIPTION` characters, cut at a word."""
    if len(text) <= MOST_DESCRIPTION:
        return text
    return text[: MOST_DESCRIPTION - 1].rpartition(" ")[0] + "…"


def credited(form: Form) -> Picture | None:
    """The picture that a form names; None if Commons lacks it or is unavailable."""
    name = str(form.values.get("image", ""))
    try:
        return picture_of(name) if name else None
    except WikiUnavailableError:
        return None
