"""Moments, time zones, tzdata and recurrence sets (RFC 5545)."""
