"""The bots: `python -m bots TASK`."""
