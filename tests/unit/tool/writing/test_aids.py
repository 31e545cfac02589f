"""Aids for writing a post: checklist, drafts, pasting, exact round trips."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from space.codec.page import read_page
from space.publication.publication import Publication
from space.review.model import Reason
from space.review.record import Record, Review
from tests.support.feeds.publications import post
from tests.support.tool.app import ToolApp, csrf_of, fields_of
from tool.app.writing.panels.checklist import red_links
from tool.app.writing.saving import normal_text

GOOD = {"title": "A walk", "language": "en", "body": "Text."}


def text_of(tool: ToolApp, title: str = "Space/Blog/A walk") -> str:
    page = tool.wiki.state.page(title)
    assert page
    return page.latest.text or ""


def test_save_as_draft_when_pressed_then_the_page_is_one(tool: ToolApp) -> None:
    tool.sign_in()
    answer = tool.post("/write/post", **GOOD, status="ready", action="save-draft")
    assert answer.status_code == 303
    assert read_page(text_of(tool), title="").values["status"] == "draft"
    shown = tool.get(answer.location)
    assert "not reviewed yet" in shown.text


def test_save_as_draft_when_the_form_is_wrong_then_it_stays_one(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    answer = tool.post("/write/post", **(GOOD | {"title": ""}), action="save-draft")
    assert answer.status_code == 422
    assert '<option value="draft" selected' in answer.text


def preview(tool: ToolApp, **fields: str) -> str:
    token = csrf_of(tool.get("/write/post"))
    return tool.post_raw("/preview", csrf=token, kind="post", **(GOOD | fields)).text


def test_preview_when_of_a_post_then_has_the_checklist(tool: ToolApp) -> None:
    shown = preview(tool, summary="", image="A.jpg")
    assert "Add a summary of" in shown
    assert "Describe each picture" in shown
    assert "1 minute to read" in shown
    assert "Add a summary of" not in preview(tool, summary="S.")
    assert '<div class="wiki-content" lang="ar" dir="rtl">' in preview(
        tool, language="ar"
    )


def test_preview_when_the_wiki_is_silent_then_the_checklist_is_there(
    tool: ToolApp,
) -> None:
    token = csrf_of(tool.get("/write/post"))
    tool.down = True
    shown = tool.post_raw(
        "/preview", csrf=token, kind="post", **(GOOD | {"body": "https://a.example"})
    )
    assert "Add a summary of" in shown.text


def test_red_links_when_of_our_own_boxes_then_nobody_is_asked_about_them() -> None:
    box = '<div class="wiki-space-card"><div><a class="new" href="#">Discuss</a></div>'
    html = f'{box} <a class="new">Report</a></div><p><a class="new x">Typo</a></p>'
    assert red_links(html) == ("Typo",)


def pasted(tool: ToolApp, html: str) -> tuple[int, str]:
    token = csrf_of(tool.get("/write/post"))
    answer = tool.post_raw("/lookup/pasted", csrf=token, html=html)
    return answer.status_code, answer.text


def test_pasted_when_from_a_document_then_is_wikitext(tool: ToolApp) -> None:
    html = "<h1 style='x'>One</h1><p><strong>Two</strong></p><script>x</script>"
    assert pasted(tool, html) == (200, "== One ==\n'''Two'''\n")


def test_pasted_when_there_is_nothing_to_make_then_no_content(
    tool: ToolApp,
) -> None:
    assert pasted(tool, "<img src=x>")[0] == 204


def test_pasted_when_the_wiki_has_no_parsoid_then_no_content(tool: ToolApp) -> None:
    token = csrf_of(tool.get("/write/post"))
    tool.down = True
    answer = tool.post_raw("/lookup/pasted", csrf=token, html="<p>a</p>")
    assert answer.status_code == 204


def test_pasted_when_too_long_or_from_elsewhere_then_refused(tool: ToolApp) -> None:
    assert pasted(tool, "x" * 2_000_001)[0] == 413
    assert tool.post_raw("/lookup/pasted", html="<p>a</p>").status_code == 403


def test_form_when_there_are_topics_and_series_then_they_are_offered(
    tool: ToolApp, series: Publication
) -> None:
    tool.publish(series)
    form = tool.get("/write/post").text
    assert '<datalist id="post-series"><option value="Photo Walks">' in form
    assert re.search(r'name="series"[^>]*list="post-series"', form)


@pytest.fixture
def series() -> Publication:
    return post(21, series="Photo Walks")


MARKUP = [
    '{| class="wikitable"\n! A\n|-\n| b || c\n|}',
    "{{Tpl|a=b\n|c={{d}}}}",
    "<nowiki>{{Space post|title=no}}</nowiki>",
    'Text<ref name="a">[[B]]</ref>\n<references />',
    "<gallery>\nA.jpg|A\n</gallery>",
    "<pre>\n  kept \n\n</pre>",
    " preformatted\n  more",
    "* a\n** b\n#: c\n; d : e",
    "مرحبا \u200fبالعالم\u200e שלום",
    "trailing \t\nlines  ",
    "<!-- {{Space post}} -->",
    "&amp; &lt;b&gt; &#59; \u00a0x",
    "[[File:A.jpg|thumb|[[x|y]]]] [https://a.example b]",
    "}} {{ ]] [[ | = ''' ''",
    "__NOTOC__\n----\n== H ==",
    "</textarea><b>",
]
BODIES = st.lists(st.sampled_from(MARKUP), max_size=5).flatmap(
    lambda parts: st.sampled_from(("\n", "\n\n", "\r\n", "\n\n\n ")).map(
        lambda end: end.join(parts)
    )
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(body=BODIES)
def test_form_when_a_body_is_saved_and_opened_then_it_is_the_same(body: str) -> None:
    tool = ToolApp()
    tool.sign_in()
    saved = tool.post("/write/post", **(GOOD | {"body": body}), action="save")
    assert saved.status_code == 303
    before = text_of(tool)
    edit = saved.location.replace("/saved/", "/edit/")
    fields = fields_of(tool.get(edit).text)
    # A browser leaves out the line end right after the tag, and sends CRLF.
    shown = fields["body"].removeprefix("\n")
    # The wiki takes white space from the end of each page.
    assert shown == normal_text(body).rstrip()
    again = tool.post_raw(
        edit, **(fields | {"body": shown.replace("\n", "\r\n"), "summary": "New."})
    )
    assert again.status_code == 303
    after = text_of(tool)
    assert read_page(after, title="").body == read_page(before, title="").body
    assert "New." in after


def test_mine_when_a_post_waits_for_its_day_then_names_it(tool: ToolApp) -> None:
    tool.sign_in()
    tool.store.put(
        Record(
            page_id=31,
            kind="post",
            page_title="Space/Blog/Later",
            namespace=0,
            latest=1,
            state="scheduled",
            creator="Olu",
            review=Review(Reason("scheduled", ("2026-12-01",))),
        )
    )
    assert "It will appear on Tue, 1 Dec 2026" in tool.get("/mine").text
