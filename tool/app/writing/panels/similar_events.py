"""Events similar to the one in a form, each with the reason in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from babel.lists import format_list

from space.publication.similar_events import (
    Duplicate,
    Neighbour,
    Plan,
    duplicates,
    neighbours,
)
from space.text import languages
from space.text.folding import fold
from tool.app.form.fields import Form
from tool.app.services import services
from tool.app.views.items import EventView, text
from tool.app.views.topics import topic_label
from tool.app.web.language import interface_language, message_text

_PATTERNS = {"2", "start", "middle", "end"}


@dataclass(frozen=True, slots=True)
class SimilarEvent:
    """A similar event; `why` names the similarities in the reader's language.

    `event` is None for an unpublished page, of which only the title may be shown.
    """

    page_id: int
    page_title: str
    event: EventView | None
    why: str


@dataclass(frozen=True, slots=True)
class SimilarEvents:
    """Events close in time and place, and pages that may describe the same event."""

    nearby: tuple[SimilarEvent, ...] = ()
    duplicates: tuple[SimilarEvent, ...] = ()


def similar_events(
    form: Form, page_id: int | None = None, page_title: str = ""
) -> SimilarEvents:
    """Events similar to that of a form; none without a time or for other kinds.

    `page_id` and `page_title` belong to the edited page; None and empty for a new one.
    """
    store = services().store
    if form.kind.name != "event" or not store.ready():
        return SimilarEvents()
    today = services().today
    plan = Plan.of(form.values, today, page_id=page_id, page_title=page_title)
    if plan is None:
        return SimilarEvents()
    candidates = list(store.events.candidates(plan))
    same = duplicates(plan, candidates, store.events.unpublished())
    nearby = neighbours(plan, candidates, store.topics().slugs)
    duplicate_ids = {duplicate.page_id for duplicate in same}
    return SimilarEvents(
        tuple(
            _neighbour(neighbour)
            for neighbour in nearby
            if neighbour.candidate.publication.page_id not in duplicate_ids
        ),
        tuple(_duplicate(duplicate, text(form.values, "title")) for duplicate in same),
    )


def _neighbour(neighbour: Neighbour) -> SimilarEvent:
    publication, span = neighbour.candidate.publication, neighbour.candidate.span
    event = EventView.at(publication, interface_language(), span)
    when = _when(neighbour.days, same_hour=neighbour.same_hour)
    why = _sentence([*_shared(neighbour), *_audience(neighbour), *when])
    return SimilarEvent(publication.page_id, publication.page_title, event, why)


def _shared(neighbour: Neighbour) -> Iterator[str]:
    if neighbour.same_city:
        yield message_text("tool-nearby-city")
    if neighbour.kilometres is not None:
        yield message_text("tool-nearby-kilometres", max(1, neighbour.kilometres))
    if neighbour.topics:
        yield message_text(
            "tool-nearby-topic",
            _sentence([topic_label(topic) for topic in neighbour.topics]),
        )


def _audience(neighbour: Neighbour) -> Iterator[str]:
    """The shared audience, told only where neither place nor topic is shared."""
    if neighbour.same_place or neighbour.topics:
        return
    if neighbour.audience == "country":
        yield message_text("tool-nearby-country")
    elif neighbour.audience == "online":
        yield message_text("tool-nearby-online")


def _when(days: int, *, same_hour: bool = False) -> Iterator[str]:
    if same_hour:
        yield message_text("tool-nearby-hour")
    elif days == 0:
        yield message_text("tool-nearby-day")
    elif days < 0:
        yield message_text("tool-nearby-earlier", -days)
    else:
        yield message_text("tool-nearby-later", days)


def _duplicate(duplicate: Duplicate, title: str) -> SimilarEvent:
    candidate = duplicate.candidate
    if candidate is None:
        why = [
            message_text("tool-nearby-same-title"),
            message_text("tool-nearby-waits"),
        ]
        return SimilarEvent(
            duplicate.page_id, duplicate.page_title, None, _sentence(why)
        )
    event = EventView.at(candidate.publication, interface_language(), candidate.span)
    why = []
    if duplicate.named:
        same = fold(title) == fold(event.title)
        key = "tool-nearby-same-title" if same else "tool-nearby-like-title"
        why.append(message_text(key))
    if duplicate.linked:
        why.append(message_text("tool-nearby-website"))
    why += _when(duplicate.days)
    return SimilarEvent(duplicate.page_id, duplicate.page_title, event, _sentence(why))


def _sentence(parts: list[str] | tuple[str, ...]) -> str:
    """The parts joined as a list of the reader's language.

    CLDR's style `unit`; babel has only some of its patterns in many languages, which
    list in the style `standard`.
    """
    locale = languages.locale(interface_language())
    has_units = locale.list_patterns.get("unit", {}).keys() >= _PATTERNS
    style: Literal["unit", "standard"] = "unit" if has_units else "standard"
    return str(format_list(parts, style=style, locale=locale))
