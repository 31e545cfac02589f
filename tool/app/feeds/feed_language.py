"""The language of a feed: that of its address, and no other."""

from collections.abc import Mapping

from flask import g

from space.feeds.words import FeedWords
from space.text import languages
from space.text.messages import SOURCE, Translator, negotiate
from tool.app.services import services
from tool.app.views.listing import given
from tool.app.web.language import PARAMETER


def own_language() -> Mapping[str, str]:
    """The language that the address names, as its argument; empty without one."""
    code = given(PARAMETER, lambda text: languages.is_code(text.lower())).lower()
    return {PARAMETER: code} if code else {}


def feed_messages() -> Translator:
    """Messages in the language of the address, or else English."""
    catalogue = services().catalogue
    code = own_language().get(PARAMETER)
    return Translator(catalogue, negotiate(code, (SOURCE,), catalogue))


def feed_words() -> FeedWords:
    """The words of the language of the address, or else of English."""
    if "feed_words" not in g:
        g.feed_words = FeedWords(feed_messages(), services().store.topics())
    words: FeedWords = g.feed_words
    return words
