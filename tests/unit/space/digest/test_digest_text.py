"""A digest is short, works on any wiki, and says nothing that is private."""

from collections.abc import Iterable
from dataclasses import replace

import mwparserfromhell
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from space.dates.moments import Span
from space.digest.digest_text import (
    LONGEST_SUBJECT,
    MOST_EVENTS,
    MOST_POSTS,
    DigestText,
    write_digest,
)
from space.digest.regions import REGIONS, region_named
from space.digest.selection import Digest, Waiting
from space.digest.weeks import Week
from space.publication.occurrence import Occurrence
from space.publication.publication import Publication
from space.publication.translations import PostVersion
from space.schema.visibility import public_values
from space.text.messages import Translator, read_catalogue
from tests.support.feeds.publications import event, events, post, posts, publication

WEEK = Week(2026, 47)
CATALOGUE = read_catalogue()


def occurrence(publication: Publication) -> Occurrence:
    span = Span.of(publication.values)
    assert isinstance(span, Span)
    end = str(span.end) if span.end else None
    return Occurrence(publication, str(span.start), end, span.start_utc, span.end_utc)


def digest(*publications: Publication, waiting: Iterable[Waiting] = ()) -> Digest:
    return Digest(
        WEEK,
        tuple(each for each in publications if each.kind == "post"),
        tuple(occurrence(each) for each in publications if each.kind == "event"),
        tuple(waiting),
    )


def told(what: Digest, language: str = "en", region: str = "") -> DigestText:
    say = Translator(CATALOGUE, language)
    return write_digest(what, say, "Space", region_named(region))


def test_digest_when_told_is_a_list_of_links_with_the_wikis_prefix() -> None:
    call = event(1, title="Call | [[x]]", mode="online", country="")
    walk = event(2, title="Walk", city="Accra", country="GH", end="2026-11-29 16:00")
    waiting = [Waiting("Space/Questions", "", 2), Waiting("Space/Blog/A", "A", 1)]
    text = told(
        digest(post(3, title="News"), call, walk, waiting=waiting), "en", "africa"
    )

    assert text.subject == "Wikimedia news and events, 16–22 Nov 2026"
    assert text.wikitext("m:") == (
        "<!-- Space digest: 2026-W47/en/Africa -->\n"
        '<div lang="en" dir="ltr">\n'
        "What is new in the Wikimedia movement, and what comes next.\n"
        "\n'''New posts'''\n"
        "* [[m:Space/Blog/Page 3|News]]\n"
        "\n'''Coming events: Africa'''\n"
        "* '''28 Nov''' – [[m:Space/Events/Page 1|Call &#124; &#91;&#91;x&#93;&#93;]]"
        " (Online)\n"
        "* '''28–29 Nov''' – [[m:Space/Events/Page 2|Walk]] (Accra · Ghana)\n"
        "\n'''Waiting for an answer'''\n"
        "* [[m:Space/Questions|Questions of newcomers]] (2 questions)\n"
        "* [[m:Space/Blog/A|A]] (one question)\n"
        "\n<small>[[m:Space/Blog|Blog]] · [[m:Space/Calendar|Calendar]] · "
        "[[m:Space/Digest/Subscribers/en/Africa|Subscribe or unsubscribe]]</small>\n"
        "</div>"
    )


def test_digest_when_of_a_region_has_its_events_and_those_for_everyone() -> None:
    what = digest(
        event(1, title="Accra", country="GH"),
        event(2, title="Lima", country="PE"),
        event(3, title="Everyone", country="PE", reach="movement"),
    )

    def titles(region: str) -> list[str]:
        (part,) = told(what, "en", region).parts
        return [entry.link.text for entry in part.entries]

    assert titles("africa") == ["Accra", "Everyone"]
    assert titles("latin-america") == ["Lima", "Everyone"]
    assert titles("") == ["Everyone"]


def test_digest_when_a_post_is_in_the_language_links_to_that_version() -> None:
    versions = (
        PostVersion("en", "Space/Blog/News", 3, "News"),
        PostVersion("fr", "Space/Blog/Nouvelles", 4, "Nouvelles"),
    )
    what = digest(replace(post(3, title="News"), versions=versions))

    french, german = (told(what, code).wikitext("") for code in ("fr", "de"))

    assert "* [[:Space/Blog/Nouvelles|Nouvelles]]\n" in french
    assert "* [[:Space/Blog/News|News]] (Englisch)\n" in german


def test_digest_when_much_happened_has_the_first_and_the_number_of_others() -> None:
    many = [post(number) for number in range(1, MOST_POSTS + 2)]
    calls = [
        event(100 + number, mode="online", country="")
        for number in range(MOST_EVENTS + 3)
    ]
    news, coming = told(digest(*many, *calls)).parts

    assert len(news.entries) == MOST_POSTS + 1
    assert news.entries[-1].link.text == "one more post"
    assert coming.entries[-1].link.text == "3 more events"


def test_digest_when_there_are_many_local_events_has_wider_ones_first() -> None:
    meetups = [event(number) for number in range(MOST_EVENTS)]
    camp = event(99, reach="region", start="2026-12-05 10:00", end="")

    (part,) = told(digest(*meetups, camp), "en", "oceania").parts

    titles = [entry.link.text for entry in part.entries]
    assert titles == [f"Event {n}" for n in range(MOST_EVENTS - 1)] + [
        "Event 99",
        "one more event",
    ]


@pytest.mark.parametrize("language", sorted(CATALOGUE))
def test_digest_in_every_language_has_a_heading_that_mass_message_takes(
    language: str,
) -> None:
    what = digest(post(), event(mode="online", country=""))
    for region in (None, *REGIONS):
        say = Translator(CATALOGUE, language)
        text = write_digest(what, say, "Space", region)
        assert len(text.subject.encode()) <= LONGEST_SUBJECT
        assert "⧼" not in text.wikitext("m:")


@settings(max_examples=40)
@given(
    st.lists(st.one_of(events(), posts()), max_size=4), st.sampled_from(["en", "ar"])
)
def test_digest_of_anything_shows_what_people_wrote_literally(
    publications: list[Publication], language: str
) -> None:
    code = mwparserfromhell.parse(
        told(digest(*publications), language, "oceania").wikitext("m:")
    )
    assert not code.filter_templates()
    assert not code.filter_external_links()
    assert {str(tag.tag) for tag in code.filter_tags()} <= {"b", "div", "li", "small"}
    assert all(
        str(link.title).startswith("m:Space/") for link in code.filter_wikilinks()
    )


@given(
    st.sampled_from(["exact", "city", "country"]),
    st.sampled_from(["public", "registered"]),
    st.sampled_from(["in-person", "online", "hybrid"]),
)
def test_digest_of_any_event_has_nothing_private(
    precision: str, access: str, mode: str
) -> None:
    secrets = {
        "address": "44 Secret Street",
        "contact": "secret@example.org",
        "coordinates": "-36.8506, 174.7679",
        "online_link": "https://secret.example.org/",
        "registration_link": "https://secret.example.org/register",
        "venue": "Secret Library",
        "city": "Secretown",
    }
    values = {
        **secrets,
        "title": "Hui",
        "start": "2026-11-28 10:00",
        "timezone": "Pacific/Auckland",
        "country": "NZ",
        "mode": mode,
        "precision": precision,
        "link_access": access,
    }
    shown = public_values("event", values)
    text = told(digest(publication(1, "event", shown)), "en", "oceania").wikitext("m:")
    assert "Hui" in text
    may_be_told = {"city"} if precision != "country" else set()
    for name, secret in secrets.items():
        assert name in may_be_told or secret not in text
