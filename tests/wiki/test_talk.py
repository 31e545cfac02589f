"""Threads as the wiki's own DiscussionTools tells them: the same as by signatures."""

import os
from collections.abc import Iterator

import pytest

from sandbox.client import Client
from space.wiki.action_api.answers import site
from space.wiki.talk.discussion_tools import read_answer
from space.wiki.talk.wikitext import read_talk
from tests.support.corpus.cases import TalkCase, talk_cases
from tests.support.talk.threads import Written, page_of_all_shapes, written
from tests.support.wiki.deployed import import_pages
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

CASES = talk_cases()
SIZE = 1_000_000 if os.environ.get("SPACE_SOAK") else 100_000
"""Bytes of a long talk page."""
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


def both(wiki: Client, title: str) -> tuple[Written, Written]:
    """The threads of a page, by the wiki and by its wikitext."""
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
    wiki.edit(title, case.input)
    theirs, ours = both(wiki, title)
    assert theirs == ours == case.threads


@pytest.mark.soak
def test_readers_when_page_of_all_shapes_is_long_then_agree(
    sandbox: Sandbox, wiki: Client
) -> None:
    sandbox.switch()
    title = "Talk:Corpus/Long"
    import_pages(sandbox, {title: page_of_all_shapes(CASES, SIZE)})
    theirs, ours = both(wiki, title)
    assert theirs == ours
    assert len(ours) > SIZE / 1000
