"""Mentions as Echo finds them."""

from space.wiki.mentions import mentions


def test_mentions_are_links_to_user_pages() -> None:
    assert mentions(["Aiko", "Wit"]) == "@[[User:Aiko|Aiko]], @[[User:Wit|Wit]]"
