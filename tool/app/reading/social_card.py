"""Cards of posts and events: pictures for sites that show a link with one."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, redirect, request
from flask.typing import ResponseReturnValue

from space.authoring.pictures import Picture
from space.dates.moments import Span
from space.dates.schedule import Schedule, span_of
from space.publication.event_texts import KIND as TRANSLATION
from space.publication.people import person_of
from space.publication.publication import Publication
from space.publication.registered import attendance
from space.schema.visibility import choice
from space.text import languages
from space.text.clean import one_line
from tool.app.services import services
from tool.app.views import dates
from tool.app.views.items import PostView, place, text, texts
from tool.app.views.language_links import LANGUAGE
from tool.app.web.assets import FOREVER
from tool.app.web.caching import public
from tool.app.web.index import needs_index
from tool.app.web.language import in_wiki_language, url_with
from tool.app.web.rates import count_address
from tool.app.web.routes import LARGEST_ID, PAGE_ID
from tool.cards.cards import mark_of
from tool.cards.drawing import HEIGHT, WIDTH, Card
from tool.rates import CARD

blueprint = Blueprint("social", __name__)
blueprint.before_request(needs_index)

COMMONS_WIDTH = 1280  # pixels; one of the widths that Commons keeps ready
_DATE = "date"
_NOT_AS_PLANNED = frozenset({"cancelled", "postponed"})


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """The picture that stands for a page: its URL, its text, its size in pixels.

    Width and height are 0 where Commons did not tell them.
    """

    url: str
    alt: str
    width: int = 0
    height: int = 0


def shared_picture(
    publication: Publication, span: Span | None, picture: Picture | None
) -> SharedPicture:
    """The picture of a page as Commons has it, or else its card.

    `span` is the time of an event that is shown, `picture` what Commons tells.
    """
    urls = services().facts.addresses()
    name = text(publication.values, "image")
    if not name:
        card = card_of(publication, span)
        said = (card.title, card.who, card.when)
        alt = dates.comma(card.language).join(filter(None, said))
        url = urls.tool(*_address(publication, span, card).split("?"))
        return SharedPicture(url, alt, WIDTH, HEIGHT)
    alt = text(publication.values, "image_alt") or (
        picture.description if picture else ""
    )
    width = min(COMMONS_WIDTH, picture.width) if picture else 0
    height = round(picture.height * width / picture.width) if picture and width else 0
    return SharedPicture(urls.file(name, COMMONS_WIDTH), one_line(alt), width, height)


def card_of(publication: Publication, span: Span | None) -> Card:
    """What the card of a page says, in the page's language."""
    values = publication.values
    spoken = texts(values, "languages")
    told = publication.translation
    language = told.language if told else text(values, "language")
    language = language or (spoken[0] if spoken else "en")
    if span is None:
        people = (person_of(item).name for item in texts(values, "authors"))
        who = dates.comma(language).join(people)
        when = dates.short_day(PostView(publication, language).day, language)
    else:
        mode = attendance(publication)
        key = mode and f"choice-mode-{mode}"
        who = place(values, language) or (
            in_wiki_language(key, language=language) if key else ""
        )
        when = _with_status(publication, dates.span(span, language), language)
    return Card(
        title=text(values, "title"),
        who=who,
        when=when,
        site=in_wiki_language("tool-name", language=language),
        language=language,
        right_to_left=languages.direction(language) == "rtl",
    )


@blueprint.get(f"/social/{PAGE_ID}/<int(max={LARGEST_ID}):revision>-<mark>.png")
def card(page_id: int, revision: int, mark: str) -> ResponseReturnValue:
    """The card of a published revision; any other address leads to the current one."""
    record = services().store.records.get(page_id)
    if record is None or record.publication is None or record.kind == TRANSLATION:
        abort(404)
    publication = _told(record.publication)
    span = _asked_span(publication) if publication.kind == "event" else None
    drawn = card_of(publication, span)
    if (revision, mark) != (publication.revision, mark_of(drawn)):
        return public(make_response(redirect(_address(publication, span, drawn))))
    png = services().cards.get(mark)
    if png is None:
        count_address(CARD)
        png = services().cards.draw(drawn)
    response = Response(png, content_type="image/png")
    response.headers["Cache-Control"] = FOREVER
    response.set_etag(mark)
    return response.make_conditional(request)


def _address(publication: Publication, span: Span | None, card: Card) -> str:
    """The path of a page's card; of an event with the day and the language it has."""
    told = publication.translation
    return url_with(
        "social.card",
        {
            **({_DATE: [span.start.date.isoformat()]} if span else {}),
            **({LANGUAGE: [told.language.lower()]} if told else {}),
        },
        page_id=publication.page_id,
        revision=publication.revision,
        mark=mark_of(card),
    )


def _told(publication: Publication) -> Publication:
    """An event in the language that is asked for, if it has a text in it."""
    asked = request.args.get(LANGUAGE, "").lower()
    return publication.in_language(asked) if languages.is_code(asked) else publication


def _asked_span(event: Publication) -> Span:
    """The time on the day that is asked for, the first one where it has none then."""
    schedule = Schedule.of(event.values)
    start = schedule.occurrence(request.args.get(_DATE, ""))
    return schedule.span_from(start) if start else span_of(event.values)


def _with_status(event: Publication, when: str, language: str) -> str:
    """When it takes place, or that it does not."""
    status = choice("event", event.values, "status")
    if status not in _NOT_AS_PLANNED:
        return when
    told = in_wiki_language(f"choice-status-{status}", language=language)
    return dates.comma(language).join((told, when))
