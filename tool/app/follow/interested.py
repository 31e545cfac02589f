"""Being interested in an event: a signed line on its talk page, and its removal."""

from flask import Blueprint, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from space.errors import WikiUnavailableError
from space.follow.interest import is_interested, with_interest, without_interest
from space.publication.publication import Publication
from space.publication.registered import is_registered
from space.wiki.outcomes import NoChange, Outcome, Refused, Saved, SignedOut
from tool.app.discuss.threads import talked
from tool.app.reading.absent_page import published
from tool.app.services import services
from tool.app.views.notices import Notice
from tool.app.web.index import needs_index
from tool.app.web.language import in_wiki_language, url_with
from tool.app.web.page_change import change_page
from tool.app.web.rates import limited, seconds_to_wait, too_early
from tool.app.web.request_body import FORM, accepts
from tool.app.web.routes import PAGE_ID
from tool.app.web.stand_ins import lead_to_stand_ins
from tool.app.web.visitor import visitor
from tool.rates import OPEN, SAVE

blueprint = Blueprint("interested", __name__, template_folder="templates")
blueprint.before_request(needs_index)
lead_to_stand_ins(blueprint)

_DONE = {"added": "tool-interested-added", "removed": "tool-interested-removed"}


@blueprint.get(f"/interested/{PAGE_ID}")
@limited(OPEN)
def page(page_id: int) -> ResponseReturnValue:
    """The button, and what it does."""
    done = _DONE.get(request.args.get("done", ""))
    return _show(_event(page_id), Notice(done, status="success") if done else None)


@blueprint.post(f"/interested/{PAGE_ID}")
@limited(OPEN)
@accepts(FORM)
def change(page_id: int) -> ResponseReturnValue:
    """Add the visitor's line to the talk page, or remove it."""
    event, user = _event(page_id), visitor().user
    key = visitor().not_taken()
    if key:
        return _show(event, Notice(key, status="warning"), 409)
    if user is None:
        return _show(event, Notice.of(SignedOut()), 409)
    seconds = seconds_to_wait(SAVE)
    if seconds:
        often = _show(event, Notice("tool-form-often", status="warning"))
        return too_early(make_response(often), seconds)
    done = "removed" if request.form.get("do") == "remove" else "added"
    outcome = _attempt(_talk_title(event), user, add=done == "added")
    if isinstance(outcome, Saved | NoChange):
        address = url_with("interested.page", {"done": [done]}, page_id=page_id)
        return redirect(address, 303)
    assert isinstance(outcome, Refused)  # noqa: S101 - there is no third kind
    return _show(event, Notice.of(outcome), 409)


def _attempt(title: str, user: str, *, add: bool) -> Outcome:
    site, heading = services().facts.site(), in_wiki_language("wiki-interested-heading")
    if not add:
        return change_page(
            title,
            lambda text: without_interest(text, user, site, heading),
            "tool-summary-interested-remove",
        )

    def added(text: str) -> str:
        if is_interested(text, user, site):
            return text
        return with_interest(text, heading)

    return change_page(title, added, "tool-summary-interested-add")


def _event(page_id: int) -> Publication:
    record = services().store.records.get(page_id)
    if record is None or record.kind != "event" or is_registered(page_id):
        abort(404)
    return published(page_id, "event")


def _talk_title(event: Publication) -> str:
    return services().facts.talk_title(event.page_title)


def _is_on(event: Publication, user: str | None) -> bool:
    """Whether the visitor's line stands there; False while the wiki is away."""
    if user is None:
        return False
    title = _talk_title(event)
    try:
        page = services().reader().texts([title]).get(title)
        text = page.text or "" if page else ""
        return is_interested(text, user, services().facts.site())
    except WikiUnavailableError:
        return False


def _show(
    event: Publication, notice: Notice | None = None, status: int = 200
) -> ResponseReturnValue:
    user, counted = visitor().user, talked(event.page_id)
    body = render_template(
        "follow/interested.html",
        section="read.events",
        event=event,
        talk_title=_talk_title(event),
        is_on=_is_on(event, user),
        count=counted.interested if counted else 0,
        user=user,
        notice=notice,
    )
    return make_response(body, status)
