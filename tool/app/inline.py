"""Inline values in templates: their wikilinks become links."""

from flask import Flask
from markupsafe import Markup, escape

from space.codec.values.links import split_links
from space.publication.people import person_of
from tool.app.links import wiki_link


def inline(value: str) -> Markup:
    """A summary, a venue, a user, with its links to the wiki."""
    pieces = split_links(value)
    return Markup().join(
        escape(piece)
        if isinstance(piece, str)
        else wiki_link(piece.target, piece.label)
        for piece in pieces
    )


def person(value: str) -> Markup:
    """Somebody, by name, with a link to their page if they have one."""
    found = person_of(value)
    return wiki_link(found.page, found.name) if found.page else escape(found.name)


def init_app(app: Flask) -> None:
    """Offer `|inline` and `|person` to templates."""
    app.jinja_env.filters.update(inline=inline, person=person)
