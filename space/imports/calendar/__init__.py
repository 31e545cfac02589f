"""Lenient iCalendar reader: octets, content lines, components, unread properties."""
