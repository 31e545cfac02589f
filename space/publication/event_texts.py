"""Texts of events in other languages: one event has many, and is still one event.

A page of the kind `translation` names the event's page (`original`) and says its title
and its summary in another language. It has no fields for times, places, links or
people, so whatever stands on it, these are the original's. Pages that the Translate
extension makes (`<page>/xx`) are texts, too, but nobody reviews them: only where they
are is known.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from space.text.languages import fallback_chain, normal

KIND = "translation"
_SOURCE = "en"


@dataclass(frozen=True, slots=True)
class EventText:
    """An event's title and summary in a language.

    `title` is empty, `page_id` None and `revision` 0 for a page of the Translate
    extension, which is no record. `updated` is Unix time.
    """

    language: str
    page_title: str
    page_id: int | None = None
    title: str = ""
    summary: str = ""
    revision: int = 0
    updated: int = 0


@dataclass(frozen=True, slots=True)
class NamedText:
    """A published text and the title by which it names its original.

    `published` is Unix time.
    """

    text: EventText
    original: str
    published: int


@dataclass(frozen=True, slots=True)
class TextTitles:
    """Where titles lead that texts name, and which pages Translate made.

    `aliases` are titles → titles of the pages that they lead to, `translations` titles
    → languages of the Translate extension's pages.
    """

    aliases: Mapping[str, str]
    translations: Mapping[str, tuple[str, ...]]


def texts_by_event(
    events: Collection[str], named: Iterable[NamedText], titles: TextTitles
) -> Mapping[str, tuple[EventText, ...]]:
    """Title of an event → its texts in other languages, by language; others are absent.

    `events` are titles of published events: a text that names anything else has no
    event, nor has the second one in a language, which is what was published later.
    """
    found: dict[str, dict[str, EventText]] = {}
    for each in sorted(
        named, key=lambda each: (each.published, each.text.page_id or 0)
    ):
        title = titles.aliases.get(each.original, each.original)
        if title in events:
            languages = found.setdefault(title, {})
            languages.setdefault(normal(each.text.language), each.text)
    for title in titles.translations.keys() & set(events):
        languages = found.setdefault(title, {})
        for code in titles.translations[title]:
            page = EventText(code, f"{title}/{code}")
            languages.setdefault(normal(code), page)
    return {
        title: tuple(languages[code] for code in sorted(languages))
        for title, languages in found.items()
    }


def text_for(texts: Iterable[EventText], language: str) -> EventText | None:
    """The text for a reader of a language: its own, or a fallback's; None without one.

    The language of the original is not known, so English stands in for nobody who did
    not ask for it.
    """
    known = {normal(text.language): text for text in texts if text.page_id is not None}
    if not known:
        return None
    for code in languages_for(language):
        if text := known.get(normal(code)):
            return text
    return None


def languages_for(language: str) -> tuple[str, ...]:
    """The languages in which a reader of one takes a text, best one first."""
    asks_for_english = normal(language).partition("-")[0] == _SOURCE
    chain = (normal(code) for code in fallback_chain(language))
    return tuple(code for code in chain if code != _SOURCE or asks_for_english)
