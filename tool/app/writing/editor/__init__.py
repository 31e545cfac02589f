"""The page with the form for writing: opening, submission, and response."""
