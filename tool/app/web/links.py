"""Links to wiki pages and to the current page, and who asks, for templates."""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from flask import Flask, request
from markupsafe import Markup, escape

from space.codec.values.links import split_links
from space.errors import WikiUnavailableError
from space.publication.people import person_of
from space.settings.ruling_pages import REGISTRATIONS
from tool.app.services import services
from tool.app.web.index import lists_unreviewed
from tool.app.web.language import in_wiki_language, message, url_with
from tool.app.web.visitor import CSRF_FIELD, visitor

LONGEST_WORDS = 100  # characters
_ADDRESS = "\x02"  # stands for an address while a message is put together
_OWN_LINK = re.compile(rf"\[{_ADDRESS} ([^\[\]]+)\]")
Query = dict[str, list[str]]
"""The query of a URL: each key with all its values. Only `url_with` may get one."""


def link(href: str, text: object) -> Markup:
    """A link, as a parameter of messages."""
    return Markup('<a href="{}">{}</a>').format(href, text)


def message_with_link(key: str, href: str, *params: object) -> Markup:
    """A message that holds the text of a link, as `[$1 text]`; `params` begin at $2.

    So each language can inflect the link with its sentence.
    """
    said = message(key, _ADDRESS, *params)
    linked = _OWN_LINK.sub(lambda found: link(href, Markup(found[1])), said)  # noqa: S704 - a part of `said`
    return Markup(linked.replace(_ADDRESS, escape(href)))  # noqa: S704 - both are escaped


def wiki_url(title: str) -> str:
    """The URL of a wiki page."""
    return services().facts.addresses().page(title)


def wiki_link(title: str, text: object) -> Markup:
    """A link to a wiki page."""
    return link(wiki_url(title), text)


def event_namespace() -> str:
    """`Event:` as the wiki spells it; empty where no events may be, and if unknown."""
    try:
        site = services().facts.site()
    except WikiUnavailableError:
        return ""
    return services().community.settings().event_prefix(site)


def visual_editor_url(title: str) -> str:
    """The address of a page in VisualEditor; empty where the wiki has none."""
    if not services().facts.has_extension("VisualEditor"):
        return ""
    return with_query(wiki_url(title), "veaction=edit")


def history_url(title: str) -> str:
    """The URL of a wiki page's history."""
    return with_query(wiki_url(title), "action=history")


def with_query(address: str, query: str) -> str:
    """The address of a wiki page with a query, which it may have one of already."""
    return f"{address}{'&' if '?' in address else '?'}{query}"


def contributions_url(account: str) -> str:
    """The URL of an account's contributions."""
    return wiki_url(f"Special:Contributions/{account}")


def block_log_url(account: str) -> str:
    """The URL of the log of an account's blocks."""
    page = urlencode({"page": f"User:{account}"})
    return with_query(wiki_url("Special:Log/block"), page)


def diff_url(old: int, new: int) -> str:
    """The URL of the wiki's diff of two revisions, where patrollers patrol."""
    script = services().config.wiki_url.removesuffix("api.php") + "index.php"
    return f"{script}?oldid={old}&diff={new}"


def wiki_search_url(words: str) -> str:
    """The URL of the wiki's search below our root, which finds drafts, too."""
    script = services().config.wiki_url.removesuffix("api.php") + "index.php"
    below = f"{words} prefix:{services().config.root}/"
    return f"{script}?{urlencode({'title': 'Special:Search', 'search': below})}"


def report_url(title: str, about: str = "") -> str:
    """The URL of a new topic to report a page, on its talk page or as settings say.

    `about` is what is reported there if it is not the page.
    """
    page = services().community.settings().report_page
    address = wiki_url(page or services().facts.talk_title(title))
    heading = in_wiki_language("wiki-report-heading", about or title)
    query = urlencode({"action": "edit", "section": "new", "preloadtitle": heading})
    return f"{address}{'&' if '?' in address else '?'}{query}"


def registration_url(number: str, decision: str) -> str:
    """The URL of the wiki's form with a line that decides on a registered event.

    The line goes to the end of the page of such lines. `decision` stands in it behind
    the number: "hide", "approve" or "same as=" and an event.
    """
    query = {
        "action": "edit",
        "section": "new",
        "nosummary": "1",
        "preload": "Template:Space_registration/preload",
        "preloadparams[]": [number, decision],
    }
    page = wiki_url(REGISTRATIONS.title(services().config.root))
    return with_query(page, urlencode(query, doseq=True))


def here() -> str:
    """The path to return to after signing in."""
    return request.full_path.rstrip("?") if request.method == "GET" else request.path


def printed_address() -> str:
    """The URL of the current page as it was asked for, to be printed with it."""
    return services().config.public_url.rstrip("/") + here()


def words_of_path() -> str:
    """Words to search for in place of a page that is not there, from its address."""
    last = request.path.rstrip("/").rpartition("/")[2].partition(".")[0]
    return " ".join(re.sub(r"^[0-9]+|[-_+]+", " ", last).split())[:LONGEST_WORDS]


def page_address(query: Mapping[str, list[str]]) -> str:
    """The canonical URL of the current page, with this query and without a language."""
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


def page_url(query: Query) -> str:
    """The path of the current page with another query."""
    endpoint = request.endpoint or "read.front"
    return url_with(endpoint, query, **(request.view_args or {}))


def inline(value: str) -> Markup:
    """An inline value as HTML, with its links to the wiki."""
    pieces = split_links(value)
    return Markup().join(
        escape(piece)
        if isinstance(piece, str)
        else wiki_link(piece.target, piece.label)
        for piece in pieces
    )


def person(value: str) -> Markup:
    """The name of a user or group, linked to their page if there is one."""
    someone = person_of(value)
    name = someone.name
    return wiki_link(someone.page, name) if someone.page else escape(name)


def init_app(app: Flask) -> None:
    """Offer links and the visitor to templates."""
    app.jinja_env.globals.update(
        block_log_url=block_log_url,
        contributions_url=contributions_url,
        csrf_field=csrf_field,
        diff_url=diff_url,
        event_namespace=event_namespace,
        here=here,
        history_url=history_url,
        link=link,
        lists_unreviewed=lists_unreviewed,
        msg_link=message_with_link,
        page_address=page_address,
        printed_address=printed_address,
        registration_url=registration_url,
        report_url=report_url,
        reviews=lambda: services().community.reviews(visitor().user),
        root_title=lambda: services().config.root,
        user=lambda: visitor().user,
        visual_editor_url=visual_editor_url,
        wiki_link=wiki_link,
        words_of_path=words_of_path,
        wiki_url=wiki_url,
    )
    app.jinja_env.filters.update(inline=inline, person=person)
