"""Property names of iCalendar by their use in an import (RFC 5545, 7986, 9073, 9253).

A name with `X-` in none of the tables is for the program that wrote it.
"""

TAKEN = frozenset(
    (
        *("SUMMARY", "DESCRIPTION", "X-ALT-DESC", "STYLED-DESCRIPTION", "URL"),
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE"),
        *("RECURRENCE-ID", "LOCATION", "GEO", "CATEGORIES", "STATUS", "CLASS"),
        *("ORGANIZER", "CONFERENCE"),
    )
)
"""Properties read into a field, or into a note of their own if that is impossible."""

OF_NO_INTEREST = frozenset(
    (
        *("UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "REQUEST-STATUS"),
        *("TRANSP", "PRIORITY", "COLOR", "BEGIN", "END", "TZID", "VERSION", "PRODID"),
        *("METHOD", "CALSCALE", "REFRESH-INTERVAL", "SOURCE", "NAME", "ACTION"),
        *("TRIGGER", "REPEAT", "ACKNOWLEDGED", "PROXIMITY", "DALARM", "AALARM"),
    )
)
"""Properties for programs, of no interest to readers of a page."""

LEFT_OUT = frozenset(
    (
        *("ATTACH", "ATTENDEE", "COMMENT", "CONTACT", "RELATED-TO", "RESOURCES"),
        *("IMAGE", "LINK", "CONCEPT", "REFID", "STRUCTURED-DATA", "LOCATION-TYPE"),
        *("PARTICIPANT-TYPE", "RESOURCE-TYPE", "CALENDAR-ADDRESS"),
    )
)
"""Properties for readers without a field; a note names them."""

SINGLE = (
    *("SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "DURATION", "LOCATION", "GEO"),
    *("STATUS", "ORGANIZER"),
)
"""Properties of which only the first with a value is read."""

UNTOLD_PARTS = frozenset(("VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT"))
"""Components of no interest to readers of a page."""

_KNOWN = TAKEN | OF_NO_INTEREST | LEFT_OUT


def is_property(name: str) -> bool:
    """Whether a name before a colon is a property's, not a word of a text."""
    return name.isupper() or name.upper() in _KNOWN or name[:2] in {"X-", "x-"}
