"""The text below the template, as the wiki's own parser shows it."""

import logging

from markupsafe import Markup

from space.errors import WikiUnavailableError
from space.publication.body import render_body
from space.publication.publication import Publication
from space.text.html.sanitize import sanitize
from tool.app.services import services
from tool.app.web.rates import count
from tool.rates import BODY
from tool.upstream.deadline import within

_SECONDS = 3  # that a page waits for its body; without one it has the rest

log = logging.getLogger(__name__)


def body_html(publication: Publication, language: str) -> Markup | None:
    """The body of a published revision, clean; None when the wiki does not answer.

    Raises TooManyRequests where the wiki would be asked too often.
    """
    kept = services().renderings.get(publication.revision, language)
    if kept is not None:
        return Markup(kept)  # noqa: S704 - sanitized before it was kept
    count(BODY)
    try:
        with within(_SECONDS):
            html = _render(publication, language)
    except WikiUnavailableError as error:
        log.warning("no body page_id=%d error=%s", publication.page_id, error)
        return None
    services().renderings.put(publication.revision, language, html)
    return Markup(html)  # noqa: S704 - sanitized


def _render(publication: Publication, language: str) -> str:
    html = render_body(
        services().reader(),
        publication,
        language,
        services().community.known_templates(),
    )
    page_url = services().facts.addresses().page(publication.page_title)
    return sanitize(html, page_url, scrolls=True)
