"""{{Space category}} on the pages that the bot makes."""

import pytest

from tests.lua.record_pages import Make, words

SETTINGS = "{{Space settings|tool=https://space.test}}"


@pytest.mark.parametrize(
    ("name", "arguments", "says", "address"),
    [
        (
            "events in New Zealand",
            {"_1": "events", "country": "NZ"},
            "Events · New Zealand",
            "/events?country=NZ",
        ),
        (
            "events in 2026-11",
            {"_1": "events", "month": "2026-11"},
            "Events · November 2026",
            "/calendar/2026-11",
        ),
        (
            "events online",
            {"_1": "events", "mode": "online; hybrid"},
            "Events · Online, ",
            "/events?mode=online&mode=hybrid",
        ),
        (
            "posts of 2026-11",
            {"_1": "posts", "month": "2026-11"},
            "Posts · November 2026",
            "/blog?from=2026-11-01&to=2026-11-30",
        ),
        ("posts", {"_1": "posts"}, "Posts ", "/blog"),
    ],
)
def test_category_when_it_has_a_page_says_what_it_has_and_leads_on(
    scribunto: Make,
    name: str,
    arguments: dict[str, str],
    says: str,
    address: str,
) -> None:
    lua = scribunto({"Space/Settings": SETTINGS}, title=f"Category:Space {name}")
    html = lua.invoke("Category", "show", **arguments)
    assert words(html).startswith(says)
    assert f"[https://space.test{address} " in html
    pages, _, rest = name.partition(" ")
    sort = rest.removeprefix("in ").removeprefix("of ")
    assert html.endswith(f"[[Category:Space {pages}|{sort}]]" if rest else "</div>")


def test_category_when_there_is_no_tool_or_on_another_page_has_what_the_wiki_has(
    scribunto: Make,
) -> None:
    html = scribunto({}, title="Template:Space category").invoke(
        "Category", "show", _1="events", country="NZ"
    )
    assert "[[:Space/Events|All events]]" in html
    assert "https:" not in html
    assert "[[Category:" not in html


def test_category_when_a_filter_is_not_understood_names_it(scribunto: Make) -> None:
    html = scribunto({}, title="Category:Space events in Nowhere").invoke(
        "Category", "show", _1="events", country="Nowhere"
    )
    assert "Nowhere" in words(html)
    assert "[[Category:Space pages with list problems]]" in html
