"""Static files under URLs that change with their content.

A page's style sheets are sent as one, and so are its modules: requests cost a reader on
a phone more than bytes do. Modules that import others stay as they are.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from flask import Flask, Response, abort, request, url_for
from markupsafe import Markup

from space.text.html.sanitize import with_prefix

_LENGTH = 12  # hexadecimal digits of a SHA-256
FOREVER = f"public, max-age={365 * 24 * 3600}, immutable"
"""Cache-Control of what never changes under its URL."""
Suffix = Literal["css", "js"]
_TEMPLATES = "css/templates.css"
"""The wiki's own sheet, for previews of its pages."""
_MEDIA_TYPES = {"css": "text/css", "js": "text/javascript"}
_IMPORT = re.compile(r"^import (?:.* from )?'([^']+)';$", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


class StaticText:
    """Style sheets `css/<name>.css` and modules `js/<name>.js` of a static folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self, listed: str, suffix: Suffix) -> list[str]:
        """Names from a list with commas; empty unless each is a file's, and once."""
        names = listed.split(",")
        known = {file.stem for file in (self._folder / suffix).glob(f"*.{suffix}")}
        return names if known.issuperset(names) and len({*names}) == len(names) else []

    def joined(self, names: Sequence[str], suffix: Suffix) -> str:
        """Files as one: sheets in this order, modules one after the other.

        A module becomes a block, so that its names stay its own.
        """
        texts = [self._read(f"{suffix}/{name}.{suffix}") for name in names]
        if suffix == "js":
            texts = [f"{{\n{_EXPORT.sub('', text)}}}\n" for text in texts]
        return "".join(texts)

    def imported(self, module: str) -> list[str]:
        """The paths below the folder of all modules that a module needs, nearest first.

        Without those that are only asked for when a reader needs them.
        """
        found = [self._folder / f"js/{module}.js"]
        for file in found:
            for path in _IMPORT.findall(file.read_text(encoding="utf-8")):
                needed = (file.parent / path).resolve()
                if needed not in found:
                    found.append(needed)
        return [str(file.relative_to(self._folder)) for file in found[1:]]

    def _read(self, path: str) -> str:
        text = (self._folder / path).read_text(encoding="utf-8")
        return with_prefix(text) if path == _TEMPLATES else text


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_LENGTH]


def init_app(app: Flask) -> None:
    """Offer URLs of static files to templates, most of which caches may keep for ever.

    `asset(name)` is a file, `styles(*names)` and `scripts(*names)` several as one;
    `imported(name)` are the modules that one imports, under the names that it uses;
    `drawing(name)` is no URL but the SVG itself.
    """
    assert app.static_folder is not None  # noqa: S101 - the factory sets it
    folder = Path(app.static_folder).resolve()
    texts = StaticText(folder)
    urls: dict[tuple[str, ...], str] = {}
    needs: dict[str, list[str]] = {}

    def asset(name: str) -> str:
        if (name,) not in urls or app.debug:
            version = _version((folder / name).read_bytes())
            urls[name,] = url_for("static", filename=name, v=version)
        return urls[name,]

    def joined(suffix: Suffix, *names: str) -> str:
        key = (suffix, *names)
        if key not in urls or app.debug:
            listed, version = (
                ",".join(names),
                _version(texts.joined(names, suffix).encode()),
            )
            urls[key] = url_for("joined", names=listed, suffix=suffix, v=version)
        return urls[key]

    def imported(module: str) -> list[str]:
        if module not in needs or app.debug:
            needs[module] = [
                url_for("static", filename=path) for path in texts.imported(module)
            ]
        return needs[module]

    @app.get("/static/joined/<names>.<any(css, js):suffix>", endpoint="joined")
    def send(names: str, suffix: Suffix) -> Response:
        known = texts.names(names, suffix) or abort(404)
        response = Response(texts.joined(known, suffix), mimetype=_MEDIA_TYPES[suffix])
        response.add_etag()
        response.make_conditional(request)
        return response

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint in {"static", "joined"} and "v" in request.args:
            response.headers["Cache-Control"] = FOREVER
        return response

    app.jinja_env.globals.update(
        asset=asset,
        styles=lambda *names: joined("css", *names),
        scripts=lambda *names: joined("js", *names),
        imported=imported,
        drawing=cache(lambda name: Markup((folder / name).read_text())),  # noqa: S704 - ours
    )
