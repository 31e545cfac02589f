"""People and groups on pages: their names lead to all that they do here."""

from collections.abc import Sequence

from flask import Flask, url_for
from markupsafe import Markup

from space.publication.people import person_of
from tool.app.views import dates
from tool.app.web.language import interface_language, message
from tool.app.web.links import link


def person_link(value: str) -> Markup:
    """The name of one item of `authors` or `organizers`, linked to their page here.

    Their account or wiki page names them in the URL, or else the text itself.
    """
    someone = person_of(value)
    title = someone.page.rpartition(":")[2] if someone.page else someone.name
    return link(url_for("people.person", name=title), someone.name)


def written_by(authors: Sequence[str]) -> Markup:
    """Who wrote a post, in words, with links; `authors` are never empty."""
    comma = Markup("{}").format(dates.comma(interface_language()))
    names = (Markup("<bdi>{}</bdi>").format(person_link(author)) for author in authors)
    return message("tool-post-by", comma.join(names), len(authors))


def init_app(app: Flask) -> None:
    """Offer `|author` and `written_by(authors)` to templates."""
    app.jinja_env.filters["author"] = person_link
    app.jinja_env.globals["written_by"] = written_by
