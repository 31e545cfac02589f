"""The picture that stands for a post or an event where its link is shared."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp
from tool.cards.drawing import HEIGHT, WIDTH
from tool.rates import CARD, Caller


def properties(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', page))


def card(tool: ToolApp, path: str) -> Any:
    """The answer at the path of a page's picture."""
    url = properties(tool.get(path).text)["og:image"]
    return tool.get(url.replace("&amp;", "&").removeprefix(tool.config.public_url))


def test_card_when_a_post_has_no_picture_then_is_drawn_and_kept_for_ever(
    tool: ToolApp,
) -> None:
    tool.publish(post(13, title="Walk <b>", authors=("[[User:Ana|Ana]]", "Olu")))
    page = tool.get("/blog/13-walk-b").text
    told = properties(page)
    assert re.fullmatch(
        r"https://space.example.org/social/13/130-[0-9a-f]{12}\.png", told["og:image"]
    )
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == "Walk &lt;b&gt;, Ana, Olu, Sun, 1 Nov 2026"
    assert told["twitter:card"] == "summary_large_image"
    assert f'"image":"{told["og:image"]}"' in page
    answer = card(tool, "/blog/13-walk-b?uselang=ar")
    assert answer.status_code == 200
    assert answer.content_type == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Vary" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    picture = Image.open(BytesIO(answer.data))
    assert picture.size == (WIDTH, HEIGHT)
    assert len(answer.data) < 60_000
    path = answer.request.path
    again = tool.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_card_when_the_page_changes_then_old_addresses_lead_to_the_new_picture(
    tool: ToolApp,
) -> None:
    first = post(13, title="Walk")
    tool.publish(first)
    old = card(tool, "/blog/13-walk").request.path
    made_up = tool.get("/social/13/130-0123456789ab.png")
    assert (made_up.status_code, made_up.headers["Location"]) == (302, old)
    tool.publish(replace(post(13, title="Walk"), revision=131))
    answer = tool.get(old)
    assert answer.headers["Location"].startswith("/social/13/131-")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    tool.store.remove(13)
    for gone in (old, "/social/99/1-x.png", "/social/99999999999/1-x.png"):
        assert tool.get(gone).status_code == 404


def test_card_when_an_event_is_shown_on_a_date_then_names_the_date(
    tool: ToolApp,
) -> None:
    tool.publish(
        event(
            20,
            title="Weekly",
            city="Lagos",
            country="NG",
            languages=("fr", "en"),
            start="2026-12-02 18:00",
            end="2026-12-02 19:00",
            recurrence="FREQ=WEEKLY;COUNT=4",
        ),
        event(21, title="Off", mode="online", country="", city="", status="cancelled"),
    )
    page = tool.get("/events/20-weekly?date=2026-12-09").text
    told = properties(page)
    assert told["og:image"].endswith(".png?date=2026-12-09")
    assert re.match("Weekly, Lagos, Nigeria, mercredi 9 décembre", told["og:image:alt"])
    assert card(tool, "/events/20-weekly?date=2026-12-09").status_code == 200
    path = told["og:image"].partition("?")[0].removeprefix(tool.config.public_url)
    for day in ("2026-12-10", "x", ""):
        moved = tool.get(f"{path}?date={day}").headers["Location"]
        assert moved.endswith("?date=2026-12-02")
    cancelled = properties(tool.get("/events/21-off").text)["og:image:alt"]
    assert re.match("Off, Online[^,]*, Cancelled, ", cancelled)


def test_card_when_drawn_too_often_then_is_refused_but_kept_ones_are_given(
    tool: ToolApp,
) -> None:
    tool.publish(*(post(number, title=f"T{number}") for number in (13, 14)))
    kept = card(tool, "/blog/13-t13").request.path
    other = properties(tool.get("/blog/14-t14").text)["og:image"]
    caller = Caller(address="127.0.0.1")
    while tool.services.rates.wait(CARD, caller) == 0:
        pass
    assert tool.get(kept).status_code == 200
    refused = tool.get(other.removeprefix(tool.config.public_url))
    assert refused.status_code == 429


@pytest.mark.parametrize("known", [True, False])
def test_metadata_when_there_is_a_picture_then_tells_its_size(
    tool: ToolApp, *, known: bool
) -> None:
    found = tool.services.pictures.search("wiki", "en")[0]
    tool.publish(post(19, title="P", image=found.name, image_alt=""))
    tool.down = not known
    told = properties(tool.get("/blog/19-p").text)
    assert told["og:image"].endswith("width=1280")
    if known:
        width, height = int(told["og:image:width"]), int(told["og:image:height"])
        assert width == min(1280, found.width)
        assert height == round(found.height * width / found.width)
        assert told["og:image:alt"]
    else:
        assert "og:image:width" not in told


def test_description_when_there_is_no_summary_then_is_how_the_text_begins(
    tool: ToolApp,
) -> None:
    tool.publish(post(13, title="Walk", summary=""))
    text = "<p>We <b>walked</b> &amp; wrote " + "and wrote " * 60 + "</p>"
    tool.services.renderings.put(130, "en", text)
    told = properties(tool.get("/blog/13-walk").text)["og:description"]
    assert told.startswith("We walked &amp; wrote and wrote")
    assert told.endswith("wrote…")
    assert len(told) <= 210
