"""The weekly digest: what is in it, its text in a language, and who gets it."""
