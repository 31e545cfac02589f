"""The filter's form: what stands in it, what it sends, what can be taken away."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.publication.filters import Filter, parse
from space.settings.topics import Topics
from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp

Pairs = list[tuple[str, str]]


class FormReader(HTMLParser):
    """What a browser would send of the page's search form."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Pairs = []
        self.offered: dict[str, dict[str, str]] = {}
        self._inside = False
        self._select = self._option = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            of_lists = given.get("class") == "filter-form"
            self._inside = given.get("role") == "search" and of_lists
        if not self._inside:
            return
        if tag == "input":
            self.sent.append((given["name"], given["value"]))
        elif tag == "select":
            self._select = given["name"]
            self.sent.append((self._select, ""))
        elif tag == "option":
            self._option = given["value"]
            if "selected" in given:
                self.sent[-1] = (self._select, self._option)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"

    def handle_data(self, data: str) -> None:
        if self._inside and self._option:
            self.offered.setdefault(self._select, {})[self._option] = data
            self._option = ""


def form_of(page: str) -> FormReader:
    reader = FormReader()
    reader.feed(page)
    return reader


def pairs_of(address: str | None) -> Pairs:
    return parse_qsl(urlsplit(address or "").query)


@pytest.fixture(scope="module")
def tool() -> ToolApp:
    tool = ToolApp()
    tool.publish(
        event(12, topics=("museums",), languages=("hi",), wikis=("hiwiki",)),
        event(14, topics=("glam", "tea"), country="IN"),
        post(13, topics=("tea",), language="ar"),
    )
    tool.store.set_topics(
        Topics({"museums": "glam"}, {"glam": "Galleries & more", "women": "Women"})
    )
    return tool


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "country": st.sets(st.sampled_from(["IN", "NZ", "PG"]), min_size=1),
        "topic": st.sets(st.sampled_from(["glam", "tea", "नया", "a&b"]), min_size=1),
        "language": st.sets(st.sampled_from(["hi", "zh-hant", "en"]), min_size=1),
        "type": st.sets(st.sampled_from(["workshop", "other"]), min_size=1),
        "mode": st.sets(st.sampled_from(["online", "hybrid"]), min_size=1),
        "wiki": st.sets(st.sampled_from(["hiwiki", "commonswiki"]), min_size=1),
        "audience": st.just({"newcomers"}),
        "status": st.sets(st.sampled_from(["cancelled", "tentative"]), min_size=1),
        "organizer": st.just({"Ana", "Wikimedia India"}),
        "series": st.just({"Space/Events/Weekly"}),
        "from": st.just({"2026-11-01"}),
        "to": st.just({"2026-12-01"}),
        "q": st.sampled_from([{"Tea  “cakes” <b>"}, {"b a"}, {"नमस्ते"}]),
    },
)


@given(
    wanted=FILTERS,
    path=st.sampled_from(["/events", "/calendar/2026-11", "/subscribe"]),
)
def test_form_when_sent_back_then_asks_for_the_same_at_a_tidy_address(
    tool: ToolApp, wanted: dict[str, set[str]], path: str
) -> None:
    given_pairs = [(key, value) for key, all_ in wanted.items() for value in all_]
    asked = parse("event", given_pairs)
    assert isinstance(asked, Filter)
    page = tool.get(f"{path}?{urlencode(given_pairs)}", follow_redirects=True)
    sent = form_of(page.text).sent
    assert parse("event", sent) == asked
    answer = tool.get(f"{path}?{urlencode(sent)}")
    assert answer.status_code == 302
    address = pairs_of(answer.location)
    assert parse("event", address) == asked
    assert all(value for _, value in address)
    assert tool.get(answer.location).status_code == 200


@given(wanted=FILTERS)
def test_chips_when_followed_then_take_away_one_condition_each(
    tool: ToolApp, wanted: dict[str, set[str]]
) -> None:
    query = urlencode(wanted, doseq=True)
    page = tool.get(f"/subscribe?{query}", follow_redirects=True)
    conditions = pairs_of(page.request.url)
    hrefs = [
        unescape(part)
        for part in re.findall(
            r'class="filter-chip[^"]*" href="([^"]*)"><span', page.text
        )
    ]
    taken = [Counter(conditions) - Counter(pairs_of(href)) for href in hrefs]
    assert sorted(pair for each in taken for pair in each) == sorted(conditions)
    assert all(each.total() == 1 for each in taken)


def test_options_when_offered_then_are_those_in_use_by_name(tool: ToolApp) -> None:
    page = tool.get("/calendar/2026-11").text
    offered = form_of(page).offered
    assert offered["country"] == {"IN": "India", "NZ": "New Zealand"}
    assert offered["topic"] == {
        "glam": "Galleries & more",
        "tea": "tea",
        "women": "Women",
    }
    assert offered["language"] == {"hi": "Hindi"}
    assert offered["wiki"] == {"hiwiki": "hiwiki"}
    assert '<optgroup label="Other tags"><option value="tea">' in page
    assert offered["audience"]["newcomers"] == "Newcomers"
    assert "organizer" not in offered


def test_conditions_when_asked_for_then_each_is_said_once(tool: ToolApp) -> None:
    """By a link above the form, by a chip, or by a field that is typed in."""
    query = "country=NZ&language=hi&when=week&from=2026-11-01"
    page = tool.get(f"/events?{query}").text.partition("<main")[2]
    assert page.count('<select class="cdx-select" name="country"') == 1
    assert 'aria-label="Country: Add another"><option value="">Add another<' in page
    assert " selected" not in page
    assert 'name="language"' in page
    assert '<select class="cdx-select" name="language"' not in page
    chips = re.findall(r'class="(filter-chip[^"]*)" href="[^"]*"><span>(\w+)', page)
    assert chips == [
        ("filter-chip", "Country"),
        ("filter-chip filter-chip--typed", "From"),
    ]
    assert page.count('aria-current="true"') == 2
    assert ">Clear all<" in page
    assert "Filters (2)" in page
    assert ">Clear all<" not in tool.get("/events?language=hi").text
    lit = tool.get("/events?language=hi&when=week").text
    assert ">Clear all<" not in lit
    assert '<span class="quiet">· ' in lit
    assert "Events without a point on the map are not shown." in lit


def test_options_when_of_posts_then_are_those_of_posts(tool: ToolApp) -> None:
    offered = form_of(tool.get("/subscribe/posts").text).offered
    assert offered["language"] == {"ar": "Arabic"}
    assert set(offered["topic"]) == {"glam", "tea", "women"}
    assert "country" not in offered


def test_words_when_typed_then_stay_as_typed(tool: ToolApp) -> None:
    answer = tool.get("/events?q=+Zebra++Ant+&country=")
    assert pairs_of(answer.location) == [("q", "Zebra Ant")]
    assert ("q", "Zebra Ant") in form_of(tool.get(answer.location).text).sent


def test_form_when_days_are_named_then_keeps_the_name_and_the_language(
    tool: ToolApp,
) -> None:
    page = tool.get("/events?when=weekend&uselang=de&topic=tea").text
    sent = form_of(page).sent
    assert ("when", "weekend") in sent
    assert ("uselang", "de") in sent
    assert 'href="/events?topic=tea&amp;uselang=de"' in page


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/events?when=tomorrow", "when"),
        ("/calendar/2026-11?view=week", "view"),
        ("/subscribe?size=huge", "size"),
        ("/subscribe?limit=0", "limit"),
        ("/embed/events?limit=51", "limit"),
        ("/embed/events?zone=CET", "zone"),
    ],
)
def test_page_when_an_argument_is_wrong_then_names_it(
    tool: ToolApp, path: str, key: str
) -> None:
    answer = tool.get(path)
    assert answer.status_code == 400
    assert f"“{key}”" in answer.text


def test_counts_when_a_series_has_many_dates_then_each_says_what_it_counts(
    tool: ToolApp,
) -> None:
    """The list and the page of subscriptions agree on the events."""
    tool.publish(
        event(12, title="Weekly", recurrence="FREQ=WEEKLY;COUNT=9", end=""),
        event(13, title="Once"),
        event(14, title="Over", start="2026-11-01", end=""),
    )
    assert "2 events on 10 dates" in tool.get("/events").text
    assert "2 upcoming events match" in tool.get("/subscribe").text
    assert "One event on 4 dates" in tool.get("/calendar/2026-12").text
    assert "One event\n" in tool.get("/events?q=once").text
    assert "One event on 9 dates" in tool.get("/events?q=weekly").text
