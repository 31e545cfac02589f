"""Health check, state of the index and the bots, and the privacy statement."""
