"""What stands at the URL of a page that is not published: 404, with its state.

Its text and title are nobody's to see here. That it waits for a review is on its own
banner on the wiki and in the queue; any other state is for its creator.
"""

from flask import Response, abort, make_response, render_template

from space.publication.publication import Publication
from space.review.model import State
from space.review.record import Record
from tool.app.services import services
from tool.app.web.visitor import visitor


def published(page_id: int, kind: str) -> Publication:
    """The publication of a page of this kind; aborts with 404 where there is none."""
    record = services().store.records.get(page_id)
    if record is None or record.kind != kind:
        abort(404)
    if record.publication is None:
        abort(_absent(record))
    return record.publication


def _absent(record: Record) -> Response:
    """The answer 404 that tells the state of a page to whoever may know it."""
    is_own = visitor().user is not None and visitor().user == record.creator
    if record.state == State.GONE or not (is_own or record.state == State.WAITING):
        abort(404)
    body = render_template(
        "reading/absent.html", section=None, record=record, is_own=is_own
    )
    response = make_response(body, 404)
    response.headers["Cache-Control"] = "no-store"
    return response
