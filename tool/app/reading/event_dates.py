"""The dates of an event on its page: which one is shown, and the way to the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import (
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from space.dates.moments import Span, day_named
from space.dates.schedule import Schedule, span_of
from space.publication.publication import Publication
from space.publication.series_date import (
    SeriesDate,
    date_of_override,
    date_on,
    neighbours,
    series_dates,
)
from space.schema.visibility import choice
from tool.app.services import services
from tool.app.views import dates
from tool.app.views.items import EventView, slug
from tool.app.views.told_events import told_once
from tool.app.web.language import interface_language

DATE = "date"
DATES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class DateLink:
    """A date of a series, in words, and where its page is."""

    date: SeriesDate

    @property
    def page(self) -> Publication:
        """The page that tells of it: its own, or that of the series."""
        return self.date.override or self.date.series

    @property
    def address(self) -> str:
        """The URL path of its page."""
        day = None if self.date.override else self.date.day
        return event_url(self.page, day)

    @property
    def words(self) -> str:
        """The day on which it takes place, with its weekday."""
        return dates.short_day(self.date.taking_place.start.date, interface_language())

    @property
    def when(self) -> str:
        """Days and times at which it takes place."""
        return dates.span(self.date.taking_place, interface_language())

    @property
    def usual(self) -> str:
        """When it would be by the series' rule."""
        return dates.span(self.date.span, interface_language())

    @property
    def is_moved(self) -> bool:
        """Whether it starts at another time than the rule has it."""
        return self.date.taking_place.start_utc != self.date.span.start_utc

    @property
    def is_changed(self) -> bool:
        """Whether it is skipped, extra or has a page of its own."""
        return bool(self.date.override) or self.date.skipped or self.date.added

    @property
    def event(self) -> EventView:
        """The event on this date."""
        return told_once(self.date.publication)

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.date.skipped or is_off(self.page)


@dataclass(frozen=True, slots=True)
class EventDates:
    """The date that an event's page shows.

    `shown` is that occurrence of a series, None for an event that is no part of one.
    `all` are those of the series as seen `now`; `asked` says that the URL names the
    date.
    """

    publication: Publication
    span: Span
    now: datetime
    shown: SeriesDate | None = None
    all: Sequence[SeriesDate] = ()
    asked: bool = False

    @property
    def series(self) -> Publication | None:
        """The page of the series; None for an event that is no part of one."""
        return self.shown.series if self.shown else None

    @property
    def series_address(self) -> str:
        """The URL path of the series' page; empty for an event of no series."""
        return event_url(self.series) if self.series else ""

    @property
    def all_address(self) -> str:
        """The URL path of the page with all dates of the series; empty without one."""
        return series_url(self.series) if self.series else ""

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place on the date that is shown."""
        return is_off(self.publication)

    @property
    def short_words(self) -> str:
        """The day that is shown, with abbreviated names."""
        return dates.short_day(self.span.start.date, interface_language())

    @property
    def day(self) -> str:
        """The date in the URL of this page; empty where the URL names none."""
        return self.shown.day if self.asked and self.shown else ""

    @property
    def beside(self) -> tuple[DateLink | None, DateLink | None]:
        """The dates before and after; None before the first and after the last."""
        if self.shown is None:
            return None, None
        before, after = neighbours(self.all, self.shown)
        return _linked(before), _linked(after)

    @property
    def count(self) -> int:
        """How many dates the series has; 0 for one that goes on."""
        if self.series is None or not Schedule.of(self.series.values).ends:
            return 0
        return sum(not each.skipped for each in self.all)

    @property
    def words(self) -> str:
        """The day that is shown, as its title says it."""
        return dates.day(self.span.start.date, interface_language())

    @property
    def is_next(self) -> bool:
        """Whether a series is shown at its next date, for want of a date in the URL."""
        is_held = not self.asked and not self.cancelled
        return self._is_of_series and is_held and self.span.end_utc > self.now

    @property
    def sooner(self) -> DateLink | None:
        """The next date of a series, where it has a page of its own; else None."""
        if not self.is_next:
            return None
        start = self.span.start_utc
        first = min(
            held(self._coming), key=lambda link: link.date.taking_place.start_utc
        )
        return first if first.date.taking_place.start_utc < start else None

    @property
    def changed(self) -> list[DateLink]:
        """The dates to come that are not as usual, on the page of the series.

        Where the whole series is cancelled, those that take place all the same.
        """
        if not self._is_of_series or self.series is None:
            return []
        changed = [link for link in self._coming if link.is_changed]
        return held(changed) if is_off(self.series) else changed

    @property
    def _is_of_series(self) -> bool:
        series = self.series
        return series is not None and self.publication.page_id == series.page_id

    @property
    def _coming(self) -> list[DateLink]:
        """The dates that are not over, by where the series has them."""
        links = map(DateLink, self.all)
        return [each for each in links if each.date.taking_place.end_utc > self.now]

    @property
    def instead(self) -> DateLink | None:
        """The date that this event's own page stands for; None for any other event."""
        if self.shown is None or self.shown.override is None:
            return None
        is_own = self.shown.override.page_id == self.publication.page_id
        return DateLink(self.shown) if is_own else None


def is_off(page: Publication) -> bool:
    """Whether an event, or a whole series, is cancelled."""
    return choice("event", page.values, "status") == "cancelled"


def held(links: Iterable[DateLink]) -> list[DateLink]:
    """Those of some dates that take place."""
    return [link for link in links if not link.is_cancelled]


def _linked(date: SeriesDate | None) -> DateLink | None:
    return DateLink(date) if date else None


def event_url(page: Publication, day: str | None = None, **query: Any) -> str:
    """The URL path of an event's page, or of one date of it."""
    # An absent slug chooses the rule without one.
    name = slug(page.address_title) or None
    return url_for("read.event", page_id=page.page_id, slug=name, date=day, **query)


def series_url(series: Publication, **query: Any) -> str:
    """The URL path of the page with all dates of a series."""
    name = slug(series.address_title) or None
    return url_for("series.dates", page_id=series.page_id, slug=name, **query)


def part_of(event: Publication) -> Publication | None:
    """The published page that an event names as its series; None without one.

    It need not stand for a date of it.
    """
    title = str(event.values.get("series", ""))
    record = services().store.records.find(title) if title else None
    return record.publication if record and record.kind == "event" else None


def dates_of(page: Publication, now: datetime) -> EventDates:
    """The dates of an event's page, with the one that the URL names or else the next.

    A date that has a page of its own leads there, and an unreadable one to the page
    without. Aborts with 404 for a date that the series does not have.
    """
    override = services().store.series.of_override(page.page_id)
    if override is not None:
        series, start = override
        shown = date_of_override(series, page, start)
        _without_date(page)
        others = all_dates(shown.series)
        return EventDates(shown.publication, shown.taking_place, now, shown, others)
    found = all_dates(page)
    if not found:
        _without_date(page)
        return EventDates(page, span_of(page.values), now)
    if DATE in request.args:
        shown = _asked(page, found)
        return EventDates(shown.publication, shown.span, now, shown, found, asked=True)
    shown = _next(found, now)
    publication = replace(shown, override=None).publication
    return EventDates(publication, shown.taking_place, now, shown, found)


def all_dates(series: Publication) -> tuple[SeriesDate, ...]:
    """The dates of a series as seen now; empty for an event that does not recur."""
    overrides = services().store.series.overrides(series.page_id)
    return series_dates(series, overrides, services().today)


def _next(found: Sequence[SeriesDate], now: datetime) -> SeriesDate:
    """The date that stands for a series: its next one, or its last.

    Those with a page of their own only where there is no other.
    """
    held = [each for each in found if not DateLink(each).is_cancelled] or found
    coming = [each for each in held if each.taking_place.end_utc > now]
    own = [each for each in coming if each.override is None]
    return next(iter([*own, *coming, *held[-1:]]))


def _asked(series: Publication, found: Sequence[SeriesDate]) -> SeriesDate:
    day = day_named(request.args[DATE])
    if day is None:
        abort(redirect(event_url(series)))
    overrides = {str(each.span.start): each.override for each in found if each.override}
    shown = date_on(series, overrides, day)
    if shown is None:
        abort(_no_date(series, found, day))
    if shown.override:
        abort(redirect(DateLink(shown).address))
    return shown


def _without_date(page: Publication) -> None:
    """Lead to the URL without a date, for a page that is a single date itself."""
    if DATE in request.args:
        abort(redirect(event_url(page)))


def _no_date(series: Publication, found: Sequence[SeriesDate], day: date) -> Response:
    """The page 404 that says which dates there are."""
    now = services().clock()
    links = [
        DateLink(each)
        for each in found
        if not each.skipped and each.taking_place.end_utc > now
    ]
    body = render_template(
        "reading/no_date.html",
        section="read.events",
        event=told_once(series),
        address=event_url(series),
        day=dates.day(day, interface_language()),
        dates=links[:DATES_SHOWN],
    )
    return make_response(body, 404)
