"""Feeds: what is published, as iCalendar, Atom and GeoJSON fragments."""
