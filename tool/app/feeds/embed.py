"""Pages for the frames of other sites: a list or a map of events, without cookies."""

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from space.dates.zones import known_zone
from space.text import languages
from tool.app.feeds import embedding
from tool.app.services import services
from tool.app.views.listing import asked
from tool.app.views.map import on_map, state
from tool.app.views.periods import NAMES, WHEN, window
from tool.app.views.places import places
from tool.app.views.time_zone import ZONE, this_reader, use_zone
from tool.app.views.told_events import told_rows
from tool.app.web.errors import BadFilterError
from tool.app.web.fresh_pages import allow_storing
from tool.app.web.index import needs_index
from tool.app.web.language import (
    accepted_languages,
    interface_language,
    message,
    use_language,
)
from tool.app.web.security import content_security_policy

blueprint = Blueprint(
    "embed", __name__, template_folder="templates", url_prefix="/embed"
)

LANGUAGE = "lang"
MAX_AGE = 300  # seconds
ON_MAP = 200  # the most events on a map
_TAKES = {WHEN: NAMES.__contains__, ZONE: known_zone, LANGUAGE: languages.is_code}


@blueprint.before_request
def prepare() -> None:
    """Take language and time zone from the query string, never from a cookie."""
    use_language(request.args.get(LANGUAGE), accepted_languages())
    use_zone(None)
    needs_index()


allow_storing(blueprint, has_pieces=False)


@blueprint.get("/events")
def events() -> ResponseReturnValue:
    """A list of the next events that pass the filter."""
    listing = asked("event", **embedding.TAKES, **_TAKES)
    use_zone(listing.others.get(ZONE))
    look, when = embedding.look(), listing.others.get(WHEN, "")
    days = window(listing.filter, when, services().clock(), this_reader())
    found = services().store.events.listed(
        days.start, days.end, listing.filter, limit=look.limit
    )
    listed, language = (*found.rows, *found.ongoing), interface_language()
    response = _page(
        look,
        rows=told_rows(listed[: look.limit], language),
        more=listing.filters() | ({WHEN: [when]} if when else {}),
    )
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE
    return response


@blueprint.get("/map")
def map_page() -> ResponseReturnValue:
    """A map of the events that pass the filter, and a list beside it."""
    takes = {ZONE: known_zone, LANGUAGE: languages.is_code}
    listing = asked("event", **embedding.MAP_TAKES, **takes)
    use_zone(listing.others.get(ZONE))
    events, _ = on_map(listing.filter, ON_MAP, interface_language())
    response = _page(
        embedding.look(),
        "feeds/embed_map.html",
        places=places(events, interface_language()),
        state=state,
        tile_url=services().config.tile_url,
        more=listing.filters(),
    )
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE
    return response


@blueprint.errorhandler(HTTPException)
def wrong(error: HTTPException) -> ResponseReturnValue:
    """The sentence that tells the error, without the pages' usual frame."""
    if isinstance(error, BadFilterError):
        key, params = error.problem.message_key, error.problem.params
    else:
        key, params = f"tool-error-{error.code}", ()
    look = embedding.FrameOptions("small", 0, "")
    response = _page(look, problem=message(key, *params), more={})
    response.status_code = error.code or BadFilterError.code
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(
    look: embedding.FrameOptions, template: str = "feeds/embed.html", **shown: object
) -> Response:
    """A page that any site may frame; the rest of its policy is that of all pages."""
    page = render_template(template, look=look, **{"problem": None, **shown})
    response = make_response(page)
    policy = content_security_policy(services().config, frame_ancestors="*")
    response.headers["Content-Security-Policy"] = policy
    return response
