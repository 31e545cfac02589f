"""The clocks a reader goes by: those they chose, else the browser's own by script.

The choice is a cookie with the name of a zone and nothing else, set only by choosing.
"""

from datetime import date

from flask import Flask, g, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from space.dates.zones import known_zone, zone
from tool.app.services import services
from tool.app.views import dates
from tool.app.views.items import EventView
from tool.app.views.periods import Reader
from tool.app.web.language import interface_language, message_text

ZONE = "zone"
COOKIE = "space-zone"
MAX_AGE = 365 * 24 * 3600


def reader_zone() -> str | None:
    """The zone that the reader chose, None if they did not."""
    if "reader_zone" not in g:
        name = request.cookies.get(COOKIE, "")
        g.reader_zone = name if known_zone(name) else None
    zone_name: str | None = g.reader_zone
    return zone_name


def this_reader() -> Reader:
    """By whose days the current request counts: UTC's without a choice."""
    return Reader(reader_zone() or "UTC", interface_language())


def reader_today() -> date:
    """The day it is by the clocks that the current request counts by."""
    return services().clock().astimezone(zone(this_reader().zone)).date()


def reader_zone_name() -> str:
    """The same in words, with its offset now; empty without a choice."""
    name = reader_zone()
    return dates.zone_at(name, services().clock(), interface_language()) if name else ""


def local_time(event: EventView, *, short: bool = False) -> Markup:
    """Attributes of `<time>` from which the script tells the reader's own time.

    None where they chose a zone, which is told without it, or where nobody far away
    takes part.
    """
    if not event.remote or reader_zone():
        return Markup()
    text = escape(
        message_text("tool-event-yours-short" if short else "tool-event-yours")
    )
    more = ' data-short=""' if short else f' data-end="{event.machine_end}"'
    # What is not escaped are times in ASCII.
    return Markup(f' data-local="{text}" data-wall="{event.wall_start}"{more}')  # noqa: S704


def use_zone(name: str | None) -> None:
    """Go by this zone in the current request, whatever the cookie says."""
    g.reader_zone = name
    g.zone_of_address = True


def keep_zone(response: Response, name: str, *, secure: bool) -> None:
    """Have the browser remember a zone; an empty one is forgotten."""
    if not known_zone(name):
        response.delete_cookie(COOKIE, path="/")
        return
    response.set_cookie(
        COOKIE,
        name,
        max_age=MAX_AGE,
        path="/",
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def init_app(app: Flask) -> None:
    """Offer `reader_zone()` and `comma()` to templates."""

    @app.after_request
    def vary(response: Response) -> Response:
        if "reader_zone" in g and "zone_of_address" not in g:
            response.vary.add("Cookie")
        return response

    app.jinja_env.globals.update(
        comma=lambda: dates.comma(interface_language()),
        local_time=local_time,
        reader_zone=reader_zone,
        reader_zone_name=reader_zone_name,
    )
