"""Original pages and edits, as `tool.app.writing.saving` makes them."""

from typing import Any

import pytest

from space.codec import editing
from space.codec.page import Reading, read_page
from space.schema.kinds import load_kind
from space.wiki.values import Revision
from tests.support.feeds.publications import NOW, TODAY
from tests.support.tool.app import ToolApp, fields_of
from tests.support.tool.event_form import TITLE, page_text, saved_event
from tool.app.form.fields import Form, blank_form
from tool.app.writing import saving
from tool.app.writing.new_titles import Naming, free_naming, new_title


def test_update_when_a_field_changes_then_the_page_is_parsed_once(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_id = saved_event(tool)
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    parsed: list[str] = []

    def counted(text: str, **options: Any) -> Reading:
        parsed.append(text)
        return read_page(text, **options)

    monkeypatch.setattr(saving, "read_page", counted)
    monkeypatch.setattr(editing, "read_page", counted)
    before = page_text(tool)
    answer = tool.post_raw(f"/edit/{page_id}", **form | {"start-time": "11:30"})
    assert answer.status_code == 303
    assert page_text(tool) == before.replace("10:00", "11:30")
    assert parsed == [before]


def event_form(**values: str) -> Form:
    return blank_form(load_kind("event"), values)


def last_summary(tool: ToolApp, title: str = TITLE) -> str:
    page = tool.wiki.state.page(title)
    assert page is not None
    return page.latest.summary


@pytest.mark.parametrize(
    ("comment", "summary"), [("", "Edit with the form"), ("A typo", "A typo")]
)
def test_update_when_saved_then_has_the_writers_summary_or_one_of_the_tool(
    tool: ToolApp, comment: str, summary: str
) -> None:
    page_id = saved_event(tool)
    assert last_summary(tool) == "New event"
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    changed = form | {"start-time": "11:30", "edit-summary": comment}
    assert tool.post_raw(f"/edit/{page_id}", **changed).status_code == 303
    assert last_summary(tool) == summary


def test_change_when_the_text_stays_then_its_line_breaks_do_too(
    tool: ToolApp,
) -> None:
    before, after = (
        page_text_of(clock, "\n\nBring a laptop.\n\n") for clock in ("10:00", "11:30")
    )
    revision = Revision(7, 0, 1, NOW, "Olu", None, text=before)
    page = read_page(before, title=TITLE)
    original = saving.Original(1, TITLE, load_kind("event"), revision, page)
    values = {**page.linked, "start": "2026-11-28 11:30"}
    form = blank_form(original.kind, values, "Bring a laptop.")
    with tool.app.test_request_context():
        edit = saving.change(original, form, "")
    assert (edit.text, edit.base) == (after, revision.id)


def page_text_of(clock: str, body: str) -> str:
    return (
        f"{{{{Space event\n| title = Tea\n| start = 2026-11-28 {clock}\n"
        f"| timezone = UTC\n| country = IN\n}}}}{body}"
    )


@pytest.mark.parametrize(
    ("taken", "used", "suffix"),
    [
        (0, 1, 1),
        (0, 3, 3),
        (1, 0, 2),  # titles before the one that is taken are not looked at
        (0, 100, None),
    ],
)
def test_free_naming_when_titles_are_used_then_is_the_next_free_one(
    tool: ToolApp, taken: int, used: int, suffix: int | None
) -> None:
    form = event_form(title="Tea", start="2026-11-28 10:00")
    with tool.app.test_request_context():
        for number in range(used):
            tool.wiki.write(new_title(form, Naming(number)), "x")
        assert free_naming(form, Naming(taken)) == (suffix and Naming(suffix))


def test_new_title_when_the_form_has_none_then_is_empty(tool: ToolApp) -> None:
    with tool.app.test_request_context():
        assert new_title(event_form(start="2026-11-28 10:00")) == ""


@pytest.mark.parametrize(
    ("form", "title"),
    [
        (event_form(title="Tea", start="2026-11-28"), "Events/Tea (2026-11-28)"),
        (event_form(title="Tea", start="2026-11-28 23:00"), "Events/Tea (2026-11-28)"),
        (event_form(title="Tea"), f"Events/Tea ({TODAY})"),
        (
            blank_form(load_kind("post"), {"title": "Tea", "date": "2026-11-20"}),
            "Blog/Tea (2026-11-20)",
        ),
    ],
)
def test_new_title_when_suffixed_then_names_the_day_of_the_form(
    tool: ToolApp, form: Form, title: str
) -> None:
    with tool.app.test_request_context():
        assert new_title(form, Naming(1)) == f"Space/{title}"


def test_new_title_when_there_are_no_more_suffixes_then_has_the_last(
    tool: ToolApp,
) -> None:
    form = event_form(title="Tea", start="2026-11-28")
    with tool.app.test_request_context():
        assert new_title(form, Naming(500)) == "Space/Events/Tea (2026-11-28, 99)"


def test_title_of_when_a_page_is_there_then_is_its_title(tool: ToolApp) -> None:
    page_id = tool.wiki.write(TITLE, "x").page_id
    with tool.app.test_request_context():
        assert saving.title_of(page_id) == TITLE
        assert saving.title_of(page_id + 1) == ""
        tool.down = True  # id 0 is of no page, so nobody is asked
        assert saving.title_of(0) == ""


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("\r\n\r\na \r\n", "a "),
        (" a", " a"),
        ("X\n", "X"),
        ("a\r\n\r\nb", "a\n\nb"),
    ],
)
def test_normal_text_when_from_a_browser_then_has_the_wikis_line_ends(
    sent: str, stored: str
) -> None:
    assert saving.normal_text(sent) == stored
    assert saving.same_text(sent, stored)
    assert not saving.same_text(sent, f"{stored}.")


def opened(page_id: int) -> saving.Original:
    original = saving.open_page(page_id)
    assert original is not None
    return original


@pytest.mark.parametrize(
    ("mine", "theirs", "body", "clash"),
    [
        ("Old.", "Theirs.", "Theirs.", None),
        ("Mine.", "Old.", "Mine.", None),
        ("Mine.", "Theirs.", "Mine.", "Theirs."),
        ("Ours.", "Ours.", "Ours.", None),
        ("Old.\r\n", "Theirs.", "Theirs.", None),
        ("Mine.", "Old.\n", "Mine.", None),
    ],
)
def test_rebase_when_texts_changed_then_mine_wins_and_theirs_is_told(
    tool: ToolApp, mine: str, theirs: str, body: str, clash: str | None
) -> None:
    page_id = tool.wiki.write(TITLE, page_text_of("10:00", "\nOld.")).page_id
    with tool.app.test_request_context():
        original = opened(page_id)
        tool.wiki.write(TITLE, page_text_of("11:30", f"\n{theirs}"))
        form = blank_form(original.kind, original.page.linked, mine)
        rebased = saving.rebase(original, form)
        assert rebased is not None
        assert (rebased.form.body, rebased.body) == (body, clash)
        assert rebased.form.values["start"] == "2026-11-28 11:30"
        assert rebased.clashes == {}
        assert rebased.latest == opened(page_id)


def test_rebase_when_the_page_is_gone_then_is_none(tool: ToolApp) -> None:
    page_id = tool.wiki.write(TITLE, page_text_of("10:00", "")).page_id
    with tool.app.test_request_context():
        original = opened(page_id)
        tool.wiki.delete(TITLE)
        assert saving.rebase(original, original.form()) is None
