"""The JSON API and its OpenAPI description, both made from the schemas."""
