"""A form for a translation: its links and people filled in, the texts to be written."""

from flask import abort, request

from space.publication.event_texts import KIND as TRANSLATION
from space.publication.publication import Publication
from space.schema.kinds import Kind, Value
from tool.app.form.fields import blank_form
from tool.app.web.routes import id_of
from tool.app.web.visitor import visitor
from tool.app.writing.editor.view import EditorView
from tool.app.writing.translation.source_text import SourceText, source_text
from tool.app.writing.translation.target_language import INTO, target_language

ORIGINAL = "translate"
TRANSLATED = frozenset({"post", TRANSLATION})
"""Kinds of which pages may be translations."""

# Fields that hold for the original alone, or stand beside the form to be translated.
_NOT_TAKEN = frozenset(
    {"status", "date", "publish_after", "translators", "title", "summary"}
)


def asked_translation(kind: Kind) -> EditorView | None:
    """The form for the translation that the request asks for; None if for none.

    People, topics and the picture are those of the published original, if the form has
    them, and its text is there to be written over. Aborts with 404 for an original that
    is not published, and for the form of a translation without one.
    """
    asked = request.args.get(ORIGINAL, "")
    if kind.name not in TRANSLATED or not (asked or kind.name == TRANSLATION):
        return None
    source = source_text(id_of(asked) or 0, kind.name)
    if source is None:
        abort(404)
    # Of an event nobody knows the language: it may be that of the interface.
    is_open = kind.name == TRANSLATION and INTO not in request.args
    code = "" if is_open else target_language()
    form = blank_form(kind, _values(kind, source, code), source.body)
    view = EditorView(form, source=source)
    if source.unavailable:
        view = EditorView(form, source=source, status=503)
        return view.say("tool-form-unavailable")
    return view.say("tool-translate-begun", status="notice")


def _values(kind: Kind, source: SourceText, code: str) -> dict[str, Value]:
    taken = kind.fields.keys() - _NOT_TAKEN
    values = {name: source.values[name] for name in source.values if name in taken}
    values |= {"language": code} if code else {}
    values["original"] = _original(source.publication)
    if user := visitor().user:
        values["translators"] = (f"[[User:{user}]]",)
    return values


def _original(post: Publication) -> str:
    """The first version of a translation is its original, where that is known."""
    return post.versions[0].page_title if post.versions else post.page_title
