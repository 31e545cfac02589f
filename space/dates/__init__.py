"""Times, zones, tzdata and recurrence (RFC 5545), without the network."""
