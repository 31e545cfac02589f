"""Telling people of a post or an event where they are: texts to copy, and a poster."""
