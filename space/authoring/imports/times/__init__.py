"""Times of a calendar file: values, lengths, zones and rules for the form."""
