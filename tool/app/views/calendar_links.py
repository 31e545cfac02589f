"""Links that put one event into a calendar; the tool itself never follows them.

Services take the texts in the URL; Apple's program and all others take the file.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from flask import url_for

from space.codec.values.links import label
from space.dates.zones import fixed_offset
from space.feeds.icalendar import location
from space.publication.publication import Publication
from tool.app.services import services
from tool.app.views.items import EventView, text
from tool.app.web.language import PARAMETER

_GOOGLE = "https://calendar.google.com/calendar/render"
_OUTLOOK_HOME = "https://outlook.live.com/calendar/0/deeplink/compose"
_OUTLOOK_WORK = "https://outlook.office.com/calendar/0/deeplink/compose"


@dataclass(frozen=True, slots=True)
class CalendarLinks:
    """The ways of one event, or of one date of a series, into a calendar.

    `page` is the URL of its page. `series` is the series that it is a date of, None for
    any other event, and `day` the day by which the series names it.
    """

    event: EventView
    page: str
    series: Publication | None = None
    day: str = ""

    @property
    def file(self) -> str:
        """The path of its iCalendar file."""
        if self.series is None:
            return self._file(self.event.id)
        return self._file(self.series.page_id, date=self.day)

    @property
    def file_of_all(self) -> str:
        """The path of the file with all dates of the series; empty without one."""
        if self.series is None:
            return ""
        return self._file(self.series.page_id)

    def _file(self, page_id: int, **query: Any) -> str:
        """The path of a file in the language that the event is told in."""
        code = self.event.written_in.lower()
        query |= {PARAMETER: code} if code else {}
        return url_for("feeds.event_ics", page_id=page_id, **query)

    @property
    def subscription(self) -> str:
        """The `webcal` URL of the same, which calendars ask again for changes."""
        address = services().facts.addresses().tool(self.file_of_all)
        return f"webcal://{address.partition('://')[2]}"

    @property
    def google(self) -> str:
        """The form of Google Calendar for a new event, filled in."""
        start, end = self._clocks()
        query = {
            "action": "TEMPLATE",
            "text": self.event.title,
            "dates": f"{start}/{end}",
            "ctz": self.event.span.start.zone if self._has_zone() else "",
            "details": self._details(),
            "location": location(self.event.publication.values, self.event.language),
        }
        return _url(_GOOGLE, query)

    @property
    def outlook_home(self) -> str:
        """The same of Outlook.com."""
        return _url(_OUTLOOK_HOME, self._outlook())

    @property
    def outlook_work(self) -> str:
        """The same of Outlook in Microsoft 365."""
        return _url(_OUTLOOK_WORK, self._outlook())

    def _outlook(self) -> dict[str, str]:
        span = self.event.span
        last = span.end or span.start
        start, end = (
            str(moment) if span.all_day else f"{moment.utc:%Y-%m-%dT%H:%M:%SZ}"
            for moment in (span.start, last.next_day if span.all_day else last)
        )
        return {
            "path": "/calendar/action/compose",
            "rru": "addevent",
            "subject": self.event.title,
            "startdt": start,
            "enddt": end,
            "allday": "true" if span.all_day else "",
            "location": location(self.event.publication.values, self.event.language),
            "body": self._details(),
        }

    def _clocks(self) -> tuple[str, str]:
        """Start and end as iCalendar writes them, by the event's own clocks."""
        span = self.event.span
        end = span.end or span.start
        if span.all_day:
            return f"{span.start.date:%Y%m%d}", f"{end.next_day.date:%Y%m%d}"
        if self._has_zone():
            return _stamp(span.start.local), _stamp(end.local)
        return f"{_stamp(span.start.utc)}Z", f"{_stamp(end.utc)}Z"

    def _has_zone(self) -> bool:
        """Whether the event's zone has a name that calendars know."""
        zone = self.event.span.start.zone
        return not self.event.span.all_day and fixed_offset(zone) is None

    def _details(self) -> str:
        summary = label(text(self.event.publication.values, "summary"))
        joining = text(self.event.publication.values, "online_link")
        return "\n\n".join(part for part in (summary, joining, self.page) if part)


def _stamp(value: datetime) -> str:
    return f"{value:%Y%m%dT%H%M%S}"


def _url(address: str, query: dict[str, str]) -> str:
    given = {name: value for name, value in query.items() if value}
    return f"{address}?{urlencode(given, quote_via=quote)}"
