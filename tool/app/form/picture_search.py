"""Search for a picture of Wikimedia Commons in a form, and the inputs it fills in."""

from flask import request

from space.authoring.pictures import Picture
from space.errors import WikiUnavailableError
from space.schema.problems import Problem
from tool.app.form import search_field
from tool.app.form.fields import Form
from tool.app.form.raw_inputs import Typed
from tool.app.form.search_field import MOST_TEXT, SearchField
from tool.app.services import services
from tool.app.views.pictures import picture_of
from tool.app.web.language import interface_language
from tool.upstream.deadline import BRIEFLY, within

TEXT = "picture-search"
"""Name of the input with the search text."""
_FILLED = ("image", "image_alt", "image_caption")
CHOSEN = "picture"
"""Name of the buttons of results, whose values are file names."""


def search() -> SearchField[Picture]:
    """Search for the text that the request sent."""
    pictures, language = services().pictures, interface_language()
    return search_field.search(TEXT, lambda text: pictures.search(text, language))


def choose(typed: Typed) -> tuple[SearchField[Picture], Typed]:
    """The picture that the request chose, and the raw inputs with its values.

    The alternative text and the text below the picture start as Commons has them, for
    the author to correct; they replace those of another picture.
    """
    name = request.form.get(CHOSEN, "")[:MOST_TEXT]
    looked = search_field.choose(TEXT, lambda: picture_of(name))
    if looked.chosen is None:
        return looked, typed
    if typed.get("image", ()) == (looked.chosen.name,):
        return looked, typed
    texts = (
        looked.chosen.name,
        looked.chosen.alternative,
        looked.chosen.text_below,
    )
    return looked, {
        **typed,
        **{name: (text,) for name, text in zip(_FILLED, texts, strict=True)},
    }


def sent() -> Typed:
    """The inputs that a choice fills in, as the request sent them."""
    return {name: (request.form.get(name, ""),) for name in _FILLED}


def credited(form: Form) -> tuple[Picture | None, Form]:
    """The picture that a form names, and the form, with a warning if Commons lacks it.

    None also if Commons is unavailable, or slow.
    """
    name = str(form.values.get("image", ""))
    try:
        with within(BRIEFLY):
            picture = picture_of(name) if name else None
    except WikiUnavailableError:
        return None, form
    if picture or not name:
        return picture, form
    missing = Problem("file-missing", "image", params=(name,), severity="warning")
    return None, form.with_problems(missing)
