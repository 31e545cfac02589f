"""What search engines may list: nothing that nobody has reviewed.

Such pages are not in `robots.txt`: who may not fetch a page never reads its header, and
lists its address all the same.
"""

from flask import Flask, Response, request

UNREVIEWED = ("review.", "write.", "retract.", "importing.", "lookups.")
"""Blueprints whose pages show text, or places, that are not published."""
_FEED = "feeds.review_atom"


def init_app(app: Flask) -> None:
    """Send `X-Robots-Tag` with pages of unreviewed text, errors of theirs too."""

    @app.after_request
    def hide(response: Response) -> Response:
        endpoint = request.endpoint or ""
        if endpoint == _FEED or endpoint.startswith(UNREVIEWED):
            response.headers["X-Robots-Tag"] = "noindex"
        return response
