"""What a post, an event, a verdict and the settings are, read from `schemas/`."""
