import pytest

from space.wiki.urls import Urls, media_type
from space.wiki.values import Site
from tests.support.feeds.publications import ADDRESSES


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Space/Events/A b", "Space/Events/A_b"),
        ("User:Ana", "User:Ana"),
        ("Étude & x?", "%C3%89tude_%26_x%3F"),
        ("100% (a, b)!", "100%25_(a,_b)!"),
    ],
)
def test_page_when_a_title_is_given_then_address_is_the_wikis_own(
    title: str, path: str
) -> None:
    assert ADDRESSES.page(title) == f"https://meta.wikimedia.org/wiki/{path}"


def test_addresses_when_made_of_a_site_then_links_lead_there() -> None:
    site = Site(
        host="127.0.0.1:8080",
        database="spacewiki",
        article_url="http://127.0.0.1:8080/wiki/$1",
        script_url="http://127.0.0.1:8080/w/index.php",
        namespaces={},
        language="en",
        extensions=frozenset(),
    )
    made = Urls.of(
        site,
        public_url="https://space.example.org",
        commons_url="https://commons.wikimedia.org/w/api.php",
    )
    assert made.page("X") == "http://127.0.0.1:8080/wiki/X"
    assert made.uid(12) == "12@127.0.0.1:8080"
    assert made.entry_id(12) == "https://127.0.0.1:8080/?curid=12"
    assert made.tool("/events", "topic=a") == "https://space.example.org/events?topic=a"
    assert made.tool("/events") == "https://space.example.org/events"


def test_file_when_named_then_commons_scales_it() -> None:
    assert ADDRESSES.file("A b&c.svg", 320) == (
        "https://commons.wikimedia.org/w/index.php"
        "?title=Special%3ARedirect%2Ffile%2FA_b%26c.svg&width=320"
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A.JPG", "image/jpeg"),
        ("a.svg", "image/png"),
        ("a.b.webp", "image/webp"),
        ("a.ogg", None),
        ("", None),
    ],
)
def test_media_type_when_a_file_is_named_then_is_that_of_the_scaled_one(
    name: str, expected: str | None
) -> None:
    assert media_type(name) == expected
