"""Pieces of SQL that the queries share."""
