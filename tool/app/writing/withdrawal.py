"""Retractions and withdrawals, which who answers for a page makes at once.

That is its creator or a reviewer, and for retractions of an event also an organizer
whom the published text links.
"""

from collections.abc import Mapping

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

from space.codec.editing import edit_page
from space.dates.schedule import Schedule
from space.review.model import VerdictKind
from space.review.retractions import RetractionStep, steps
from space.review.verdicts.writing import reason_problems
from space.store import Record
from space.wiki.outcomes import Conflict, NoChange, Outcome, Refused, Saved, SignedOut
from space.wiki.port import Wiki
from space.wiki.values import Edit
from tool.app.review.verdict import FilledReason, FilledVerdict
from tool.app.review.verdict_given import give
from tool.app.services import services
from tool.app.views.notices import Notice
from tool.app.web.index import needs_index
from tool.app.web.language import in_wiki_language
from tool.app.web.rates import limited, seconds_to_wait, too_early
from tool.app.web.request_body import accepts
from tool.app.web.routes import PAGE_ID, id_of
from tool.app.web.visitor import visitor
from tool.app.writing import saving
from tool.app.writing.organizing import organizes
from tool.app.writing.saving import Original
from tool.rates import OPEN, SAVE

blueprint = Blueprint("retract", __name__, template_folder="templates")
blueprint.before_request(needs_index)

WITHDRAW = "withdraw"
UNDO = "undo"
"""What is done instead of a step: the edit that made one is reverted."""
_LONGEST = 2**16  # octets of a withdrawal with its reason


@blueprint.get(f"/retract/{PAGE_ID}")
@limited(OPEN)
def choose(page_id: int) -> ResponseReturnValue:
    """The choice among the steps for a page; `what` names one to be confirmed."""
    record, original = _opened(page_id)
    draft = visitor().take_draft() or {}
    what, reason = ("".join(draft.get(name, ())) for name in ("what", "reason"))
    chosen = request.args.get("what", what)
    return _show(record, original, chosen=chosen, reason=reason)


@blueprint.post(f"/retract/{PAGE_ID}")
@limited(OPEN)
@accepts(_LONGEST)
def take_back(page_id: int) -> ResponseReturnValue:
    """Do one step: a retraction of fields, or a withdrawal of the page."""
    record, original = _opened(page_id)
    chosen = request.form.get("what", "")
    stopped = _stopped(record, original, chosen)
    if stopped is not None:
        return stopped
    outcome = _attempt(record, original, chosen)
    if isinstance(outcome, Conflict):
        # A step does not depend on the text, so it holds for a newer revision, too.
        record, original = _opened(page_id)
        outcome = _attempt(record, original, chosen)
    if isinstance(outcome, Saved | NoChange):
        edit = outcome.revid if isinstance(outcome, Saved) else None
        undo = None if chosen in {WITHDRAW, UNDO} else edit
        address = url_for("retract.choose", page_id=page_id, done=chosen, undo=undo)
        return redirect(address, 303)
    return _show(record, original, chosen=chosen, outcome=outcome)


def _stopped(
    record: Record, original: Original, chosen: str
) -> ResponseReturnValue | None:
    """The page that says why a step is not done; None when it may be."""
    key = visitor().not_taken()
    if key:
        notice = Notice(key, status="warning")
        return _show(record, original, chosen=chosen, notice=notice, status=409)
    user = visitor().user
    if user is None:
        return _show(record, original, chosen=chosen, outcome=SignedOut())
    may_withdraw = user == record.creator or services().community.reviews_now(user)
    if not may_withdraw and (chosen == WITHDRAW or not organizes(record.page_id, user)):
        notice = Notice(f"tool-retract-no-right-{record.kind}")
        return _show(record, original, chosen=chosen, notice=notice, status=403)
    seconds = seconds_to_wait(SAVE)
    if seconds:
        notice = Notice("tool-form-often", status="warning")
        page = _show(record, original, chosen=chosen, notice=notice)
        return too_early(make_response(page), seconds)
    problems = reason_problems(VerdictKind.WITHDRAW, request.form.get("reason", ""))
    if problems:
        notice = Notice(problems[0].message_key, problems[0].params)
        return _show(record, original, chosen=chosen, notice=notice, status=422)
    return None


def _attempt(record: Record, original: Original, name: str) -> Outcome:
    if name == WITHDRAW and record.publication:
        verdict = _withdrawal(record, original)
        return visitor().save(lambda wiki: give(wiki, verdict))
    if name == UNDO:
        before = _text_before(original, id_of(request.form.get("revision", "")))
        if before is not None:
            return visitor().save(lambda wiki: _revert(wiki, original, before))
    step = _steps(original).get(name)
    if step is None:
        return NoChange(original.page_id, original.title)
    return visitor().save(lambda wiki: _edit(wiki, original, step))


def _edit(wiki: Wiki, original: Original, step: RetractionStep) -> Outcome:
    """Save the changes of a retraction, and nothing else, in the person's name."""
    text = edit_page(
        original.text,
        original.kind.name,
        step.changes,
        title=original.title,
        templates=saving.record_names(),
        reading=original.page,
    )
    if text == original.text:
        return NoChange(original.page_id, original.title)
    summary = in_wiki_language("tool-summary-retract")
    return wiki.save(Edit(original.title, text, summary, base=original.revision.id))


def _text_before(original: Original, revision_id: int | None) -> str | None:
    """The text before an edit; None unless it is the page's latest one."""
    latest = original.revision
    if latest.id != revision_id or not latest.parent:
        return None
    parent = services().reader().revisions([latest.parent], text=True)
    return parent[latest.parent].text if latest.parent in parent else None


def _revert(wiki: Wiki, original: Original, text: str) -> Outcome:
    summary = in_wiki_language("tool-summary-retract-undo")
    return wiki.save(Edit(original.title, text, summary, base=original.revision.id))


def _withdrawal(record: Record, original: Original) -> FilledVerdict:
    """The verdict by which the page is withdrawn. Raises `WikiUnavailableError`."""
    return FilledVerdict(
        VerdictKind.WITHDRAW,
        services().facts.site().talk_title(original.title),
        original.revision.id,
        FilledReason(request.form.get("reason", "")),
        next(iter(record.newest.languages), None),
    )


def _opened(page_id: int) -> tuple[Record, Original]:
    record = services().store.records.get(page_id)
    original = saving.open_page(page_id) if record else None
    if record is None or original is None:
        abort(404)
    return record, original


def _recurs(record: Record) -> bool:
    """Whether readers see a series, of which one date can be cancelled."""
    publication = record.publication
    if publication is None or publication.kind != "event":
        return False
    return Schedule.of(publication.values).recurs


def _steps(original: Original) -> Mapping[str, RetractionStep]:
    return {step.name: step for step in steps(original.kind.name, original.page.values)}


def _show(  # noqa: PLR0913 - the page, and what may have come of an attempt
    record: Record,
    original: Original,
    *,
    chosen: str,
    notice: Notice | None = None,
    outcome: Outcome | None = None,
    reason: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    if isinstance(outcome, Refused):
        notice = Notice.of(outcome)
        status = 409
    user = visitor().user
    is_creator = user is not None and user == record.creator
    may_withdraw = is_creator or services().community.reviews(user)
    body = render_template(
        "writing/retract.html",
        section=None,
        record=record,
        original=original,
        steps=_steps(original),
        chosen=chosen,
        done=request.args.get("done", ""),
        undo=id_of(request.args.get("undo", "")) == original.revision.id,
        notice=notice,
        reason=request.form.get("reason", reason),
        may=may_withdraw or organizes(record.page_id, user),
        may_withdraw=may_withdraw,
        recurs=_recurs(record),
        signed_out=user is None or isinstance(outcome, SignedOut),
    )
    return make_response(body, status)
