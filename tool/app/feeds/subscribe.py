"""The subscribe pages: a form of filters, a sample of events or posts, and URLs."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from space.feeds.alarms import ALARMS
from space.feeds.table import feed_named
from space.text.messages import SOURCE
from tool.app.discuss.threads import count_comments
from tool.app.feeds import embedding
from tool.app.feeds.asked_alarms import ALARM
from tool.app.feeds.subscription import Subscription
from tool.app.feeds.wiki_list import wiki_list
from tool.app.services import services
from tool.app.views.filter_form import FilterForm
from tool.app.views.items import PostView
from tool.app.views.listing import ListRequest, asked, tidy
from tool.app.views.periods import window
from tool.app.views.quick_filters import LANGUAGE
from tool.app.views.time_zone import this_reader
from tool.app.views.told_events import told_rows
from tool.app.web.fresh_pages import allow_storing
from tool.app.web.index import needs_index
from tool.app.web.language import PARAMETER, interface_language, message_text
from tool.app.web.links import Query

blueprint = Blueprint(
    "subscribe", __name__, template_folder="templates", url_prefix="/subscribe"
)
blueprint.before_request(needs_index)
allow_storing(blueprint)

SAMPLE = 3


@blueprint.get("")
def events() -> ResponseReturnValue:
    """The URL of a calendar for programs, and frames for other sites."""
    takes = {ALARM: ALARMS.__contains__, **embedding.TAKES}
    listing = tidy(asked("event", **takes))
    store, urls = services().store, services().facts.addresses()
    now = services().clock()
    days = window(listing.filter, "", now, this_reader())
    found = store.events.listed(days.start, days.end, listing.filter, limit=SAMPLE)
    sample = (*found.rows, *found.ongoing)[:SAMPLE]
    count_comments(each.first.publication.page_id for each in sample)
    form = FilterForm(listing)
    calendar = feed_named("events.ics")
    name = _name(calendar.title, form)
    frame = embedding.look()

    def framed(
        path: str, query: Query, snippet: Callable[[str, str], str]
    ) -> Mapping[str, str]:
        text = urlencode(listing.filters() | query, doseq=True)
        url = urls.tool(path, text)
        return {"url": url, "snippet": snippet(url, name)}

    return render_template(
        "feeds/subscribe_events.html",
        section="read.events",
        asked=listing,
        form=form,
        count=store.events.count(days.start, days.end, listing.filter)[0],
        rows=told_rows(sample),
        subscription=Subscription(
            urls.tool(calendar.path, listing.filter.query(_besides(listing))), name
        ),
        alarms=ALARMS,
        online_too=_online_too(listing),
        frame=frame,
        list_frame=framed("/embed/events", frame.query, frame.list_snippet),
        map_frame=framed("/embed/map", frame.map_query, frame.map_snippet),
        wikitext=wiki_list("event", listing.pairs()),
        sizes=embedding.SIZES,
        themes=embedding.THEMES,
    )


@blueprint.get("/posts")
def posts() -> ResponseReturnValue:
    """The URL of a feed of posts."""
    listing = tidy(asked("post"))
    store, language = services().store, interface_language()
    newest = tuple(store.posts.newest(listing.filter, limit=SAMPLE))
    count_comments(post.page_id for post in newest)
    return render_template(
        "feeds/subscribe_posts.html",
        section="read.blog",
        asked=listing,
        form=FilterForm(listing),
        count=store.records.count(listing.filter),
        rows=[PostView(post, language) for post in newest],
        address=services()
        .facts.addresses()
        .tool(feed_named("posts.atom").path, listing.filter.query(_own_language())),
        wikitext=wiki_list("post", listing.pairs()),
    )


def _own_language() -> Mapping[str, str]:
    """The argument for feeds in the reader's language; empty for English."""
    language = interface_language()
    return {} if language == SOURCE else {PARAMETER: language}


def _besides(listing: ListRequest) -> Mapping[str, str]:
    """The arguments of a calendar's address that are no filters."""
    alarm = listing.others.get(ALARM)
    return {**_own_language(), **({ALARM: alarm} if alarm else {})}


def _online_too(listing: ListRequest) -> Query | None:
    """The filter for online events in any language, None where it has them already.

    Filters narrow each other down, so that two wishes are two calendars.
    """
    query = listing.filters()
    if LANGUAGE not in query or "mode" in query:
        return None
    return {key: query[key] for key in query if key != LANGUAGE} | {
        "mode": ["hybrid", "online"]
    }


def _name(key: str, form: FilterForm) -> str:
    """The name of a calendar, with its filters, so that several can be told apart."""
    parts = [message_text(key), *(chip.value for chip in form.chips)]
    return " · ".join(parts)
