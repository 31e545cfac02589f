"""Writing: a form for a new page or for one that is there, and what comes after."""

import re
from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from space.errors import WikiUnavailableError
from space.review.model import State
from space.schema.fields import Kind, load_kind
from space.schema.problems import Problem
from space.wiki.outcomes import (
    AlreadyExists,
    Conflict,
    Missing,
    Outcome,
    Refused,
    Saved,
    SignedOut,
)
from tool.app.form import picture_search, place_search, recurrence
from tool.app.form.fields import BODY, Form, blank_form, read_form, typed_in
from tool.app.review.queue import waiting_pages
from tool.app.services import services
from tool.app.web.index import needs_index
from tool.app.web.routes import PAGE_ID
from tool.app.web.visitor import visitor
from tool.app.writing import saving
from tool.app.writing import translation as translating
from tool.app.writing.duplicates import hints
from tool.app.writing.editor import Editor, Offer, preview_html, starting_values
from tool.app.writing.own_pages import own_pages
from tool.app.writing.saving import Original
from tool.signin.sessions import Draft

blueprint = Blueprint("write", __name__, template_folder="templates")

KINDS = ("event", "post")
_RULE = f"<any({', '.join(KINDS)}):kind_name>"
SAVE_DRAFT = "save-draft"
"""The button that saves a post as a draft, whatever its status says."""
_COMMENT = "edit-summary"
_NUMBER = re.compile(r"[0-9]{1,10}", re.ASCII)
_MAX_KNOWN = 50
_UNAVAILABLE = "tool-form-unavailable"


@blueprint.get("/write")
def start() -> ResponseReturnValue:
    """The choice between a post and an event."""
    return render_template("writing/start.html", section=None)


@blueprint.get(f"/write/{_RULE}")
def new(kind_name: str) -> ResponseReturnValue:
    """An empty form, or the one that was filled in before signing in."""
    of = load_kind(kind_name)
    draft = visitor().take_draft()
    if draft is not None:
        return _restored(Editor(_filled(of, draft)))
    translation = translating.page(of)
    if translation is not None:
        return translation
    return Editor(blank_form(of, starting_values(of))).page()


@blueprint.post(f"/write/{_RULE}")
def create(kind_name: str) -> ResponseReturnValue:
    """Save a new page."""
    editor = Editor(
        _received(load_kind(kind_name)), suffix=_number("suffix"), known=_known()
    )
    try:
        return _create(editor)
    except WikiUnavailableError:
        return replace(editor, status=503).say(_UNAVAILABLE).page()


@blueprint.get(f"/edit/{PAGE_ID}")
def edit(page_id: int) -> ResponseReturnValue:
    """The form of a page that is there."""
    draft = visitor().take_draft()
    # A draft belongs to the revision it was begun on, whatever was saved since.
    base = _as_number("".join(draft.get("base", ()))) if draft else 0
    original = saving.open_page(page_id, base or None)
    if original is None:
        return render_template("writing/not_record.html", section=None), 404
    if draft is not None:
        return _restored(Editor(_filled(original.kind, draft), original))
    if request.args.get("confirm") and "confirmed" in original.kind.fields:
        return _confirming(original).page()
    return _asked(Editor(original.form(), original)).page()


@blueprint.post(f"/edit/{PAGE_ID}")
def update(page_id: int) -> ResponseReturnValue:
    """Save what was changed of a page."""
    editor = Editor(
        _received(_kind()),
        comment=request.form.get(_COMMENT, "").strip(),
        sent={"page": str(page_id), "base": str(_number("base"))},
    )
    try:
        return _update(editor, page_id)
    except WikiUnavailableError:
        return replace(editor, status=503).say(_UNAVAILABLE).page()


@blueprint.post("/preview")
def preview() -> ResponseReturnValue:
    """What the wiki would show, as a piece of a page for the script of the form."""
    if not visitor().sent_its_token():
        abort(403)
    return str(preview_html(_received(_kind()), saving.title_of(_number("page"))))


@blueprint.post("/nearby")
def nearby() -> ResponseReturnValue:
    """What takes place near an event, as a piece of a page for the script."""
    if not visitor().sent_its_token():
        abort(403)
    page_id = _number("page")
    record = services().store.get(page_id) if page_id else None
    title = record.page_title if record else ""
    found = hints(_received(_kind()), page_id or None, title)
    return render_template("writing/nearby.html", hints=found)


@blueprint.get(f"/saved/{PAGE_ID}")
def saved(page_id: int) -> ResponseReturnValue:
    """What happens next."""
    original = saving.open_page(page_id)
    if original is None:
        abort(404)
    settings = services().community.settings_now()
    policies = {"event": settings.event_policy, "post": settings.post_policy}
    return render_template(
        "writing/saved.html",
        section=None,
        page=original,
        kind=original.kind.name,
        talk_title=services().facts.talk_title(original.title),
        policy=policies[original.kind.name],
        days=settings.promised_days,
        is_draft=original.read().values.get("status") == "draft",
    )


@blueprint.get("/mine")
def mine() -> ResponseReturnValue:
    """The pages that the visitor began."""
    needs_index()
    user = visitor().user
    if user is None:
        return redirect(url_for("auth.login", return_to=request.path))
    return render_template(
        "writing/mine.html",
        section=None,
        pages=own_pages(user),
        waiting=waiting_pages(),
        days=services().community.settings().promised_days,
    )


def _asked(editor: Editor) -> Editor:
    """The form with what a reviewer asked for, whom the next save answers."""
    record = services().store.get(editor.original.page_id) if editor.original else None
    if record is None or record.state != State.CHANGES:
        return editor
    words = record.review.reason.params[1:]
    if not any(words):
        return editor.say("tool-form-asked-changes-only", status="warning")
    return editor.say("tool-form-asked-changes", *words, status="warning")


def _confirming(original: Original) -> Editor:
    """The form with today as the day on which somebody confirms the series."""
    form = original.form()
    today = services().clock().date().isoformat()
    filled = blank_form(form.kind, {**form.linked, "confirmed": today}, form.body)
    filled = filled.with_problems(*original.read().problems)
    editor = Editor(filled, original, confirmed=True)
    return editor.say("tool-form-confirming", status="notice")


def _create(editor: Editor) -> ResponseReturnValue:
    stop = _hindrance(editor)
    if stop is not None:
        return stop.page()
    form = editor.form
    title = saving.new_title(form, editor.suffix)
    if not title:
        unusable = form.with_problems(Problem("title-unusable", "title"))
        return replace(editor, form=unusable).page()
    doubtful = editor.doubtful()
    if doubtful is not None:
        return doubtful.page()
    outcome = visitor().save(lambda wiki: saving.create(wiki, form, title))
    if isinstance(outcome, AlreadyExists):
        return _offer_title(editor, title).refused(outcome).page()
    return _answer(editor, outcome)


def _update(editor: Editor, page_id: int) -> ResponseReturnValue:
    base = _number("base")
    original = saving.open_page(page_id, base) if base else None
    if original is None or original.kind != editor.form.kind:
        return editor.refused(Missing()).page()
    editor = replace(editor, original=original)
    stop = _hindrance(editor)
    if stop is not None:
        return stop.page()
    outcome = visitor().save(
        lambda wiki: saving.update(wiki, original, editor.form, editor.comment)
    )
    if isinstance(outcome, Conflict):
        return _rebased(editor, original).refused(outcome).page()
    return _answer(editor, outcome)


def _hindrance(editor: Editor) -> Editor | None:
    """What has to be shown before anything is saved; None when nothing has to."""
    if not visitor().sent_its_token():
        return editor.say("tool-form-forged", status="warning")
    aside = _aside(editor)
    if aside is not None:
        return aside
    if editor.form.errors:
        return editor
    if visitor().user is None:
        return editor.refused(SignedOut())
    return None


def _aside(editor: Editor) -> Editor | None:
    """What other buttons than the one that saves ask for; None when it was that one."""
    action = request.form.get("action")
    if action == "preview":
        return editor.with_preview()
    if action == "dates":
        return _checking(editor)
    of, body = editor.form.kind, editor.form.body
    typed = typed_in(of, request.form.getlist)
    if action == "find-place":
        editor = replace(editor, places=place_search.search())
    elif action == "find-picture":
        editor = replace(editor, pictures=picture_search.search())
    elif place_search.CHOSEN in request.form:
        places, typed = place_search.choose(typed)
        editor = replace(editor, places=places)
    elif picture_search.CHOSEN in request.form:
        pictures, typed = picture_search.choose(typed)
        editor = replace(editor, pictures=pictures)
    else:
        return None
    # Only half filled in, so nothing is judged yet.
    form = read_form(of, typed, body).without_problems()
    return replace(editor, form=form)


def _checking(editor: Editor) -> Editor:
    """The form with the dates that its rule gives; only the rule is judged yet."""
    wrong = (each for _, each in editor.form.errors if each.field == recurrence.NAME)
    form = editor.form.without_problems().with_problems(*wrong)
    return replace(editor, form=form, checking=True)


def _answer(editor: Editor, outcome: Outcome) -> ResponseReturnValue:
    if isinstance(outcome, Saved):
        visitor().forget_saved()
        return redirect(url_for("write.saved", page_id=outcome.page_id), 303)
    if isinstance(outcome, Refused):
        return editor.refused(outcome).page()
    return editor.say(outcome.message_key, status="notice").page()


def _offer_title(editor: Editor, taken: str) -> Editor:
    suffix = saving.free_suffix(editor.form, editor.suffix)
    if suffix is None:
        return editor
    title = saving.new_title(editor.form, suffix)
    return replace(editor, offer=Offer(taken, title, suffix))


def _rebased(editor: Editor, original: Original) -> Editor:
    rebased = saving.rebase(original, editor.form)
    if rebased is None:
        return editor
    return replace(
        editor,
        form=rebased.form,
        original=rebased.latest,
        clashes=rebased.clashes,
        their_body=rebased.body,
    )


def _received(of: Kind) -> Form:
    body = saving.normal_text(request.form.get(BODY, ""))
    typed = dict(typed_in(of, request.form.getlist))
    if request.form.get("action") == SAVE_DRAFT and of.name == "post":
        typed["status"] = ("draft",)
    return read_form(of, typed, body)


def _kind() -> Kind:
    name = request.form.get("kind", "")
    if name not in KINDS:
        abort(400)
    return load_kind(name)


def _filled(of: Kind, draft: Draft) -> Form:
    body = saving.normal_text("".join(draft.get(BODY, ())))
    return read_form(of, typed_in(of, lambda name: draft.get(name, [])), body)


def _restored(editor: Editor) -> ResponseReturnValue:
    return editor.say("tool-form-restored", status="success").page()


def _known() -> frozenset[int]:
    """The pages about which the form was asked already."""
    found = request.form.get("known", "").split()[:_MAX_KNOWN]
    return frozenset(map(_as_number, found))


def _number(name: str) -> int:
    """A number of the form or 0; nobody types these, so a wrong one is no mistake."""
    text = request.form.getlist(name)[-1:]  # a button's comes after a hidden one
    return _as_number(text[0] if text else "")


def _as_number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0
