"""Routes for the script of a form: pieces of pages while somebody fills it in."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from space.authoring.pasting import MAX_HTML, reduced
from space.errors import WikiUnavailableError
from tool.app.form import picture_search, place_search
from tool.app.services import services
from tool.app.web.visitor import visitor
from tool.app.writing import saving
from tool.app.writing.editor.submission import Submission, kind_sent
from tool.app.writing.panels.preview import preview_html
from tool.app.writing.panels.similar_events import similar_events

blueprint = Blueprint("lookups", __name__, template_folder="templates")


@blueprint.before_request
def check_token() -> None:
    """Answer only to our own forms: others must not search through us."""
    if not visitor().sent_its_token():
        abort(403)


@blueprint.post("/lookup/places")
def places() -> ResponseReturnValue:
    """Places of a name."""
    return render_template("writing/places.html", places=place_search.search())


@blueprint.post("/lookup/pasted")
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


@blueprint.post("/lookup/pictures")
def pictures() -> ResponseReturnValue:
    """Pictures that fit words."""
    return render_template("writing/pictures.html", pictures=picture_search.search())


@blueprint.post("/preview")
def preview() -> ResponseReturnValue:
    """The preview of a form."""
    sent = Submission.of_request(kind_sent())
    return str(preview_html(sent.form, saving.title_of(sent.page_id)))


@blueprint.post("/nearby")
def nearby() -> ResponseReturnValue:
    """Events similar to the one in a form."""
    sent = Submission.of_request(kind_sent())
    record = services().store.records.get(sent.page_id) if sent.page_id else None
    title = record.page_title if record else ""
    similar = similar_events(sent.form, sent.page_id or None, title)
    return render_template("writing/nearby.html", similar_events=similar)
