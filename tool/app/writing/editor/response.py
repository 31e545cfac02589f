"""HTTP response that shows the form for writing."""

from flask import Response, make_response, render_template, request

from tool.app.form.picture_search import credited
from tool.app.services import services
from tool.app.views.options import suggestions
from tool.app.web.language import interface_language
from tool.app.web.visitor import visitor
from tool.app.writing.editor.controller import similar_to
from tool.app.writing.editor.view import EditorView
from tool.app.writing.registration import HomeQuestion


def editor_page(view: EditorView) -> Response:
    """The page with the form."""
    picture, form = credited(view.form)
    body = render_template(
        "writing/form.html",
        section=None,
        tile_url=services().config.tile_url,
        editor=view,
        form=form.with_guesses(interface_language()),
        similar_events=similar_to(view),
        picture=picture,
        home=HomeQuestion.of(view),
        suggestions=suggestions([control.field for control in view.form.controls]),
        must_sign_in=visitor().user is None or view.signed_out,
        address=view.address or request.path,
    )
    response = make_response(body, view.http_status)
    if view.retry_after:
        response.headers["Retry-After"] = str(view.retry_after)
    return response
