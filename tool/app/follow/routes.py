"""The page where the visitor follows events, and stops."""

from flask import Blueprint, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from space.follow.lines import with_line, without_line
from space.wiki.outcomes import NoChange, Outcome, Refused, Saved, SignedOut
from tool.app.follow.lines import (
    DAYS,
    AskedLine,
    followers_page,
    own_lines,
    views,
)
from tool.app.services import services
from tool.app.views.notices import Notice
from tool.app.web.index import needs_index
from tool.app.web.language import url_with
from tool.app.web.page_change import change_page
from tool.app.web.rates import limited, seconds_to_wait, too_early
from tool.app.web.request_body import FORM, accepts
from tool.app.web.visitor import visitor
from tool.rates import OPEN, SAVE

blueprint = Blueprint("follow", __name__, template_folder="templates")
blueprint.before_request(needs_index)

_DONE = {"added": "tool-follow-added", "removed": "tool-follow-removed"}


@blueprint.get("/follow")
@limited(OPEN)
def page() -> ResponseReturnValue:
    """What the visitor follows, and what else they may: the filter of the address."""
    done = _DONE.get(request.args.get("done", ""))
    notice = Notice(done, status="success") if done else None
    return _show(None if done else AskedLine.read(request.args), notice)


@blueprint.post("/follow")
@limited(OPEN)
@accepts(FORM)
def change() -> ResponseReturnValue:
    """Add a line of the visitor's, or remove one."""
    is_own = visitor().sent_its_token()
    asked = AskedLine.read(request.values if is_own else request.args)
    title, user = followers_page(), visitor().user
    if title is None:
        abort(404)
    key = visitor().not_taken()
    if key:
        return _show(asked, Notice(key, status="warning"), 409)
    if user is None:
        return _show(asked, Notice.of(SignedOut()), 409)
    seconds = seconds_to_wait(SAVE)
    if seconds:
        often = _show(asked, Notice("tool-form-often", status="warning"))
        return too_early(make_response(often), seconds)
    done = "removed" if "remove" in request.form else "added"
    outcome = _attempt(asked, title, user)
    if isinstance(outcome, Saved | NoChange):
        return redirect(url_with("follow.page", {"done": [done]}), 303)
    assert isinstance(outcome, Refused)  # noqa: S101 - there is no third kind
    return _show(asked, Notice.of(outcome), 409)


def _attempt(asked: AskedLine, title: str, user: str) -> Outcome:
    removed = request.form.get("remove", "")
    if removed:
        own = removed if removed.startswith(f"{user}|") else ""
        summary = "tool-summary-follow-remove"
        return change_page(title, lambda text: without_line(text, own), summary)
    line = asked.line(user)
    if line is None:  # such as an account that no template can name
        return NoChange(0, title)
    summary = "tool-summary-follow-add"
    return change_page(title, lambda text: with_line(text, line), summary)


def _show(
    asked: AskedLine | None, notice: Notice | None = None, status: int = 200
) -> ResponseReturnValue:
    settings, user = services().community.settings(), visitor().user
    body = render_template(
        "follow/follow.html",
        section="read.events",
        asked=asked,
        lines=views(own_lines()),
        days=DAYS,
        user=user,
        followers_page=settings.followers_page,
        most=settings.mentions_a_week,
        notice=notice,
    )
    return make_response(body, status)
