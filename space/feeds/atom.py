"""Atom (RFC 4287): the entry of a post, the feed document, and their elements."""

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from space.codec.values.links import label
from space.feeds.envelope import Envelope, FeedHead
from space.publication.people import Person, person_of
from space.publication.publication import Publication
from space.review.model import EPOCH
from space.schema.kinds import Values
from space.text.clean import clean, one_line
from space.text.html.sanitize import sanitize
from space.wiki.urls import Urls, media_type
from space.wiki.values import IMPORTED

NAMESPACE = "http://www.w3.org/2005/Atom"
GENERATOR = "Space"


def entry(publication: Publication, urls: Urls) -> str:
    """The entry of a published post, without `content` until its HTML is known."""
    values = publication.values
    page = urls.page(publication.page_title)
    lines = [
        element("id", urls.entry_id(publication.page_id)),
        element("title", one_line(str(values["title"]))),
        element("published", timestamp(publication.published)),
        element("updated", timestamp(publication.updated)),
        link("alternate", page, "text/html", str(values["language"])),
        *(
            link("alternate", urls.page(x.page_title), "text/html", x.language)
            for x in publication.others
        ),
    ]
    lines += [_author(person, urls) for person in _authors(publication)]
    lines += [
        f"<category{attribute('term', one_line(topic))}/>"
        for topic in values.get("topics", ())
    ]
    if image := values.get("image"):
        url = urls.file(str(image))
        lines.append(link("enclosure", url, media_type(str(image))))
    if summary := label(str(values.get("summary", ""))):
        lines.append(element("summary", summary))
    if publication.html:
        html = sanitize(publication.html, page)
        text = clean(_picture(values, urls) + html)
        lines.append(f'<content type="html">{escape(text, quote=False)}</content>')
    return entry_of(lines, str(values["language"]))


def entry_of(lines: Iterable[str], language: str | None = None) -> str:
    """An entry element with these child elements, one a line; `language` is its own."""
    spoken = attribute("xml:lang", language) if language else ""
    return "".join([f"<entry{spoken}>\n", *(f"{x}\n" for x in lines), "</entry>\n"])


def feed(head: FeedHead) -> Envelope:
    """The feed document round entries."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="{NAMESPACE}">',
        element("id", head.source),
        element("title", one_line(head.title), head.language),
        element("updated", timestamp(head.updated or EPOCH)),
        f"<author>{element('name', one_line(head.author))}</author>",
        link("self", head.source, "application/atom+xml"),
        link("alternate", head.page, "text/html"),
        element("generator", GENERATOR),
    ]
    return Envelope("".join(f"{line}\n" for line in lines), "</feed>\n")


def _authors(publication: Publication) -> list[Person]:
    """The authors that the post names, else the creator of its page; never unnamed."""
    named = [person_of(author) for author in publication.values.get("authors", ())]
    if not named and publication.creator:
        named = [_creator(publication.creator)]
    return [person for person in named if person.name]


def _creator(name: str) -> Person:
    return Person(name, None if IMPORTED in name else f"User:{name}")


def _author(person: Person, urls: Urls) -> str:
    uri = element("uri", urls.page(person.page)) if person.page else ""
    return f"<author>{element('name', person.name)}{uri}</author>"


def _picture(values: Values, urls: Urls) -> str:
    """The image of a post, linked to its file page, where author and licence stand.

    Empty when the post has none.
    """
    name = str(values.get("image", ""))
    if not name:
        return ""
    alternative = one_line(str(values.get("image_alt", "")))
    caption = label(str(values.get("image_caption", ""))) or name
    return (
        f'<figure><img src="{escape(urls.file(name))}"'
        f' alt="{escape(alternative)}">'
        f'<figcaption><a href="{escape(urls.file_page(name))}">'
        f"{escape(caption)}</a></figcaption></figure>\n"
    )


def link(
    relation: str, url: str, media: str | None, language: str | None = None
) -> str:
    """A link element (RFC 4287 §4.2.7)."""
    kind = attribute("type", media) if media else ""
    tongue = attribute("hreflang", language) if language else ""
    where = attribute("href", url)
    return f"<link{attribute('rel', relation)}{kind}{tongue}{where}/>"


def element(name: str, text: str, language: str = "") -> str:
    """An element that contains text only, in a language where it names one."""
    spoken = attribute("xml:lang", language) if language else ""
    return f"<{name}{spoken}>{escape(text, quote=False)}</{name}>"


def attribute(name: str, text: str) -> str:
    """An attribute, with a space before it."""
    return f' {name}="{escape(text)}"'


def timestamp(moment: datetime) -> str:
    """A Date construct (RFC 4287 §3.3): RFC 3339 in UTC, in whole seconds."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
