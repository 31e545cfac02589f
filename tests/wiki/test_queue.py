"""The review queue and the reminders on a real wiki, without the tool and by hand."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.client import Client
from sandbox.old_pages import OldRevision, bring_in
from sandbox.product import Product
from tests.support.wiki.bot_and_wiki import event
from tests.support.wiki.deployed import run_bots
from tests.support.wiki.pages import expanded, new_section, parsed, textarea, words
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

SOON = (datetime.now(UTC) + timedelta(days=2)).date()


@pytest.fixture(scope="module")
def product(indexed_wiki: Product, fresh_wiki: Sandbox) -> Product:
    """Everything deployed, with a review for events, too; each view is parsed anew."""
    admin = fresh_wiki.login("Admin")
    settings = admin.text("Space/Settings") or ""
    settings = re.sub(r"(event policy\s*=).*", r"\1 review", settings)
    settings = re.sub(r"(report page\s*=).*", r"\1 Meta:Noticeboard", settings)
    admin.edit("Space/Settings", settings)
    fresh_wiki.switch(wgCacheEpoch="20990101000000")
    return indexed_wiki


def run(product: Product, *options: str) -> None:
    run_bots(product, *options)
    product.wiki.run_jobs()


@pytest.fixture(scope="module")
def written(product: Product, fresh_wiki: Sandbox) -> dict[str, int]:
    """Title → revision of pages by Olu that the bots have read.

    A good one, one that Lena approves without the right, one that cannot be read, and
    one of which the wiki says that it is an event and the bots that it is not.
    """
    olu, lena = fresh_wiki.login("Olu"), fresh_wiki.login("Lena")
    soon = {"start": f"{SOON} 10:00", "end": f"{SOON} 12:00"}
    texts = {
        "Hāngī": event(title="Hāngī", languages="mi", **soon),
        "Forged": event(),
        "Unread": event(title="Unread", summary="Hello {{PAGENAME}}"),
        "Made": event(title="Made").replace("{{Space event", "{{Space {{lc:EVENT}}", 1),
    }
    made = {
        name: int(olu.edit(f"Space/Events/{name}", text)["newrevid"])
        for name, text in texts.items()
    }
    verdict = f"{{{{Space review|approve|rev={made['Forged']}}}}}"
    lena.edit("Talk:Space/Events/Forged", f"{verdict} ~~~~")
    run(product)
    return made


def links(page: str) -> dict[str, str]:
    """Label → address of the links of a page; of several with one label the first."""
    found: dict[str, str] = {}
    for address, label in re.findall(r'href="([^"]*)"[^>]*>([^<]*)<', page):
        found.setdefault(label, html.unescape(address))
    return found


def mentions(person: Client, page: str) -> int:
    """How often somebody was told of being mentioned on a page."""
    answer = person.get(action="query", meta="notifications", notlimit="50")
    return sum(
        (each["type"], each["title"]["full"]) == ("mention", page)
        for each in answer["query"]["notifications"]["list"]
    )


def test_queue_when_a_reviewer_follows_its_link_then_the_page_is_published(
    product: Product, written: dict[str, int], fresh_wiki: Sandbox
) -> None:
    olu, pavati = fresh_wiki.login("Olu"), fresh_wiki.login("Pavati")
    title, revision = "Space/Events/Hāngī", written["Hāngī"]

    queue = parsed(pavati, "Space/Review")["text"]
    said = words(queue).partition("Starts soon")[2]
    assert re.search(r"Hāngī (In 2 days|Tomorrow) First page", said)
    assert f"{SOON.day} {SOON:%B} {SOON.year} · New Zealand · Event · Māori" in said
    assert expanded(olu, "({{Space review queue|count|urgent=yes}})").count("(1)")
    text = textarea(pavati.session.get(links(queue)["Approve"]).text)
    left = new_section(pavati, f"Talk:{title}", text)
    assert f"{{{{Space review|approve|rev={revision}|kind=event}}}}" in left
    assert expanded(olu, "({{Space review queue|count|language=mi}})").count("(1)")
    run(product)

    assert "Hāngī" not in parsed(pavati, "Space/Review")["text"]
    assert expanded(olu, "({{Space review queue|count|language=mi}})").count("(0)")
    assert "Hāngī" in expanded(olu, "{{Space events|from=2026-11-01|country=NZ}}")
    month = words(parsed(olu, "Space/Log")["text"])
    assert re.search(r"New pages Reviewed .* 1 1 ", month)

    run(product)
    filed = olu.get(
        action="query", titles=title, generator="categories", gcllimit="max"
    )["query"]["pages"]
    assert "Category:Space events in New Zealand" in {page["title"] for page in filed}
    assert [page["title"] for page in filed if page.get("missing")] == []
    category = parsed(olu, "Category:Space events in New Zealand")
    assert "Events · New Zealand Pages join" in words(category["text"])
    above = [each["category"] for each in category["categories"]]
    assert above == ["Space_events"]


@pytest.mark.usefixtures("written")
def test_queue_when_a_verdict_is_forged_says_so(fresh_wiki: Sandbox) -> None:
    lena = fresh_wiki.login("Lena")

    queue = words(parsed(lena, "Space/Review")["text"])

    assert "Not counted: “Approve” (its author is not a reviewer)" in queue


def test_report_of_a_page_leads_to_the_noticeboard_with_its_name(
    product: Product, fresh_wiki: Sandbox
) -> None:
    del product
    olu = fresh_wiki.login("Olu")
    title = "Space/Events/Odd?"
    olu.edit(title, event())

    address = links(parsed(olu, title)["text"])["Report a problem"]
    form = olu.session.get(address).text

    assert "title=Meta:Noticeboard" in address
    assert textarea(form).startswith(f"[[:{title}]]: <!--")
    assert textarea(form).endswith("~~~~")
    assert f"Report: {title}" in html.unescape(form)
    assert "do not write here" in form


def test_creator_takes_a_published_page_back_by_the_link_below_it(
    product: Product, fresh_wiki: Sandbox
) -> None:
    olu, pavati = fresh_wiki.login("Olu"), fresh_wiki.login("Pavati")
    title = "Space/Events/Withdrawn"
    revision = olu.edit(title, event(title="Withdrawn"))["newrevid"]
    new_section(pavati, f"Talk:{title}", f"{{{{subst:Space approve|rev={revision}}}}}")
    run(product)
    assert "Withdrawn" in expanded(olu, "{{Space events|from=2026-11-01}}")

    address = links(parsed(olu, title)["text"])["Withdraw"]
    text = textarea(olu.session.get(address).text)
    new_section(olu, f"Talk:{title}", text.replace("reason=", "reason=Not yet."))
    run(product)

    assert "Withdrawn" not in expanded(olu, "{{Space events|from=2026-11-01}}")
    banner = words(parsed(olu, title)["text"])
    assert "Withdrawn: no longer listed." in banner
    assert "Olu : “ Not yet. ”" in banner


def test_reminder_tells_reviewers_of_the_language_once_a_day(
    product: Product, fresh_wiki: Sandbox
) -> None:
    admin, pavati = fresh_wiki.login("Admin"), fresh_wiki.login("Pavati")
    page = admin.text("Space/Reviewers") or ""
    signed_up = "{{Space reviewer|Pavati|mi}}\n{{Space reviewer|Admin|fr}}\n"
    admin.edit("Space/Reviewers", f"{page}\n{signed_up}")
    assert "Pavati – Māori" in words(parsed(admin, "Space/Reviewers")["text"])
    old = datetime.now(UTC) - timedelta(hours=50)
    text = event(title="Kapa haka", languages="mi")
    bring_in(
        product.wiki, {"Space/Events/Kapa haka": [OldRevision("Olu", old, text, "")]}
    )

    run(product, "--full")
    edits = len(history(admin))
    run(product)

    assert mentions(pavati, "Space/Reviewers") == 1
    assert mentions(admin, "Space/Reviewers") == 0
    assert len(history(admin)) == edits
    section = words(parsed(admin, "Space/Reviewers")["text"])
    assert "Waiting for a reviewer" in section
    assert (
        "One page has been waiting for more than two days: Space/Events/Kapa" in section
    )


def history(reader: Client) -> list[int]:
    answer = reader.get(
        action="query",
        titles="Space/Reviewers",
        prop="revisions",
        rvprop="ids",
        rvlimit="max",
    )
    return [each["revid"] for each in answer["query"]["pages"][0]["revisions"]]


@pytest.mark.usefixtures("written")
def test_page_when_it_cannot_be_read_says_so_and_stands_in_the_queue(
    fresh_wiki: Sandbox,
) -> None:
    olu = fresh_wiki.login("Olu")

    page = words(parsed(olu, "Space/Events/Unread")["text"])
    queue = words(expanded(olu, "{{Space review queue}}"))

    assert "Please fix the following." in page
    assert "{{PAGENAME}}" in page
    assert "Unread Over Has errors" in queue
    assert "The author needs to fix this first: Summary" in queue
    assert "Waiting for review" not in words(parsed(olu, "Space/Events/Made")["text"])
