"""The filters and protections of `docs/moderation.md`, as they stand there."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest

from sandbox.client import ApiError, Client
from tests.support.wiki.bot_and_wiki import event
from tests.support.wiki.deployed import BOT, ROOT, deploy
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENT = (REPOSITORY / "docs/moderation.md").read_text(encoding="utf-8")
RULES = {
    name: rule.replace("<root>", ROOT)
    for name, rule in re.findall(
        r"^```abusefilter ([\w-]+)\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL
    )
}


@pytest.fixture(scope="module")
def wiki(fresh_wiki: Sandbox) -> Sandbox:
    """The wiki with everything deployed and every filter of the document on."""
    deploy(fresh_wiki)
    for name, rule in RULES.items():
        if name == "flood":
            fresh_wiki.add_filter(name, rule, "throttle", "disallow", most=5)
        else:
            fresh_wiki.add_filter(name, rule, "warn")
    return fresh_wiki


@pytest.fixture(scope="module")
def person(wiki: Sandbox) -> Callable[[str], Client]:
    signed_in: dict[str, Client] = {}
    return lambda name: signed_in.setdefault(name, wiki.login(name))


def filters_hit(client: Client, title: str, text: str) -> set[str]:
    """The names of the filters that an edit meets; the wiki keeps no such edit.

    A filter warns somebody once of a title: each case needs a title of its own.
    """
    try:
        client.edit(title, text)
    except ApiError as problem:
        return {problem.error["abusefilter"]["description"]}
    return set()


def verdict(word: str, signature: str = "~~~~") -> str:
    return f"== Review ==\n{{{{Space review|{word}|rev=1}}}} {signature}"


SIGNED = "[[User:{0}|{0}]] 10:00, 25 November 2026 (UTC)"


@pytest.mark.parametrize(
    ("name", "text", "hit"),
    [
        ("Lena", verdict("approve"), "forged-verdict"),
        ("Lena", "{{subst:Space approve|rev=1}}", "forged-verdict"),
        ("Lena", "{{ space_review | Decline }} ~~~~", "forged-verdict"),
        ("Lena", verdict("withdraw"), None),
        ("Lena", "When will somebody approve this? ~~~~", None),
        ("Pavati", verdict("approve"), None),
        ("Pavati", "{{subst:Space changes|Where?|rev=1}}", None),
        ("Pavati", verdict("approve", SIGNED.format("Aiko")), "borrowed-name"),
        ("Pavati", verdict("approve", ""), "borrowed-name"),
        ("SpaceBot", verdict("approve", SIGNED.format("Pavati")), None),
    ],
)
def test_filter_of_verdicts_warns_of_those_that_count_for_nothing(
    person: Callable[[str], Client], name: str, text: str, hit: str | None
) -> None:
    title = f"Space/Events/{name} {crc32(text.encode())}"
    person(name).edit(title, event())

    found = filters_hit(person(name), f"Talk:{title}", text)

    assert found == ({hit} if hit else set())


@pytest.mark.parametrize(
    ("values", "hit"),
    [
        ({"precision": "country", "address": "44 Lorne Street"}, True),
        ({"precision": "city", "coordinates": "-36.8, 174.7"}, True),
        ({"precision": "city", "city": "Auckland"}, False),
        ({"precision": "city", "venue": ""}, False),
        ({"precision": "exact", "venue": "Library"}, False),
        ({"venue": "Library"}, False),
    ],
)
def test_filter_of_places_warns_before_the_history_has_one(
    person: Callable[[str], Client], values: dict[str, str], *, hit: bool
) -> None:
    title = f"Space/Events/Quiet {'-'.join(values)}"

    found = filters_hit(person("Olu"), title, event(**values))

    assert found == ({"place-told"} if hit else set())


def test_filter_of_floods_stops_the_sixth_new_page_of_a_new_account(
    person: Callable[[str], Client],
) -> None:
    noor, lena = person("Noor"), person("Lena")
    titles = [f"Space/Blog/Flood {number}" for number in range(7)]

    met = [bool(filters_hit(noor, title, "Buy!")) for title in titles]
    others = [bool(filters_hit(lena, f"{title} too", "News")) for title in titles]

    assert met == [False] * 5 + [True] * 2
    assert not any(others)


def refused(client: Client, title: str) -> str:
    """Why an edit is refused; empty if it is not."""
    try:
        client.edit(title, f"{client.text(title) or ''}\n")
        client.edit(title, f"{client.text(title) or ''}\nx")
    except ApiError as problem:
        return problem.code
    return ""


def test_protection_as_the_manifest_wants_it_keeps_others_out_and_the_bot_in(
    person: Callable[[str], Client],
) -> None:
    manifest = json.loads(
        (REPOSITORY / "lua_templates/manifest.json").read_text(encoding="utf-8")
    )
    wanted = {
        page["title"].replace("<root>", ROOT): page["protection"]
        for page in manifest.values()
        if "protection" in page
    }
    tried = (
        "Space/Settings",
        "Space/Topics",
        "Space/Reviewers",
        "Template:Space event",
    )
    for title in tried:
        person("Admin").post(
            action="protect", title=title, protections=f"edit={wanted[title]}"
        )

    assert [refused(person("Noor"), title) for title in tried] == ["protectedpage"] * 4
    assert [refused(person("Lena"), title) for title in tried[:2]] == [
        "protectedpage",
        "",
    ]
    assert refused(person(BOT), "Template:Space event") == ""


def test_data_pages_take_edits_of_nobody_but_the_bot_and_administrators(
    person: Callable[[str], Client],
) -> None:
    title = f"User:{BOT}/Space/Events.json"
    person(BOT).edit(title, '{"schema": 1}')

    for name in ("Noor", "Lena", "Pavati"):
        with pytest.raises(ApiError, match="customjsonprotected"):
            person(name).edit(title, '{"schema": 2}')
