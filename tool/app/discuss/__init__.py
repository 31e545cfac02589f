"""Discussions: the list of threads, a thread, and asking."""
