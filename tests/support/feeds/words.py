"""Words of the interface for feeds, with topics of which one has a label."""

from space.feeds.words import FeedWords
from space.settings.topics import Topics
from space.text.messages import Translator, read_catalogue

TOPICS = """{{Space topic
| slug = glam
| label = Galleries, libraries & "archives"
| aliases = museums
}}"""


def words(language: str) -> FeedWords:
    """The words of a language."""
    return FeedWords(Translator(read_catalogue(), language), Topics.of(TOPICS))
