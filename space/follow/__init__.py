"""Whoever follows events or posts: their lines, and when the bot mentions them."""
