"""Pieces of a page that depend on who asks; all the rest is the same for all readers.

A template says `piece(name)` where one stands, and `pieces/<name>.html` is its own. A
page is stored as a reader without a session has it, with the place of each piece. For a
reader with a session these are made anew and put into a copy, which nobody stores.
"""

import secrets
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, render_template
from markupsafe import Markup

from tool.app.web.kept_html import kept_html
from tool.app.web.links import here
from tool.app.web.stored_response import Piece, StoredResponse

OF_ONE = "private, no-store"
"""Cache-Control of what no cache may have."""
_CLOSED = b"-->"


@dataclass(frozen=True, slots=True)
class _Marks:
    """The pieces of the page that is being made, and a mark that nobody can guess.

    `made` are their names and values.
    """

    mark: str
    made: list[tuple[str, dict[str, Any]]]

    def around(self, html: str, name: str, values: dict[str, Any]) -> str:
        """A piece between its marks, of which the first has its number."""
        self.made.append((name, values))
        return f"<!--{self.mark}{len(self.made) - 1}-->{html}<!--{self.mark}-->"

    def read(self, page: bytes) -> tuple[bytes, tuple[Piece, ...]]:
        """A page without marks, and where its pieces are then."""
        # What follows a mark: the number of a piece and itself, or what comes after it.
        first, *rest = page.split(b"<!--%b" % self.mark.encode())
        texts, pieces, at = [first], [], len(first)
        for numbered, ending in zip(rest[::2], rest[1::2], strict=True):
            number, _, html = numbered.partition(_CLOSED)
            after = ending.removeprefix(_CLOSED)
            end = at + len(html)
            pieces.append(Piece(at, end, *self.made[int(number)]))
            texts += (html, after)
            at = end + len(after)
        return b"".join(texts), tuple(pieces)


def begin() -> None:
    """Mark the pieces of the page that is about to be made."""
    g.piece_marks = _Marks(secrets.token_hex(16), [])


def end(response: Response) -> tuple[Piece, ...]:
    """Take the marks out of a page; its pieces in their order."""
    marks: _Marks | None = g.pop("piece_marks", None)
    if marks is None or not marks.made:
        return ()
    text, pieces = marks.read(response.get_data())
    response.set_data(text)
    return pieces


def for_visitor(shared: StoredResponse) -> Response:
    """The page of the current visitor: a shared one with pieces of their own."""
    body = shared.body
    assert isinstance(body, bytes)  # noqa: S101 - only feeds are in files
    headers = shared.headers.copy()
    for name in ("ETag", "Content-Length"):
        headers.remove(name)
    response = Response(b"".join(_personal(body, shared.pieces)), headers=headers)
    response.headers["Cache-Control"] = OF_ONE
    response.vary.add("Cookie")
    return response


def _personal(body: bytes, pieces: Sequence[Piece]) -> list[bytes]:
    parts, at = [], 0
    for piece in pieces:
        parts += [body[at : piece.start], _rendered(piece.name, piece.values).encode()]
        at = piece.end
    return [*parts, body[at:]]


def _rendered(name: str, values: dict[str, Any]) -> str:
    return render_template(f"pieces/{name}.html", **values)


@dataclass(frozen=True, slots=True)
class _ForNobody:
    """A piece for a visitor without a session, which follows from page and values."""

    piece: str

    @property
    def name(self) -> str:
        """As macros have one."""
        return f"piece {self.piece}"

    def __call__(self, *arguments: Any) -> Markup:
        """The piece of the page, and of pairs of a name and a value."""
        _, *values = arguments
        return Markup(_rendered(self.piece, dict(values)))  # noqa: S704 - with escapes


def _piece(name: str, **values: Hashable) -> Markup:
    """A piece for the current visitor, marked while a page for all is made."""
    marks: _Marks | None = g.get("piece_marks")
    if marks is None:
        return Markup(_rendered(name, values))  # noqa: S704 - with escapes
    html = kept_html().part(_ForNobody(name), here(), *values.items())
    return Markup(marks.around(html, name, values))  # noqa: S704 - a mark is hexadecimal


def init_app(app: Flask) -> None:
    """Offer `piece(name, **values)` to templates; the values are the same for all."""
    app.jinja_env.globals["piece"] = _piece
