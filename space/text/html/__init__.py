"""HTML of wikis: as plain text, with stand-ins, sanitized."""
