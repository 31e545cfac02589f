"""Routes of writing: the form of a new page or of an old one, and what follows."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from space.dates.moments import day_named
from space.review.policy import Policy
from space.schema.kinds import load_kind
from space.wiki.outcomes import Saved
from tool.app.review.queue import waiting_pages
from tool.app.services import services
from tool.app.views.notices import Notice
from tool.app.web.index import needs_index
from tool.app.web.rates import limited
from tool.app.web.request_body import FORM, accepts
from tool.app.web.routes import PAGE_ID, id_of
from tool.app.web.visitor import visitor
from tool.app.writing import saving
from tool.app.writing.editor import controller, opening
from tool.app.writing.editor.response import editor_page
from tool.app.writing.editor.submission import KINDS, Submission, kind_sent
from tool.app.writing.editor.view import EditorView
from tool.app.writing.own_pages import own_pages
from tool.app.writing.registration import RegistrationToOpen
from tool.app.writing.translation.prefilled import asked_translation
from tool.rates import OPEN

blueprint = Blueprint("write", __name__, template_folder="templates")

PAGE = "page"
"""URL parameter: a page in `Event:` that is to become that of an event."""
_KIND = f"<any({', '.join(KINDS)}):kind_name>"


@blueprint.get("/write")
def start() -> ResponseReturnValue:
    """The choice between a post and an event."""
    return render_template("writing/start.html", section=None)


@blueprint.get(f"/write/{_KIND}")
@limited(OPEN)
def new(kind_name: str) -> ResponseReturnValue:
    """The form for a new page: restored, for a translation, copied, or blank.

    With `page` the form of a page that is there, or the question which one.
    """
    kind = load_kind(kind_name)
    if PAGE in request.args and kind.name == "event":
        return _existing(request.args[PAGE].strip())
    view = opening.restored(kind) or asked_translation(kind)
    asked = request.args.get("copy", "")
    if view is None and asked:
        view = opening.copied(kind, id_of(asked) or 0)
        if view is None:
            abort(404)
    return editor_page(view or opening.blank(kind))


def _existing(written: str) -> ResponseReturnValue:
    """The form of a page in `Event:` by its title, or the page that asks for it."""
    community, site = services().community, services().facts.site()
    prefix = community.settings().event_prefix(site)
    if not prefix:
        abort(404)
    title = site.title_of(written)
    if not title.startswith(prefix):
        title = title if site.namespace_of(title) else f"{prefix}{title}"
    reader = services().reader()
    page = reader.pages_by_title([title]).get(title) if written else None
    if page and saving.open_for_form(page.id):
        return redirect(url_for("write.edit", page_id=page.id))
    key = "tool-existing-elsewhere" if page else "tool-existing-none"
    body = render_template(
        "writing/existing.html",
        section=None,
        prefix=prefix,
        written=written,
        notice=Notice(key, (title, prefix)) if written else None,
    )
    return body, 404 if written else 200


@blueprint.post(f"/write/{_KIND}")
@accepts(FORM)
def create(kind_name: str) -> ResponseReturnValue:
    """Save a new page."""
    return _response(controller.create(Submission.of_request(load_kind(kind_name))))


@blueprint.get(f"/edit/{PAGE_ID}")
@limited(OPEN)
def edit(page_id: int) -> ResponseReturnValue:
    """The form of an existing page."""
    view = opening.edit(
        page_id,
        confirming_series=bool(request.args.get("confirm")),
        skipping=day_named(request.args.get("skip", "")),
    )
    if view is None:
        return render_template("writing/not_record.html", section=None), 404
    return editor_page(view)


@blueprint.post(f"/edit/{PAGE_ID}")
@accepts(FORM)
def update(page_id: int) -> ResponseReturnValue:
    """Save the changes of a page."""
    return _response(controller.update(page_id, Submission.of_request(kind_sent())))


@blueprint.get(f"/saved/{PAGE_ID}")
@limited(OPEN)
def saved(page_id: int) -> ResponseReturnValue:
    """The next steps after a page was saved."""
    original = saving.open_page(page_id)
    if original is None:
        abort(404)
    settings = services().community.settings()
    record = services().store.records.get(page_id)
    return render_template(
        "writing/saved.html",
        section=None,
        page=original,
        kind=original.kind.name,
        talk_title=services().facts.talk_title(original.title),
        policy=Policy.of_settings(settings).of(original.kind.name),
        days=settings.promised_days,
        corrections=settings.corrections,
        is_published=record is not None and record.publication is not None,
        is_draft=original.page.values.get("status") == "draft",
        registration=RegistrationToOpen.of(original),
    )


@blueprint.get("/mine")
def mine() -> ResponseReturnValue:
    """The pages that the visitor created."""
    needs_index()
    user = visitor().user
    if user is None:
        return render_template("writing/mine_signed_out.html", section=None)
    return render_template(
        "writing/mine.html",
        section=None,
        groups=own_pages(user),
        waiting=waiting_pages(),
        days=services().community.settings().promised_days,
    )


def _response(result: EditorView | Saved) -> ResponseReturnValue:
    if isinstance(result, EditorView):
        return editor_page(result)
    visitor().forget_saved()
    return redirect(url_for("write.saved", page_id=result.page_id), 303)
