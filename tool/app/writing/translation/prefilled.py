"""A form for a translation: its links and people filled in, the texts to be written."""

from flask import abort, request

from space.publication.publication import Publication
from space.schema.kinds import Kind, Value
from tool.app.form.fields import blank_form
from tool.app.web.routes import id_of
from tool.app.web.visitor import visitor
from tool.app.writing.editor.view import EditorView
from tool.app.writing.translation.source_text import SourceText, source_text
from tool.app.writing.translation.target_language import target_language

ORIGINAL = "translate"
# Fields that hold for the original alone, or stand beside the form to be translated.
_NOT_TAKEN = frozenset(
    {"status", "date", "publish_after", "translators", "title", "summary"}
)


def asked_translation(kind: Kind) -> EditorView | None:
    """The form for the translation that the request asks for; None if for none.

    People, topics and the picture are those of the published original, and its text is
    there to be written over. Aborts with 404 for an original that is not published.
    """
    asked = request.args.get(ORIGINAL, "")
    if not asked or kind.name != "post":
        return None
    source = source_text(id_of(asked) or 0)
    if source is None:
        abort(404)
    code = target_language()
    form = blank_form(kind, _values(source, code), source.body)
    view = EditorView(form, source=source)
    if source.unavailable:
        view = EditorView(form, source=source, status=503)
        return view.say("tool-form-unavailable")
    return view.say("tool-translate-begun", status="notice")


def _values(source: SourceText, code: str) -> dict[str, Value]:
    values = {
        name: value for name, value in source.values.items() if name not in _NOT_TAKEN
    }
    values |= {"language": code, "original": _original(source.post)}
    if user := visitor().user:
        values["translators"] = (f"[[User:{user}]]",)
    return values


def _original(post: Publication) -> str:
    """The first version of a translation is its original, where that is known."""
    return post.versions[0].page_title if post.versions else post.page_title
