"""What other programs should know of a page: Open Graph and schema.org as JSON-LD.

https://ogp.me/, https://schema.org/BlogPosting, https://schema.org/Event. JSON-LD is
data, which a content security policy lets through: nothing of it runs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from markupsafe import Markup

from space.codec.values.links import label
from space.dates.moments import Moment, Span
from space.publication.people import Person, person_of
from space.publication.places import point_of
from space.publication.publication import Publication
from space.publication.registered import attendance, is_reviewed, source_of
from space.schema.kinds import Values
from space.schema.visibility import choice
from space.text.clean import one_line
from space.text.html.plain import line_of
from tool.app.reading.social_card import SharedPicture
from tool.app.services import services
from tool.app.views.items import texts
from tool.app.views.topics import topic_label
from tool.app.web.language import message_text

Data = Mapping[str, Any]
_LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
_STATUS = {
    "confirmed": "EventScheduled",
    "tentative": "EventScheduled",
    "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}
_MODE = {
    "in-person": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
_EXCERPT = 200  # characters, as much as such sites show
_READ = 20_000  # characters of HTML in which that many of text are


@dataclass(frozen=True, slots=True)
class SharedPage:
    """The page of a publication, as it is told where its link is shared.

    `description` is plain text, empty for a page without summary and text.
    """

    publication: Publication
    address: str
    description: str
    picture: SharedPicture

    @property
    def properties(self) -> list[tuple[str, str]]:
        """The properties of `<meta>` elements."""
        return open_graph(self)


def json_ld(data: Data) -> Markup:
    """Data as a script that no browser runs; no value can end it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704 - escaped


def description(publication: Publication, body: Markup | None) -> str:
    """The summary as plain text, or else how the text begins; empty without both.

    Before all else it says that nobody reviewed an event, where that is so.
    """
    if not is_reviewed(publication):
        marked = message_text(f"tool-event-{source_of(publication)}")
        return " · ".join(filter(None, (marked, _told(publication, body))))
    return _told(publication, body)


def _told(publication: Publication, body: Markup | None) -> str:
    summary = label(str(publication.values.get("summary", "")))
    text = summary or line_of(str(body or "")[:_READ])
    if summary or len(text) <= _EXCERPT:
        return text
    return f"{text[:_EXCERPT].rpartition(' ')[0] or text[:_EXCERPT]}…"


def open_graph(page: SharedPage) -> list[tuple[str, str]]:
    """The properties of `<meta>` elements."""
    publication, picture = page.publication, page.picture
    values = publication.values
    is_post = publication.kind == "post"
    found = [
        ("og:type", "article" if is_post else "website"),
        ("og:site_name", message_text("tool-name")),
        ("og:title", one_line(str(values["title"]))),
        ("og:description", page.description),
        ("og:url", page.address),
        ("og:image", picture.url),
        ("og:image:alt", picture.alt),
        ("og:image:width", picture.width and str(picture.width)),
        ("og:image:height", picture.height and str(picture.height)),
        ("twitter:card", "summary_large_image"),
    ]
    if is_post:
        found += [
            ("article:published_time", publication.published.isoformat()),
            ("article:modified_time", publication.updated.isoformat()),
            *(("article:tag", label) for label in _topic_labels(values)),
        ]
    return [(name, value) for name, value in found if value]


def blog_posting(page: SharedPage) -> Data:
    """A post as schema.org's BlogPosting."""
    post = page.publication
    values = post.values
    return _present(
        {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "@id": services().facts.addresses().entry_id(post.page_id),
            "headline": one_line(str(values["title"])),
            "description": page.description,
            "inLanguage": values["language"],
            "datePublished": post.published.isoformat(),
            "dateModified": post.updated.isoformat(),
            "author": _people(texts(values, "authors")),
            "keywords": _topic_labels(values),
            "image": page.picture.url,
            "url": page.address,
            "sameAs": services().facts.addresses().page(post.page_title),
            "license": _LICENCE,
        }
    )


def schema_event(page: SharedPage, span: Span) -> Data:
    """One time of an event as schema.org's Event."""
    event = page.publication
    values = event.values
    status, mode = choice("event", values, "status"), attendance(event)
    return _present(
        {
            "@context": "https://schema.org",
            "@type": "Event",
            "name": one_line(str(values["title"])),
            "description": page.description,
            "startDate": _moment(span.start),
            "endDate": _moment(span.end) if span.end else None,
            "eventStatus": f"https://schema.org/{_STATUS[status]}",
            "eventAttendanceMode": mode and f"https://schema.org/{_MODE[mode]}",
            "location": _places(event, mode, page.address) if mode else None,
            "organizer": _people(texts(values, "organizers")),
            "inLanguage": list(texts(values, "languages")),
            "keywords": _topic_labels(values),
            "image": page.picture.url,
            "url": page.address,
        }
    )


def _places(event: Publication, mode: str, address: str) -> list[Data]:
    values = event.values
    places: list[Data] = []
    if mode != "online":
        point = point_of(values)
        latitude, longitude = point.numbers() if point else (None, None)
        geo = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
        postal = {
            "@type": "PostalAddress",
            "streetAddress": values.get("address"),
            "addressLocality": values.get("city"),
            "addressCountry": values.get("country"),
        }
        name = label(str(values.get("venue") or values.get("city") or ""))
        places.append(
            _present(
                {
                    "@type": "Place",
                    "name": name,
                    "address": _present(postal),
                    "geo": geo if point else None,
                }
            )
        )
    if mode != "in-person":
        link = str(values.get("online_link", "")) or address
        places.append({"@type": "VirtualLocation", "url": link})
    return places


def _people(items: tuple[str, ...]) -> list[Data]:
    addresses = services().facts.addresses()
    people = (person_of(item) for item in items)
    return [
        _present(
            {
                "@type": _type(person),
                "name": person.name,
                "url": addresses.page(person.page) if person.page else None,
            }
        )
        for person in people
        if person.name
    ]


def _type(person: Person) -> str:
    """People are named, or have a user page; a link to any other page is a group."""
    return "Person" if not person.page or "User:" in person.page else "Organization"


def _moment(moment: Moment) -> str:
    return str(moment) if moment.all_day else moment.local.isoformat()


def _present(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def init_app(app: Flask) -> None:
    """Offer `json_ld` to templates."""
    app.jinja_env.globals["json_ld"] = json_ld


def _topic_labels(values: Values) -> list[str]:
    return [topic_label(topic) for topic in texts(values, "topics")]
