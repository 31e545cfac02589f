"""A form for a translation, filled with the published original to be written over."""

from flask import abort, request

from space.codec.page import read_page
from space.codec.translate_marks import text_without_marks
from space.errors import WikiUnavailableError
from space.publication.filters import FilterProblem
from space.publication.publication import Publication
from space.schema.kinds import Kind, Values
from space.text import languages
from tool.app.form.fields import Form, blank_form
from tool.app.services import services
from tool.app.web.errors import BadFilterError
from tool.app.web.language import interface_language
from tool.app.web.routes import id_of
from tool.app.writing import saving
from tool.app.writing.editor.view import EditorView

ORIGINAL = "translate"
INTO = "into"
# Fields that hold for the original alone.
_NOT_TAKEN = frozenset({"status", "date", "publish_after"})


def asked_translation(kind: Kind) -> EditorView | None:
    """The form for the translation that the request asks for; None if for none.

    All fields but the language have the values of the published original. Aborts with
    404 for an original that is not published.
    """
    asked = request.args.get(ORIGINAL, "")
    if not asked or kind.name != "post":
        return None
    page_id = id_of(asked) or 0
    post = services().store.posts.get([page_id]).get(page_id)
    if post is None:
        abort(404)
    code = request.args.get(INTO, "").strip().lower() or interface_language()
    if not languages.is_code(code):
        raise BadFilterError(FilterProblem("filter-value", INTO, params=(INTO, code)))
    # The first version of a translation is its original, where that is known.
    source = post.versions[0].page_title if post.versions else post.page_title
    values = {
        name: value for name, value in post.values.items() if name not in _NOT_TAKEN
    }
    values |= {"language": code, "original": source}
    try:
        form = _form(kind, post, values)
    except WikiUnavailableError:
        view = EditorView(blank_form(kind, values), status=503)
        return view.say("tool-form-unavailable")
    return EditorView(form).say("tool-translate-begun", status="notice")


def _form(kind: Kind, post: Publication, values: Values) -> Form:
    """The form with the original's values and text; people are links as on its page."""
    revisions = services().reader().revisions([post.revision], text=True)
    revision = revisions.get(post.revision)
    if revision is None or revision.text is None:
        return blank_form(kind, values)
    names = saving.record_names()
    page = read_page(revision.text, title=post.page_title, templates=names)
    linked = {
        name: page.linked[name] if page.values.get(name) == value else value
        for name, value in values.items()
    }
    return blank_form(kind, linked, text_without_marks(page.body))
