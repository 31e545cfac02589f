"""HTML fragments that the form's script loads while somebody fills in the form."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from space.authoring.pasting import MAX_HTML, reduced
from space.errors import WikiUnavailableError
from space.schema.kinds import load_kind
from tool.app.form import event_precision, event_zone, picture_search, place_search
from tool.app.form.event_zone import with_zone
from tool.app.form.fields import typed_in
from tool.app.form.named_codes import shown
from tool.app.form.raw_inputs import text_in
from tool.app.services import services
from tool.app.web.language import interface_language
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
    """Wikidata places that match a name, or inputs filled in from the chosen one."""
    if place_search.CHOSEN not in request.form:
        return render_template("writing/places.html", places=place_search.search())
    event = load_kind("event")
    sent = with_zone(typed_in(event, request.form.getlist))
    looked, typed = place_search.choose(sent)
    filled = {
        name: shown(event.fields.get(name), texts, interface_language())
        for name, texts in typed.items()
        if texts != sent.get(name, ())
    }
    return render_template("writing/places.html", places=looked, filled=filled)


@blueprint.post("/lookup/dates")
@limited(PREVIEW)
@accepts(FORM)
def series() -> ResponseReturnValue:
    """The dates to come of the series in the form that was sent."""
    form = Submission.of_request(load_kind("event")).form
    controls = {control.field.name: control for control in form.controls}
    return render_template("writing/dates.html", form=form, controls=controls)


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
    """Pictures of Wikimedia Commons that match a text, or the chosen one's inputs."""
    if picture_search.CHOSEN not in request.form:
        pictures = picture_search.search()
        return render_template("writing/pictures.html", pictures=pictures)
    looked, typed = picture_search.choose(picture_search.sent())
    filled = {name: "".join(texts) for name, texts in typed.items()}
    return render_template("writing/pictures.html", pictures=looked, filled=filled)


@blueprint.post("/preview")
@limited(PREVIEW)
@accepts(FORM)
def preview() -> ResponseReturnValue:
    """The preview of the form that was sent, its problems, and inputs to fill in."""
    sent = Submission.of_request(kind_sent())
    names = (
        *("timezone", event_zone.PROPOSED),
        *(event_precision.PRECISION, event_precision.PROPOSED),
    )
    found = {name: text_in(sent.typed, name) for name in names if name in sent.typed}
    return render_template(
        "writing/live_preview.html",
        preview=preview_html(sent.form, saving.title_of(sent.page_id)),
        form=sent.form,
        filled={k: v for k, v in found.items() if v != request.form.get(k, "").strip()},
    )


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
