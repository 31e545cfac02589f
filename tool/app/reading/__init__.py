"""Reading: front door, blog, events, calendar, map and search."""
