"""Panels beside the form: preview, checklist, similar events, wikitext to copy."""
