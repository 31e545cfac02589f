"""Series as pages show them: whether they go on, and their changed dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, g

from space.dates.moments import Moment, Span
from space.dates.schedule import span_of
from space.publication.publication import Publication
from space.publication.series import SeriesConfirmation
from space.schema.visibility import choice
from tool.app.services import services
from tool.app.views import dates
from tool.app.views.items import EventView
from tool.app.web.language import interface_language


@dataclass(frozen=True, slots=True)
class ChangedDate:
    """One date of a series that is not as usual: its page, and when it would be."""

    event: EventView
    usual: str


def changed_dates(
    publication: Publication, found: Mapping[str, Publication]
) -> list[ChangedDate]:
    """Those that were found of a series, in the order of the usual dates."""
    return [
        ChangedDate(
            EventView.once(page, interface_language()), _said(publication, start)
        )
        for start, page in found.items()
    ]


def coming_changed(found: Mapping[str, Publication], now: datetime) -> list[Span]:
    """The times of changed dates that are not over at an instant, by their starts.

    Those that are cancelled are not among them.
    """
    spans = (
        span_of(page.values)
        for page in found.values()
        if choice("event", page.values, "status") != "cancelled"
    )
    coming = (span for span in spans if span.end_utc > now)
    return sorted(coming, key=lambda span: span.start_utc)


def series_of(publication: Publication) -> ChangedDate | None:
    """The series of which a page is a changed date, and when that would be."""
    override = services().store.series.of_override(publication.page_id)
    if override is None:
        return None
    series, start = override
    return ChangedDate(
        EventView.once(series, interface_language()), _said(series, start)
    )


def unconfirmed_since(publication: Publication | None) -> str:
    """Since when nobody has confirmed a series that asks for it, in words, or ""."""
    sign = SeriesConfirmation.of(publication) if publication else None
    if sign is None or not sign.needs_confirmation(services().today, _months()):
        return ""
    return dates.short_day(sign.day, interface_language())


def _months() -> int:
    if "confirm_months" not in g:
        g.confirm_months = services().store.confirm_months()
    months: int = g.confirm_months
    return months


def _said(series: Publication, start: str) -> str:
    moment = Moment.parse(start, str(series.values["timezone"]))
    return dates.span(Span(moment), interface_language())


def init_app(app: Flask) -> None:
    """Offer this to templates."""
    app.jinja_env.globals["unconfirmed_since"] = unconfirmed_since
