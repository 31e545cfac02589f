"""Reviewing: the queue, and one page before its reviewer."""

from collections.abc import Mapping, Sequence
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
from space.wiki.outcomes import FilterWarning, Outcome, Refused, Saved, SignedOut
from tool.app.discuss.threads import waiting_questions
from tool.app.review.pairs import announced_twice
from tool.app.review.queue import QueueItem, queue_page, requested_part
from tool.app.review.review_page import ReviewPage, open_review_page, since_opened
from tool.app.review.unapproved import unapproved
from tool.app.review.verdict import FilledReason
from tool.app.review.verdict_given import give
from tool.app.services import services
from tool.app.views.notices import Notice
from tool.app.web.index import needs_index
from tool.app.web.rates import limited, seconds_to_wait, too_early
from tool.app.web.request_body import accepts
from tool.app.web.routes import PAGE_ID, id_of
from tool.app.web.visitor import visitor
from tool.rates import OPEN, VERDICT

blueprint = Blueprint("review", __name__, template_folder="templates")
blueprint.before_request(needs_index)

_LONGEST = 2**16  # octets of a verdict with its reason


@blueprint.get("/review")
def queue() -> ResponseReturnValue:
    """What waits for a reviewer."""
    asked = requested_part()
    return render_template(
        "review/queue.html",
        section="review.queue",
        queue=queue_page(asked),
        pairs=() if asked.query() else announced_twice(),
        unapproved=() if asked.query() else unapproved(),
        questions=waiting_questions(),
        said=_said_before(),
    )


@blueprint.get(f"/review/{PAGE_ID}")
@limited(OPEN)
def page(page_id: int) -> ResponseReturnValue:
    """One page, with what a reviewer has to know of it."""
    requested_part()
    review = open_review_page(page_id)
    if review is None:
        abort(404)
    return _show(_with_draft(review))


@blueprint.post(f"/review/{PAGE_ID}")
@limited(OPEN)
@accepts(_LONGEST)
def verdict(page_id: int) -> ResponseReturnValue:
    """Write a verdict onto the talk page."""
    part = requested_part()
    review = open_review_page(page_id)
    if review is None:
        abort(404)
    review = _filled(review, request.form.to_dict(flat=False))
    unsigned = _unsigned(review)
    if unsigned is not None:
        return _show(unsigned)
    try:
        kind = VerdictKind(request.form.get("verdict", ""))
    except ValueError:
        abort(400)
    stopped = _hindrance(review, kind)
    if stopped is not None:
        return _show(stopped)
    outcome = visitor().save(lambda wiki: give(wiki, review.verdict(kind)))
    if not isinstance(outcome, Saved):
        return _show(_refused(review, outcome))
    visitor().forget_saved()
    following = part.place_of(page_id).after
    services().decisions.add(page_id, review.revision.id)
    # Else a browser keeps the place in the form's own address.
    target: dict[str, Any] = {**part.query(), "said": page_id, "_anchor": "said"}
    if following is None or following.page == page_id:
        return redirect(url_for("review.queue", **target), 303)
    return redirect(url_for("review.page", page_id=following.page, **target), 303)


def _unsigned(review: ReviewPage) -> ReviewPage | None:
    """What is shown where nobody, or not surely this visitor, may send it now."""
    if not visitor().sent_its_token():
        return _say(review, "tool-form-forged", status="warning")
    not_kept = visitor().not_kept()
    if not_kept:
        return replace(_say(review, not_kept, status="warning"), status=409)
    if visitor().user is None:
        return _refused(review, SignedOut())
    seconds = seconds_to_wait(VERDICT)
    if seconds:
        return replace(
            _say(review, "tool-form-often", status="warning"), retry_after=seconds
        )
    return None


def _hindrance(review: ReviewPage, kind: VerdictKind) -> ReviewPage | None:
    """What has to be shown before a verdict is written; None when nothing has to."""
    if kind not in review.choices:
        key = "tool-review-own" if review.is_own_text else "tool-review-no-right"
        return replace(_say(review, key), status=403)
    opened = request.form.get("rev", "")
    if opened != str(review.revision.id):
        since = id_of(opened)
        return replace(
            _say(review, "tool-review-changed", status="warning"),
            status=409,
            later=since_opened(since, review.revision.id) if since else None,
        )
    problems = review.reason.problems(kind, review.language)
    return replace(review, problems=tuple(problems), status=422) if problems else None


def _refused(review: ReviewPage, outcome: Outcome) -> ReviewPage:
    if not isinstance(outcome, Refused):
        return _say(review, outcome.message_key, status="notice")
    return replace(
        review,
        notice=Notice.of(outcome),
        status=409,
        confirming=isinstance(outcome, FilterWarning),
        signed_out=isinstance(outcome, SignedOut),
    )


def _say(
    review: ReviewPage, key: str, *params: str, status: str = "error"
) -> ReviewPage:
    return replace(review, notice=Notice(key, params, status))


def _show(review: ReviewPage) -> ResponseReturnValue:
    part = requested_part()
    today = services().today
    body = render_template(
        "review/review.html",
        section="review.queue",
        review=review,
        part=part,
        waiting=QueueItem((review.row,), today) if review.row else None,
        place=part.place_of(review.record.page_id),
        said=_said_before(),
    )
    return too_early(make_response(body, review.status), review.retry_after)


def _said_before() -> str | None:
    """The title of the page that the visitor gave a verdict on just before."""
    page_id = id_of(request.args.get("said", ""))
    record = services().store.records.get(page_id) if page_id else None
    return record.page_title if record else None


def _filled(review: ReviewPage, sent: Mapping[str, Sequence[str]]) -> ReviewPage:
    return replace(review, reason=FilledReason.of(review.record.kind, sent))


def _with_draft(review: ReviewPage) -> ReviewPage:
    """The review with the reason that waited while its reviewer signed in."""
    draft = visitor().take_draft()
    if draft is None:
        return review
    filled = _filled(review, draft)
    return _say(filled, "tool-form-restored", status="success")
