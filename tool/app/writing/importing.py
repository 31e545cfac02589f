"""Import of events: a calendar file or a text, one of its events, the filled form.

The server stores nothing: the text travels from step to step as a field of the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from space.dates.moments import Moment
from space.imports.calendar.decoding import MAX_BYTES
from space.imports.calendar.files import FileRefusal
from space.imports.calendar.vevents import MAX_EVENTS
from space.imports.draft import Draft, Entry
from space.imports.read import ImportedText, read, read_file
from space.schema.kinds import load_kind
from space.text.folding import fold
from tool.app.form.fields import read_form, typed_from
from tool.app.services import services
from tool.app.views import dates
from tool.app.views.notices import Notice
from tool.app.web.language import interface_language
from tool.app.web.rates import seconds_to_wait, too_early
from tool.app.web.request_body import accepts
from tool.app.web.visitor import visitor
from tool.app.writing.editor.opening import starting_values
from tool.app.writing.editor.response import editor_page
from tool.app.writing.editor.view import EditorView
from tool.rates import IMPORT

blueprint = Blueprint("importing", __name__, template_folder="templates")

MAX_REQUEST = 3 * 2**20  # octets of file and text together
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the list of events; `when` is empty for an event without a time."""

    number: int
    title: str
    when: str
    repeats: bool


@dataclass(frozen=True, slots=True)
class ListedEvents:
    """Events to pick from: `total` are in the text, `left` match but are not listed."""

    items: tuple[Item, ...]
    total: int
    left: int


@blueprint.get("/write/event/import")
def start() -> ResponseReturnValue:
    """The form for a file or a text."""
    return _page("")


@blueprint.post("/write/event/import")
@accepts(MAX_REQUEST)
def read_source() -> ResponseReturnValue:
    """Read the file or text; show its event in the form, or the list of its events."""
    try:
        pasted = request.form.get("text", "")
    except RequestEntityTooLarge:
        return _too_large("")
    if not visitor().sent_its_token():
        return _page(pasted, Notice("tool-import-forged", status="warning"))
    seconds = seconds_to_wait(IMPORT)
    if seconds:
        page = _page(pasted, Notice("tool-form-often", status="warning"))
        return too_early(make_response(page), seconds)
    data = _uploaded()
    if max(len(data or b""), len(pasted.encode(errors="replace"))) > MAX_BYTES:
        return _too_large(pasted)
    source = read(pasted) if data is None else read_file(data)
    if source.refusal:
        return _refused(source.refusal, pasted)
    return _step(source)


def _step(source: ImportedText) -> ResponseReturnValue:
    """The form of the chosen event, or the list of events while none is chosen."""
    text = source.text
    number = _picked(source)
    if number is not None:
        return _form(source, number)
    if not source.events:
        return _page(text, Notice("tool-import-nothing"), status=422)
    words = request.form.get("words", "")[:200]
    return _page(text, words=words, listed=_list(source, words))


def _uploaded() -> bytes | None:
    """The octets of the uploaded file, None when none was chosen."""
    file = request.files.get("file")
    data = file.read(MAX_BYTES + 1) if file else b""
    pasted = request.form.get("text", "").strip()
    return data if file and (data or not pasted) else None


def _picked(source: ImportedText) -> int | None:
    """The index of the chosen event, also of an only one; None while none is chosen."""
    number = request.form.get("pick", "")
    if len(source.events) == 1 or source.words.strip():
        return 0
    is_number = (
        number.isascii() and number.isdecimal() and len(number) <= len(str(MAX_EVENTS))
    )
    return int(number) if is_number and int(number) < len(source.events) else None


def _form(source: ImportedText, number: int) -> ResponseReturnValue:
    """The form filled from an event of the file or text, with the problems of both."""
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
    """Category → topic slug, for categories that are topics on this wiki."""
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
    """Events with all words in their title: coming ones by start, then past ones."""
    entries = source.entries
    folded = fold(words).split()
    matching = [
        (number, entry)
        for number, entry in enumerate(entries)
        if all(word in fold(entry.title) for word in folded)
    ]
    today = services().today.isoformat()
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
    """The import page with the reason why the file or text cannot be read."""
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
