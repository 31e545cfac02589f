"""The page of a series: all its dates, to come and past, and its calendar."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from space.publication.filters import Filter
from space.publication.publication import Publication
from space.publication.registered import is_registered
from tool.app.discuss.threads import count_comments
from tool.app.reading.absent_page import published
from tool.app.reading.event_dates import (
    DateLink,
    all_dates,
    event_url,
    held,
    is_off,
    series_url,
)
from tool.app.services import services
from tool.app.views.calendar_links import CalendarLinks
from tool.app.views.items import EventView
from tool.app.views.told_events import told_once, told_time
from tool.app.web.fresh_pages import allow_storing
from tool.app.web.index import needs_index
from tool.app.web.routes import PAGE_ID
from tool.app.web.stand_ins import lead_to_stand_ins

blueprint = Blueprint("series", __name__, template_folder="templates")
blueprint.before_request(needs_index)
allow_storing(blueprint)
lead_to_stand_ins(blueprint)

MEMBERS = 60
PAST_SHOWN = 60


@blueprint.get(f"/series/{PAGE_ID}")
@blueprint.get(f"/series/{PAGE_ID}-<slug>")
def dates(page_id: int, slug: str = "") -> ResponseReturnValue:
    """All dates of a series, and the events that name it as theirs."""
    series = published(page_id, "event")
    view = told_once(series)
    links = [DateLink(each) for each in all_dates(series)]
    members = _members(series, {link.page.page_id for link in links})
    if not links and not members:
        return redirect(event_url(series))
    if slug != view.slug:
        return redirect(series_url(series), 301)
    now = services().clock()
    coming = [link for link in links if link.date.taking_place.end_utc > now]
    if is_off(series):
        coming = held(coming)
    past = [link for link in links if link.date.taking_place.end_utc <= now]
    return render_template(
        "reading/series.html",
        section="read.events",
        event=view,
        address=event_url(series),
        coming=coming,
        past=past[: -PAST_SHOWN - 1 : -1],
        members=members,
        calendar=CalendarLinks(view, "", series),
        canonical=services().facts.addresses().tool(series_url(series, uselang=None)),
    )


def _members(series: Publication, besides: set[int]) -> list[EventView]:
    """The events that name a series and stand for none of its dates, each once.

    Only pages are named.
    """
    if is_registered(series.page_id):
        return []
    named = Filter("event", (("series", (series.page_title,)),))
    found: dict[int, EventView] = {}
    for row in services().store.events.between(None, None, named, limit=MEMBERS):
        page_id = row.publication.page_id
        if page_id not in besides:
            found.setdefault(page_id, told_time(row))
    count_comments(found)
    return list(found.values())
