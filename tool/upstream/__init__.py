"""Bounds of the tool's HTTP requests to wikis: time, size, and threads that wait."""
