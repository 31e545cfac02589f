"""Aids for authors: imports, pasted text, pictures, places, recurrence, checklists."""
