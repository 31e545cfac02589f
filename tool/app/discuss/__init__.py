"""Discussions: the list, one thread, asking, and their feed."""
