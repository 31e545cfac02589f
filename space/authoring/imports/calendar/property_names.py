"""What properties of an event are for here (RFC 5545, 7986, 9073, 9253).

A name in none of the tables that begins with `X-` is for the program that wrote it.
"""

TAKEN = frozenset(
    (
        *("SUMMARY", "DESCRIPTION", "X-ALT-DESC", "STYLED-DESCRIPTION", "URL"),
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE"),
        *("RECURRENCE-ID", "LOCATION", "GEO", "CATEGORIES", "STATUS", "CLASS"),
        *("ORGANIZER", "CONFERENCE"),
    )
)
"""Read into a field, or told by a note of its own where that is not possible."""

OF_NO_INTEREST = frozenset(
    (
        *("UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "REQUEST-STATUS"),
        *("TRANSP", "PRIORITY", "COLOR", "BEGIN", "END", "TZID", "VERSION", "PRODID"),
        *("METHOD", "CALSCALE", "REFRESH-INTERVAL", "SOURCE", "NAME", "ACTION"),
        *("TRIGGER", "REPEAT", "ACKNOWLEDGED", "PROXIMITY", "DALARM", "AALARM"),
    )
)
"""For programs only: no reader of a page would miss them."""

LEFT_OUT = frozenset(
    (
        *("ATTACH", "ATTENDEE", "COMMENT", "CONTACT", "RELATED-TO", "RESOURCES"),
        *("IMAGE", "LINK", "CONCEPT", "REFID", "STRUCTURED-DATA", "LOCATION-TYPE"),
        *("PARTICIPANT-TYPE", "RESOURCE-TYPE", "CALENDAR-ADDRESS"),
    )
)
"""For readers, but no field has a place for them: told by name."""

SINGLE = (
    *("SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "DURATION", "LOCATION", "GEO"),
    *("STATUS", "ORGANIZER"),
)
"""Only the first that says something is taken."""

UNTOLD_PARTS = frozenset(("VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT"))
"""Components within an event of which nobody need be told."""

_KNOWN = TAKEN | OF_NO_INTEREST | LEFT_OUT


def is_property(name: str) -> bool:
    """Whether a line that begins so is one of a calendar, not words with a colon."""
    return name.isupper() or name.upper() in _KNOWN or name[:2] in {"X-", "x-"}
