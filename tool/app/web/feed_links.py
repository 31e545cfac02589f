"""Autodiscovery: the feeds that pages link with `rel="alternate"`."""

from flask import Flask

from space.feeds.table import announced_everywhere, announced_with


def init_app(app: Flask) -> None:
    """Offer `announced_everywhere()` and `announced_with(kind)` to templates."""
    app.jinja_env.globals.update(
        announced_everywhere=announced_everywhere, announced_with=announced_with
    )
