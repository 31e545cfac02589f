"""What the page of one post or one event shows besides the item itself."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, url_for
from markupsafe import Markup

from space.authoring.pictures import Picture
from space.codec.values.names import file_name
from space.errors import WikiUnavailableError
from space.publication.people import person_of
from space.publication.publication import Publication
from space.text.html.plain import line_of
from space.text.languages import fallbacks, normal
from space.text.reading_time import reading_minutes
from tool.app.discuss.threads import count_comments
from tool.app.reading.body import body_html
from tool.app.reading.country_map import map_of
from tool.app.reading.event_dates import EventDates, event_url, part_of, series_url
from tool.app.reading.event_languages import event_languages
from tool.app.reading.metadata import (
    SharedPage,
    blog_posting,
    description,
    schema_event,
)
from tool.app.reading.registered_event import PageRegistration, RegisteredEvent
from tool.app.reading.social_card import SharedPicture, shared_picture
from tool.app.services import services
from tool.app.views import dates
from tool.app.views.calendar_links import CalendarLinks
from tool.app.views.items import EventView, ItemView, PostView, texts
from tool.app.views.language_links import LANGUAGE, MissingLanguage, language_links
from tool.app.views.next_time import at_next_time
from tool.app.web.language import interface_language, reader_languages
from tool.app.web.links import link
from tool.app.web.visitor import visitor
from tool.upstream.deadline import BRIEFLY

RELATED = 3
Context = Mapping[str, Any]


def post_context(view: PostView, absent: MissingLanguage | None) -> Context:
    """What `post.html` needs."""
    post = view.publication
    body = body_html(post)
    address = _address("read.post", view)
    posts = services().store.posts
    before, after = posts.beside_in_series(post)
    picture = _picture(post)
    page = _shared(post, address, body, shared_picture(post, None, picture))
    lead = posts.get([post.lead]).get(post.lead, post)
    return {
        **_common(post, picture),
        "post": view,
        "missing": absent,
        "translate_into": "" if absent else _lacking(post, reader_languages()[0]),
        "body": body,
        "minutes": reading_minutes(line_of(str(body or ""))),
        "series": {
            "name": str(lead.values.get("series", "")),
            "before": before and PostView(before, view.language),
            "after": after and PostView(after, view.language),
        },
        "page": page,
        "data": blog_posting(page),
    }


def _lacking(post: Publication, language: str) -> str:
    """A reader's language where the post is not in it, nor in a variety; else empty.

    A region that wikis do not part languages by is left out: `en` for `en-us`.
    """
    primary = _primary(language)
    have = [version.language for version in post.versions]
    have.append(str(post.values["language"]))
    if any(_primary(code) == primary for code in have):
        return ""
    return language if language in fallbacks() else primary


def _primary(code: str) -> str:
    return normal(code).partition("-")[0]


def event_context(found: EventDates, now: datetime) -> Context:
    """What `event.html` needs."""
    event = found.publication
    view = EventView.at(event, interface_language(), found.span, found.day)
    spoken = event_languages(event, found.day)
    own = {LANGUAGE: spoken.code.lower()} if spoken.code else {}
    registered = RegisteredEvent.of(event)
    path = event_url(event, found.day or None, uselang=None, **own)
    address = services().facts.addresses().tool(path)
    translation = spoken.translation
    body = Markup() if registered else body_html(translation or event)
    picture = _picture(event)
    shared = shared_picture(event, found.span, picture)
    page = _shared(event, address, body, shared)
    return {
        **_common(event, picture),
        "event": view,
        "registered": registered,
        "registration": None if registered else PageRegistration.of(event),
        "spoken": spoken,
        "translators": texts(translation.values, "translators") if translation else (),
        "dates": found,
        "wider": _wider(found),
        "calendar": CalendarLinks(
            view, address, found.series, found.shown.day if found.shown else ""
        ),
        "map": map_of(event.values),
        "over": found.span.end_utc <= now,
        "body": body,
        "page": page,
        "data": schema_event(page, found.span),
    }


def _wider(found: EventDates) -> Markup | None:
    """A link to the series that an event names and is no date of; None without one."""
    series = None if found.series else part_of(found.publication)
    return link(series_url(series), series.values["title"]) if series else None


def _common(publication: Publication, picture: Picture | None) -> Context:
    language = interface_language()
    now = int(services().clock().timestamp())
    stored = services().store.posts
    posts = stored.best(stored.related(publication, "post", now, RELATED), language)
    events = stored.related(publication, "event", now, RELATED)
    count_comments(each.page_id for each in (publication, *posts, *events))
    return {
        "publication": publication,
        "updated": dates.short_day(publication.updated.date(), language),
        "picture": picture,
        "tongues": language_links(publication),
        "related_posts": [PostView(each, language) for each in posts],
        "related_events": at_next_time(events),
    }


def _shared(
    publication: Publication, address: str, body: Markup | None, picture: SharedPicture
) -> SharedPage:
    return SharedPage(publication, address, description(publication, body), picture)


def _picture(publication: Publication) -> Picture | None:
    """Its picture with the credit; None where Commons has none or is silent."""
    name = file_name(str(publication.values.get("image", "")))
    if name is None:
        return None
    own, language = services(), interface_language()
    known = own.pictures.known(name, language)
    if known is not None:
        return next(iter(known), None)
    try:
        return own.commons_pool.get(
            (name, language), lambda: own.pictures.look_up(name, language), BRIEFLY
        )
    except WikiUnavailableError:
        return None


def _address(endpoint: str, view: ItemView) -> str:
    path = url_for(
        endpoint, page_id=view.id, slug=view.slug or None, uselang=None
    ).partition("?")[0]
    return services().facts.addresses().tool(path)


def _behind(publication: Publication) -> tuple[str, ...]:
    """Who made a page, and who is named as organizer of its event."""
    named = (person_of(item).names for item in texts(publication.values, "organizers"))
    creator = (publication.creator,) if publication.creator else ()
    return (*creator, *(name for names in named for name in names))


def _is_behind(names: Collection[str]) -> bool:
    """Whether the visitor is one of those behind a page, or reviews.

    It decides what is offered, not what is allowed.
    """
    user = visitor().user
    return user is not None and (user in names or services().community.reviews(user))


def init_app(app: Flask) -> None:
    """Offer `commons_page`, `behind(publication)` and `is_behind(names)`."""
    app.jinja_env.globals.update(
        commons_page=lambda name: services().facts.addresses().file_page(name),
        behind=_behind,
        is_behind=_is_behind,
    )
