"""The search for a picture in a form, what a choice fills in, and its credit."""

from flask import request

from space.authoring.pictures import Picture
from space.errors import WikiUnavailableError
from tool.app.form import search_field
from tool.app.form.fields import Form, Typed
from tool.app.form.search_field import SearchField
from tool.app.services import services
from tool.app.views.pictures import picture_of
from tool.app.web.language import interface_language

TEXT = "picture-search"
"""The input with what to look for."""
MOST_DESCRIPTION = 300  # characters, as the schema has it
CHOSEN = "picture"
"""The buttons of what was found; their value is a file's name."""


def search() -> SearchField[Picture]:
    """The search that the request asks for."""
    pictures, language = services().pictures, interface_language()
    return search_field.search(TEXT, lambda text: pictures.search(text, language))


def choose(typed: Typed) -> tuple[SearchField[Picture], Typed]:
    """The picture that the request chose, and the inputs filled in with it.

    What it shows begins as Commons describes it, for the author to correct; the
    description of another picture goes.
    """
    name = request.form.get(CHOSEN, "")
    looked = search_field.choose(TEXT, lambda: picture_of(name))
    if looked.chosen is None:
        return looked, typed
    if typed.get("image", ()) == (looked.chosen.name,):
        return looked, typed
    told = _first_words(looked.chosen.description)
    described = (told,) if told else ()
    return looked, {**typed, "image": (looked.chosen.name,), "image_alt": described}


def _first_words(text: str) -> str:
    """A text as long as a description may be, cut at a word."""
    if len(text) <= MOST_DESCRIPTION:
        return text
    return text[: MOST_DESCRIPTION - 1].rpartition(" ")[0] + "…"


def credited(form: Form) -> Picture | None:
    """The picture that a form names, None where Commons has none or is silent."""
    name = str(form.values.get("image", ""))
    try:
        return picture_of(name) if name else None
    except WikiUnavailableError:
        return None
