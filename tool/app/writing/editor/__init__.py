"""The page with the form: opened, sent, and shown again with what came of it."""
