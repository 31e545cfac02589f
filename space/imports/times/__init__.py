"""Times of a calendar file: date-times, durations, zones and recurrence rules."""
