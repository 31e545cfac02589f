"""What tool and bots ask besides the sandbox wiki: Wikidata, Commons, tiles, pageviews.

And what the wiki lacks: the public interface of CampaignEvents.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response

from sandbox.gateway import commons, pageviews, tiles, wikidata
from sandbox.gateway.registrations import Registrations

_SVG = "image/svg+xml"
_CACHED = {"Cache-Control": "max-age=3600"}
_WIDTH = 960


class Neighbours:
    """Wikidata, Commons, tiles, pageviews, registrations, each under its own path.

    `registrations` is the file of registrations that are not as in the sample.
    """

    def __init__(self, origin: str, registrations: Path | None = None) -> None:
        self._registrations = Registrations(registrations)
        self._wikidata = wikidata.Wikidata()
        self._commons = commons.Commons(origin)

    def answer(self, request: Request) -> Response | None:
        """The answer to a neighbour's request; None for a request to the wiki."""
        path = request.path
        if path == wikidata.PATH:
            return _json(self._wikidata.answer(request.values))
        if path == commons.API:
            return _json(self._commons.answer(request.values))
        if path == commons.INDEX:
            name = request.args.get("title", "").removeprefix(commons.REDIRECT)
            width = request.args.get("width", default=_WIDTH, type=int)
            return _content(self._commons.draw(name, width), _SVG)
        if path.startswith(commons.PAGES):
            page = self._commons.describe(path.removeprefix(commons.PAGES))
            return _content(page, "text/html")
        if match := tiles.PATH.fullmatch(path):
            return _content(tiles.tile(*map(int, match.groups())), _SVG)
        sent = str(request.environ["REQUEST_URI"])
        views = pageviews.answer(sent, datetime.now(UTC).date())
        return views or self._registrations.answer(path)


def _json(value: Mapping[str, Any]) -> Response:
    return Response(json.dumps(value), mimetype="application/json")


def _content(text: str | None, mimetype: str) -> Response:
    if text is None:
        return Response("Not here.\n", 404, mimetype="text/plain")
    return Response(text, headers=_CACHED, mimetype=mimetype)
