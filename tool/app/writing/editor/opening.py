"""Views of a form that is opened: blank, restored after a sign-in, or of a page."""

from dataclasses import replace
from datetime import date

from space.authoring.next_time import for_next_time
from space.codec.page import subpage_name
from space.codec.readers import read_input
from space.review.model import State
from space.schema.kinds import Kind, Value, Values
from tool.app.form.fields import blank_form, read_form, typed_from
from tool.app.services import services
from tool.app.views import dates
from tool.app.web.language import interface_language
from tool.app.web.visitor import visitor
from tool.app.writing import saving
from tool.app.writing.editor.submission import draft_form, home_in, number
from tool.app.writing.editor.view import EditorView
from tool.app.writing.new_titles import IN_EVENT, Naming, offered_prefix
from tool.app.writing.organizing import corrects
from tool.app.writing.registration import known_registration
from tool.app.writing.saving import Original
from tool.app.writing.translation.source_text import source_text


def blank(kind: Kind) -> EditorView:
    """A form for a new page."""
    return EditorView(blank_form(kind, starting_values(kind)))


def copied(kind: Kind, page_id: int) -> EditorView | None:
    """The form of a new event like that of a page; None for a page that is no event.

    Its times of day stay, its days do not. In `Event:` its page is to be there again.
    """
    original = saving.open_page(page_id)
    if original is None or original.kind != kind or kind.name != "event":
        return None
    linked = original.page.linked
    typed = dict(typed_from(kind, for_next_time(linked)))
    days, clocks = zip(
        *(_parts(linked, name) for name in ("start", "end")), strict=True
    )
    if days[1] in {"", days[0]}:  # a time alone is of the day of the start
        typed |= {"start-time": (clocks[0],), "end-time": (clocks[1],)}
    form = read_form(kind, typed, original.page.body).without_problems()
    prefix = offered_prefix()
    is_there = prefix and original.title.startswith(prefix)
    view = EditorView(form, naming=Naming(home=IN_EVENT if is_there else ""))
    return view.say("tool-form-copied", original.title, status="notice")


def _parts(values: Values, name: str) -> tuple[str, str]:
    """Day and time of day of a moment, empty where it has none."""
    day, _, clock = str(values.get(name, "")).partition(" ")
    return day, clock


def restored(kind: Kind) -> EditorView | None:
    """The draft of a new page that waited for a sign-in; None without one."""
    draft = visitor().take_draft()
    if draft is None:
        return None
    translated = number("".join(draft.get("translate", ())))
    source = source_text(translated, kind.name)
    naming = Naming(home=home_in(draft.get("home", [])))
    return _restored(EditorView(draft_form(kind, draft), source=source, naming=naming))


def edit(
    page_id: int, *, confirming_series: bool = False, skipping: date | None = None
) -> EditorView | None:
    """The form of a page, or its draft restored; None for a page that has none.

    With `confirming_series` today is filled in as the day of confirmation; `skipping`
    is added to the dates that a series skips.
    """
    draft = visitor().take_draft()
    # A draft belongs to the revision it was begun on, whatever was saved since.
    base = number("".join(draft.get("base", ()))) if draft else 0
    original = saving.open_for_form(page_id, base or None)
    if original is None:
        return None
    if draft is not None:
        return _restored(EditorView(draft_form(original.kind, draft)).on(original))
    if original.is_plain:
        return _taking_over(original)
    if confirming_series and "confirmed" in original.kind.fields:
        return _confirming(original)
    if skipping and "except" in original.kind.fields:
        return _skipping(original, skipping)
    return _with_request(EditorView(original.form()).on(original))


def starting_values(kind: Kind) -> Values:
    """Initial values of a new form: the visitor as author, the interface language."""
    values: dict[str, Value] = {}
    user = visitor().user
    person = f"[[User:{user}]]" if user else ""
    typed = {
        "authors": person,
        "contact": person,
        "language": interface_language(),
        "organizers": person,
    }
    for name in typed.keys() & kind.fields.keys():
        value = read_input(kind.fields[name], typed[name]).value
        if value is not None:
            values[name] = value
    return values


def _restored(view: EditorView) -> EditorView:
    """The view of a text that waited; fields that are empty were not reached yet."""
    view = replace(view, form=view.form.without_gaps())
    return view.say("tool-form-restored", status="success")


def _with_request(view: EditorView) -> EditorView:
    """The view with the changes that a reviewer asked for, if any."""
    record = services().store.records.get(view.page_id)
    if record is None or record.state != State.CHANGES:
        return view
    params = record.review.reason.params[1:]
    if not any(params):
        return view.say("tool-form-asked-changes-only", status="warning")
    return view.say("tool-form-asked-changes", *params, status="warning")


def _taking_over(original: Original) -> EditorView:
    """The view of a page that becomes that of an event: what its registration says."""
    known = known_registration(original.title)
    values = {"title": subpage_name(original.title), **known}
    form = blank_form(original.kind, values, original.page.body)
    key = "tool-form-take-over-registered" if known else "tool-form-take-over"
    return EditorView(form).on(original).say(key, status="notice")


def _confirming(original: Original) -> EditorView:
    """The view with today, in UTC, as the day on which the series was confirmed."""
    view = _changed(original, {"confirmed": services().today.isoformat()})
    asked = view.say("tool-form-confirming", status="notice")
    return replace(asked, confirming_series=True)


def _skipping(original: Original, day: date) -> EditorView:
    """The view with a day among those that the series skips."""
    known = original.form().linked.get("except", ())
    days = dict.fromkeys((*(known if isinstance(known, tuple) else (known,)), f"{day}"))
    told = dates.day(day, interface_language())
    is_live = corrects(original.page_id, visitor().user)
    key = "tool-form-skipping-live" if is_live else "tool-form-skipping"
    view = _changed(original, {"except": tuple(days)})
    return view.say(key, told, status="notice")


def _changed(original: Original, changes: Values) -> EditorView:
    """The view of a page with changes filled in, ready to be saved."""
    form = original.form()
    filled = blank_form(form.kind, {**form.linked, **changes}, form.body)
    filled = filled.with_problems(*original.page.problems)
    return EditorView(filled, ready=True).on(original)
