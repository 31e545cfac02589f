"""Reading: what is published, by filter, by day, by place."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from flask import Blueprint, abort, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from space.dates.moments import FIRST_YEAR, LAST_YEAR, utc_midnight
from space.dates.zones import zone
from space.publication.filters import Filter
from space.publication.publication import Publication
from tool.app.discuss.threads import count_comments, waiting_questions
from tool.app.reading.absent_page import published
from tool.app.reading.event_dates import DATE, dates_of, event_url
from tool.app.reading.event_languages import told_event
from tool.app.reading.item import event_context, post_context
from tool.app.reading.lead_story import with_lead_first
from tool.app.reading.month import BusyMonth, MonthTable, by_month
from tool.app.services import services
from tool.app.views.dates import CalendarMonth
from tool.app.views.filter_form import FilterForm
from tool.app.views.items import EventView, ItemView, PostView
from tool.app.views.language_links import LANGUAGE, missing, post_url
from tool.app.views.listing import ListRequest, asked, left_out, tidy, typed
from tool.app.views.map import LOCATING, on_map, state
from tool.app.views.next_time import is_now
from tool.app.views.periods import NAMES, WHEN, in_words, window
from tool.app.views.places import places
from tool.app.views.time_zone import reader_today, this_reader
from tool.app.views.told_events import told_rows, told_times
from tool.app.web.fresh_pages import allow_storing
from tool.app.web.index import needs_index
from tool.app.web.language import interface_language, reader_languages, url_with
from tool.app.web.routes import PAGE_ID
from tool.app.web.stand_ins import lead_to_stand_ins

blueprint = Blueprint("read", __name__, template_folder="templates")
blueprint.before_request(needs_index)
allow_storing(blueprint)
lead_to_stand_ins(blueprint)

PAGE_SIZE = 30
NEXT_EVENTS = 6
NOW_EVENTS = 3  # of those that go on now, but for campaigns
ON_FRONT_MAP = 200
ON_MAP = 1000
NEWEST_POSTS = 4
TO_LEAD = 8  # newest posts among which one may open the front door
ONGOING = 3  # campaigns on the front door
_VIEWS = frozenset({"agenda"})
_DAY = timedelta(days=1)
# Days are those of each event's own zone, up to 14 hours away from UTC's.
_ZONES = timedelta(hours=14)
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)


@blueprint.get("/")
def front() -> ResponseReturnValue:
    """The front door."""
    now = services().clock()
    store = services().store
    coming = store.events.listed(now, None, limit=ON_FRONT_MAP)
    rows, ongoing = told_rows(coming.rows), told_rows(coming.ongoing)
    going_on = [event for event in rows if is_now(event, now)]
    going_on.sort(key=lambda event: event.ends)
    campaigns = _taking_place(ongoing)
    next_events = _taking_place(_to_begin(rows, now))[:NEXT_EVENTS]
    posts = [_post(each) for each in _newest_posts()]
    _count_comments(going_on[:NOW_EVENTS], next_events, posts)
    return render_template(
        "reading/front.html",
        section=None,
        now=going_on[:NOW_EVENTS],
        more_now=len(going_on[NOW_EVENTS:]),
        events=next_events,
        ongoing=campaigns[:ONGOING],
        more_ongoing=len(campaigns[ONGOING:]),
        places=places([*ongoing, *rows], interface_language()),
        posts=posts,
        questions=waiting_questions(),
        calendar=_busy_month(reader_today()),
        today=reader_today(),
    )


@blueprint.get("/events")
def events() -> ResponseReturnValue:
    """Events that are not over, or those of the days that were asked for."""
    listing = tidy(asked("event", when=NAMES.__contains__))
    store, reader = services().store, this_reader()
    now, when = services().clock(), listing.others.get(WHEN, "")
    shown = window(listing.filter, when, now, reader)
    found = store.events.listed(
        shown.start,
        shown.end,
        listing.filter,
        limit=PAGE_SIZE + 1,
        offset=listing.page * PAGE_SIZE,
    )
    count, dates = store.events.count(shown.start, shown.end, listing.filter)
    rows = told_rows(found.rows)
    since = shown.start.astimezone(zone(reader.zone)).date()
    page = _list(
        "reading/events.html",
        "read.events",
        listing,
        rows,
        months=by_month(rows[:PAGE_SIZE], since, interface_language()),
        ongoing=[] if listing.page else told_rows(found.ongoing),
        count=count,
        dates=dates,
        period=shown.period,
        days=shown.period and in_words(shown.period, reader.language),
    )
    return _locating(page)


@blueprint.get("/blog")
def blog() -> ResponseReturnValue:
    """Posts, newest first."""
    listing = tidy(asked("post"))
    store = services().store
    rows, count = store.posts.page(
        listing.filter, limit=PAGE_SIZE + 1, offset=listing.page * PAGE_SIZE
    )
    if not any(name == LANGUAGE for name, _ in listing.filter.terms):
        rows = store.posts.best(rows, *reader_languages())
    if not listing.page:
        shown = with_lead_first(rows[:PAGE_SIZE], reader_languages())
        rows = [*shown, *rows[PAGE_SIZE:]]
    views = [_post(row) for row in rows]
    return _list("reading/blog.html", "read.blog", listing, views, count=count)


@blueprint.get(f"/events/{PAGE_ID}")
@blueprint.get(f"/events/{PAGE_ID}-<slug>")
def event(page_id: int, slug: str = "") -> ResponseReturnValue:
    """One event, at its next time or on the day that `date` asks for."""
    found = published(page_id, "event")
    if slug != ItemView(found, interface_language()).slug:
        query = {LANGUAGE: typed(LANGUAGE) or None}
        return redirect(event_url(found, typed(DATE) or None, **query), 301)
    now = services().clock()
    return render_template(
        "reading/event.html",
        section="read.events",
        **event_context(dates_of(told_event(found), now), now),
    )


@blueprint.get(f"/translations/{PAGE_ID}")
def translation(page_id: int) -> ResponseReturnValue:
    """The translation of an event, which is the event in its language."""
    found = published(page_id, "translation")
    original = services().store.records.of_translation(page_id)
    if original is None or original.publication is None:
        abort(404)
    language = str(found.values["language"]).lower()
    return redirect(event_url(original.publication, **{LANGUAGE: language}))


@blueprint.get(f"/blog/{PAGE_ID}")
@blueprint.get(f"/blog/{PAGE_ID}-<slug>")
def post(page_id: int, slug: str = "") -> ResponseReturnValue:
    """One post, in the language of its page or the one that `?language=` asks for."""
    found = published(page_id, "post")
    publication = services().store.posts.get([page_id]).get(page_id, found)
    absent = missing(publication)
    view = _post(publication)
    if slug != view.slug:
        query = {LANGUAGE: absent.code} if absent else {}
        return redirect(post_url(view.id, view.title, **query), 301)
    return render_template(
        "reading/post.html", section="read.blog", **post_context(view, absent)
    )


@blueprint.get("/calendar")
def calendar_now() -> ResponseReturnValue:
    """The month in which the days that are asked for begin; else the current one."""
    listing = asked("event", view=_VIEWS.__contains__)
    first, last = listing.filter.since or reader_today(), listing.filter.until
    month = f"{min(first, last or first):%Y-%m}"
    if _first_day(month) is None:
        month = f"{reader_today():%Y-%m}"
    query = listing.query() | left_out()
    return redirect(url_with("read.calendar", query, month=month))


@blueprint.get("/calendar/<month>")
def calendar(month: str) -> ResponseReturnValue:
    """A month: as a table with an agenda for narrow screens, or as an agenda."""
    first = _first_day(month)
    if first is None:
        abort(404)
    listing = tidy(asked("event", view=_VIEWS.__contains__))
    table = _month_table(first, listing.filter)
    _count_comments(table.events)
    return render_template(
        "reading/calendar.html",
        section="read.calendar_now",
        calendar=table,
        today=reader_today(),
        asked=listing,
        form=FilterForm(listing),
        only_agenda=bool(listing.others),
    )


@blueprint.get("/map")
def map_page() -> ResponseReturnValue:
    """Where events take place: a picture and a list of the same."""
    listing = tidy(asked("event"))
    shown, has_more = on_map(listing.filter, ON_MAP)
    page = render_template(
        "reading/map.html",
        section="read.map_page",
        asked=listing,
        form=FilterForm(listing, {LANGUAGE}),
        places=places(shown, interface_language()),
        has_more=has_more,
        state=state,
        tile_url=services().config.tile_url,
    )
    return _locating(page)


def _locating(page: ResponseReturnValue) -> ResponseReturnValue:
    """A page that offers "near me"."""
    response = make_response(page)
    response.headers["Permissions-Policy"] = LOCATING
    return response


def _list(
    template: str,
    section: str,
    listing: ListRequest,
    rows: Sequence[EventView | PostView],
    **more: object,
) -> ResponseReturnValue:
    _count_comments(rows)
    return render_template(
        template,
        section=section,
        asked=listing,
        form=FilterForm(listing, {LANGUAGE, WHEN}),
        rows=rows[:PAGE_SIZE],
        has_more=len(rows) > PAGE_SIZE,
        **more,
    )


def _count_comments(*lists: Iterable[ItemView]) -> None:
    count_comments(item.id for items in lists for item in items)


def _first_day(month: str) -> date | None:
    """The first day of a month of an address, None where no event may be in it."""
    parts = _MONTH.fullmatch(month)
    if parts is None or not FIRST_YEAR <= int(parts[1]) <= LAST_YEAR:
        return None
    return date(int(parts[1]), int(parts[2]), 1)


def _busy_month(day: date) -> BusyMonth:
    month = CalendarMonth.of(day.year, day.month, interface_language())
    start, end = _instants(month)
    spans = services().store.events.wall_spans(start, end)
    return BusyMonth.of(month, spans, interface_language())


def _instants(month: CalendarMonth) -> tuple[datetime, datetime]:
    """When a month begins and ends in the first and in the last zone of the world."""
    start, end = utc_midnight(month.first), utc_midnight(month.last + _DAY)
    return start - _ZONES, end + _ZONES


def _month_table(day: date, shown: Filter) -> MonthTable:
    month = CalendarMonth.of(day.year, day.month, interface_language())
    start, end = _instants(month)
    asked_for = window(shown, "", start, this_reader())
    occurrences = services().store.events.with_dropped(
        max(asked_for.start, start), min(end, asked_for.end or end), shown
    )
    return MonthTable.of(month, told_times(occurrences), interface_language())


def _taking_place(events: Iterable[EventView]) -> list[EventView]:
    """Those that are not cancelled."""
    return [event for event in events if event.status != "cancelled"]


def _to_begin(events: Iterable[EventView], now: datetime) -> list[EventView]:
    """Those that have not begun."""
    return [event for event in events if event.begins > now]


def _newest_posts() -> list[Publication]:
    """The posts of the front door, each in the best version for the reader."""
    posts, languages = services().store.posts, reader_languages()
    newest = posts.best(posts.newest(limit=TO_LEAD), *languages)
    return with_lead_first(newest, languages)[:NEWEST_POSTS]


def _post(publication: Publication) -> PostView:
    return PostView(publication, interface_language())
