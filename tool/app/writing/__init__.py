"""The errand of writing: forms, saving, imports, translations, retractions."""
