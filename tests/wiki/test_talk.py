"""Threads as the wiki's own DiscussionTools tells them: the same as by signatures."""

from collections.abc import Iterator

import pytest

from sandbox.client import Client
from space.action_api.answers import site
from space.talk.discussion_tools import read_answer
from space.talk.wikitext import read_talk
from tests.support.corpus import TalkCase, talk_cases
from tests.support.sandbox import Sandbox
from tests.support.threads import Written, long_page, written

pytestmark = pytest.mark.wiki

CASES = talk_cases()
TEMPLATES = {
    "Template:Unsigned": "<small>added by [[User:{{{1}}}|{{{1}}}]] {{{2}}}</small>",
    "Template:Tick": "✔",
    "Template:Space review": "'''{{{1}}}'''",
}


@pytest.fixture(scope="module")
def wiki(sandbox: Sandbox) -> Iterator[Client]:
    sandbox.restore()
    client = sandbox.login("Admin")
    for title, text in TEMPLATES.items():
        client.edit(title, text)
    yield client
    sandbox.switch()


def both(wiki: Client, title: str, text: str) -> tuple[Written, Written]:
    """The threads of a page just saved, by the wiki and by its wikitext."""
    wiki.edit(title, text)
    answer = wiki.get(
        action="discussiontoolspageinfo",
        page=title,
        prop="threaditemshtml|transcludedfrom",
        excludesignatures=1,
    )
    facts = wiki.get(
        action="query",
        meta="siteinfo",
        siprop="general|namespaces|namespacealiases|extensions",
    )
    threads = read_answer(answer["discussiontoolspageinfo"])
    stored = wiki.text(title) or ""
    return written(threads), written(read_talk(stored, site(facts["query"])))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_readers_when_page_is_of_the_corpus_then_agree(
    sandbox: Sandbox, wiki: Client, case: TalkCase
) -> None:
    sandbox.switch(wgLanguageCode=case.language, wgLocaltimezone=case.zone)
    title = f"Talk:Corpus/{case.name}"
    if case.sub:
        wiki.edit(f"{title}/Sub", case.sub)
    theirs, ours = both(wiki, title, case.input)
    assert theirs == ours == case.threads


def test_readers_when_page_is_long_then_agree(sandbox: Sandbox, wiki: Client) -> None:
    sandbox.switch()
    theirs, ours = both(wiki, "Talk:Corpus/Long", long_page(150))
    assert theirs == ours
    assert len(ours) == 150
