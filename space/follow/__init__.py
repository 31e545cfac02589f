"""Whoever follows events: their lines on one page, and when the bot mentions them."""
