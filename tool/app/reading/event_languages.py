"""The languages of an event on its page: which one is shown, and the way to others.

What is said of a language here is about title, summary and text. The filter `language`
of lists is about another one: what is spoken at the event.
"""

from dataclasses import dataclass
from functools import partial

from space.publication.event_texts import EventText
from space.publication.publication import Publication
from space.text import languages
from space.text.languages import fallbacks, is_same, normal
from tool.app.reading.event_dates import event_url
from tool.app.services import services
from tool.app.views.items import texts
from tool.app.views.language_links import LANGUAGE, LanguageLink, asked_language
from tool.app.views.told_events import told
from tool.app.web.language import interface_language, message_text, reader_languages
from tool.app.web.links import wiki_url

ORIGINAL = "original"
"""The value of `?language=` that asks for an event as it was announced."""


@dataclass(frozen=True, slots=True)
class EventLanguages:
    """The languages of an event.

    `shown` is the text that the page has, None for the original's. `missing` is the
    language that was asked for and that there is no text in, empty for none.
    `translate_into` is a language of the reader's that it may be translated into, empty
    where that is not known. `day` is the date in the page's URL, empty without one.
    """

    event: Publication
    shown: EventText | None
    missing: str = ""
    translate_into: str = ""
    day: str = ""

    @property
    def code(self) -> str:
        """The code of the language that is shown; empty for the original's."""
        return self.shown.language if self.shown else ""

    @property
    def name(self) -> str:
        """The language that is shown, in itself."""
        return languages.name(self.code, self.code) if self.code else _original()

    @property
    def missing_name(self) -> str:
        """The language that was asked for, in the reader's."""
        return languages.name(self.missing, interface_language())

    @property
    def elsewhere(self) -> LanguageLink | None:
        """The way to that language where only the wiki has it; else None."""
        on_wiki = (other for other in self.others if other.on_wiki)
        return next((e for e in on_wiki if is_same(e.code, self.missing)), None)

    @property
    def others(self) -> list[LanguageLink]:
        """The way to all others, the original first."""
        links = [LanguageLink("", _original(), self.address(ORIGINAL))]
        links = links if self.shown else []
        return links + [
            self._link(text) for text in self.event.texts if text is not self.shown
        ]

    def address(self, code: str) -> str:
        """The URL path of the event in a language."""
        return event_url(self.event, self.day or None, **{LANGUAGE: code})

    def _link(self, text: EventText) -> LanguageLink:
        code = text.language
        made = partial(LanguageLink, code, languages.name(code, code))
        if text.page_id is None:
            return made(wiki_url(text.page_title), True)
        return made(self.address(code.lower()))

    @property
    def translation(self) -> Publication | None:
        """The page of the text that is shown; None for the original."""
        page_id = self.shown.page_id if self.shown else None
        record = services().store.records.get(page_id) if page_id else None
        return record.publication if record else None


def told_event(event: Publication) -> Publication:
    """The event in the language that `?language=` asks for, or in the reader's.

    Raises `BadFilterError` for what is no code.
    """
    asked = asked_language()
    if not asked:
        return told(event)
    return event if asked == ORIGINAL else event.in_language(asked)


def event_languages(event: Publication, day: str) -> EventLanguages:
    """The languages of an event that `told_event` gave."""
    asked = asked_language()
    missing = asked if asked != ORIGINAL and not event.translation else ""
    into = missing or _lacking(event, reader_languages()[0])
    return EventLanguages(event, event.translation, missing, into, day)


def _lacking(event: Publication, language: str) -> str:
    """A reader's language where the event is surely not in it; else empty.

    Nobody says in which language an original is: perhaps the wiki's, or one of those
    that are spoken there.
    """
    have = [services().facts.language(), *texts(event.values, "languages")]
    have += [text.language for text in event.texts]
    primary = normal(language).partition("-")[0]
    if any(normal(code).partition("-")[0] == primary for code in have):
        return ""
    return language if language in fallbacks() else primary


def _original() -> str:
    return message_text("tool-event-original")
