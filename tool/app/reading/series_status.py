"""Whether series still go on, as pages show it."""

from flask import Flask, g

from space.publication.publication import Publication
from space.publication.series import SeriesConfirmation
from tool.app.services import services
from tool.app.views import dates
from tool.app.views.items import EventView
from tool.app.web.language import interface_language


def unconfirmed_since(publication: Publication | None) -> str:
    """Since when nobody has confirmed a series that asks for it, in words, or ""."""
    sign = SeriesConfirmation.of(publication) if publication else None
    if sign is None or not sign.needs_confirmation(services().today, _months()):
        return ""
    return dates.short_day(sign.day, interface_language())


def doubt_of(event: EventView) -> str:
    """Since when nobody confirmed the series of an event; empty for any other one."""
    return unconfirmed_since(event.publication) if event.has_rule else ""


def _months() -> int:
    if "confirm_months" not in g:
        g.confirm_months = services().store.confirm_months()
    months: int = g.confirm_months
    return months


def init_app(app: Flask) -> None:
    """Offer these to templates."""
    app.jinja_env.globals.update(doubt_of=doubt_of, unconfirmed_since=unconfirmed_since)
