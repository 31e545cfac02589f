"""The whole road: written in the form, reviewed on the wiki, read everywhere."""

import json
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

import icalendar
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sandbox.product import Product
from space.codec.editing import write_page
from tests.support.browser.people import (
    save_wiki_edit,
    sign_in_by_form,
    sign_in_to_tool,
    sign_in_to_wiki,
    without_wiki_scripts,
)
from tests.support.wiki.deployed import run_bots
from tests.support.wiki.pages import new_section
from tests.support.wiki.sandbox import Sandbox

pytestmark = [pytest.mark.wiki, pytest.mark.browser]

TITLE = "Auckland's edit-a-thon 🦘 लेखन"
ARABIC = "ماراثون تحرير في أوكلاند"
POST = "Was wir gelernt haben – и что дальше 🌱"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    without_wiki_scripts(context)
    return context.new_page()


def fetch(address: str) -> bytes:
    with urlopen(address, timeout=20) as answer:  # noqa: S310 - loopback
        return bytes(answer.read())


def approve(browser: Browser, sandbox: Sandbox, title: str) -> None:
    """Pavati follows the banner's link and saves what it prefills, without scripts."""
    context: BrowserContext = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in_to_wiki(page, sandbox.place.public_url, "Pavati")
    page.goto(f"{sandbox.index_url}?title={title.replace(' ', '_')}")
    page.locator(".space-banner-links a", has_text="Approve").click()
    save_wiki_edit(page)
    expect(page.locator(".space-verdict-approve")).to_be_visible()
    context.close()


def everything_published(sandbox: Sandbox) -> str:
    """All feeds and all pages of the bot, as one text."""
    tool = sandbox.place.tool_url
    feeds = [
        fetch(f"{tool}/feeds/{name}").decode().replace("\r\n ", "")
        for name in ("events.ics", "events.geojson", "posts.atom")
    ]
    wiki = sandbox.anonymous()
    titles = wiki.get(
        action="query", list="allpages", apnamespace=2, apprefix="SpaceBot/Space/"
    )["query"]["allpages"]
    return "\n".join([*feeds, *(wiki.text(page["title"]) or "" for page in titles)])


def fill_moment(page: Page, field: str, day: str, clock: str) -> None:
    page.locator(f"[name={field}-date]").fill(day)
    page.locator(f"[name={field}-time]").fill(clock)


def test_event_when_written_and_approved_then_it_is_on_the_wiki_and_in_the_feeds(
    product: Product, fresh_wiki: Sandbox, browser: Browser, page: Page
) -> None:
    tool = fresh_wiki.place.tool_url
    day = str((datetime.now(UTC) + timedelta(days=6)).date())
    sign_in_by_form(page, tool, "Noor")
    page.goto(f"{tool}/write/event")
    page.locator("[name=title]").fill(TITLE)
    fill_moment(page, "start", day, "10:00")
    fill_moment(page, "end", day, "16:00")
    page.locator("[name=timezone]").fill("Pacific/Auckland")
    page.locator("[name=country]").fill("New Zealand")
    page.locator("[name=city]").fill("Auckland")
    page.locator("details.more > summary").click()
    page.locator("[name=coordinates]").fill("36°51′S 174°46′E")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-preview-target]")).to_contain_text(
        "Auckland, New Zealand", timeout=20_000
    )
    page.locator("button[name=action][value=save]").click()
    page.wait_for_url("**/saved/*")
    page.get_by_role("link", name="View on wiki").click()
    expect(page.locator(".space-banner")).to_contain_text("Waiting for review")

    run_bots(product)
    assert TITLE not in fetch(f"{tool}/feeds/events.ics").decode()

    approve(browser, fresh_wiki, f"Space/Events/{TITLE}")
    run_bots(product)

    calendar = icalendar.Calendar.from_ical(fetch(f"{tool}/feeds/events.ics").decode())
    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == [TITLE]
    features = json.loads(fetch(f"{tool}/feeds/events.geojson"))["features"]
    events = [feature["properties"]["events"] for feature in features]
    assert [[event["title"] for event in at_place] for at_place in events] == [[TITLE]]
    fresh_wiki.run_jobs()
    page.goto(f"{fresh_wiki.place.public_url}/wiki/Space/Calendar")
    expect(page.locator("#mw-content-text")).to_contain_text(TITLE)
    page.goto(f"{tool}/calendar/{day[:7]}")
    expect(page.locator("main")).to_contain_text(TITLE)


def test_event_when_translated_and_approved_then_it_is_one_event_in_two_languages(
    product: Product, fresh_wiki: Sandbox, browser: Browser, page: Page
) -> None:
    tool, wiki = fresh_wiki.place.tool_url, fresh_wiki.place.public_url
    sign_in_to_tool(page, tool, "Lena")
    page.goto(f"{tool}/events")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name="Translate this event").click()
    expect(page.locator(".editor__source")).to_contain_text(TITLE)
    expect(page.locator("[name=start-date]")).to_have_count(0)
    page.locator("[name=language]").fill("Arabic")
    page.locator("[name=title]").fill(ARABIC)
    page.locator("[name=summary]").fill("للمبتدئين أيضا")
    page.locator("[name=body]").fill("نص '''قصير'''.")
    page.locator("button[name=action][value=save]").click()
    page.wait_for_url("**/saved/*")
    title = f"Space/Events/{TITLE}/ar"
    run_bots(product)
    assert ARABIC not in everything_published(fresh_wiki)

    approve(browser, fresh_wiki, title)
    run_bots(product)
    fresh_wiki.run_jobs()

    plain, arabic = (
        icalendar.Calendar.from_ical(fetch(f"{tool}/feeds/events.ics{query}").decode())
        for query in ("", "?uselang=ar")
    )
    (event,), (told,) = plain.walk("VEVENT"), arabic.walk("VEVENT")
    assert (str(event["SUMMARY"]), str(told["SUMMARY"])) == (TITLE, ARABIC)
    assert told["SUMMARY"].params["LANGUAGE"] == "ar"
    assert (told["UID"], told["DTSTART"].dt) == (event["UID"], event["DTSTART"].dt)
    page.goto(f"{wiki}/wiki/{title}")
    card = page.locator(".space-translation")
    expect(card).to_contain_text(ARABIC)
    expect(card).to_contain_text("10:00")
    expect(card).to_contain_text("Auckland, New Zealand")
    expect(card).to_contain_text("Lena")
    page.goto(f"{wiki}/wiki/Space/Events/{TITLE}")
    expect(page.locator(".space-event")).to_contain_text("العربية")
    page.goto(f"{tool}/events?uselang=ar")
    page.get_by_role("link", name=ARABIC).click()
    expect(page.locator("h1")).to_have_text(ARABIC)
    expect(page.locator("main")).to_contain_text("نص قصير.")


def test_post_when_written_and_approved_then_it_is_in_the_index_and_the_feed(
    product: Product, fresh_wiki: Sandbox, browser: Browser, page: Page
) -> None:
    tool = fresh_wiki.place.tool_url
    sign_in_to_tool(page, tool, "Lena")
    page.goto(f"{tool}/write/post")
    page.locator("[name=title]").fill(POST)
    page.locator("[name=language]").fill("de")
    page.locator("[name=body]").fill("Ein '''kurzer''' Bericht.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-preview-target]")).to_contain_text(
        "kurzer", timeout=20_000
    )
    page.locator("button[name=action][value=save]").click()
    page.wait_for_url("**/saved/*")

    run_bots(product)
    assert POST not in fetch(f"{tool}/feeds/posts.atom").decode()

    approve(browser, fresh_wiki, f"Space/Blog/{POST}")
    run_bots(product)

    assert POST in fetch(f"{tool}/feeds/posts.atom").decode()
    fresh_wiki.run_jobs()
    page.goto(f"{fresh_wiki.place.public_url}/wiki/Space/Blog")
    expect(page.locator("#mw-content-text")).to_contain_text(POST)
    page.goto(f"{tool}/blog")
    page.get_by_role("link", name=POST).first.click()
    expect(page.locator("main")).to_contain_text("Ein kurzer Bericht.")


def test_event_when_made_by_hand_then_its_organizer_can_take_it_back_alone(
    product: Product, fresh_wiki: Sandbox, browser: Browser, page: Page
) -> None:
    wiki = fresh_wiki.place.public_url
    day = str((datetime.now(UTC) + timedelta(days=7)).date())
    title = "Space/Events/Karori walk"
    written = {
        "title": "Karori walk",
        "start": f"{day} 10:00",
        "timezone": "Pacific/Auckland",
        "country": "NZ",
        "address": "7 Hidden Lane",
    }
    sign_in_to_wiki(page, wiki, "Olu")
    page.goto(f"{wiki}/wiki/Space/Events")
    page.locator(".mw-inputbox-createbox").fill("Karori walk")
    page.get_by_role("button", name="Create page").click()
    assert "{{Space event" in page.locator("#wpTextbox1").input_value()
    page.locator("#wpTextbox1").fill(
        write_page("event", written, "Good shoes, please.")
    )
    save_wiki_edit(page)
    approve(browser, fresh_wiki, title)
    run_bots(product)
    assert "7 Hidden Lane" in everything_published(fresh_wiki)
    assert "STATUS:CANCELLED" not in everything_published(fresh_wiki)

    olu = fresh_wiki.login("Olu")
    cancelled = write_page("event", written | {"status": "cancelled"}, "Sorry!")
    olu.edit(title, cancelled)
    run_bots(product)
    assert "STATUS:CANCELLED" in everything_published(fresh_wiki)

    emptied = {name: written[name] for name in written if name != "address"}
    olu.edit(title, write_page("event", emptied | {"status": "cancelled"}, "Sorry!"))
    run_bots(product)
    published = everything_published(fresh_wiki)
    assert "Karori walk" in published
    assert "7 Hidden Lane" not in published


def test_events_when_made_in_event_or_taken_over_there_are_like_all_others(
    product: Product, fresh_wiki: Sandbox, page: Page
) -> None:
    tool, wiki = fresh_wiki.place.tool_url, fresh_wiki.place.public_url
    day = str((datetime.now(UTC) + timedelta(days=8)).date())
    text = "== Trains ==\n<!-- kept -->Bring  a ''ticket''."
    fresh_wiki.login("Noor").edit("Event:Trains of Karori", text)
    settings = f"{{{{Space settings|event home=allowed|tool={tool}|write interval=0}}}}"
    fresh_wiki.login("Admin").edit("Space/Settings", settings)
    run_bots(product)

    sign_in_to_tool(page, tool, "Noor")
    page.goto(f"{tool}/write/event")
    page.locator("[name=title]").fill("Karori buses")
    fill_moment(page, "start", day, "10:00")
    page.locator("[name=timezone]").fill("Pacific/Auckland")
    page.locator("[name=country]").fill("New Zealand")
    page.get_by_label("In “Event:”, so that registration can be opened").check()
    page.locator("button[name=action][value=save]").click()
    page.wait_for_url("**/saved/*")
    expect(page.locator(".steps")).to_contain_text("Registration can be opened by")

    page.goto(f"{tool}/mine")
    page.get_by_role("link", name="Use that page").click()
    page.locator("[name=page]").fill(f"{wiki}/wiki/Event:Trains_of_Karori")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("[name=title]")).to_have_value("Trains of Karori")
    fill_moment(page, "start", day, "14:00")
    page.locator("[name=timezone]").fill("Pacific/Auckland")
    page.locator("[name=country]").fill("New Zealand")
    page.locator("button[name=action][value=save]").click()
    page.wait_for_url("**/saved/*")
    reader = fresh_wiki.anonymous()
    taken = reader.text("Event:Trains of Karori") or ""
    assert taken.startswith("{{Space event\n")
    assert taken.endswith(f"}}}}\n{text}")

    for name in ("Karori buses", "Trains of Karori"):
        answer = reader.get(action="query", titles=f"Event:{name}", prop="info")
        revision = answer["query"]["pages"][0]["lastrevid"]
        verdict = f"{{{{subst:Space approve|rev={revision}}}}}"
        new_section(fresh_wiki.login("Pavati"), f"Event talk:{name}", verdict)
    run_bots(product)

    calendar = icalendar.Calendar.from_ical(fetch(f"{tool}/feeds/events.ics").decode())
    listed = {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}
    assert {"Karori buses", "Trains of Karori"} <= listed
    page.goto(f"{tool}/events")
    page.get_by_role("link", name="Trains of Karori").first.click()
    expect(page.locator("main")).to_contain_text("Bring a ticket.")
    page.goto(f"{tool}/mine")
    expect(page.locator("main")).to_contain_text("Karori buses")
    page.goto(f"{tool}/search?q=buses")
    expect(page.locator("main")).to_contain_text("Karori buses")
