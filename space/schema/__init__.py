"""Kinds of pages and their fields, read from `schemas/`."""
