"""Words of the interface in feeds: what people call the codes that entries have.

Fragments in the store have none, so that one serves all languages. A feed whose address
names a language gets them while it is sent.
"""

import hashlib
import json
from dataclasses import dataclass

from space.publication.registered import FROM_CALENDAR, REGISTERED, Mark
from space.schema.kinds import load_kind
from space.settings.topics import Topics
from space.text import languages
from space.text.languages import country_name
from space.text.messages import Translator

LABELLED = (
    *("country", "languages", "topics", "status", "mode", "type", "audience"),
    "reach",
)
"""Fields of events whose values are codes that people have words for."""

_MARKS = {
    (REGISTERED, False): "tool-event-registered-about",
    (REGISTERED, True): "tool-event-registered-on",
    (FROM_CALENDAR, False): "tool-event-calendar-about",
    (FROM_CALENDAR, True): "tool-event-calendar-on",
}


@dataclass(frozen=True, slots=True)
class FeedWords:
    """The words of a language, and the topics that the wiki has labels for."""

    messages: Translator
    topics: Topics

    @property
    def language(self) -> str:
        """The code of the language."""
        return self.messages.language

    @property
    def digest(self) -> str:
        """Changes whenever a word does."""
        events = load_kind("event").fields
        choices = {
            field.choice_key(choice)
            for field in (events[name] for name in LABELLED)
            for choice in field.choices
        }
        said = [self.messages.text(key) for key in (*sorted(choices), *_MARKS.values())]
        topics = [sorted(self.topics.slugs.items()), sorted(self.topics.labels.items())]
        text = json.dumps([self.language, said, topics])
        return hashlib.sha256(text.encode()).hexdigest()

    def country(self, code: str) -> str:
        """The name of a country."""
        return country_name(code, self.language)

    def topic(self, name: str) -> str:
        """The label of a topic that a page names; the name where it has none."""
        return self.topics.labels.get(self.topics.slugs.get(name, name), name)

    def mark(self, mark: Mark) -> str:
        """What is said of an event that has no page."""
        return self.messages.text(_MARKS[mark.source, mark.is_reviewed], mark.name)

    def label(self, name: str, value: str) -> str:
        """What people call a value of a field that is `LABELLED`."""
        if name == "country":
            return self.country(value)
        if name == "languages":
            return languages.name(value, self.language)
        if name == "topics":
            return self.topic(value)
        return self.messages.text(load_kind("event").fields[name].choice_key(value))
