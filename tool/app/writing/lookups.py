"""What the script of a form asks while somebody fills it in: pieces of pages."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from space.authoring.pasting import MAX_HTML, reduced
from space.errors import WikiUnavailableError
from tool.app.form import picture_search, place_search
from tool.app.services import services
from tool.app.web.visitor import visitor

blueprint = Blueprint(
    "lookups", __name__, template_folder="templates", url_prefix="/lookup"
)


@blueprint.before_request
def check_token() -> None:
    """Answer only to our own forms: others must not search through us."""
    if not visitor().sent_its_token():
        abort(403)


@blueprint.post("/places")
def places() -> ResponseReturnValue:
    """Places of a name."""
    return render_template("writing/places.html", places=place_search.search())


@blueprint.post("/pasted")
def pasted() -> ResponseReturnValue:
    """Wikitext of what was copied from a document; 204 where none is to be had."""
    html = request.form.get("html", "")
    if len(html) > MAX_HTML:
        abort(413)
    kept = reduced(html)
    try:
        wikitext = services().parsoid.wikitext(kept).strip() if kept else ""
    except WikiUnavailableError:
        wikitext = ""
    if not wikitext:
        return "", 204
    return Response(f"{wikitext}\n", mimetype="text/plain")


@blueprint.post("/pictures")
def pictures() -> ResponseReturnValue:
    """Pictures that fit words."""
    return render_template("writing/pictures.html", pictures=picture_search.search())
