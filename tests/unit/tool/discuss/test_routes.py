"""Discussions, asking, and their feed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest

from space.publication.discussion import ARCHIVES, TALK_PAGE
from space.settings.topics import Topics
from tests.support.feeds.publications import NOW, event, post
from tests.support.talk.conversations import ask, put, thread
from tests.support.tool.app import ToolApp
from tool.app.discuss.conversation import MOST
from tool.app.discuss.threads import body_of, heading_of

STATE = "/discuss?state="


@pytest.fixture
def tool() -> Iterator[ToolApp]:
    made = ToolApp()
    made.publish(
        event(12, title="Photo walk", topics=("glam",)), post(13, title="News")
    )
    put(made, 120, 12, thread("Trains & buses", "Ann", "Olu"))
    ask(
        made,
        thread("Old question", "Lena", days=5),
        thread("New question", "Eva", days=0.5),
    )
    yield made
    made.engine.dispose()


def order(text: str, *words: str) -> list[str]:
    return sorted((word for word in words if word in text), key=text.index)


def test_discuss_when_filtered_by_language_then_it_is_chosen_by_name(
    tool: ToolApp,
) -> None:
    tool.publish(event(14, languages=("pt-BR",)), post(15, language="ar"))
    page = tool.get("/discuss?language=pt-br").text
    select = page.partition('name="language"')[2].partition("</select>")[0]
    options = re.findall(r'value="([^"]*)"( selected)?>([^<]*)', select)
    assert options == [
        ("", "", "Any"),
        ("ar", "", "Arabic"),
        ("en", "", "English"),
        ("pt-br", " selected", "Portuguese (Brazil)"),
    ]


def test_discuss_when_the_wiki_lists_topics_then_they_are_chosen_by_label(
    tool: ToolApp,
) -> None:
    tool.store.set_topics(
        Topics.of("{{Space topic|slug=glam|label=Museums & archives|aliases=museums}}")
    )
    chosen = '<option value="{}" selected>{}</option>'
    for asked, label in (
        ("glam", "Museums &amp; archives"),
        ("museums", "Museums &amp; archives"),
        ("tea", "tea"),
    ):
        page = tool.get(f"/discuss?topic={asked}").text
        assert chosen.format(asked, label) in page
        assert page.count(">Museums &amp; archives<") == 1


def test_discuss_when_asked_lists_threads_by_filter(tool: ToolApp) -> None:
    titles = ("Trains &amp; buses", "Old question", "New question")
    assert order(tool.get("/discuss").text, *titles) == [
        titles[2],
        titles[0],
        titles[1],
    ]
    page = tool.get(f"{STATE}unanswered").text
    assert order(page, *titles) == [titles[1], titles[2]]
    assert order(tool.get("/discuss?topic=glam").text, *titles) == [titles[0]]
    assert order(tool.get("/discuss?q=OLD").text, *titles) == [titles[1]]
    about = tool.get("/discuss?about=12").text
    assert order(about, *titles) == [titles[0]]
    assert "Photo walk" in about


@pytest.mark.parametrize("query", ["state=loud", "about=x", "page=x", "kind=party"])
def test_discuss_when_filter_is_not_understood_names_it(
    tool: ToolApp, query: str
) -> None:
    key = query.partition("=")[0]
    for path in ("/discuss", "/feeds/discussions.atom"):
        response = tool.get(f"{path}?{query}")
        assert response.status_code == 400
        assert key in response.text
    assert response.content_type.startswith("text/plain")


def test_discuss_when_question_waits_for_long_says_how_long(tool: ToolApp) -> None:
    page = tool.get(f"{STATE}unanswered").text
    assert "Unanswered for 5 days" in page
    assert "No answers yet" in page


def test_thread_when_opened_shows_comments_and_leads_to_the_wiki(
    tool: ToolApp,
) -> None:
    (row,) = (r for r in tool.store.discussions.threads(now=NOW) if r.page_id == 12)
    text = tool.get(f"/discuss/12/{row.key}").text
    assert "<h1" in text
    assert "Trains &amp; buses</h1>" in text
    assert order(text, "text 0", "text 1") == ["text 0", "text 1"]
    assert "to Ann" in text
    address = "https://wiki.test/wiki/Talk:Page_12"
    assert f'href="{address}#c-Ann-20261121120000-Trains_&amp;_buses"' in text
    assert f"{address}?action=watch" in text
    assert "action=dtsubscribe&amp;commentname=h-Ann-20261121120000" in text
    assert tool.get("/discuss/12/no").status_code == 404
    assert tool.get(f"/discuss/13/{row.key}").status_code == 404


def test_thread_when_comment_has_hostile_html_shows_it_harmless(
    tool: ToolApp,
) -> None:
    bad = '<a href="javascript:x">x</a><a href="./A_b">y</a><img src=x onerror=y>'
    put(tool, 120, 12, thread('<script>"', "Ann", html=bad))
    (row,) = (r for r in tool.store.discussions.threads(now=NOW) if r.page_id == 12)
    text = tool.get(f"/discuss/12/{row.key}").text
    assert "javascript:" not in text
    assert "onerror" not in text
    assert "<script>&#34;" not in text
    assert 'href="https://wiki.test/wiki/A_b"' in text


def test_thread_when_archived_offers_no_reply(tool: ToolApp) -> None:
    place = ARCHIVES[TALK_PAGE]
    put(tool, 121, 12, thread("Gone", "Ann", days=300), place=place)
    (row,) = (r for r in tool.store.discussions.threads(now=NOW) if r.title == "Gone")
    text = tool.get(f"/discuss/12/{row.key}").text
    assert "Archived" in text
    assert "Reply" not in text


def test_thread_when_wiki_has_no_reply_tool_leads_to_its_heading(
    tool: ToolApp,
) -> None:
    state = tool.wiki.state
    state.site = replace(state.site, extensions=frozenset())
    (row,) = (r for r in tool.store.discussions.threads(now=NOW) if r.page_id == 12)
    text = tool.get(f"/discuss/12/{row.key}").text
    assert "Talk:Page_12#Trains_&amp;_buses" in text
    assert "dtsubscribe" not in text


@pytest.mark.parametrize("path", ["/", "/review"])
def test_page_when_questions_wait_shows_the_longest_wait_first(
    tool: ToolApp, path: str
) -> None:
    text = tool.get(path).text
    titles = ("Old question", "New question", "Trains &amp; buses")
    assert order(text, *titles) == list(titles[:2])


def test_reviewers_page_when_no_question_waits_says_nothing_of_them() -> None:
    made = ToolApp()
    assert "Unanswered questions" not in made.get("/review").text
    made.engine.dispose()


def test_pages_when_talked_about_say_how_much(tool: ToolApp) -> None:
    for path in ("/events", "/events/12-photo-walk", "/"):
        assert "2 comments, latest on Sat, 21 Nov 2026" in tool.get(path).text
    assert "comments, latest on" not in tool.get("/blog").text


def test_item_when_talked_about_shows_the_comments_and_where_to_join(
    tool: ToolApp,
) -> None:
    chat = [f"Person {number}" for number in range(MOST + 5)]
    put(tool, 130, 13, thread("Long <b>", *chat), thread("Older", "Eva", days=9))
    text = tool.get("/blog/13-news").text.partition('id="comments"')[2]
    assert order(text, "Long &lt;b&gt;", "text 0", "Person 1<", "Older") == [
        "Long &lt;b&gt;",
        "text 0",
        "Person 1<",
    ]
    assert text.count('class="comment ') == MOST
    assert f"{MOST + 6} comments" in text
    assert 'href="https://wiki.test/wiki/Talk:Space/Blog/Page_13"' in text
    assert "comment--6" in text
    assert "Trains" not in text
    tool.publish(event(14, title="Quiet"))
    quiet = tool.get("/events/14-quiet").text.partition('id="comments"')[2]
    assert "No comments yet" in quiet
    new_topic = "Talk:Space/Events/Page_14?action=edit&amp;section=new&amp;dtenable=1"
    assert new_topic in quiet


def test_ask_when_question_is_like_others_shows_them_first(tool: ToolApp) -> None:
    assert "Ask it on the wiki" not in tool.get("/ask").text
    text = tool.get("/ask?q=Which+trains+and+buses+for+the+photo+walk%3F").text
    assert order(text, "Trains &amp; buses", "Photo walk", "Ask it on the wiki") == [
        "Trains &amp; buses",
        "Photo walk",
        "Ask it on the wiki",
    ]
    assert "No similar questions yet" in tool.get("/ask?q=Zebras").text


def test_ask_when_others_share_few_or_common_words_then_offers_none_of_them(
    tool: ToolApp,
) -> None:
    tool.publish(
        event(14, title="Edit night", summary="Who can help?"),
        event(16, title="Edit day", summary="We help."),
        post(15, title="Event calendar"),
        event(18, title="Tea event"),
    )
    for question in (
        "I want to organise an edit-a-thon in Nairobi, who can help?",
        "How do I delete the news account?",
    ):
        text = tool.get("/ask", query_string={"q": question}).text
        assert "No similar questions yet" in text, question
    text = tool.get("/ask?q=How+can+I+add+an+event+to+the+calendar%3F").text
    assert order(text, "Event calendar", "Tea event") == ["Event calendar"]


def test_ask_when_sent_on_fills_in_the_wikis_own_form(tool: ToolApp) -> None:
    question = "How do I begin?\nI am & will be 100% new. نعم"
    text = tool.get("/ask", query_string={"q": question}).text
    address = text.partition('href="https://wiki.test/wiki/Space/Questions?')[2]
    query = parse_qs(
        urlsplit("?" + address.partition('"')[0].replace("&amp;", "&")).query
    )
    assert query["preloadtitle"] == ["How do I begin?"]
    assert query["preloadparams[]"] == ["I am & will be 100% new. نعم"]
    assert query["editintro"] == ["Template:Space_question/intro"]
    assert (query["action"], query["section"]) == (["edit"], ["new"])


@pytest.mark.parametrize(
    ("question", "heading", "body"),
    [
        ("Why?", "Why?", ""),
        ("  Why?  \nBecause.", "Why?", "Because."),
        ("Why\tnot?\r\n\r\nA\n\nB", "Why not?", "A\n\nB"),
        ("word " * 40, "word " * 19 + "word", ("word " * 40).strip()),
        ("x" * 150, "x" * 100, "x" * 150),
        ("x" * 101 + "\ny", "x" * 100, "x" * 101 + "\ny"),
        ("", "", ""),
    ],
)
def test_ask_when_sent_on_says_nothing_twice(
    question: str, heading: str, body: str
) -> None:
    assert (heading_of(question), body_of(question)) == (heading, body)


def test_feed_when_read_has_the_newest_comments(tool: ToolApp) -> None:
    response = tool.get("/feeds/discussions.atom")
    assert response.content_type == "application/atom+xml; charset=utf-8"
    assert "Set-Cookie" not in response.headers
    parsed = feedparser.parse(response.data)
    assert not parsed.bozo
    assert [entry.author for entry in parsed.entries] == ["Eva", "Olu", "Ann", "Lena"]
    assert len({entry.id for entry in parsed.entries}) == 4
    assert parsed.entries[1].title == "Trains & buses"
    assert parsed.entries[1].content[0].value == "text 1"
    etag = response.headers["ETag"]
    again = tool.get("/feeds/discussions.atom", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    put(tool, 120, 12)
    fresh = tool.get("/feeds/discussions.atom", headers={"If-None-Match": etag})
    assert fresh.status_code == 200
    assert "Trains" not in fresh.text


def test_feed_when_filtered_names_itself_by_the_filter(tool: ToolApp) -> None:
    parsed = feedparser.parse(tool.get("/feeds/discussions.atom?about=12").data)
    assert [entry.author for entry in parsed.entries] == ["Olu", "Ann"]
    assert parsed.feed.id.endswith("/feeds/discussions.atom?about=12")
