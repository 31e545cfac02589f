"""HTML fragments that the form's script loads while somebody fills in the form."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from space.authoring.pasting import MAX_HTML, reduced
from space.errors import WikiUnavailableError
from tool.app.form import picture_search, place_search
from tool.app.services import services
from tool.app.web.rates import limited
from tool.app.web.request_body import FORM, accepts
from tool.app.web.visitor import visitor
from tool.app.writing import saving
from tool.app.writing.editor.submission import Submission, kind_sent
from tool.app.writing.panels.preview import preview_html
from tool.app.writing.panels.similar_events import similar_events
from tool.rates import LOOKUP, NEARBY, PASTE, PREVIEW

blueprint = Blueprint("lookups", __name__, template_folder="templates")


@blueprint.before_request
def check_token() -> None:
    """Abort with 403 without the session's CSRF token: other sites may not search."""
    if not visitor().sent_its_token():
        abort(403)


@blueprint.post("/lookup/places")
@limited(LOOKUP)
@accepts(FORM)
def places() -> ResponseReturnValue:
    """Wikidata places that match a name."""
    return render_template("writing/places.html", places=place_search.search())


@blueprint.post("/lookup/pasted")
@limited(PASTE)
@accepts(FORM)
def pasted() -> ResponseReturnValue:
    """Wikitext of pasted HTML; 204 when it has no text or Parsoid is unavailable."""
    html = request.form.get("html", "")
    if len(html) > MAX_HTML:
        abort(413)
    clean = reduced(html)
    try:
        wikitext = services().parsoid.wikitext(clean).strip() if clean else ""
    except WikiUnavailableError:
        wikitext = ""
    if not wikitext:
        return "", 204
    return Response(f"{wikitext}\n", mimetype="text/plain")


@blueprint.post("/lookup/pictures")
@limited(LOOKUP)
@accepts(FORM)
def pictures() -> ResponseReturnValue:
    """Pictures of Wikimedia Commons that match a search text."""
    return render_template("writing/pictures.html", pictures=picture_search.search())


@blueprint.post("/preview")
@limited(PREVIEW)
@accepts(FORM)
def preview() -> ResponseReturnValue:
    """The preview of the form that was sent."""
    sent = Submission.of_request(kind_sent())
    return str(preview_html(sent.form, saving.title_of(sent.page_id)))


@blueprint.post("/nearby")
@limited(NEARBY)
@accepts(FORM)
def nearby() -> ResponseReturnValue:
    """Events similar to the event in the form that was sent."""
    sent = Submission.of_request(kind_sent())
    record = services().store.records.get(sent.page_id) if sent.page_id else None
    title = record.page_title if record else ""
    similar = similar_events(sent.form, sent.page_id or None, title)
    return render_template("writing/nearby.html", similar_events=similar)
