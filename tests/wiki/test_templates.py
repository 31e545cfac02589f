"""What is deployed, on the real wiki: as people see it and as editors use it."""

import hashlib
import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.client import Client
from space.codec.writers import write_value
from space.schema.kinds import load_kind
from tests.support.corpus.cases import value_cases
from tests.support.wiki.deployed import BOT, deploy, deployment, fill_links
from tests.support.wiki.pages import (
    evaluated,
    expanded,
    new_section,
    parsed,
    textarea,
    words,
)
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

TOOL = "https://tool.example"
# Pages that another one shows, or that an edit form begins with.
PARTS = ("/doc", "/preload", "/intro", "/line", ".css")
EVENT = """{{Space event
| start    = 2026-11-28 10:00
| end      = 2026-11-28 16:00
| timezone = Pacific/Auckland
| country  = NZ
| city     = Auckland
| summary  = An afternoon of writing about [[GLAM|museums]].
| organizers = [[User:Olu]]; Wikimedia Aotearoa
| languages = en; mi
}}
Come and write with us."""


@pytest.fixture(scope="module")
def wiki(fresh_wiki: Sandbox) -> Sandbox:
    """The sandbox with everything deployed, where every view is parsed anew.

    The parser cache counts in seconds: a page parsed in the second in which something
    that it shows was saved would stay as it was.
    """
    deploy(fresh_wiki, tool=TOOL)
    fresh_wiki.switch(wgCacheEpoch="20990101000000")
    return fresh_wiki


@pytest.fixture(scope="module")
def bot(wiki: Sandbox) -> Client:
    return wiki.login(BOT)


def categories(page: dict[str, Any]) -> set[str]:
    return {category["category"].replace("_", " ") for category in page["categories"]}


def keep_ledger(wiki: Sandbox, page_id: int, **standing: Any) -> None:
    """Write what the bot would, and let the pages that read it follow."""
    block = {"schema": 1, f"p{page_id}": {"standing": standing}}
    title = f"User:{BOT}/Space/Ledger/{page_id // 100}.json"
    wiki.login(BOT).edit(title, json.dumps(block))
    wiki.run_jobs()


def mark(saved: dict[str, Any], text: str) -> dict[str, Any]:
    return {
        "revision": saved["newrevid"],
        "at": saved["newtimestamp"],
        "sha1": hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(),
    }


def test_every_deployed_page_parses_without_an_error(wiki: Sandbox) -> None:
    reader = wiki.anonymous()
    titles = [source.title for source in deployment()]

    for title in titles:
        if not title.startswith("Module:") and not title.endswith(PARTS):
            page = parsed(reader, title)
            assert "scribunto-error" not in page["text"], title
            missing = re.findall(r'title="((?:Template|Module):[^"]*) \(', page["text"])
            assert not missing, title
            assert not page["parsewarnings"], title


def test_translation_of_a_portal_page_has_the_direction_and_links_of_its_language(
    wiki: Sandbox,
) -> None:
    shown = parsed(wiki.anonymous(), "Space/Newcomers/ar")["text"]
    top, _, text = shown.partition('<div class="mw-content-rtl" lang="ar" dir="rtl">')

    assert "كتابة تدوينة" in text
    assert "/Space/Blog" in text
    assert "/Space/Guidelines/ar" in top
    assert "/Space/Newcomers/zh-hans" in top
    guide = parsed(wiki.anonymous(), "Space/Guidelines/ar")["text"]
    assert "/Space/Reviewing/ar" in guide
    assert "/Space/Code_of_conduct/ar" in guide
    home = parsed(wiki.anonymous(), "Space/ar")["text"]
    assert "Special:MyLanguage/Space/Help#lists" in home
    for part in ("أحدث التدوينات", "/Space/Newcomers/ar", 'dir="rtl"'):
        assert part in home


def test_event_when_read_in_arabic_then_banner_facts_and_dates_are(
    olu: Client, wiki: Sandbox
) -> None:
    title = "Space/Events/Far away"
    olu.edit(title, EVENT)

    page = parsed(wiki.anonymous(), title, uselang="ar")
    shown = words(page["text"])
    assert "بانتظار المراجعة" in shown
    assert "نوفمبر" in shown
    assert "نيوزيلندا" in shown
    assert not re.search(r"⧼|Waiting for review|November", shown)
    assert 'dir="rtl"' in page["text"]

    english = words(parsed(wiki.anonymous(), title)["text"])
    assert "Waiting for review" in english

    portal = words(parsed(wiki.anonymous(), "Space", uselang="ar")["text"])
    assert "الفعاليات" in portal
    assert "⧼" not in portal


def test_event_when_nobody_reviewed_it_says_so_and_shows_what_it_is(
    olu: Client,
) -> None:
    title = "Space/Events/Pacific edit-a-thon"
    olu.edit(title, EVENT)

    page = parsed(olu, title)

    shown = words(page["text"])
    assert "Waiting for review – not in the calendar yet. You can keep" in shown
    assert "Saturday, 28 November 2026, 10:00–16:00" in shown
    assert "Pacific/Auckland (UTC+13:00)" in shown
    assert "In UTC: 27 November 2026, 21:00" in shown
    assert "Auckland , New Zealand" in shown
    assert "noindex" in page["properties"]
    assert words(page["displaytitle"]) == "Space/Events/ Pacific edit-a-thon"
    assert categories(page) == {"Space pages waiting for review"}


def test_event_when_told_to_stays_out_of_categories(olu: Client) -> None:
    olu.edit("Space/Events/Quiet", EVENT.replace("| start", "| nocat = yes\n| start"))

    assert not categories(parsed(olu, "Space/Events/Quiet"))


def test_event_outside_of_the_namespaces_is_no_record(olu: Client) -> None:
    olu.edit("User:Olu/Draft event", EVENT)

    page = parsed(olu, "User:Olu/Draft event")

    assert not categories(page)
    assert "Waiting for review" not in words(page["text"])
    assert "Saturday, 28 November 2026" in words(page["text"])


def test_event_with_a_slip_tells_its_author_at_the_field(olu: Client) -> None:
    olu.edit("Space/Events/Slip", EVENT.replace("2026-11-28 10:00", "on Saturday"))

    page = parsed(olu, "Space/Events/Slip")

    assert "Please fix the following." in words(page["text"])
    assert re.search(r"<li><b>Start</b>:.*on Saturday", page["text"])
    assert "Space pages with problems" in categories(page)


def test_event_when_published_has_a_banner_only_while_it_differs(
    wiki: Sandbox, olu: Client
) -> None:
    title = "Space/Events/Published"
    saved = olu.edit(title, EVENT)
    published = mark(saved, EVENT)
    keep_ledger(
        wiki, saved["pageid"], state="published", published=published, newest=published
    )

    reviewed = parsed(olu, title)
    olu.edit(title, EVENT.replace("Come and", "Come in and"))
    edited = parsed(olu, title)
    olu.edit(title, EVENT)
    undone = parsed(olu, title)

    assert 'class="space-banner' not in reviewed["text"] + undone["text"]
    assert "noindex" not in reviewed["properties"]
    assert categories(reviewed) == {
        "Space events",
        "Space events in 2026-11",
        "Space events in New Zealand",
        "Space events in English",
        "Space events in Māori",
    }
    assert "Readers still see the version of" in words(edited["text"])
    assert f"Special:Diff/{published['revision']}/cur" in edited["text"]
    assert "noindex" not in edited["properties"]
    assert "Space pages waiting for review" in categories(edited)


def test_event_when_changes_were_asked_for_shows_the_reason_as_text(
    wiki: Sandbox, olu: Client
) -> None:
    title = "Space/Events/Changes"
    saved = olu.edit(title, EVENT)
    reason = {"code": "changes", "params": ["Pavati", "Which '''city'''? {{x}}"]}
    newest = mark(saved, EVENT)
    keep_ledger(wiki, saved["pageid"], state="changes", reason=reason, newest=newest)

    shown = words(parsed(olu, title)["text"])

    assert "A reviewer has asked for changes." in shown
    assert "Pavati : “ Which '''city'''? {{x}} ”" in shown


def event_data(number: int, **fields: Any) -> dict[str, Any]:
    day = f"2026-11-{number % 28 + 1:02}"
    return {
        "id": number,
        "page": f"Space/Events/E{number}",
        "title": f"E{number}",
        "start": f"{day} 10:00",
        "zone": "UTC",
        "from": f"{day}T10:00Z",
        "to": f"{day}T12:00Z",
        "country": "NZ" if number % 100 == 0 else "BE",
    } | fields


def keep_events(bot: Client, *parts: list[dict[str, Any]]) -> None:
    base = f"User:{BOT}/Space/Events"
    for number, events in enumerate(parts, 1):
        name = "2026-11" if number == 1 else f"2026-11/{number}"
        bot.edit(f"{base}/{name}.json", json.dumps({"schema": 1, "events": events}))
    index = [{"key": "2026-11", "part": n + 1} for n in range(len(parts))]
    bot.edit(f"{base}.json", json.dumps({"schema": 1, "parts": index}))


def test_lists_and_calendar_follow_the_data_page(bot: Client, olu: Client) -> None:
    keep_events(bot, [event_data(1, title="Tea & <b>cake</b> 🎉")])
    calendar = expanded(olu, "{{Space calendar|2026-11}}")
    listed = expanded(olu, "{{Space events|from=2026-11-01|country=be}}")
    keep_events(bot, [event_data(2)])

    after = expanded(olu, "{{Space calendar|2026-11}}")

    assert "Tea & <b>cake</b> 🎉" in words(calendar)
    assert "Tea & <b>cake</b> 🎉" in words(listed)
    assert "cake" not in words(after)
    assert "E2" in words(after)


def test_five_thousand_events_are_listed_within_the_wikis_limits(
    bot: Client, olu: Client
) -> None:
    size = 500
    events = [event_data(number) for number in range(1, 5001)]
    keep_events(bot, *(events[i : i + size] for i in range(0, len(events), size)))

    few = expanded(olu, "{{Space events|from=2026-11-01|country=NZ|limit=500}}")
    month = expanded(olu, "{{Space calendar|2026-11}}")

    assert few.count('class="space-item-title"') == len(events) / 100
    assert "scribunto-error" not in month
    keep_events(bot, [])


def test_inputbox_of_the_events_page_opens_a_form_with_the_template(
    wiki: Sandbox, olu: Client
) -> None:
    box = parsed(olu, "Space/Events")["text"]
    inputs = re.findall(r"<input[^>]*>", box)
    fields = {
        name[1]: value[1]
        for tag in inputs
        if (name := re.search(r'name="(\w+)"', tag))
        and (value := re.search(r'value="([^"]*)"', tag))
    }
    form = {"action": "edit", "title": f"{fields['prefix']}New"}
    form |= {key: fields[key] for key in ("preload", "editintro")}

    text = textarea(olu.session.get(wiki.index_url, params=form).text)

    assert fields["prefix"] == "Space/Events/"
    assert text.startswith("{{Space event\n| start")
    assert "Start : Please fill in this field." in words(
        expanded(olu, text, "Space/Events/New")
    )


def test_verdict_by_the_banner_names_the_revision_and_tells_the_author(
    olu: Client, pavati: Client
) -> None:
    title = "Space/Events/To approve"
    revision = olu.edit(title, EVENT)["newrevid"]
    links = re.findall(
        r'href="([^"]*preload=[^"]*)">([^<]*)<', parsed(pavati, title)["text"]
    )
    address = {label: html.unescape(found) for found, label in links}["Approve"]
    text = textarea(pavati.session.get(address).text)

    left = new_section(pavati, f"Talk:{title}", text)

    verdict = f"{{{{Space review|approve|rev={revision}|kind=event}}}}"
    assert f"@[[User:Olu|Olu]]: {verdict} [[User:Pavati|Pavati]]" in left
    shown = words(parsed(pavati, f"Talk:{title}")["text"])
    assert shown.index("@ Olu :") < shown.index(
        "Thank you, this is now in the calendar"
    )
    assert f"(revision {revision} )" in shown
    told = olu.get(action="query", meta="notifications", notfilter="!read")
    assert (f"Talk:{title}", "mention") in {
        (each["title"]["full"], each["type"])
        for each in told["query"]["notifications"]["list"]
    }


def test_verdict_by_the_banner_when_the_page_changed_meanwhile_is_none(
    olu: Client, pavati: Client
) -> None:
    title = "Space/Events/Changing"
    olu.edit(title, EVENT)

    left = new_section(
        pavati, f"Talk:{title}", "{{subst:Space approve|rev=|seen=20010101000000}}"
    )

    assert "{{Space stale}}" in left
    assert "{{Space review" not in left
    assert "Nothing was saved as a decision" in words(
        parsed(olu, f"Talk:{title}")["text"]
    )


@pytest.mark.parametrize("verdict", ["changes", "decline", "withdraw"])
def test_verdict_by_hand_keeps_its_reason(
    olu: Client, pavati: Client, verdict: str
) -> None:
    title = f"Space/Events/To {verdict}"
    revision = olu.edit(title, EVENT)["newrevid"]
    reason = "Which [[w:City|city]], please?"

    left = new_section(
        pavati, f"Talk:{title}", f"{{{{subst:Space {verdict}|{reason}}}}}"
    )

    call = f"{{{{Space review|{verdict}|rev={revision}|kind=event|reason={reason}}}}}"
    assert f"@[[User:Olu|Olu]]: {call} [[User:Pavati|Pavati]]" in left


def test_visual_editor_changes_one_parameter_and_nothing_else(olu: Client) -> None:
    title = "Space/Events/Visual"
    olu.edit(title, EVENT)
    opened = olu.get(action="visualeditor", paction="parse", page=title)["visualeditor"]
    data = re.search(r"data-mw=(['\"])(.*?)\1", opened["content"], re.DOTALL)
    assert data
    template = json.loads(html.unescape(data[2]))
    template["parts"][0]["template"]["params"]["city"]["wt"] = "Wellington"
    changed = f'data-mw="{html.escape(json.dumps(template))}"'

    saved = olu.post(
        action="visualeditoredit",
        paction="save",
        page=title,
        html=opened["content"].replace(data[0], changed, 1),
        oldid=opened["oldid"],
        etag=opened["etag"],
    )

    assert saved["visualeditoredit"]["result"] == "success"
    wanted = EVENT.replace("= Auckland", "= Wellington")
    assert "".join((olu.text(title) or "").split()) == "".join(wanted.split())


def test_template_data_is_there_for_the_editor(wiki: Sandbox, olu: Client) -> None:
    titles = ["Template:Space event", "Template:Space post"]
    fill_links(wiki, titles)

    answer = olu.get(action="templatedata", titles=titles)

    params = {page["title"]: page["params"] for page in answer["pages"].values()}
    assert "timezone" in params["Template:Space event"]
    assert params["Template:Space post"]["language"]["required"]


READ_CASES = """
local cases = ...
local frame = mw.getCurrentFrame()
local Fields = mw.loadData('Module:Space/Fields')
local Reader = require('Module:Space/Reader')
local read = {}
for _, case in ipairs(cases) do
    local field = Fields[case[2]].fields[case[3]]
    local raw = mw.text.trim(frame:preprocess(case[4]))
    local value, problems = Reader.value(case[3], field, raw)
    local codes = {}
    for _, problem in ipairs(problems) do
        table.insert(codes, problem.code)
    end
    read[case[1]] = { value = value, problems = codes }
end
return read
"""


def test_values_mean_the_same_on_the_wiki_as_in_python(olu: Client) -> None:
    """The whole way: the wiki's own preprocessor hands the values to the module."""
    items = "<li>{{{1}}}</li><li>{{{2}}}</li>"
    olu.edit("Template:U", "[[User:{{{1}}}|{{{1}}}]]")
    olu.edit("Template:=", "=")
    olu.edit("Template:Ubl", f'<div class="plainlist"><ul>{items}</ul></div>')
    olu.edit("Template:Flatlist", '<div class="hlist">{{{1}}}</div>')
    cases = [case for case in value_cases() if case.lua is not None]
    # Translate takes its own tags away; a wiki without it leaves them as text.
    raws = [c.lua if "<translate" in c.input else c.input for c in cases]
    asked = [
        [case.name, case.field.kind, case.field.name, raw]
        for case, raw in zip(cases, raws, strict=True)
    ]

    read = evaluated(olu, READ_CASES, asked)
    for case in cases:
        value = read[case.name].get("value")
        value = tuple(value) if isinstance(value, list) else value
        problems = tuple(read[case.name]["problems"])
        assert (value, problems) == (case.output, case.problems), case.name


HOSTILE = (
    *(
        "[[Category:Evil-{n}]]",
        "x]][[File:Evil-{n}.png|thumb",
        "x]][[Category:Evil-{n}",
    ),
    *("[[Category:Evil-{n}", "[[:Category:Evil-{n}]]", "x|y]] {{{{Evil-{n}}}}}"),
    *("__NOGALLERY__", "x\n[[Category:Evil-{n}]]", "</nowiki>[[Category:Evil-{n}]]"),
    *("-{{Category:Evil-{n}}}-<s>Evil</s>", "[https://evil.example {n}]<ref>x</ref>"),
)
IN_ALL = 3  # so many of them are put into fields that take no such text, too
GIVEN = {
    "event": {
        "title": "T",
        "start": "2026-11-28 10:00",
        "timezone": "Pacific/Auckland",
        "country": "NZ",
    },
    "post": {"title": "T", "language": "en"},
}
READ_FREELY = frozenset({"text", "inline", "user", "contact", "page", "topic"})


def calls(kind: str) -> Iterator[str]:
    """Calls of a template with a hostile text in each field, named after the field."""
    fields = load_kind(kind).fields.values()
    for number, payload in enumerate(HOSTILE):
        for free in (True, False) if number < IN_ALL else (True,):
            values = dict(GIVEN[kind])
            for field in fields:
                if not free or field.reader in READ_FREELY:
                    values[field.name] = payload.format(n=field.name)
            for write in (write_value, lambda _, value: value):
                if write is not write_value and not payload.startswith("[["):
                    continue  # what is no value by itself ends the call
                parameters = "".join(
                    f"| {field.parameter} = {write(field, values[field.name])}\n"
                    for field in fields
                    if field.name in values
                )
                yield f"{{{{Space {kind}\n{parameters}}}}}"


@pytest.mark.parametrize("kind", ["event", "post"])
def test_card_when_a_field_is_hostile_then_it_stays_in_its_place(
    wiki: Sandbox, kind: str
) -> None:
    page = wiki.anonymous().post(
        action="parse",
        text="\n\n".join(calls(kind)),
        title=f"Space/{kind.title()}s/Hostile",
        contentmodel="wikitext",
        prop="text|categories|images|templates|properties|externallinks",
    )["parse"]
    assert "scribunto-error" not in page["text"]
    assert page["text"].count('class="space-card"') >= len(HOSTILE)
    filed = [each["category"] for each in page["categories"]]
    shown = [*filed, *page["images"], *(each["title"] for each in page["templates"])]
    assert not [name for name in shown if "Evil" in name]
    assert "nogallery" not in page["properties"]
    assert not [link for link in page["externallinks"] if "evil.example" in link]
    assert not re.search(r"<s>|<li id=\"cite", page["text"])
