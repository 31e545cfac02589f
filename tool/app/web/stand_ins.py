"""Addresses of events from elsewhere that another event stands for: they lead there.

A registration turns out to be that of a page, or the same event as another one, and the
other way round again. Who kept one of its addresses is led on as long as that is so.
"""

from flask import Blueprint, redirect, request
from werkzeug import Response

from space.publication.registered import FIRST_ID, is_registered, registration_number
from space.store.keys import CLAIMED, DOUBLES
from tool.app.services import services
from tool.app.web.language import url_with


def lead_to_stand_ins(blueprint: Blueprint) -> None:
    """Let the pages of a blueprint about a `page_id` lead on, with their query.

    For after `needs_index`, since a store without tables knows of no event, and after
    `allow_storing`, which begins with each request.
    """
    blueprint.before_request(_lead_on)


def stand_in(page_id: int) -> int:
    """The id of the event that is told of in the place of one from elsewhere.

    0 for one that stands for itself, for one that nobody knows, and for pages.
    """
    if not is_registered(page_id):
        return 0
    own = registration_number(page_id)
    store = services().store
    number = (store.value(DOUBLES) or {}).get(str(own), own)
    page = (store.value(CLAIMED) or {}).get(str(number), 0)
    return int(page or (FIRST_ID + number if number != own else 0))


def _lead_on() -> Response | None:
    asked = request.view_args or {}
    other = stand_in(asked.get("page_id", 0)) if request.method != "POST" else 0
    if not other or request.endpoint is None:
        return None
    query = dict(request.args.lists())
    return redirect(url_with(request.endpoint, query, page_id=other))
