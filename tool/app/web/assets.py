"""Static files under URLs that change with their content.

A page's style sheets are sent as one, and so are its modules: requests cost a reader on
a phone more than bytes do. Modules that import others are sent alone; they and sheets
name what they need by its own URL, so that its content is part of theirs.
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
_REFERENCE = {
    "js": re.compile(
        r"(?<=^import ')[^']+|(?<= from ')[^']+|(?<=import\( ')[^']+", re.MULTILINE
    ),
    "css": re.compile(r"(?<=url\()[\w/.-]+(?=\))"),
}
"""Suffix → what stands for another file in a text of ours, or a sheet of others."""
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

    def versioned(self, path: str) -> str | None:
        """A file that may name others, with their versions; None for any other."""
        suffix = path.rpartition(".")[2]
        if suffix not in _REFERENCE or (suffix == "js" and not path.startswith("js/")):
            return None
        folder = (self._folder / path).parent

        def named(match: re.Match[str]) -> str:
            file = (folder / match[0]).resolve()
            return f"{match[0]}?v={self.version(str(file.relative_to(self._folder)))}"

        return _REFERENCE[suffix].sub(named, self._read(path))

    def version(self, path: str) -> str:
        """The version of a file, and so of all that it names."""
        text = self.versioned(path)
        content = (self._folder / path).read_bytes() if text is None else text.encode()
        return _version(content)

    def _read(self, path: str) -> str:
        text = (self._folder / path).read_text(encoding="utf-8")
        return with_prefix(text) if path == _TEMPLATES else text


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_LENGTH]


class Assets:
    """The static files of an application, under URLs with their versions."""

    def __init__(self, app: Flask) -> None:
        """Know the files that are there; each is read when it is first asked for."""
        assert app.static_folder is not None  # noqa: S101 - the factory sets it
        self._app, self._folder = app, Path(app.static_folder).resolve()
        self._texts = StaticText(self._folder)
        files = (file for file in self._folder.rglob("*") if file.is_file())
        self._files = {str(file.relative_to(self._folder)) for file in files}
        self._versioned = cache(self._texts.versioned)
        self._version, self._joint = cache(self._texts.version), cache(self._join)
        self._imported = cache(self._texts.imported)
        self.drawing = cache(self._drawing)

    def asset(self, name: str) -> str:
        """The URL of a file."""
        return url_for("static", filename=name, v=self._version(name))

    def styles(self, *names: str) -> str:
        """The URL of several style sheets as one."""
        return self._joined("css", names)

    def scripts(self, *names: str) -> str:
        """The URL of several modules as one."""
        return self._joined("js", names)

    def imported(self, module: str) -> list[str]:
        """The URLs of the modules that one imports, as it names them."""
        return [self.asset(path) for path in self._imported(module)]

    def send(self, filename: str) -> Response:
        """Answer with a file, which names others by their URLs."""
        if filename not in self._files:
            abort(404)
        suffix = filename.rpartition(".")[2]
        text = self._versioned(filename)
        if text is None:
            response = self._app.send_static_file(filename)
        else:
            response = _text(text, _MEDIA_TYPES[suffix])
        return _kept(response, self._version(filename))

    def send_joined(self, names: str, suffix: Suffix) -> Response:
        """Answer with several files as one."""
        known = self._texts.names(names, suffix) or abort(404)
        text, version = self._joint(suffix, *known)
        return _kept(_text(text, _MEDIA_TYPES[suffix]), version)

    def _joined(self, suffix: Suffix, names: Sequence[str]) -> str:
        _, version = self._joint(suffix, *names)
        return url_for("joined", names=",".join(names), suffix=suffix, v=version)

    def _join(self, suffix: Suffix, *names: str) -> tuple[str, str]:
        """Files as one, and their version."""
        text = self._texts.joined(names, suffix)
        return text, _version(text.encode())

    def _drawing(self, name: str) -> Markup:
        return Markup((self._folder / name).read_text())  # noqa: S704 - ours


def _text(text: str, media_type: str) -> Response:
    response = Response(text, mimetype=media_type)
    response.add_etag()
    response.make_conditional(request)
    return response


def _kept(response: Response, version: str) -> Response:
    """A file that caches keep for ever where its URL has this version.

    One with another version is of a page that an earlier or a later release made.
    """
    named = request.args.get("v")
    response.headers["Cache-Control"] = FOREVER if named == version else "no-cache"
    return response


def init_app(app: Flask) -> None:
    """Offer URLs of static files to templates, all of which caches may keep for ever.

    `asset(name)` is a file, `styles(*names)` and `scripts(*names)` several as one;
    `imported(name)` are the modules that one imports; `drawing(name)` is no URL but the
    SVG itself.
    """
    assets = Assets(app)
    app.view_functions["static"] = assets.send
    app.add_url_rule(
        "/static/joined/<names>.<any(css, js):suffix>", "joined", assets.send_joined
    )
    app.jinja_env.globals.update(
        asset=assets.asset,
        styles=assets.styles,
        scripts=assets.scripts,
        imported=assets.imported,
        drawing=assets.drawing,
    )
