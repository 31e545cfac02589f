"""People and groups on pages: their names lead to all that they do here."""

from flask import Flask, url_for
from markupsafe import Markup

from space.publication.people import person_of
from tool.app.web.links import link


def person_link(value: str) -> Markup:
    """The name of one item of `authors` or `organizers`, linked to their page here.

    Their account or wiki page names them in the URL, or else the text itself.
    """
    someone = person_of(value)
    title = someone.page.rpartition(":")[2] if someone.page else someone.name
    return link(url_for("people.person", name=title), someone.name)


def init_app(app: Flask) -> None:
    """Offer `|author` to templates."""
    app.jinja_env.filters["author"] = person_link
