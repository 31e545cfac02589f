"""The API's documents and what describes them, both from the schemas."""
