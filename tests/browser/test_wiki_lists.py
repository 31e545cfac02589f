"""Lists, calendar and map on a wiki page, in a real browser: for everybody."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.lua.data import BASE, event, split
from tests.support.wiki.deployed import BOT, deploy
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
CONTENT = "#mw-content-text"
PHONE, DESK = 360, 1280
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3
EVENTS = (
    event(1, "2026-11-01", end="2026-11-30", to="2026-12-01T00:00Z", title="A month"),
    event(2, "2026-11-06", end="2026-11-08", to="2026-11-09T00:00Z", title=LONG),
    event(
        3,
        "2026-11-07 18:00",
        end="2026-11-09 20:00",
        to="2026-11-09T20:00Z",
        title="گردهمایی ویکی‌نویسان تهران",
        languages=["fa"],
        summary="جمع‌خوانی و گفت‌وگو",
        status="cancelled",
        image="Nothing.jpg",
    ),
    event(
        4,
        "2026-11-12 10:00",
        zone="America/Argentina/Buenos_Aires",
        country="AR",
        city="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        mode="hybrid",
        status="tentative",
        image="Edit-a-thon in a library.jpg",
        image_alt="Twelve people",
    ),
    *(event(number, "2026-11-20 10:00") for number in range(5, 12)),
)
PLACES = [
    {"lat": 1, "lon": 1, "label": LONG, "country": "DE", "events": [EVENTS[1]]},
    {"lat": 2, "lon": 2, "events": [EVENTS[2], EVENTS[3]]},
]
TEXT = """
{{Space events|when=all}}
{{Space events|when=all|style=table|caption=All of them}}
<div style="width:12em">
{{Space events|when=all|style=compact}}
</div>
{{Space events|when=now}}
{{Space events|country=AQ}}
{{Space calendar|2026-11}}
{{Space map}}
"""

POST = "Space/Blog/نزهة"
ARABIC = """{{Space post
| title    = ما تعلمناه
| language = ar
}}
التقينا عند باب البحر.

== ما الذي نجح؟ ==
* قائمة قصيرة

<div dir="ltr">In English.</div>
"""


@pytest.fixture(scope="module")
def address(fresh_wiki: Sandbox) -> str:
    """A page with every kind of list."""
    deploy(fresh_wiki)
    bot = fresh_wiki.login(BOT)
    places = {f"{BASE}/Map.json": json.dumps({"schema": 1, "places": PLACES})}
    for title, text in (split(list(EVENTS), 99) | places).items():
        bot.edit(title, text)
    bot.edit("Lists", TEXT)
    bot.edit(POST, ARABIC)
    return f"{fresh_wiki.index_url}?title=Lists"


def violations(page: Page) -> list[str]:
    """What axe-core finds in the page's own text."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run('{CONTENT}').then(result => result.violations)")
    return [
        f"{rule['id']}: {node['html'][:160]} {json.dumps(node['any'])[:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("night", [False, True])
def test_lists_when_checked_by_axe_then_nothing_is_found(
    address: str, browser: Browser, *, night: bool
) -> None:
    context = browser.new_context(viewport={"width": DESK, "height": 900})
    page = context.new_page()
    page.goto(address)
    if night:
        page.evaluate(
            "document.documentElement.classList.replace("
            "'skin-theme-clientpref-day', 'skin-theme-clientpref-night')"
        )
    assert violations(page) == []
    context.close()


def test_lists_when_on_a_phone_then_only_tables_are_wider_and_can_be_moved(
    address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 800})
    page = context.new_page()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    wider = page.eval_on_selector_all(
        f"{CONTENT} *",
        """all => all
            .filter(one => one.getBoundingClientRect().right > innerWidth
                && !one.closest('[role=region][tabindex="0"]'))
            .map(one => one.outerHTML.slice(0, 120))""",
    )
    assert wider == []
    context.close()


def test_lists_when_used_by_keyboard_then_wide_tables_can_be_reached(
    address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 800})
    page = context.new_page()
    page.goto(address)
    frame = page.get_by_role("region", name="All of them")
    frame.focus()
    assert frame.evaluate("one => one === document.activeElement")
    frame.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    context.close()


def test_calendar_when_the_screen_is_narrow_then_it_is_an_agenda(
    address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 800})
    page = context.new_page()
    page.goto(address)
    month, agenda = page.locator(".space-month-both"), page.locator("#space-2026-11-20")
    assert not month.is_visible()
    assert agenda.is_visible()
    page.set_viewport_size({"width": 700, "height": 800})
    assert month.is_visible()
    context.close()


def test_picture_when_the_wiki_has_no_such_file_then_nothing_stands_for_it(
    address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 800})
    page = context.new_page()
    page.goto(address)
    missing = page.locator(".space-picture [typeof~='mw:Error']")
    assert missing.count() == 1
    assert not missing.is_visible()
    shown = page.locator(".space-picture img")
    assert shown.get_attribute("alt") == "Twelve people"
    assert shown.evaluate("one => one.getBoundingClientRect().width") == 80
    context.close()


def test_post_when_its_language_runs_the_other_way_then_its_text_does(
    address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": DESK, "height": 900})
    page = context.new_page()
    page.goto(address.replace("Lists", POST))
    text = page.locator(f"{CONTENT} .mw-parser-output")
    ways = {
        selector: text.locator(f"> {selector}").first.evaluate(
            "one => getComputedStyle(one).direction"
        )
        for selector in (
            ".space-post",
            "p:has-text('باب')",
            ".mw-heading",
            "ul",
            "div[dir]",
        )
    }
    assert list(ways.values()) == ["ltr", "rtl", "rtl", "rtl", "ltr"]
    bullets, all_of_it = text.locator("> ul").bounding_box(), text.bounding_box()
    assert bullets is not None
    assert all_of_it is not None
    assert bullets["x"] == all_of_it["x"]
    assert bullets["width"] < all_of_it["width"]
    context.close()
