"""Reviewing: the queue, and one page before its reviewer."""

from dataclasses import replace
from typing import Any

from flask import (
    Blueprint,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from space.review.model import VerdictKind
from space.review.verdicts.writing import read_reason, reason_problems
from space.wiki.outcomes import FilterWarning, Outcome, Refused, Saved, SignedOut
from tool.app.discuss.threads import waiting_questions
from tool.app.review.queue import QueueItem, asked_part, queue_page
from tool.app.review.screen import ReviewPage, give, open_screen, since_opened
from tool.app.services import services
from tool.app.views.notices import Notice
from tool.app.web.index import needs_index
from tool.app.web.language import in_wiki_language
from tool.app.web.routes import PAGE_ID
from tool.app.web.visitor import visitor

blueprint = Blueprint("review", __name__, template_folder="templates")
blueprint.before_request(needs_index)

REASONS = ("about", "facts", "place", "source", "language", "image", "safety")
"""What reviewers often ask for: `tool-review-reason-<name>` in `i18n/`."""


@blueprint.get("/review")
def queue() -> ResponseReturnValue:
    """What waits for a reviewer."""
    return render_template(
        "review/queue.html",
        section="review.queue",
        queue=queue_page(asked_part()),
        questions=waiting_questions(),
        said=_said_before(),
    )


@blueprint.get(f"/review/{PAGE_ID}")
def page(page_id: int) -> ResponseReturnValue:
    """One page, with what a reviewer has to know of it."""
    asked_part()
    screen = open_screen(page_id)
    if screen is None:
        abort(404)
    return _show(_with_draft(screen))


@blueprint.post(f"/review/{PAGE_ID}")
def verdict(page_id: int) -> ResponseReturnValue:
    """Write a verdict onto the talk page."""
    part = asked_part()
    screen = open_screen(page_id)
    if screen is None:
        abort(404)
    try:
        kind = VerdictKind(request.form.get("verdict", ""))
    except ValueError:
        abort(400)
    screen = _filled(screen, request.form.get("reason", ""), _ticked())
    stopped = _hindrance(screen, kind)
    if stopped is not None:
        return _show(stopped)
    reason = read_reason(_whole_reason(screen))
    outcome = visitor().save(lambda wiki: give(wiki, screen, kind, reason))
    if not isinstance(outcome, Saved):
        return _show(_refused(screen, outcome))
    visitor().forget_saved()
    following = part.after(page_id)
    target: dict[str, Any] = {**part.query(), "said": page_id}
    if following is None or following.page == page_id:
        return redirect(url_for("review.queue", **target), 303)
    return redirect(url_for("review.page", page_id=following.page, **target), 303)


def _hindrance(screen: ReviewPage, kind: VerdictKind) -> ReviewPage | None:
    """What has to be shown before a verdict is written; None when nothing has to."""
    if not visitor().sent_its_token():
        return _say(screen, "tool-form-forged", status="warning")
    if visitor().user is None:
        return _refused(screen, SignedOut())
    if kind not in screen.choices:
        key = "tool-review-own" if screen.own else "tool-review-no-right"
        return replace(_say(screen, key), status=403)
    opened = request.form.get("rev", "")
    if opened != str(screen.newest.id):
        return replace(
            _say(screen, "tool-review-changed", status="warning"),
            status=409,
            later=since_opened(int(opened), screen.newest.id)
            if opened.isascii() and opened.isdecimal()
            else None,
        )
    problems = reason_problems(kind, _whole_reason(screen))
    return replace(screen, problems=problems, status=422) if problems else None


def _refused(screen: ReviewPage, outcome: Outcome) -> ReviewPage:
    if not isinstance(outcome, Refused):
        return _say(screen, outcome.message_key, status="notice")
    return replace(
        screen,
        notice=Notice.of(outcome),
        status=409,
        confirming=isinstance(outcome, FilterWarning),
        signed_out=isinstance(outcome, SignedOut),
    )


def _say(
    screen: ReviewPage, key: str, *params: str, status: str = "error"
) -> ReviewPage:
    return replace(screen, notice=Notice(key, params, status))


def _show(screen: ReviewPage) -> ResponseReturnValue:
    part = asked_part()
    today = services().clock().date()
    body = render_template(
        "review/review.html",
        section="review.queue",
        screen=screen,
        part=part,
        waiting=QueueItem((screen.row,), today) if screen.row else None,
        next_row=part.after(screen.record.page_id),
        reasons=REASONS,
        said=_said_before(),
    )
    return make_response(body, screen.status)


def _said_before() -> str | None:
    """The title of the page that the visitor gave a verdict on just before."""
    number = request.args.get("said", "")
    known = number.isascii() and number.isdecimal() and len(number) <= 10
    record = services().store.records.get(int(number)) if known else None
    return record.page_title if record else None


def _ticked() -> tuple[str, ...]:
    sent = request.form.getlist("ticked")
    return tuple(name for name in REASONS if name in sent)


def _filled(screen: ReviewPage, reason: str, ticked: tuple[str, ...]) -> ReviewPage:
    return replace(screen, reason=reason, ticked=ticked)


def _whole_reason(screen: ReviewPage) -> str:
    """The reasons that were ticked, in the language of the page, and what was typed."""
    spoken = screen.record.newest.languages[:1]
    told = (
        in_wiki_language(
            f"tool-review-reason-{name}", language=spoken[0] if spoken else None
        )
        for name in screen.ticked
    )
    return " ".join(" ".join((*told, screen.reason)).split())


def _with_draft(screen: ReviewPage) -> ReviewPage:
    """The screen with the reason that waited while its reviewer signed in."""
    draft = visitor().take_draft()
    if draft is None:
        return screen
    sent = draft.get("ticked", [])
    ticked = tuple(name for name in REASONS if name in sent)
    filled = _filled(screen, "".join(draft.get("reason", ())), ticked)
    return _say(filled, "tool-form-restored", status="success")
