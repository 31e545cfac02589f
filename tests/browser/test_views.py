"""Looking at events and taking them along, in a real browser."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from html import unescape
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from sandbox.place import HOST
from tests.support.browser.screenshots import DESK, PHONE, violations, visit
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

NOVEMBER = "/calendar/2026-11"
LONG = 20  # the page id of the event that takes the whole month
CLOCKS = {
    # Clocks go back in New York at 6:00 UTC, between the start and the end of 50.
    50: ("2026-11-01 06:30", "2026-11-01 08:30"),
    51: ("2026-11-02 06:30", "2026-11-02 08:30"),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("views")) as tool:
        for page_id, (start, end) in CLOCKS.items():
            tool.publish(
                event(
                    page_id,
                    title=f"Clocks {page_id}",
                    start=start,
                    end=end,
                    timezone="Europe/Berlin",
                    mode="online",
                    country="",
                )
            )
        yield tool


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def framing(address: str) -> AbstractContextManager[str]:
    """Another site, with a page that shows an address in a frame."""
    return hosting(f'<iframe src="{address}"></iframe>')


@contextmanager
def hosting(snippet: str) -> Iterator[str]:
    """Another site, with a page into which somebody pasted a snippet."""
    page = f"<!DOCTYPE html><title>Host</title>{snippet}"
    server = make_server(HOST, 0, Response(page, mimetype="text/html"), threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


def focused(page: Page) -> str | None:
    href: str | None = page.evaluate("document.activeElement.getAttribute('href')")
    return href


def test_month_when_gone_through_by_keyboard_then_each_event_is_reached_once(
    served: ToolApp, page: Page
) -> None:
    page.set_viewport_size({"width": DESK, "height": 900})
    visit(page, served, NOVEMBER)
    page.get_by_role("link", name="Subscribe to this list").focus()
    reached = []
    page.keyboard.press("Tab")
    while (href := focused(page) or "").startswith("/events/"):
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        reached.append(href)
        page.keyboard.press("Tab")
    assert reached.count(f"/events/{LONG}-month") == 1
    again = {href for href in reached if reached.count(href) > 1}
    assert again <= {"/events/22-weekly"}
    numbers = {int(href.split("/")[2].split("-")[0]) for href in reached}
    assert numbers == {12, 14, 16, 18, LONG, 22, *CLOCKS}
    page.locator(f'a[href="{reached[-1]}"]').first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/events/[0-9]+-"))


def test_month_when_heard_then_a_bar_stands_under_each_of_its_days(
    served: ToolApp, page: Page
) -> None:
    page.set_viewport_size({"width": DESK, "height": 900})
    visit(page, served, NOVEMBER)
    table = page.get_by_role("table", name="November 2026")
    expect(table.get_by_role("columnheader")).to_have_count(7 + 30)
    bar = table.get_by_role("cell").filter(has_text="ويكي عربية")
    expect(bar).to_have_attribute("colspan", "3")
    box = bar.bounding_box()
    first = table.get_by_role("columnheader", name="Thursday, 26 November 2026")
    last = table.get_by_role("columnheader", name="Saturday, 28 November 2026")
    left, right = first.bounding_box(), last.bounding_box()
    assert box
    assert left
    assert right
    assert abs(box["x"] - left["x"]) < 2
    assert abs(box["x"] + box["width"] - right["x"] - right["width"]) < 2
    today = table.locator("[aria-current=date]")
    expect(today).to_have_text(re.compile("22 November 2026"))
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, "color-contrast") == []


def test_month_when_on_a_phone_then_is_an_agenda(served: ToolApp, page: Page) -> None:
    page.set_viewport_size({"width": PHONE, "height": 740})
    visit(page, served, NOVEMBER)
    expect(page.locator("table.month")).to_be_hidden()
    coming = page.locator("#today .agenda__day")
    expect(coming.first).to_have_text(re.compile("24 November"))
    page.get_by_role("link", name="Today", exact=True).click()
    expect(page).to_have_url(re.compile(r"/calendar/2026-11#today$"))
    expect(page.locator("#today")).to_be_in_viewport()
    over = page.get_by_role("heading", name=", 2 November 2026")
    expect(over).to_be_hidden()
    days = page.locator(".small-month")
    expect(days.locator("[aria-current=date]")).to_have_text("22")
    days.get_by_role("link", name=", 2 November 2026").click()
    expect(over).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert violations(page) == []


def test_month_when_turned_then_keeps_the_filter(served: ToolApp, page: Page) -> None:
    visit(page, served, f"{NOVEMBER}?mode=online")
    page.get_by_role("link", name="December 2026").click()
    expect(page).to_have_url(re.compile(r"/calendar/2026-12\?mode=online$"))
    page.get_by_role("link", name="By day").click()
    expect(page).to_have_url(re.compile(r"/calendar/2026-12\?mode=online&view=agenda$"))
    page.get_by_role("link", name="November 2026").click()
    expect(page.locator("table.month")).to_have_count(0)
    expect(
        page.get_by_role("heading", name="November 2026", exact=True)
    ).to_be_visible()


def test_month_when_printed_then_is_one_sheet_of_a4(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, NOVEMBER)
    page.emulate_media(media="print")
    expect(page.get_by_text("Choose your time zone")).to_be_hidden()
    expect(page.locator(".filter-form")).to_be_hidden()
    expect(page.get_by_text(f"{served.config.public_url}{NOVEMBER}")).to_be_visible()
    bar = page.locator(".month__bar .entry").first
    expect(bar).to_have_css("border-top-style", "solid")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    (width, height) = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", pdf)[0]
    assert (round(float(width)), round(float(height))) == (842, 595)


@pytest.mark.parametrize("path", ["/events", "/calendar/2026-11", "/blog"])
def test_filter_when_its_fields_take_two_rows_then_from_and_to_stay_side_by_side(
    served: ToolApp, page: Page, path: str
) -> None:
    visit(page, served, path)
    for width in (768, 900, 1080, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        fields = "[name=from]", "[name=to]", ".filter-form__row >> nth=0"
        boxes = [page.locator(field).bounding_box() for field in fields]
        first, last, row = (box for box in boxes if box)
        assert first["y"] == last["y"], width
        assert last["x"] + last["width"] <= row["x"] + row["width"], width


def test_filter_when_there_is_no_script_then_leaves_a_tidy_address(
    served: ToolApp, scriptless: Page
) -> None:
    page = scriptless
    visit(page, served, "/events")
    choice(page, "Country").select_option(label="India")
    page.get_by_text("More filters").click()
    choice(page, "Type").select_option("workshop")
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile(r"\?country=IN&type=workshop#results$"))
    expect(page.get_by_role("status")).to_contain_text("One event")
    page.get_by_role("link", name="Type: Workshop (remove)").click()
    choice(page, "Country: Add another").select_option(label="Egypt")
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile(r"\?country=EG&country=IN#results$"))
    expect(page.get_by_role("status")).to_contain_text("2 events")
    page.get_by_role("link", name="Country: India (remove)").click()
    expect(page).to_have_url(re.compile(r"/events\?country=EG$"))
    page.get_by_role("link", name="Month", exact=True).click()
    expect(page).to_have_url(re.compile(r"/calendar/2026-11\?country=EG$"))


def test_days_when_asked_for_by_name_then_the_filter_stays(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/events?country=EG")
    page.get_by_role("link", name="Next 7 days").click()
    expect(page).to_have_url(re.compile(r"/events\?country=EG&when=week$"))
    expect(page.get_by_role("status")).to_contain_text("(UTC)")
    page.get_by_role("link", name="Next 7 days").click()
    expect(page).to_have_url(re.compile(r"/events\?country=EG$"))


def test_subscribe_when_filtered_then_counts_and_copies_the_address(
    served: ToolApp, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    visit(page, served, "/events?country=IN")
    page.get_by_role("link", name="Subscribe to this list").click()
    expect(
        page.get_by_role("heading", name="One upcoming event matches")
    ).to_be_visible()
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    address = f"{served.config.public_url}/feeds/events.ics?country=IN"
    assert page.evaluate("navigator.clipboard.readText()") == address
    webcal = page.get_by_role("link", name="Apple, Thunderbird")
    expect(webcal).to_have_attribute("href", address.replace("http:", "webcal:"))


def test_subscribe_when_there_is_no_script_then_the_address_can_be_selected(
    served: ToolApp, scriptless: Page
) -> None:
    visit(scriptless, served, "/subscribe?country=IN")
    expect(scriptless.get_by_role("button", name="Copy")).to_have_count(0)
    field = scriptless.get_by_label("Address")
    expect(field).to_be_editable(editable=False)
    expect(field).to_have_value(re.compile(r"/feeds/events\.ics\?country=IN$"))


def test_frame_when_on_another_site_then_shows_events_and_leads_out_of_it(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/subscribe?country=IN&size=small")
    snippet = page.get_by_label("Code to paste").input_value()
    address = re.findall('src="([^"]+)"', snippet)[0].replace("&amp;", "&")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with framing(address) as host:
        page.goto(host)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("listitem")).to_have_count(1)
        assert page.context.cookies() == []
        frame.get_by_role("link", name="Women's day").click()
        expect(page).to_have_url(re.compile(r"/events/12-"))
        assert urls(page) == [page.url]
    assert complaints == []


LONG_TITLE = "A conference with a name that is far too long for any frame " * 3
EMPTY = "innerHeight - document.querySelector('main').getBoundingClientRect().bottom"
MOST_EMPTY = 100  # pixels below a list, less than an event takes
OVERFLOW = """() => new Promise(done => {
    const tell = () => done(document.documentElement.scrollHeight - innerHeight);
    requestAnimationFrame(() => requestAnimationFrame(tell));
})"""


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    """Events, some with the reader's time, too, and some with very long titles."""
    with served_tool(tmp_path_factory.mktemp("crowded")) as tool:
        tool.publish(
            *(
                event(
                    200 + number,
                    title=f"The monthly meeting of user group {number}",
                    start=f"2027-01-{number + 1:02} 10:00",
                    end=f"2027-01-{number + 1:02} 12:00",
                    mode="online" if number % 10 == 5 else "in-person",
                    topics=("crowd",),
                )
                for number in range(20)
            ),
            *(
                event(
                    230 + number,
                    title=LONG_TITLE,
                    start=f"2027-03-0{number + 1} 10:00",
                    end="",
                    topics=("long",),
                )
                for number in range(3)
            ),
        )
        yield tool


@pytest.mark.parametrize("size", ["small", "medium", "large"])
def test_frame_when_pasted_then_its_height_has_room_for_each_number_of_events(
    crowded: ToolApp, browser: Browser, size: str
) -> None:
    context = browser.new_context(timezone_id="America/Lima", locale="en-US")
    context.clock.set_fixed_time(crowded.now)
    page = context.new_page()
    cases = (
        *((limit, "topic=crowd", limit) for limit in (1, 2, 7, 12, 20)),
        (3, "topic=long", None),
        (3, "country=AQ", 0),
    )
    snippets = [
        snippet_of(crowded, f"{filters}&size={size}&limit={limit}")
        for limit, filters, _ in cases
    ]
    with hosting("".join(snippets)) as host:
        page.goto(host)
        for number, (_, _, shown) in enumerate(cases):
            frame = page.locator("iframe").nth(number)
            frame.scroll_into_view_if_needed()  # before, browsers leave it empty
            frame.content_frame.locator("h1").wait_for()
            inner = frame.element_handle().content_frame()
            assert inner
            inner.wait_for_load_state()
            assert inner.evaluate(OVERFLOW) <= 0
            rows = inner.locator(".event-item:visible")
            expect(inner.get_by_role("link", name="All events")).to_be_visible()
            if shown is None:
                assert rows.count() >= 1
            else:
                expect(rows).to_have_count(shown)
                assert not shown or inner.evaluate(EMPTY) <= MOST_EMPTY
    context.close()


def snippet_of(tool: ToolApp, query: str) -> str:
    """What "Code to paste" holds."""
    page = tool.get(f"/subscribe?{query}").text
    found = re.search('<textarea[^>]* id="snippet"[^>]*>([^<]*)', page)
    assert found
    return unescape(found[1])


def urls(page: Page) -> list[str]:
    return [frame.url for frame in page.frames]


def test_other_pages_when_on_another_site_then_stay_out_of_its_frame(
    served: ToolApp, page: Page
) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    with framing(f"{served.config.public_url}/events") as host:
        page.goto(host)
        expect(page.frame_locator("iframe").get_by_role("listitem")).to_have_count(0)
    assert any("frame-ancestors" in text for text in refused)


def test_frame_when_the_page_round_it_is_dark_then_is_dark(
    served: ToolApp, browser: Browser
) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()

    def brightness(query: str) -> int:
        visit(page, served, f"/embed/events{query}")
        colour = page.evaluate(
            "getComputedStyle(document.documentElement).backgroundColor"
        )
        assert violations(page, "color-contrast") == []
        return sum(map(int, re.findall(r"[0-9]+", colour)[:3]))

    assert brightness("") < 150 < brightness("?theme=light")
    page.emulate_media(color_scheme="light")
    assert brightness("?theme=dark") < 150 < brightness("")
    context.close()


@pytest.mark.parametrize(
    ("page_id", "zone", "language", "expected"),
    [
        (
            50,
            "America/New_York",
            "en-US",
            "Sun, Nov 1, 1:30 AM – Sun, Nov 1, 2:30 AM, New York (UTC-04:00/-05:00)",
        ),
        (51, "America/New_York", "en", "Mon, 2 Nov, 00:30–02:30, New York (UTC-05:00)"),
        (51, "Asia/Kolkata", "de-DE", "Mon, 2 Nov, 11:00–13:00, Kolkata (UTC+05:30)"),
    ],
)
def test_event_when_clocks_change_then_the_readers_hour_is_right(  # noqa: PLR0917
    served: ToolApp,
    browser: Browser,
    page_id: int,
    zone: str,
    language: str,
    expected: str,
) -> None:
    context = browser.new_context(timezone_id=zone, locale=language)
    page = context.new_page()
    visit(page, served, f"/events/{page_id}?uselang=en")
    line = page.locator(".local")
    expect(line).to_have_count(1)
    shown = (line.text_content() or "").replace("\u202f", " ").replace("\u2009", " ")
    assert shown.replace(" – ", "–") == f"Your time: {expected.replace(' – ', '–')}"
    context.close()


def test_event_when_the_readers_clocks_are_its_own_then_nothing_is_added(
    served: ToolApp, browser: Browser
) -> None:
    context = browser.new_context(timezone_id="Europe/Paris")
    page = context.new_page()
    visit(page, served, "/events?from=2026-11-01&to=2026-11-02&q=clocks")
    expect(page.locator("time[data-local]")).to_have_count(2)
    expect(page.locator(".local")).to_have_count(0)
    context.close()


def test_zone_when_chosen_without_a_script_then_is_kept(
    served: ToolApp, scriptless: Page
) -> None:
    page = scriptless
    visit(page, served, "/events?country=IN")
    page.get_by_role("link", name="Choose your time zone").click()
    page.get_by_label("Time zone").select_option("America/Lima")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile(r"/events\?country=IN$"))
    expect(page.locator(".local")).to_contain_text("Lima (UTC-05:00)")
    visit(page, served, "/events/12")
    expect(page.locator(".local")).to_contain_text("23:30")
    page.get_by_role("link", name="Change your time zone").click()
    expect(page.get_by_label("Time zone")).to_have_value("America/Lima")
    page.get_by_label("Time zone").select_option("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".local")).to_have_count(0)
