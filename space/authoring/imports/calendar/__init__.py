"""A calendar file from elsewhere: bytes, lines, components and what they leave over."""
