"""What a reviewer's template leaves on a talk page: the reason, and whom to tell."""

import json
import re

import pytest

from sandbox.client import Client
from space.review.model import VerdictKind
from space.review.verdicts.reading import Line, read_lines
from space.review.verdicts.writing import read_reason, verdict_text
from space.wiki.talk.signatures import user_links
from tests.fakes.wiki_state import SITE
from tests.support.wiki.deployed import BOT
from tests.support.wiki.pages import new_section, textarea
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

EVENT = "{{Space event|start=2026-11-28 10:00|timezone=UTC|country=NZ}}"
BY_HAND = {
    "Mend https://x.example/?a=b first": "Mend https://x.example/?a=b first",
    "Use A | B here": "Use A | B here",
    "a=b": "a=b",
    "good = great": "good=great",  # the wiki trims what it takes for a parameter
    "2=3 is wrong": "2=3 is wrong",
    "1=a=b": "a=b",
    "reason=See ?a=b | or c": "See ?a=b| or c",
    "rev=|reason=|a=b": "a=b",
    "rev=|reason=first|second": "first|second",
    "See [[a|b]]": "See [[a|b]]",
    "A {{!}} B": "A | B",
    "Übersetzung=gut": "Übersetzung=gut",
    "<nowiki>a|b=c</nowiki>": "a|b=c",
    "": "",
}
BY_TOOL = (
    *("a=b", "Use A | B here", "a }} b", "{{x|y=z}}", "[[a|b]]", "[[a", "a ~~~~ b"),
    *("1=2", "reason=x", "<nowiki>", "<!-- x", "{{!}}", "https://x.example/?a=b|c"),
)


def said(pavati: Client, title: str, calls: list[str]) -> list[Line]:
    """The verdicts that calls of templates leave, saved in one section."""
    text = new_section(pavati, f"Talk:{title}", "\n\n".join(calls))
    return list(read_lines(text, user_links(SITE)))


def told(
    pavati: Client, title: str, call: str = "{{subst:Space approve}}"
) -> list[str]:
    """Whom a verdict mentions, its signature left out."""
    text = new_section(pavati, f"Talk:{title}", call)
    return re.findall(r"@\[\[User:([^|]+)\|", text)


def keep_creator(wiki: Sandbox, saved: dict[str, int], name: str) -> None:
    """Write what the bot's ledger knows of a page."""
    page = saved["pageid"]
    entry = {"page": page, "kind": "event", "creator": name, "standing": {}}
    title = f"User:{BOT}/Space/Ledger/{page // 100}.json"
    wiki.login(BOT).edit(title, json.dumps({"schema": 1, f"p{page}": entry}))


def test_reason_by_hand_arrives_whole_whatever_signs_it_has(
    olu: Client, pavati: Client
) -> None:
    title = "Space/Events/Reasons"
    olu.edit(title, EVENT)

    lines = said(pavati, title, [f"{{{{subst:Space changes|{r}}}}}" for r in BY_HAND])

    assert [line.reason for line in lines] == list(BY_HAND.values())
    assert {line.account for line in lines} == {"Pavati"}


def test_reason_by_hand_keeps_templates_and_markup_for_those_who_read(
    olu: Client, pavati: Client
) -> None:
    title = "Space/Events/Marked up"
    olu.edit(title, EVENT)

    left = new_section(
        pavati, f"Talk:{title}", "{{subst:Space decline|See {{tl|x|y=z}} and ''a|b''}}"
    )

    assert "@[[User:Olu|Olu]]: {{Space review|decline|" in left
    assert "|reason=See {{tl|x|y=z}} and ''a{{!}}b''}} [[User:Pavati|" in left


def test_reason_by_the_tool_arrives_as_it_was_typed(
    olu: Client, pavati: Client
) -> None:
    title = "Space/Events/By the tool"
    saved = olu.edit(title, EVENT)
    reasons = [read_reason(typed) for typed in BY_TOOL]

    lines = said(
        pavati,
        title,
        [verdict_text(VerdictKind.CHANGES, saved["newrevid"], r) for r in reasons],
    )

    assert [line.reason for line in lines] == reasons


def test_reasons_by_hand_are_what_the_tool_leaves_in_the_language_of_the_page(
    olu: Client, pavati: Client
) -> None:
    title = "Space/Events/Standard reasons"
    rev = olu.edit(title, EVENT)["newrevid"]
    other = "Space/Events/Two & more"
    by_tool = verdict_text(
        VerdictKind.DECLINE, rev, "Sorry.", ("off-topic", "duplicate"), other
    )
    by_hand = (
        "{{subst:Space decline|rev=|seen=|because=Duplicate ;Off-topic"
        f"|duplicate of={other}|reason=Sorry.}}}}"
    )

    hand, tool = said(pavati, title, [by_hand.replace("rev=", f"rev={rev}"), by_tool])

    assert hand.source == tool.source
    assert hand.reason == (
        "This is not about the Wikimedia movement. "
        f"This is already listed: [[{other}]]. Sorry."
    )
    unknown = "{{subst:Space changes|because=about; place}}"
    assert said(pavati, title, [unknown])[-1].reason == (
        "Please say where this takes place, at least the country. about"
    )


def test_verdict_by_hand_offers_the_reasons_for_the_kind_of_its_page(
    wiki: Sandbox, olu: Client, pavati: Client
) -> None:
    title = "Space/Blog/Reasons"
    olu.edit(title, "{{Space post|title=R|language=en}}")

    form = pavati.session.get(
        wiki.index_url,
        params={
            "title": f"Talk:{title}",
            "action": "edit",
            "section": "new",
            "editintro": "Template:Space reasons/intro",
            "preload": "Template:Space decline/preload",
        },
    ).text

    assert "the authors are notified" in form
    assert "This reads like advertising." in form
    assert "<code>about</code>" in form
    assert "<code>place</code>" not in form
    assert "|because=|duplicate of=|reason=}}" in textarea(form)


def test_verdict_tells_the_author_after_somebody_elses_slip_was_mended(
    wiki: Sandbox, olu: Client, pavati: Client
) -> None:
    title = "Space/Events/Mended"
    keep_creator(wiki, olu.edit(title, EVENT), "Olu")
    wiki.anonymous().edit(title, EVENT.replace("NZ", "GH"))

    assert told(pavati, title) == ["Olu"]
    answer = olu.get(action="query", meta="notifications", notlimit="50")
    assert ("mention", f"Talk:{title}") in [
        (each["type"], each["title"]["full"])
        for each in answer["query"]["notifications"]["list"]
    ]


def test_verdict_tells_no_bot_that_tidied_the_text(
    wiki: Sandbox, olu: Client, pavati: Client
) -> None:
    title = "Space/Events/Tidied"
    keep_creator(wiki, olu.edit(title, EVENT), "Olu")
    wiki.login(BOT).edit(title, f"{EVENT}\n")
    wiki.login(BOT).edit(title, f"{EVENT}<!-- tidy -->")

    assert told(pavati, title) == ["Olu"]


def test_verdict_tells_the_author_after_the_text_was_marked_for_translation(
    wiki: Sandbox, olu: Client, pavati: Client
) -> None:
    title = "Space/Events/Marked"
    keep_creator(wiki, olu.edit(title, EVENT), "Olu")
    marked = f"{EVENT}\n<translate>\n<!--T:1-->\nCome.\n</translate>"
    wiki.login("Admin").edit(title, marked)

    assert told(pavati, title) == ["Olu"]


def test_verdict_tells_an_organizer_who_wrote_after_the_text_was_marked(
    wiki: Sandbox, olu: Client, pavati: Client
) -> None:
    title = "Space/Events/Marked by others"
    named = EVENT.replace("}}", "|organizers=[[User:Lena|Our Lena]]}}")
    marked = f"{named}\n<translate>\n<!--T:1-->\nCome.\n</translate>"
    keep_creator(wiki, olu.edit(title, marked), "Olu")
    wiki.login("Lena").edit(title, marked.replace("Come.", "Come and write."))

    assert told(pavati, title) == ["Olu", "Lena"]


def test_verdict_tells_the_author_and_who_wrote_the_text_that_was_read(
    wiki: Sandbox, olu: Client, pavati: Client
) -> None:
    title = "Space/Events/Two authors"
    first = olu.edit(title, EVENT)
    keep_creator(wiki, first, "Olu")
    wiki.login("Lena").edit(title, f"{EVENT}\nCome and write.")

    assert told(pavati, title) == ["Olu", "Lena"]
    older = f"{{{{subst:Space changes|rev={first['newrevid']}|No.}}}}"
    assert told(pavati, title, older)[2:] == ["Olu"]


def test_verdict_on_a_page_that_the_bot_never_saw_tells_its_newest_editor(
    olu: Client, pavati: Client
) -> None:
    title = "Space/Events/New"
    olu.edit(title, EVENT)

    assert told(pavati, title) == ["Olu"]
