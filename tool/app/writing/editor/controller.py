"""Controller of a submitted form: checks and saves it, and returns a view if needed."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from space.errors import WikiBusyError, WikiUnavailableError
from space.schema.problems import Problem
from space.wiki.outcomes import (
    AlreadyExists,
    Busy,
    Conflict,
    Missing,
    Outcome,
    Refused,
    Saved,
    SignedOut,
)
from tool.app.form import event_precision, picture_search, place_search, recurrence
from tool.app.form.fields import read_form
from tool.app.form.raw_inputs import Typed
from tool.app.web.visitor import visitor
from tool.app.writing import saving
from tool.app.writing.editor.submission import Submission
from tool.app.writing.editor.view import EditorView, TitleOffer
from tool.app.writing.new_titles import free_naming, new_title
from tool.app.writing.panels.by_hand import by_hand
from tool.app.writing.panels.preview import preview_html
from tool.app.writing.panels.similar_events import SimilarEvents, similar_events
from tool.app.writing.saving import Original
from tool.app.writing.translation.prefilled import TRANSLATED
from tool.app.writing.translation.source_text import SourceText, source_text

_ASKED_ABOUT = frozenset(
    {"end-overlaps", "precision-finer", "zone-elsewhere", "zone-unsure"}
)
"""Codes of warnings that have to be confirmed before a page is saved."""


def create(sent: Submission) -> EditorView | Saved:
    """Save a new page, or return the view that says why nothing is saved."""
    view = EditorView(
        sent.form,
        submitted=True,
        naming=sent.naming,
        acknowledged=sent.acknowledged,
        source=_source(sent),
        asked=sent.asked,
    )
    return _if_sent(sent, view, lambda: _create(sent, view))


def _source(sent: Submission) -> SourceText | None:
    """What a new page translates; None where it is no translation."""
    kind_name = sent.form.kind.name
    is_translation = sent.translated and kind_name in TRANSLATED
    return source_text(sent.translated, kind_name) if is_translation else None


def update(page_id: int, sent: Submission) -> EditorView | Saved:
    """Save the changes of a page, or return the view that says why nothing is saved."""
    view = EditorView(
        sent.form,
        submitted=True,
        page_id=page_id,
        base=sent.base,
        comment=sent.comment,
        asked=sent.asked,
    )
    return _if_sent(sent, view, lambda: _update(sent, view))


def similar_to(view: EditorView) -> SimilarEvents:
    """Similar events of a view, looked up unless a step has done so."""
    if view.similar_events is not None:
        return view.similar_events
    if view.original is None:
        return similar_events(view.form)
    return similar_events(view.form, view.original.page_id, view.original.title)


def _if_sent(
    sent: Submission, view: EditorView, save: Callable[[], EditorView | Saved]
) -> EditorView | Saved:
    """The result of `save`; a form without its token, or too early, is shown again."""
    if not sent.has_token:
        return view.say("tool-form-forged", status="warning")
    if sent.wait:
        often = view.say("tool-form-often", status="warning")
        return replace(often, status=429, retry_after=sent.wait)
    try:
        return save()
    except WikiBusyError:
        return view.refused(Busy(), None)
    except WikiUnavailableError as error:
        view = replace(view, status=503, retry_after=error.retry_after)
        return view.say("tool-form-unavailable")


def _create(sent: Submission, view: EditorView) -> EditorView | Saved:
    stopped = _stopped(sent, view)
    if stopped is not None:
        return stopped
    title = new_title(view.form, view.naming)
    if not title:
        problem = Problem("title-unusable", "title")
        return replace(view, form=view.form.with_problems(problem))
    view = _with_duplicates(view)
    if view.doubting:
        return view
    outcome = visitor().save(lambda wiki: saving.create(wiki, view.form, title))
    if isinstance(outcome, AlreadyExists):
        view = replace(view, offer=_title_offer(view, title))
    return _result(view, outcome)


def _update(sent: Submission, view: EditorView) -> EditorView | Saved:
    original = saving.open_for_form(view.page_id, view.base) if view.base else None
    if original is None or original.kind != view.form.kind:
        return _refused(view, Missing())
    view = view.on(original)
    finer = event_precision.finer_problems(original.page.values, sent.typed)
    view = replace(view, form=view.form.with_problems(*finer))
    stopped = _stopped(sent, view)
    if stopped is not None:
        return stopped
    outcome = visitor().save(
        lambda wiki: saving.update(wiki, original, view.form, view.comment)
    )
    if isinstance(outcome, Conflict):
        view = _rebased(view, original)
    return _result(view, outcome)


def _result(view: EditorView, outcome: Outcome) -> EditorView | Saved:
    if isinstance(outcome, Saved):
        return outcome
    if isinstance(outcome, Refused):
        return _refused(view, outcome)
    return view.say(outcome.message_key, status="notice")


def _refused(view: EditorView, outcome: Refused) -> EditorView:
    text = by_hand(outcome, view.form, view.original, view.naming, view.comment)
    return view.refused(outcome, text)


def _stopped(sent: Submission, view: EditorView) -> EditorView | None:
    """The view to show instead of saving; None when the form may be saved."""
    not_kept = visitor().not_kept()
    if not_kept:
        return replace(view.say(not_kept, status="warning"), status=409)
    step = _STEPS_ASIDE.get(sent.action)
    if step is not None:
        return step(sent, view)
    if view.form.errors:
        return view
    questions = _questions(view)
    if questions:
        asked = view.asked.union(map(_name, questions))
        asking = replace(view, questions=questions, asked=asked)
        return replace(asking.say("tool-form-questions", status="warning"), status=409)
    if visitor().user is None:
        return _refused(view, SignedOut())
    return None


def _questions(view: EditorView) -> tuple[Problem, ...]:
    """Warnings about times and places that were not asked about before."""
    return tuple(
        problem
        for control in view.form.controls
        for problem in control.problems
        if problem.code in _ASKED_ABOUT and _name(problem) not in view.asked
    )


def _name(question: Problem) -> str:
    """Name of a question about one value, without spaces."""
    return "_".join(f"{question.code} {question.params[0]}".split())


def _previewed(_: Submission, view: EditorView) -> EditorView:
    title = view.original.title if view.original else ""
    preview = preview_html(view.form, title)
    return replace(view, form=view.form.without_gaps(), preview=preview)


def _dates_checked(_: Submission, view: EditorView) -> EditorView:
    """The dates of the recurrence rule; the rule's problems are the only ones shown."""
    problems = [problem for _, problem in view.form.errors]
    of_rule = [problem for problem in problems if problem.field == recurrence.NAME]
    form = view.form.without_problems().with_problems(*of_rule)
    return replace(view, form=form, checking_dates=True)


def _places_found(sent: Submission, view: EditorView) -> EditorView:
    view = replace(view, places=place_search.search())
    return _half_filled(view, sent.typed)


def _place_chosen(sent: Submission, view: EditorView) -> EditorView:
    places, typed = place_search.choose(sent.typed)
    return _half_filled(replace(view, places=places), typed)


def _pictures_found(sent: Submission, view: EditorView) -> EditorView:
    view = replace(view, pictures=picture_search.search())
    return _half_filled(view, sent.typed)


def _picture_chosen(sent: Submission, view: EditorView) -> EditorView:
    pictures, typed = picture_search.choose(sent.typed)
    return _half_filled(replace(view, pictures=pictures), typed)


def _half_filled(view: EditorView, typed: Typed) -> EditorView:
    """The view with these inputs, whose problems are not shown yet."""
    form = read_form(view.form.kind, typed, view.form.body)
    return replace(view, form=form.without_problems())


_STEPS_ASIDE: Mapping[str, Callable[[Submission, EditorView], EditorView]] = {
    "preview": _previewed,
    "dates": _dates_checked,
    "find-place": _places_found,
    place_search.CHOSEN: _place_chosen,
    "find-picture": _pictures_found,
    picture_search.CHOSEN: _picture_chosen,
}
"""Value of `Submission.action` → step that saves nothing."""


def _with_duplicates(view: EditorView) -> EditorView:
    """The view with similar events; it asks about duplicates not asked about before."""
    similar = similar_to(view)
    view = replace(view, similar_events=similar)
    ids = {duplicate.page_id for duplicate in similar.duplicates}
    if ids <= view.acknowledged:
        return view
    asked = view.say("tool-form-duplicate", str(len(ids)), status="warning")
    acknowledged = view.acknowledged | ids
    return replace(asked, status=409, acknowledged=acknowledged, doubting=True)


def _title_offer(view: EditorView, taken: str) -> TitleOffer | None:
    """A free title like the one that is taken; None when there is none."""
    naming = free_naming(view.form, view.naming)
    if naming is None:
        return None
    own = saving.created_by(visitor().user, taken)
    return TitleOffer(taken, new_title(view.form, naming), naming.suffix, own)


def _rebased(view: EditorView, original: Original) -> EditorView:
    """The view on the newest revision, both changes merged; unchanged if gone."""
    rebased = saving.rebase(original, view.form)
    if rebased is None:
        return view
    return replace(
        view.on(rebased.latest),
        form=rebased.form,
        clashes=rebased.clashes,
        their_body=rebased.body,
    )
