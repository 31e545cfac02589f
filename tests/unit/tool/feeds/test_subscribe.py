"""Subscribing: what fits is counted, and every button leads to the same calendar."""

from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.store.keys import SETTINGS_TEXT
from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp
from tool.app.feeds.subscription import Subscription

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
FEED = "https://space.example.org/feeds/events.ics"


class Links(HTMLParser):
    """The addresses of a page's links, and the values of its fields by id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.fields: dict[str, str] = {}
        self.frames: list[dict[str, str]] = []
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.hrefs.append(given["href"])
        elif tag == "input" and "id" in given:
            self.fields[given["id"]] = given["value"]
        elif tag == "textarea":
            self._area = given["id"]
        elif tag == "iframe":
            self.frames.append(given)

    def handle_endtag(self, _: str) -> None:
        self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] = self.fields.get(self._area, "") + data


@pytest.fixture
def published(tool: ToolApp) -> ToolApp:
    tool.publish(
        *(event(number, title=f"Tea {number}", topics=("tea",)) for number in range(5)),
        event(8, title="Old tea", start="2020-01-01", end="", topics=("tea",)),
        event(9, title="Cake"),
        post(13, title="News", topics=("tea",)),
    )
    return tool


def test_page_when_filtered_then_counts_what_is_to_come_and_shows_the_next(
    published: ToolApp,
) -> None:
    page = published.get("/subscribe?topic=tea").text
    assert "5 upcoming events match" in page
    for number in range(5):
        assert (f"Tea {number}<" in page) == (number < 3)
    assert "Old tea" not in page


def test_page_when_nothing_fits_then_says_that_one_can_subscribe_all_the_same(
    published: ToolApp,
) -> None:
    page = published.get("/subscribe?country=DE").text
    assert "No upcoming events match" in page
    assert "future events will appear automatically" in page
    assert Links(page).fields["address"] == f"{FEED}?country=DE"
    assert "wikitext" not in Links(page).fields  # no wiki has the data


def test_buttons_when_followed_then_lead_to_the_filtered_calendar(
    published: ToolApp,
) -> None:
    page = published.get("/subscribe?country=DE&country=FR&q=caf%C3%A9+%26+tea").text
    links = Links(page)
    address = links.fields["address"]
    assert address.startswith(f"{FEED}?country=DE&country=FR&q=")
    assert published.get(address.partition("org")[2]).mimetype == "text/calendar"
    subscription = Subscription(
        address, "Events of the Wikimedia movement · Germany · France"
    )
    for href in (subscription.webcal, subscription.google, address):
        assert href in links.hrefs
    for host in ("outlook.live.com", "outlook.office.com"):
        (link,) = [href for href in links.hrefs if urlsplit(href).netloc == host]
        assert dict(parse_qsl(urlsplit(link).query))["url"] == address


@given(TEXTS, TEXTS)
def test_links_when_made_then_carry_address_and_name_whole(
    name: str, words: str
) -> None:
    address = f"{FEED}?{urlencode({'country': 'NZ', 'q': words})}"
    subscription = Subscription(address, name)
    assert subscription.webcal == address.replace("https:", "webcal:", 1)
    google = urlsplit(subscription.google)
    assert (google.netloc, google.path) == ("calendar.google.com", "/calendar/r")
    assert parse_qsl(google.query) == [("cid", subscription.webcal)]
    for link, host in (
        (subscription.outlook_home, "outlook.live.com"),
        (subscription.outlook_work, "outlook.office.com"),
    ):
        outlook = urlsplit(link)
        assert (outlook.netloc, outlook.path) == (host, "/calendar/0/addfromweb")
        pairs = parse_qsl(outlook.query, keep_blank_values=True)
        assert pairs == [("url", address), ("name", name)]
        assert link.isascii()


def test_snippet_when_pasted_then_shows_the_filter_in_the_size_chosen(
    published: ToolApp,
) -> None:
    page = published.get("/subscribe?topic=tea&size=large&limit=2&theme=dark").text
    links = Links(page)
    (frame,) = Links(links.fields["snippet"]).frames
    assert frame["src"] in links.hrefs
    assert parse_qsl(urlsplit(frame["src"]).query) == [
        ("topic", "tea"),
        ("size", "large"),
        ("limit", "2"),
        ("theme", "dark"),
    ]
    assert (frame["width"], frame["height"]) == ("720", "308")
    assert frame["style"] == "border: 0"
    assert frame["title"] == "Events of the Wikimedia movement · tea"
    shown = published.get(frame["src"].partition("org")[2]).text
    assert [f"Tea {number}<" in shown for number in range(3)] == [True, True, False]


def test_snippet_of_the_map_when_pasted_then_shows_the_filter_in_the_size_chosen(
    published: ToolApp,
) -> None:
    page = published.get("/subscribe?topic=tea&size=small&limit=2&theme=dark").text
    links = Links(page)
    (frame,) = Links(links.fields["snippet-map"]).frames
    assert frame["src"] in links.hrefs
    assert (frame["width"], frame["height"]) == ("320", "400")
    shown = published.get(frame["src"].partition("org")[2])
    assert shown.status_code == 200
    assert 'class="world"' in shown.text
    assert "Tea 4<" in shown.text
    assert "Cake" not in shown.text
    assert 'content="dark"' in shown.text


def test_snippet_when_words_look_like_markup_then_stay_one_frame(
    published: ToolApp,
) -> None:
    page = published.get("/subscribe?q=%22%3E%3Cscript%3E").text
    assert "<script>" not in page
    snippet = Links(page).fields["snippet"]
    assert len(Links(snippet).frames) == 1
    assert "<script" not in snippet


def test_wikitext_when_tables_are_kept_then_asks_for_the_same_on_any_wiki(
    published: ToolApp,
) -> None:
    query = "country=DE&country=FR&organizer=A%7CB&q=caf%C3%A9"
    said = "{{Space settings|data pages=Data:Wikimedia events}}"
    published.store.set_value(SETTINGS_TEXT, said)
    wikitext = Links(published.get(f"/subscribe?{query}").text).fields["wikitext"]
    (call,) = mwparserfromhell.parse(wikitext).filter_templates()
    assert call.name == "Movement events"
    assert {str(each.name): str(each.value) for each in call.params} == {
        "country": "DE; FR",
        "organizer": "A&#124;B",
        "q": "café",
    }
    posts = Links(published.get("/subscribe/posts?topic=tea").text).fields
    assert posts["wikitext"] == "{{Movement posts|topic=tea}}"


def test_posts_when_subscribed_to_then_the_address_is_that_of_the_feed(
    published: ToolApp,
) -> None:
    page = published.get("/subscribe/posts?topic=tea").text
    assert "One post matches" in page
    address = Links(page).fields["address"]
    assert address == "https://space.example.org/feeds/posts.atom?topic=tea"
    assert published.get(address.partition("org")[2]).status_code == 200


@pytest.mark.parametrize(
    ("path", "subscribe"),
    [
        ("/events?topic=tea", "/subscribe?topic=tea"),
        ("/calendar/2026-11?topic=tea&view=agenda", "/subscribe?topic=tea"),
        ("/events?topic=tea&when=week&page=1", "/subscribe?topic=tea"),
        ("/blog?topic=tea", "/subscribe/posts?topic=tea"),
        ("/", "/subscribe"),
    ],
)
def test_page_when_it_shows_a_selection_then_leads_to_subscribing_to_it(
    published: ToolApp, path: str, subscribe: str
) -> None:
    assert subscribe in Links(published.get(path).text).hrefs


@pytest.mark.parametrize(
    ("path", "canonical", "alternate"),
    [
        (
            "/events?topic=tea&uselang=de",
            "/events?topic=tea&uselang=de",
            "/feeds/events.ics?topic=tea",
        ),
        ("/calendar/2026-11", "/calendar/2026-11", "/feeds/events.ics"),
        ("/blog?topic=tea", "/blog?topic=tea", "/feeds/posts.atom?topic=tea"),
        (
            "/subscribe?topic=tea&size=small",
            "/subscribe?topic=tea",
            "/feeds/events.ics",
        ),
        ("/events/9-cake?uselang=vo", "/events/9-cake", "/feeds/events.ics"),
    ],
)
def test_page_when_read_by_programs_then_names_its_address_and_feeds(
    published: ToolApp, path: str, canonical: str, alternate: str
) -> None:
    page = unescape(published.get(path).text)
    assert f'rel="canonical" href="https://space.example.org{canonical}">' in page
    assert f'href="{alternate}' in page.partition("</head>")[0]


def test_page_when_a_language_is_chosen_then_offers_what_is_online_in_any(
    published: ToolApp,
) -> None:
    page = published.get("/subscribe?language=de&topic=tea")
    assert page.text.index("google.com") < page.text.index('id="matching"')
    online = "/subscribe?mode=hybrid&mode=online&topic=tea"
    link = next(href for href in Links(page.text).hrefs if "mode=online" in href)
    assert sorted(parse_qsl(urlsplit(link).query)) == sorted(
        parse_qsl(urlsplit(online).query)
    )
    for path in ("/subscribe", "/subscribe?language=de&mode=online"):
        assert "add them as a second calendar" not in published.get(path).text
