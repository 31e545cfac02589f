"""Verdicts of reviewers: read from talk pages, and written to them."""
