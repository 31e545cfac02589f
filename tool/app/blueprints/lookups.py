"""What the script of a form asks while somebody fills it in: pieces of pages."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from tool.app import picture_search, place_search
from tool.app.visitor import visitor

blueprint = Blueprint("lookups", __name__, url_prefix="/lookup")


@blueprint.before_request
def check_token() -> None:
    """Answer only to our own forms: others must not search through us."""
    if not visitor().sent_its_token():
        abort(403)


@blueprint.post("/places")
def places() -> ResponseReturnValue:
    """Places of a name."""
    return render_template("places.html", places=place_search.search())


@blueprint.post("/pictures")
def pictures() -> ResponseReturnValue:
    """Pictures that fit words."""
    return render_template("pictures.html", pictures=picture_search.search())
