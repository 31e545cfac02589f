"""iCalendar (RFC 5545, RFC 7986): VEVENTs of events, and the VCALENDAR round them.

The library icalendar writes the values, but for those that it gets wrong or leaves to
chance: VTIMEZONEs (`space.feeds.timezones`), VALUE=DURATION and VALUE=URI of the
calendar's own properties, DTSTAMP, fixed offsets, and folding that splits no escape.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from icalendar import Event, Parameters, vRecur, vText, vUri
from icalendar.prop import vInline

from space.codec.values.countries import own_city
from space.codec.values.links import label
from space.dates.moments import Moment, Span
from space.dates.schedule import Schedule
from space.dates.zones import fixed_offset
from space.feeds.envelope import Envelope, FeedHead
from space.feeds.timezones import fixed_vtimezone, tzid_text, vtimezones
from space.publication.places import point_of
from space.publication.plain_values import plain_texts
from space.publication.publication import Publication, Tombstone
from space.publication.registered import link_of, mark
from space.publication.series import Replaced
from space.publication.series_date import SeriesDate
from space.schema.kinds import Field, Values, load_kind
from space.schema.visibility import choice
from space.text.clean import one_line
from space.text.languages import country_name
from space.text.messages import SOURCE
from space.text.urls import uri
from space.wiki.urls import Urls, media_type

LINE = 75  # octets, RFC 5545 §3.1
PRODUCT = "-//Wikimedia//Space//EN"
REFRESH = "PT1H"
_LISTS = ("rdate", "exdate")
_ONCE = "FREQ=DAILY;COUNT=1"
_ENDINGS = ("UNTIL=", "COUNT=")
_CONTINUES, _CONTINUED = 0b11000000, 0b10000000
"""Which bits of an octet tell that it continues a character of UTF-8, and how."""
_DERIVED = frozenset(
    ("SUMMARY", "DESCRIPTION", "STATUS", "URL", "CONFERENCE", "IMAGE", "LOCATION")
) | {"GEO", "DTSTART", "DTEND", "TZID", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
"""Properties that are made of several fields or of more than a field's text."""
_FINEST_FIRST = ("exact", "city", None)  # of `x-place`
_STATUS = {
    "confirmed": "CONFIRMED",
    "tentative": "TENTATIVE",
    "postponed": "TENTATIVE",  # the nearest that iCalendar has; no date is invented
    "cancelled": "CANCELLED",
}


def vevent(
    publication: Publication, urls: Urls, instead: Replaced | None = None
) -> str:
    """The VEVENT of a published event.

    With `instead`, the VEVENT that overrides this occurrence of a series.
    """
    return _text(component(publication, urls, instead))


def vevents(publication: Publication, urls: Urls, dropped: Sequence[Span]) -> str:
    """The VEVENT of a series, and one that cancels each date that it dropped.

    These override dates that the series therefore goes on to have: an EXDATE would
    have programs forget a date before they can say that it is cancelled.
    """
    starts = [span.start for span in dropped]
    events = [component(publication, urls, dropped=starts)]
    for span in dropped:
        cancelled = SeriesDate(publication, span, skipped=True).publication
        instead = Replaced(publication, span.start)
        events.append(component(cancelled, urls, instead))
    return "".join(map(_text, events))


def date_vevent(date: SeriesDate, urls: Urls) -> str:
    """The VEVENT of one occurrence of a series, without the series.

    It has a UID of its own and no RECURRENCE-ID: without the VEVENT of the series that
    names nothing, and a calendar that has the series would lose its other dates.
    """
    event = component(date.publication, urls)
    day = date.span.start.date
    event["uid"] = vText(urls.uid_of_date(date.series.page_id, day))
    return _text(event)


def component(
    publication: Publication,
    urls: Urls,
    instead: Replaced | None = None,
    dropped: Sequence[Moment] = (),
) -> Event:
    """The VEVENT of a published event, as a component of icalendar.

    `dropped` are starts that a series has for programs alone, which other VEVENTs
    cancel. Texts that are a translation's have a LANGUAGE (RFC 5545 §3.2.10); of what
    language an original is, nobody says.
    """
    values, translation = publication.values, publication.translation
    page = link_of(publication, urls)
    language = {"LANGUAGE": translation.language} if translation else {}
    if instead is None:
        event = _identified(
            urls.uid(publication.page_id),
            last_modified(publication),
            publication.sequence,
        )
    else:
        event = _of_series(publication, urls, instead)
    event.add("created", publication.created)
    event.add("last-modified", last_modified(publication))
    event.add("summary", one_line(str(values["title"])), language)
    about = language if "summary" in values else {}
    said = mark(publication, urls.host)
    event.add("description", _description(values, page, said), about)
    event.add("status", _STATUS[choice("event", values, "status")])
    event.add("url", next(map(uri, _texts("URL", values)), "") or page)
    rule = str(values.get("recurrence", ""))
    _add_times(event, Schedule.of(values), rule, dropped)
    _add_place(event, values)
    for link in _texts("CONFERENCE", values):
        _add_conference(event, uri(link))
    for image in _texts("IMAGE", values):
        _add_image(event, urls.file(image), media_type(image))
    _add_plain(event, values)
    return event


def last_modified(publication: Publication) -> datetime:
    """When the event last changed, or its text where that is another page's.

    It is DTSTAMP as well: of two VEVENTs with one SEQUENCE programs take the later
    (RFC 5546 §2.1.5).
    """
    text = publication.translation
    if text is None:
        return publication.updated
    return max(publication.updated, datetime.fromtimestamp(text.updated, UTC))


def cancelled_vevent(tombstone: Tombstone, urls: Urls) -> str:
    """The cancelled VEVENT of an event that is gone: its UID, its date and no more."""
    event = _identified(
        urls.uid(tombstone.page_id), tombstone.removed, tombstone.sequence
    )
    event.add("last-modified", tombstone.removed)
    event.add("summary", urls.uid(tombstone.page_id))
    event.add("dtstart", tombstone.start)
    event.add("status", "CANCELLED")
    return _text(event)


def tzid_of(schedule: Schedule) -> str | None:
    """The zone of an event's TZID parameters; None for whole days and times in UTC.

    A fixed offset has no name that calendars know, so a single event is written in UTC.
    A series keeps its offset: in UTC its rule could fall on another weekday.
    """
    zone = schedule.first.start.zone
    if schedule.first.all_day or zone == "UTC":
        return None
    return zone if fixed_offset(zone) is None or schedule.rule else None


def calendar(head: FeedHead) -> Envelope:
    """The VCALENDAR round VEVENTs.

    It has no UID (RFC 7986 §5.3). Programs that copy the calendar's properties into a
    file for each event, such as vdirsyncer, would take this UID for the event's, and
    all events for one.
    """
    updated = head.updated.astimezone(UTC) if head.updated else None
    language = f";LANGUAGE={head.language}" if head.language else ""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *([f"LAST-MODIFIED:{updated:%Y%m%dT%H%M%SZ}"] if updated else []),
        f"NAME{language}:{escaped(head.title)}",
        f"X-WR-CALNAME:{escaped(head.title)}",
        f"DESCRIPTION{language}:{escaped(head.about)}",
        f"X-WR-CALDESC:{escaped(head.about)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        f"SOURCE;VALUE=URI:{head.source}",
        f"URL:{head.page}",
    ]
    before = [*map(fold_line, lines), *vtimezones(head.zones)]
    if head.updated is None:  # a calendar has to have some component (§3.6)
        before.append(fixed_vtimezone("UTC", timedelta()))
    return Envelope("".join(before), "END:VCALENDAR\r\n")


def fold_line(line: str) -> str:
    r"""A content line with CRLF, folded to `LINE` octets (RFC 5545 §3.1).

    It is never folded inside a character or an escape such as `\n`.
    """
    if len(line.encode()) <= LINE:
        return f"{line}\r\n"
    octets, start, end, pieces = line.encode(), 0, LINE, []
    while end < len(octets):
        end = _whole(octets, start, end)
        pieces.append(octets[start:end])
        start, end = end, end + LINE - 1  # after the space that begins a further line
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode() + "\r\n"


def _whole(octets: bytes, start: int, end: int) -> int:
    """The last place up to `end` that is in no character and no escape."""
    while octets[end] & _CONTINUES == _CONTINUED:
        end -= 1
    piece = octets[start:end]
    is_in_escape = (end - start - len(piece.rstrip(b"\\"))) % 2
    return end - is_in_escape


def _identified(uid: str, stamp: datetime, sequence: int) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("sequence", sequence)
    return event


def _of_series(publication: Publication, urls: Urls, instead: Replaced) -> Event:
    """UID and RECURRENCE-ID of one occurrence of a series (RFC 5545 §3.8.4.4).

    SEQUENCE is never below that of the series: programs would take it for outdated.
    """
    series = instead.series
    event = _identified(
        urls.uid(series.page_id),
        last_modified(publication),
        max(publication.sequence, series.sequence),
    )
    tzid = tzid_of(Schedule.of(series.values))
    _add_moments(event, "recurrence-id", [instead.start], tzid)
    return event


def _add_times(
    event: Event, schedule: Schedule, rule: str, dropped: Collection[Moment]
) -> None:
    span, tzid = schedule.first, tzid_of(schedule)
    _add_moments(event, "dtstart", [span.start], tzid)
    if span.all_day:
        # The value counts the last day, iCalendar the one after it (§3.6.1).
        _add_moments(event, "dtend", [(span.end or span.start).next_day], tzid)
        event.add("transp", "TRANSPARENT")
    elif span.end and span.end_utc > span.start_utc and str(span.end) > str(span.start):
        _add_moments(event, "dtend", [span.end], tzid)
    added = [*schedule.added, *(s for s in dropped if not schedule.is_on_rule(s))]
    if schedule.rule or added:
        # Without a rule Thunderbird's reader forgets DTSTART beside RDATE.
        text = _rrule(schedule, rule) if schedule.rule else _ONCE
        event.add("rrule", vRecur.from_ical(text))
    if added:
        _add_moments(event, "rdate", sorted(added, key=str), tzid)
    excluded = [start for start in _excluded(schedule) if start not in dropped]
    if schedule.recurs and excluded:
        _add_moments(event, "exdate", excluded, tzid)


def _add_moments(
    event: Event, name: str, moments: list[Moment], tzid: str | None
) -> None:
    """Add a property of moments: all days, all wall times of `tzid`, or all in UTC."""
    parameters = {}
    times: list[date | datetime]
    if moments[0].all_day:
        times = [moment.date for moment in moments]
        parameters["VALUE"] = "DATE"
    elif tzid:
        times = [moment.local.replace(tzinfo=None) for moment in moments]
        parameters["TZID"] = tzid_text(tzid)
    else:
        times = [moment.utc for moment in moments]
    event.add(name, times if name in _LISTS else times[0], parameters)


def _rrule(schedule: Schedule, text: str) -> str:
    """The RRULE, with UNTIL in the form that DTSTART asks for (RFC 5545 §3.3.10)."""
    until = schedule.until
    if schedule.skipped_on_rule and (counted := schedule.last_counted):
        until = counted.utc  # some programs count dates that clocks skip, some do not
    if until is None:
        return text
    last = f"{until:%Y%m%dT%H%M%SZ}"
    if schedule.first.all_day:
        last = f"{until.astimezone(schedule.first.start.local.tzinfo):%Y%m%d}"
    parts = [part for part in text.split(";") if not part.startswith(_ENDINGS)]
    return ";".join([*parts, f"UNTIL={last}"])


def _excluded(schedule: Schedule) -> list[Moment]:
    """The EXDATEs of a series; an exception that is a day means the occurrence on it.

    Among them are the dates that clocks skip, as some programs do not ignore them. Each
    is there twice: as the rule's wall time, and, for libical, which moves it before it
    compares, as the wall time after the gap.
    """
    start = schedule.first.start
    moments = [Moment.parse(text, start.zone) for text in sorted(schedule.exceptions)]
    excluded = [
        replace(moment, time=moment.time or start.time)
        for moment in moments
        if moment.all_day or not start.all_day
    ]
    for skipped in schedule.skipped_on_rule:
        moved = skipped.utc.astimezone(skipped.local.tzinfo)
        excluded += (skipped, replace(skipped, date=moved.date(), time=moved.time()))
    return list(dict.fromkeys(excluded))


@cache
def _fields(name: str) -> tuple[Field, ...]:
    """The fields that the schema's `x-ics` writes into a property, in its order."""
    fields = load_kind("event").fields.values()
    return tuple(field for field in fields if name in field.ics)


@cache
def _plain_properties() -> tuple[str, ...]:
    """Properties of which each is the plain texts of its fields: CATEGORIES, X-…."""
    fields = load_kind("event").fields.values()
    names = dict.fromkeys(name for field in fields for name in field.ics)
    return tuple(name for name in names if name not in _DERIVED)


def _texts(name: str, values: Values) -> list[str]:
    """The values of the fields of a property; empty when all are absent."""
    return [str(values[f.name]) for f in _fields(name) if f.name in values]


def _add_plain(event: Event, values: Values) -> None:
    for name in _plain_properties():
        given = [field for field in _fields(name) if field.name in values]
        texts = [text for field in given for text in plain_texts(field, values)]
        if name == "CATEGORIES" and texts:
            event.add(name, texts)  # one property with all of them (§3.8.1.2)
        elif texts:
            event[name] = [vText(text) for text in texts]


def location(values: Values, language: str = SOURCE) -> str:
    """The place of an event, from the finest part to its country; empty without one.

    LOCATION has the country's English name, as calendars look it up.
    """
    fields = sorted(_fields("LOCATION"), key=lambda f: _FINEST_FIRST.index(f.place))
    given = {field.name: str(values.get(field.name, "")) for field in fields}
    given["city"] = own_city(given["city"], given["country"])
    parts = (_place_name(field, given[field.name], language) for field in fields)
    return ", ".join(part for part in parts if part)


def _add_place(event: Event, values: Values) -> None:
    if place := location(values):
        event.add("location", place)
    if point := point_of(values):
        event.add("geo", vInline(";".join(point.texts())))


def _place_name(field: Field, value: str, language: str) -> str:
    if field.reader == "country" and value:
        return country_name(value, language)
    return label(value)


def _add_image(event: Event, url: str, fmttype: str | None) -> None:
    parameters = {"VALUE": "URI", "DISPLAY": "BADGE"}
    if fmttype:
        parameters["FMTTYPE"] = fmttype
    event.add("image", vUri(url), parameters)


def _add_conference(event: Event, url: str) -> None:
    """Add a call or stream (RFC 7986 §5.11); its host is the label in any language."""
    parameters = Parameters(
        VALUE="URI",
        FEATURE=["AUDIO", "VIDEO"],
        LABEL=urlsplit(url).hostname or url,
    )
    event.add("conference", vUri(url), parameters)


def _description(values: Values, page: str, said: str) -> str:
    """A paragraph for each field, texts before links, and at the end the page's URL.

    What is `said` of an event without a page comes first.
    """
    fields = sorted(_fields("DESCRIPTION"), key=lambda field: field.reader == "url")
    texts = [label(str(values.get(field.name, ""))) for field in fields]
    return "\n\n".join(text for text in (said, *texts, page) if text)


def _text(event: Event) -> str:
    return "".join(fold_line(str(line)) for line in event.content_lines() if line)


def escaped(text: str) -> str:
    """A TEXT value (RFC 5545 §3.3.11), on one line."""
    return re.sub(r"([\\;,])", r"\\\1", one_line(text))
