"""The index store: derived tables that answer every filter (SQLAlchemy Core)."""
