"""From another calendar: a file or a text, the event in it that is meant, the form.

Nothing is kept here: the text goes along from step to step in the page itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from space.authoring.imports.calendar.decoding import MAX_BYTES
from space.authoring.imports.calendar.files import FileRefusal
from space.authoring.imports.calendar.vevents import MAX_EVENTS
from space.authoring.imports.draft import Draft, Entry
from space.authoring.imports.read import ImportedText, read, read_file
from space.dates.moments import Moment
from space.schema.fields import load_kind
from space.text.folding import fold
from tool.app.form.fields import read_form, typed_from
from tool.app.services import services
from tool.app.views import dates
from tool.app.views.notices import Notice
from tool.app.web.language import interface_language
from tool.app.web.visitor import visitor
from tool.app.writing.editor.opening import starting_values
from tool.app.writing.editor.response import editor_page
from tool.app.writing.editor.view import EditorView

blueprint = Blueprint("importing", __name__, template_folder="templates")

MAX_REQUEST = 3 * 2**20  # file and text together, before they are looked at
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Item:
    """An event of the text, as the list shows it."""

    number: int
    title: str
    when: str
    repeats: bool


@dataclass(frozen=True, slots=True)
class ListedEvents:
    """The events to pick from: some of the text's `total`, and how many are `left`."""

    items: tuple[Item, ...]
    total: int
    left: int


@blueprint.get("/write/event/import")
def start() -> ResponseReturnValue:
    """The place for a file or a text."""
    return _page("")


@blueprint.post("/write/event/import")
def read_source() -> ResponseReturnValue:
    """Read what was sent, and go on to the form or to the list of its events."""
    request.max_content_length = MAX_REQUEST
    try:
        sent = visitor().sent_its_token()
    except RequestEntityTooLarge:
        return _too_large("")
    pasted = request.form.get("text", "")
    data = _uploaded()
    if max(len(data or b""), len(pasted.encode(errors="replace"))) > MAX_BYTES:
        return _too_large(pasted)
    source = read(pasted) if data is None else read_file(data)
    if not sent:
        text = source.text or pasted
        return _page(text, Notice("tool-form-forged", status="warning"))
    if source.refusal:
        return _refused(source.refusal, pasted)
    return _step(source)


def _step(source: ImportedText) -> ResponseReturnValue:
    """The form for the event that is meant, or the list while nobody can tell."""
    text = source.text
    number = _picked(source)
    if number is not None:
        return _form(source, number)
    if not source.events:
        return _page(text, Notice("tool-import-nothing"), status=422)
    words = request.form.get("words", "")[:200]
    return _page(text, words=words, listed=_list(source, words))


def _uploaded() -> bytes | None:
    """The bytes of the file, None where none was chosen."""
    file = request.files.get("file")
    data = file.read(MAX_BYTES + 1) if file else b""
    pasted = request.form.get("text", "").strip()
    return data if file and (data or not pasted) else None


def _picked(source: ImportedText) -> int | None:
    """The number of the event that is meant, None while nobody can tell."""
    number = request.form.get("pick", "")
    if len(source.events) == 1 or source.words.strip():
        return 0
    is_number = (
        number.isascii() and number.isdecimal() and len(number) <= len(str(MAX_EVENTS))
    )
    return int(number) if is_number and int(number) < len(source.events) else None


def _form(source: ImportedText, number: int) -> ResponseReturnValue:
    """The form with what could be read; its problems are named at their fields."""
    of = load_kind("event")
    draft = source.draft(number, _topics(source.categories(number)))
    typed = typed_from(of, {**starting_values(of), **draft.values})
    form = read_form(of, typed, draft.body).with_problems(*draft.problems)
    view = EditorView(
        form,
        notice=Notice("tool-import-filled", status="success"),
        notes=_notes(draft),
        address=url_for("write.new", kind_name="event"),
    )
    return editor_page(view)


def _notes(draft: Draft) -> tuple[Notice, ...]:
    return tuple(
        Notice(f"tool-import-note-{note.code}", note.params) for note in draft.notes
    )


def _topics(categories: tuple[str, ...]) -> Mapping[str, str]:
    """Those of some categories that are topics here, with the names they go by."""
    store = services().store
    if not categories or not store.ready():
        return {}
    topics = store.topics()
    slugs = {name: topics.slugs.get(name, name) for name in categories}
    used = store.terms.in_use("topics", (*slugs, *slugs.values()))
    listed = {*topics.slugs.values(), *topics.labels}
    return {
        name: slug
        for name, slug in slugs.items()
        if slug in listed or used & {fold(name), fold(slug)}
    }


def _list(source: ImportedText, words: str) -> ListedEvents:
    """The events that have all words in their title: coming ones, then past ones."""
    entries = source.entries
    folded = fold(words).split()
    matching = [
        (number, entry)
        for number, entry in enumerate(entries)
        if all(word in fold(entry.title) for word in folded)
    ]
    today = services().clock().date().isoformat()
    matching.sort(key=lambda numbered: (numbered[1].start, numbered[0]))
    past = [numbered for numbered in matching if _is_over(numbered[1], today)]
    coming = [numbered for numbered in matching if not _is_over(numbered[1], today)]
    items = [
        _item(number, entry) for number, entry in (*coming, *reversed(past))[:SHOWN]
    ]
    return ListedEvents(tuple(items), len(entries), len(matching) - len(items))


def _is_over(entry: Entry, today: str) -> bool:
    return entry.start < today and not entry.repeats


def _item(number: int, entry: Entry) -> Item:
    when = ""
    if entry.start:
        language = interface_language()
        start = Moment.parse(entry.start, "UTC")
        when = dates.short_day(start.date, language)
        if not start.all_day:
            when = f"{when}, {dates.clock(start.local, language)}"
    return Item(number, entry.title, when, entry.repeats)


def _refused(refusal: FileRefusal, text: str) -> ResponseReturnValue:
    """What the file or text is instead, with what was pasted."""
    notice = Notice(f"tool-import-refused-{refusal.code}", refusal.params)
    return _page(text, notice, status=422)


def _too_large(text: str) -> ResponseReturnValue:
    notice = Notice("tool-import-too-large", (str(MAX_BYTES // 1024),))
    return _page(text, notice, status=413)


def _page(
    text: str,
    notice: Notice | None = None,
    *,
    words: str = "",
    listed: ListedEvents | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    body = render_template(
        "writing/import.html",
        section=None,
        text=text,
        notice=notice,
        words=words,
        listed=listed,
        kilobytes=MAX_BYTES // 1024,
    )
    return make_response(body, status)
