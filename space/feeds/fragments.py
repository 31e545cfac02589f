"""Fragments: the text of one published page in each feed that has it."""

from collections.abc import Iterator, Mapping, Sequence

from space.dates.moments import Span
from space.feeds.icalendar import cancelled_vevent, vevent, vevents
from space.feeds.table import FEEDS
from space.publication.publication import Publication, Tombstone
from space.publication.series import Replaced
from space.text.languages import normal
from space.wiki.urls import Urls

ICS, ATOM, GEOJSON, CSV = "ics", "atom", "geojson", "csv"
REPLACING = "ics-replacing"
"""The VEVENT of a changed date where its series is in the same calendar."""

_IN = "@"


def language_form(form: str, language: str) -> str:
    """The form of what events say in a language that is not their own."""
    return f"{form}{_IN}{normal(language)}"


def parts_of(form: str) -> tuple[str, str]:
    """A form without its language, and the language, empty for the events' own."""
    plain, _, language = form.partition(_IN)
    return plain, language


def all_languages(form: str) -> str:
    """A pattern for LIKE that `language_form` gives what fits, in any language."""
    return f"{form}{_IN}%"


def with_languages(
    publication: Publication, form: str
) -> Iterator[tuple[str, Publication]]:
    """A form with a publication, and the form of each other language with the same."""
    yield form, publication
    for text in publication.texts:
        if text.page_id is not None:
            yield (
                language_form(form, text.language),
                publication.in_language(text.language),
            )


def render(
    publication: Publication,
    urls: Urls,
    instead: Replaced | None = None,
    told: Sequence[Span] = (),
) -> Mapping[str, str]:
    """The fragments of a page by form, without that of maps (`space.feeds.geojson`).

    `instead` is the occurrence of a series that an event stands for, None for any
    other page; `told` are the dates that a series dropped, which its calendar cancels.
    Nothing in a fragment depends on the reader, the request or the time of day, so one
    serves as long as the published revision stays, or till there is less to tell. An
    event has them in each of its languages (`language_form`).
    """
    texts = {
        form: feed.render(each, urls)
        for feed in FEEDS
        if feed.kind == publication.kind and feed.render
        for form, each in with_languages(publication, feed.form)
    }
    if told:
        for form, each in with_languages(publication, ICS):
            texts[form] = vevents(each, urls, told)
    if instead:
        for form, each in with_languages(publication, REPLACING):
            texts[form] = vevent(each, urls, instead)
    return texts


def render_tombstone(tombstone: Tombstone, urls: Urls) -> Mapping[str, str]:
    """The fragments of an event that is gone, by form."""
    return {ICS: cancelled_vevent(tombstone, urls)}
