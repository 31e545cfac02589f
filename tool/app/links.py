"""Links and the visitor in templates."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from flask import Flask, request
from markupsafe import Markup

from tool.app.services import services
from tool.app.visitor import CSRF_FIELD, visitor


def link(href: str, text: object) -> Markup:
    """A link, to be put into a message."""
    return Markup('<a href="{}">{}</a>').format(href, text)


def wiki_url(title: str) -> str:
    """The address of a wiki page."""
    return services().facts.addresses().page(title)


def wiki_link(title: str, text: object) -> Markup:
    """A link to a wiki page."""
    return link(wiki_url(title), text)


def history_url(title: str) -> str:
    """The address of a wiki page's history."""
    address = wiki_url(title)
    return f"{address}{'&' if '?' in address else '?'}action=history"


def here() -> str:
    """Where to come back to after signing in."""
    return request.full_path.rstrip("?") if request.method == "GET" else request.path


def page_address(query: Mapping[str, list[str]]) -> str:
    """The current page's full address, with these arguments and no language."""
    return (
        services()
        .facts.addresses()
        .tool(quote(request.path, safe="/"), urlencode(query, doseq=True))
    )


def csrf_field() -> Markup:
    """The hidden field that every form sends along."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(
        CSRF_FIELD, visitor().csrf()
    )


def init_app(app: Flask) -> None:
    """Offer these to templates."""
    app.jinja_env.globals.update(
        csrf_field=csrf_field,
        here=here,
        link=link,
        page_address=page_address,
        root_title=lambda: services().config.root,
        user=lambda: visitor().user,
        wiki_link=wiki_link,
        wiki_url=wiki_url,
    )
