"""A newcomer asks: by the tool's box and the wiki's form, answered, read everywhere."""

import json
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.client import Client
from sandbox.product import Product
from tests.support.browser.comment_form import PATIENCE, post_comment
from tests.support.browser.people import sign_in_to_wiki
from tests.support.wiki.deployed import run_bots
from tests.support.wiki.sandbox import Sandbox

pytestmark = [pytest.mark.wiki, pytest.mark.browser]

ASKED = "Space/Questions"
READY = ".ext-discussiontools-init-ready"  # before, its links lead nowhere
QUESTION = "Where do I find pictures of the old harbour?"
MORE = "For a talk next week."
SECRET = "My phone number is 5550123"


@pytest.fixture(scope="module", autouse=True)
def as_on_meta(product: Product, sandbox: Sandbox) -> None:
    """Comments are looked for on all pages, which costs too much elsewhere."""
    del product  # restores the wiki first
    sandbox.switch(wgExtraSignatureNamespaces=[0, 4, 12])


def fetch(address: str) -> str:
    with urlopen(address, timeout=20) as answer:  # noqa: S310 - loopback
        return str(answer.read().decode())


def everywhere(sandbox: Sandbox) -> dict[str, str]:
    """All places where talk is shown: the feed, the tool, the data pages, the wiki."""
    tool, wiki = sandbox.place.tool_url, sandbox.anonymous()
    shown = {
        path: fetch(f"{tool}{path}")
        for path in ("/feeds/discussions.atom", "/discuss", "/")
    }
    shown["data"] = wiki.text("User:SpaceBot/Space/Talk.json") or ""
    shown["wiki"] = rendered(wiki, "{{Space discussions}}")
    return shown


def rendered(wiki: Client, text: str) -> str:
    """What the wiki makes of a text."""
    answer = wiki.get(
        action="parse", text=text, title="Sandbox", contentmodel="wikitext", prop="text"
    )
    return str(answer["parse"]["text"])


def ask(page: Page, sandbox: Sandbox) -> None:
    """From the front door's box to a new topic on the wiki."""
    page.goto(f"{sandbox.place.tool_url}/")
    page.get_by_label("What would you like to know?").fill(QUESTION)
    page.get_by_role("button", name="Search for answers").click()
    page.get_by_role("link", name="Ask it on the wiki").click()
    form = page.locator(".ext-discussiontools-ui-newTopic")
    heading = form.locator(".ext-discussiontools-ui-newTopic-sectionTitle input")
    expect(heading).to_have_value(QUESTION, timeout=PATIENCE)
    expect(form).to_contain_text("Ask in your own words", timeout=PATIENCE)
    post_comment(form, MORE)
    expect(page.locator("h2", has_text=QUESTION)).to_be_visible(timeout=PATIENCE)


def ask_on_the_wiki(page: Page, sandbox: Sandbox) -> None:
    """By the box of the questions page."""
    page.goto(f"{sandbox.place.public_url}/wiki/{ASKED}")
    page.get_by_placeholder("Your question in a few words").fill("Who prints badges?")
    page.get_by_role("button", name="Ask").click()
    form = page.locator(".ext-discussiontools-ui-newTopic")
    expect(form).to_contain_text("Ask in your own words", timeout=PATIENCE)
    post_comment(form, MORE)
    expect(page.locator("h2", has_text="badges")).to_be_visible(timeout=PATIENCE)


def reply_from_the_tool(page: Page, sandbox: Sandbox) -> None:
    """From a comment in the tool to the wiki's reply tool at that comment."""
    page.goto(f"{sandbox.place.tool_url}/discuss")
    page.get_by_role("link", name=QUESTION).click()
    page.get_by_role("link", name="Reply: Lena").click()
    comment = page.locator(f"{READY} [data-mw-thread-id^='c-Lena-'] [role=button]")
    comment.first.click()
    form = page.locator(".ext-discussiontools-ui-replyWidget")
    post_comment(form, "In the category of the museum.")
    answer = page.locator("dd", has_text="category of the museum")
    expect(answer.first).to_be_visible(timeout=PATIENCE)


def test_question_when_asked_from_the_box_is_answered_and_shown_everywhere(
    browser: Browser, product: Product, sandbox: Sandbox
) -> None:
    lena = browser.new_context().new_page()
    sign_in_to_wiki(lena, sandbox.place.public_url, "Lena")
    ask(lena, sandbox)
    asked = sandbox.anonymous().text(ASKED) or ""
    assert asked.count(QUESTION) == 1
    assert "$1" not in asked
    assert "[[User:Lena|Lena]]" in asked.partition(MORE)[2]
    assert "~~" not in asked
    run_bots(product)
    for place, text in everywhere(sandbox).items():
        assert QUESTION in text, place
    waiting = rendered(sandbox.anonymous(), "{{Space discussions|unanswered}}")
    assert QUESTION in waiting

    olu = browser.new_context().new_page()
    sign_in_to_wiki(olu, sandbox.place.public_url, "Olu")
    reply_from_the_tool(olu, sandbox)
    pavati = sandbox.login("Pavati")
    text = pavati.text(ASKED) or ""
    pavati.edit(ASKED, f"{text}\n: [[User:Lena]], ask the library, too. ~~~~")
    run_bots(product)

    (thread,) = json.loads(everywhere(sandbox)["data"])["threads"]
    assert (thread["title"], thread["comments"]) == (QUESTION, 3)
    assert thread["answered"]
    feed = fetch(f"{sandbox.place.tool_url}/feeds/discussions.atom?kind=question")
    assert feed.count("<entry>") == 3
    assert "ask the library, too" in feed
    assert "3 comments" in rendered(sandbox.anonymous(), "{{Space discussions}}")
    assert QUESTION not in rendered(
        sandbox.anonymous(), "{{Space discussions|unanswered}}"
    )
    sandbox.run_jobs()
    assert_told(sandbox, "Lena", by="Pavati")
    subscribe(browser, sandbox)
    lena.context.close()
    olu.context.close()


def subscribe(browser: Browser, sandbox: Sandbox) -> None:
    """One link leads to the wiki's own subscription to the thread."""
    aiko = browser.new_context().new_page()
    sign_in_to_wiki(aiko, sandbox.place.public_url, "Aiko")
    aiko.goto(f"{sandbox.place.tool_url}/discuss")
    aiko.get_by_role("link", name=QUESTION).click()
    aiko.get_by_role("link", name="Subscribe").click()
    aiko.get_by_role("button", name="Subscribe").click()
    expect(aiko.get_by_role("main")).to_contain_text(
        "will receive notifications", timeout=PATIENCE
    )
    client = sandbox.login("Aiko")
    found = client.get(
        action="discussiontoolspageinfo", page=ASKED, prop="threaditemshtml"
    )
    items = found["discussiontoolspageinfo"]["threaditemshtml"]
    (heading,) = (item for item in items if item["id"].startswith("h-Where"))
    answer = client.get(
        action="discussiontoolsgetsubscriptions", commentname=heading["name"]
    )
    assert answer["subscriptions"] == {heading["name"]: 1}
    aiko.context.close()


def assert_told(sandbox: Sandbox, name: str, *, by: str) -> None:
    """The wiki notified somebody of a mention."""
    answer = sandbox.login(name).get(
        action="query", meta="notifications", notprop="list", notlimit=50
    )
    mentions = [
        row
        for row in answer["query"]["notifications"]["list"]
        if row["type"] == "mention"
    ]
    assert [row["agent"]["name"] for row in mentions] == [by]
    assert mentions[0]["title"]["full"] == ASKED


def test_question_when_asked_by_the_box_of_the_wiki_is_signed(
    browser: Browser, product: Product, sandbox: Sandbox
) -> None:
    lena = browser.new_context().new_page()
    sign_in_to_wiki(lena, sandbox.place.public_url, "Lena")
    ask_on_the_wiki(lena, sandbox)
    run_bots(product)

    (thread,) = (
        each
        for each in json.loads(everywhere(sandbox)["data"])["threads"]
        if each["title"] == "Who prints badges?"
    )
    assert thread["comments"] == 1
    assert "~~" not in (sandbox.anonymous().text(ASKED) or "")
    lena.context.close()


def test_comment_when_hidden_on_the_wiki_is_gone_everywhere(
    product: Product, sandbox: Sandbox
) -> None:
    olu, admin = sandbox.login("Olu"), sandbox.login("Admin")
    before = olu.text(ASKED) or ""
    leak = olu.edit(ASKED, f"{before}\n\n== Call me ==\n{SECRET} ~~~~")["newrevid"]
    run_bots(product)
    assert SECRET in everywhere(sandbox)["/feeds/discussions.atom"]

    admin.edit(ASKED, before)
    admin.post(action="revisiondelete", type="revision", ids=leak, hide="content")
    run_bots(product)
    for place, text in everywhere(sandbox).items():
        assert SECRET not in text, place
        assert "Call me" not in text, place
    tool = sandbox.place.tool_url
    assert "No discussions match" in fetch(f"{tool}/discuss?q=5550123")
