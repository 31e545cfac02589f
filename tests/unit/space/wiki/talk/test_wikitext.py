"""Threads from wikitext."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.wiki.talk.wikitext import read_talk
from space.wiki.values import Site
from tests.fakes.wiki_state import SITE
from tests.support.corpus.cases import TalkCase, talk_cases
from tests.support.talk.threads import long_page, written

CASES = talk_cases()
PIECES = st.sampled_from(
    [
        "== A ==",
        "=== B ===",
        "=",
        "Text",
        " ",
        "\n",
        "\n\n",
        ": ",
        "*",
        "::",
        "{{x}}",
        "{{",
        "}}",
        "<br>",
        "<q>",
        "</q>",
        "<nowiki>",
        "<!--",
        "-->",
        "[[User:Lena]]",
        "[[User talk:Olu|O]]",
        "10:00, 1 November 2026 (UTC)",
        "25:99, 31 February 9999 (UTC)",
        "{{unsigned|Olu|10:00, 1 November 2026 (UTC)}}",
        "''",
        "'''",
        "(UTC)",
        "\x00",
        "٣",
        "🎉",
    ]
)


def site_of(case: TalkCase) -> Site:
    user, talk = case.users
    return replace(
        SITE,
        language=case.language,
        timezone=case.zone,
        namespaces={**SITE.namespaces, 2: (user, "User"), 3: (talk, "User talk")},
    )


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_read_talk_when_page_is_of_the_corpus_then_gives_its_threads(
    case: TalkCase,
) -> None:
    assert written(read_talk(case.input, site_of(case))) == case.threads


@given(st.lists(PIECES, max_size=60).map("".join) | st.text())
def test_read_talk_when_text_is_anything_then_threads_are_whole(text: str) -> None:
    threads = read_talk(text, SITE)
    ids = [comment.id for thread in threads for comment in thread.comments]
    assert len(set(ids)) == len(ids)
    assert len({thread.id for thread in threads}) == len(threads)
    for thread in threads:
        seen = {""}
        for comment in thread.comments:
            assert comment.level >= 1
            assert comment.author
            assert comment.parent in seen
            assert comment.at.utcoffset() is not None
            seen.add(comment.id)


def test_read_talk_when_page_is_a_megabyte_long_then_reads_all_of_it() -> None:
    text = long_page(1100)
    assert len(text) > 2**20
    threads = read_talk(text, SITE)
    assert len(threads) == 1100
    assert {len(thread.comments) for thread in threads} == {2}


@pytest.mark.parametrize(
    "piece",
    [
        "[[User:X]] ",
        "10:00, 1 November 2026 (UTC) ",
        "<q>",
        "{{",
        "'''a",
        "=",
        ":",
        "|",
    ],
)
def test_read_talk_when_a_piece_is_repeated_for_long_then_ends(piece: str) -> None:
    assert read_talk(piece * 20_000, SITE) == ()


def test_read_talk_when_comment_has_markup_then_keeps_links_and_emphasis() -> None:
    text = (
        "== X ==\nSee '''this''' [[Main Page|page]] & [https://a.example/?b=1 that]"
        " <b onclick=x>or</b> [[User:Lena|Lena]] 10:00, 1 November 2026 (UTC)"
    )
    ((comment,),) = (thread.comments for thread in read_talk(text, SITE))
    assert comment.html == (
        'See <b>this</b> <a href="./Main_Page">page</a> &amp;'
        ' <a href="https://a.example/?b=1">that</a> or'
    )
