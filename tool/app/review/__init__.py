"""Reviewing: the queue, the screen of one page, the verdict."""
