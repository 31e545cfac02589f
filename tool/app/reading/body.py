"""The text below the template, as the wiki's own parser shows it."""

from markupsafe import Markup

from space.errors import WikiUnavailableError
from space.publication.body import parser_language, render_body
from space.publication.publication import Publication
from space.text.html.sanitize import sanitize
from tool.app.services import Services, services
from tool.app.web.rates import count
from tool.rates import BODY

_SECONDS = 3  # that a page waits for its body; without one it has the rest


def body_html(publication: Publication) -> Markup | None:
    """The body of a published revision, clean; None where there is none in time.

    One that is not fresh any more stays good while it is asked for again.
    Raises TooManyRequests where the wiki would be asked too often.
    """
    own = services()
    language = parser_language(publication, own.facts.language())
    stored = own.renderings.get(publication.revision, language)
    if stored is not None and stored.is_fresh:
        return Markup(stored.html)  # noqa: S704 - sanitized before it was stored
    if stored is None:
        count(BODY)
    try:
        html = own.wiki_pool.get(
            ("body", publication.revision, language),
            lambda: _render(own, publication, language),
            0 if stored else _SECONDS,
        )
    except WikiUnavailableError:
        if stored is None:
            return None
        html = stored.html
    return Markup(html)  # noqa: S704 - sanitized


def _render(own: Services, publication: Publication, language: str) -> str:
    """Ask the wiki, and store the answer. Raises `WikiUnavailableError`."""
    html = render_body(
        own.reader(), publication, language, own.community.known_templates()
    )
    page_url = own.facts.addresses().page(publication.page_title)
    clean = sanitize(html, page_url, scrolls=True)
    own.renderings.put(publication.revision, language, clean)
    return clean
