"""Help for people who write: imports, pasting, pictures, places, checks."""
