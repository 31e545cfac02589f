"""Telling people: texts about a post or an event to copy, and a poster to print."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from space.codec.values.links import label
from space.publication.publication import Publication
from space.publication.registered import link_of
from space.text import languages
from space.text.clean import one_line
from space.wiki.interwiki import interwiki_prefix
from tool.app.reading.absent_page import published
from tool.app.reading.event_dates import EventDates, dates_of, is_off
from tool.app.reading.event_languages import told_event
from tool.app.services import services
from tool.app.tell.announcement import Announcement
from tool.app.tell.geonotice import geonotice
from tool.app.tell.qr_code import qr_svg
from tool.app.views import dates
from tool.app.views.items import EventView, ItemView, PostView, text
from tool.app.web.fresh_pages import allow_storing
from tool.app.web.index import needs_index
from tool.app.web.language import (
    interface_language,
    message_text,
    offered,
    reader_languages,
)
from tool.app.web.routes import PAGE_ID
from tool.app.web.stand_ins import lead_to_stand_ins

blueprint = Blueprint("tell", __name__, template_folder="templates", url_prefix="/tell")
blueprint.before_request(needs_index)
allow_storing(blueprint)
lead_to_stand_ins(blueprint)

_SECTIONS = {"event": "read.events", "post": "read.blog"}


@dataclass(frozen=True, slots=True)
class ToldItem:
    """What the pages tell of: an event at one of its times, or a post (no `dates`)."""

    view: ItemView
    dates: EventDates | None = None

    @property
    def notice(self) -> str:
        """The key of the message that it does not take place as planned, or is over."""
        if self.dates is None:
            return ""
        if is_off(self.view.publication):
            return "tool-event-cancelled"
        if text(self.view.publication.values, "status") == "postponed":
            return "tool-event-postponed"
        over = self.dates.span.end_utc <= services().clock()
        return "tool-event-over" if over else ""


_STATUS = {
    "tool-event-cancelled": "choice-status-cancelled",
    "tool-event-over": "tool-tell-over",
    "tool-event-postponed": "choice-status-postponed",
}


@blueprint.get(f"/{PAGE_ID}")
def texts(page_id: int) -> ResponseReturnValue:
    """The texts."""
    told = _told(page_id)
    announcement = _announcement(told)
    return _page(
        "tell",
        told,
        announcement,
        notice=told.notice,
        geonotice=_geonotice(told, announcement),
        languages=_languages(told.view.publication),
    )


@blueprint.get(f"/{PAGE_ID}/poster")
def poster(page_id: int) -> ResponseReturnValue:
    """The poster."""
    told = _told(page_id)
    announcement = _announcement(told)
    return _page("poster", told, announcement, code=qr_svg(announcement.address))


def _page(
    name: str, told: ToldItem, announcement: Announcement, **values: object
) -> str:
    return render_template(
        f"tell/{name}.html",
        section=_SECTIONS[told.view.publication.kind],
        item=told.view,
        told=announcement,
        **values,
    )


def _told(page_id: int) -> ToldItem:
    """What is published, in the reader's language where it is in that."""
    record = services().store.records.get(page_id)
    if record is None or record.kind not in _SECTIONS:
        abort(404)
    found = published(page_id, record.kind)
    if found.kind == "post":
        posts = services().store.posts
        with_versions = posts.get([page_id]).get(page_id, found)
        (post,) = posts.best([with_versions], *reader_languages())
        return ToldItem(PostView(post, interface_language()))
    shown = dates_of(told_event(found), services().clock())
    date = shown.shown
    day = date.day if date and date.override is None else ""
    view = EventView.at(shown.publication, interface_language(), shown.span, day)
    return ToldItem(view, shown)


def _announcement(told: ToldItem) -> Announcement:
    view, urls = told.view, services().facts.addresses()
    values, post = view.publication.values, not isinstance(view, EventView)
    path = f"/{'blog' if post else 'events'}/{view.id}"
    key = _STATUS.get(told.notice, "")
    when, where, day = _time_and_place(view)
    return Announcement(
        title=one_line(view.title),
        status=message_text(key) if key else "",
        colon=message_text("tool-colon"),
        comma=dates.comma(view.language),
        when=when,
        where=where,
        facts=_facts(view, when, where),
        summary=label(text(values, "summary")),
        address=urls.tool(path, _day_query(view)),
        page_title=view.publication.text_title,
        page_address=link_of(view.publication, urls),
        interwiki=interwiki_prefix(urls.host) if view.publication.page_title else "",
        day=day,
        please=message_text("tool-tell-please"),
    )


def _day_query(view: ItemView) -> str:
    """The query of a date of a series; empty for all else."""
    return f"date={view.day}" if isinstance(view, EventView) and view.day else ""


def _time_and_place(view: ItemView) -> tuple[str, str, str]:
    """When and where it is in words, and its day; a post has no place."""
    if isinstance(view, EventView):
        comma = dates.comma(view.language)
        when = view.when if view.span.all_day else f"{view.when}{comma}{view.zone}"
        mode = view.mode and message_text(f"choice-mode-{view.mode}")
        where = _place(view) or mode
        return when, where, f"{view.first_day}"
    assert isinstance(view, PostView)  # noqa: S101 - there is no third kind
    return view.date, "", f"{view.day}"


def _place(event: EventView) -> str:
    """Venue, street, city and country, as far as its page may tell them."""
    values = event.publication.values
    parts = (label(text(values, "venue")), text(values, "address"), event.place)
    return dates.comma(event.language).join(filter(None, map(one_line, parts)))


def _facts(view: ItemView, when: str, where: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(view, EventView):
        return ()
    in_utc = f" ({view.when_in_utc})" if view.remote and view.when_in_utc else ""
    spoken = dates.comma(view.language).join(view.languages)
    facts = (
        (message_text("tool-event-when"), f"{when}{in_utc}"),
        (message_text("tool-event-where"), where),
        (message_text("field-event-languages-label"), spoken),
    )
    return tuple(fact for fact in facts if fact[1])


def _geonotice(told: ToldItem, announcement: Announcement) -> str:
    """The entry for an event that is still to come; empty for anything else."""
    if told.dates is None or told.notice:
        return ""
    event, span = told.view.publication, told.dates.span
    return geonotice(event, span, announcement.notice, services().today)


def _languages(publication: Publication) -> Sequence[tuple[str, str]]:
    """Code and autonym of the languages of the interface, and of further versions."""
    codes = [each.language for each in publication.texts or publication.versions]
    known = dict(offered())
    more = {code.lower(): languages.name(code, code) for code in codes}
    return list((known | {c: more[c] for c in more if c not in known}).items())
