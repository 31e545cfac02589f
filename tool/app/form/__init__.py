"""The form that follows from the schema."""
