"""Feeds: published pages as iCalendar, Atom, GeoJSON and CSV; no network, no HTTP."""
