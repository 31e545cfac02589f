"""The neighbours of the sandbox wiki that the tool asks: Wikidata, Commons, tiles."""

import json
from collections.abc import Mapping
from typing import Any

from werkzeug.wrappers import Request, Response

from sandbox.gateway import commons, tiles, wikidata

_SVG = "image/svg+xml"
_CACHED = {"Cache-Control": "max-age=3600"}
_WIDTH = 960


class Neighbours:
    """Wikidata, Commons and map tiles, each under a path of their own."""

    def __init__(self, origin: str) -> None:
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
        return None


def _json(value: Mapping[str, Any]) -> Response:
    return Response(json.dumps(value), mimetype="application/json")


def _content(text: str | None, mimetype: str) -> Response:
    if text is None:
        return Response("Not here.\n", 404, mimetype="text/plain")
    return Response(text, headers=_CACHED, mimetype=mimetype)
