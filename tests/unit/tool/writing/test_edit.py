import re
from dataclasses import replace

import pytest

from space.store.keys import SETTINGS_TEXT, SITE
from tests.fakes.wiki_state import SITE as WIKI
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp, failed_fields, fields_of
from tests.support.tool.event_form import EVENT, TITLE, page_text, saved_event


def test_edit_when_one_field_changes_then_only_its_parameter_does(
    tool: ToolApp,
) -> None:
    text = (
        "Before.\n{{Space event\n|title= Tea   <!-- why -->\n"
        "|start=2026-11-28 10:00|timezone = Asia/Kolkata\n|country=IN|odd=kept\n}}\n"
        "Body."
    )
    page_id = tool.wiki.write("Tea", text).page_id
    tool.sign_in()
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    assert form["title"] == "Tea"
    assert (form["start-date"], form["start-time"]) == ("2026-11-28", "10:00")
    assert form["body"].strip() == "Body."
    response = tool.post_raw(f"/edit/{page_id}", **form | {"start-time": "11:30"})
    assert response.status_code == 303
    assert page_text(tool, "Tea") == text.replace("10:00", "11:30")


def test_saved_when_the_event_is_published_then_says_first_what_is_live_at_once(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    page_id = saved_event(tool)
    new = tool.get(f"/saved/{page_id}?uselang=qqx").text
    assert "(tool-next-at-once)" not in new
    tool.publish(event(page_id, page_title=f"Space/Events/{TITLE}"))
    steps = tool.get(f"/saved/{page_id}?uselang=qqx").text.partition("<ol")[2]
    steps, _, rest = steps.partition("</ol>")
    assert steps.index("(tool-next-at-once)") < steps.index("(tool-next-others: ")
    assert "(tool-next-review-" not in steps
    assert "(tool-next-edit-event)" not in rest


def test_saved_when_corrections_are_turned_off_then_all_changes_wait(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    page_id = saved_event(tool)
    tool.publish(event(page_id, page_title=f"Space/Events/{TITLE}"))
    tool.store.set_value(SETTINGS_TEXT, "{{Space settings|corrections=no}}")
    steps = tool.get(f"/saved/{page_id}?uselang=qqx").text
    assert "(tool-next-changed)" in steps
    assert "(tool-next-at-once)" not in steps


def test_edit_when_people_are_linked_then_the_form_shows_and_keeps_their_links(
    tool: ToolApp,
) -> None:
    text = (
        "{{Space event\n| title = Tea\n| start = 2026-11-28\n| timezone = UTC\n"
        "| country = IN\n| organizers = {{u|Ann}}; [[User:Olu|Olu A.]]; Club\n"
        "| contact = [[User talk:Olu]]\n"
        "| summary = See [[User:Olu|Olu]] and [[User:Lena]] at [[the club]].\n}}"
    )
    page_id = tool.wiki.write("Tea", text).page_id
    tool.sign_in()
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    assert form["organizers"] == "[[User:Ann|Ann]]; [[User:Olu|Olu A.]]; Club"
    assert form["contact"] == "[[User talk:Olu]]"
    added = form | {
        "organizers": form["organizers"] + "; [[user:Lena|Lena]]; User:Bo",
        "summary": form["summary"].replace("See", "Ask"),
    }
    assert tool.post_raw(f"/edit/{page_id}", **added).status_code == 303
    assert page_text(tool, "Tea") == text.replace("See", "Ask").replace(
        "; Club", "; Club; [[user:Lena|Lena]]; User:Bo"
    )
    unlinked = fields_of(tool.get(f"/edit/{page_id}").text) | {"organizers": "Ann"}
    assert tool.post_raw(f"/edit/{page_id}", **unlinked).status_code == 303
    assert "| organizers = Ann\n" in page_text(tool, "Tea")


def test_edit_when_both_changed_people_then_links_stay(tool: ToolApp) -> None:
    page_id = saved_event(tool)
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    theirs = page_text(tool).replace(
        "| country", "| organizers = [[User:A]]\n| country"
    )
    tool.wiki.write(TITLE, theirs)
    response = tool.post_raw(f"/edit/{page_id}", **form | {"start-time": "11:30"})
    merged = fields_of(response.text)
    assert merged["organizers"] == "[[User:A]]"
    assert tool.post_raw(f"/edit/{page_id}", **merged).status_code == 303
    assert "| organizers = [[User:A]]\n" in page_text(tool)


def test_edit_when_nothing_changes_then_nothing_is_saved(tool: ToolApp) -> None:
    page_id = saved_event(tool)
    before = tool.wiki.texts([TITLE])[TITLE].id
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    response = tool.post_raw(f"/edit/{page_id}", **form)
    assert "you have not changed anything" in response.text
    assert tool.wiki.texts([TITLE])[TITLE].id == before


def test_edit_when_somebody_else_saved_then_both_changes_come_together(
    tool: ToolApp,
) -> None:
    page_id = saved_event(tool)
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    tool.wiki.write(TITLE, page_text(tool).replace("पुणे", "Mumbai"))
    response = tool.post_raw(f"/edit/{page_id}", **form | {"start-time": "11:30"})
    assert response.status_code == 409
    assert "Someone else has changed this page" in response.text
    merged = fields_of(response.text)
    assert merged["city"] == "Mumbai"
    assert merged["start-time"] == "11:30"
    assert tool.post_raw(f"/edit/{page_id}", **merged).status_code == 303
    assert "Mumbai" in page_text(tool)
    assert "2026-11-28 11:30" in page_text(tool)


def test_edit_when_both_changed_one_field_and_the_text_then_both_are_shown(
    tool: ToolApp,
) -> None:
    page_id = saved_event(tool)
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    theirs = page_text(tool).replace("पुणे", "Mumbai").replace("laptop", "friend")
    tool.wiki.write(TITLE, theirs)
    mine = form | {"city": "Goa", "body": "Bring a cake."}
    response = tool.post_raw(f"/edit/{page_id}", **mine)
    assert 'id="clashes-title"' in response.text
    assert "Mumbai" in response.text
    assert "Bring a friend." in response.text
    merged = fields_of(response.text)
    assert (merged["city"], merged["body"].strip()) == ("Goa", "Bring a cake.")


def test_edit_when_both_changed_the_text_alike_then_nothing_clashes(
    tool: ToolApp,
) -> None:
    page_id = saved_event(tool)
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    body = form["body"].replace("laptop", "friend")
    tool.wiki.write(TITLE, page_text(tool).replace("laptop", "friend"))
    mine = form | {"city": "Goa", "body": body}
    response = tool.post_raw(f"/edit/{page_id}", **mine)
    assert response.status_code == 409
    assert 'id="clashes-title"' not in response.text
    merged = fields_of(response.text)
    assert (merged["city"], merged["body"].strip()) == ("Goa", body.strip())


def test_edit_when_the_page_is_deleted_meanwhile_then_the_text_is_kept(
    tool: ToolApp,
) -> None:
    page_id = saved_event(tool)
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    tool.wiki.delete(TITLE)
    response = tool.post_raw(f"/edit/{page_id}", **form | {"city": "Goa"})
    assert response.status_code == 409
    assert "no longer exists on the wiki" in response.text
    assert 'value="Goa"' in response.text


def test_edit_when_the_page_has_problems_then_they_stand_at_their_fields(
    tool: ToolApp,
) -> None:
    text = "{{Space event|title=Tea|start=soon|timezone=UTC|country=IN}}"
    page_id = tool.wiki.write("Tea", text).page_id
    page = tool.get(f"/edit/{page_id}")
    assert page.status_code == 200
    assert failed_fields(page.text) == ["start"]


def test_edit_when_the_writer_signs_in_meanwhile_then_nobodys_change_is_lost(
    tool: ToolApp,
) -> None:
    page_id = saved_event(tool)
    tool.client = tool.new_client()
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    mine = form | {"start-time": "11:30", "return_to": f"/edit/{page_id}"}
    tool.post_raw("/login", **mine)
    tool.wiki.write(TITLE, page_text(tool).replace("पुणे", "Mumbai"))
    tool.get("/oauth-callback?code=good&state=s")
    restored = fields_of(tool.get(f"/edit/{page_id}").text)
    assert restored["start-time"] == "11:30"
    assert restored["base"] == form["base"]
    response = tool.post_raw(f"/edit/{page_id}", **restored)
    assert response.status_code == 409
    assert fields_of(response.text)["city"] == "Mumbai"


def test_edit_when_the_wiki_is_silent_then_saving_later_still_works(
    tool: ToolApp,
) -> None:
    page_id = saved_event(tool)
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    tool.down = True
    silent = tool.post_raw(f"/edit/{page_id}", **form | {"city": "Goa"})
    assert silent.status_code == 503
    tool.down = False
    again = tool.post_raw(f"/edit/{page_id}", **fields_of(silent.text))
    assert again.status_code == 303
    assert "Goa" in page_text(tool)


@pytest.mark.parametrize("text", ["No template here.", None])
def test_edit_when_the_page_is_no_record_then_there_is_no_form(
    tool: ToolApp, text: str | None
) -> None:
    page_id = tool.wiki.write("Plain", text).page_id if text else 4711
    response = tool.get(f"/edit/{page_id}")
    assert response.status_code == 404
    assert '<form class="editor"' not in response.text


def test_edit_when_the_base_is_of_another_page_then_nothing_is_saved(
    tool: ToolApp,
) -> None:
    page_id = saved_event(tool)
    other = tool.wiki.write("Other", "{{Space event|title=X}}")
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    response = tool.post_raw(f"/edit/{page_id}", **form | {"base": str(other.revid)})
    assert response.status_code == 409
    assert "no longer exists on the wiki" in response.text
    assert 'id="clashes-title"' not in response.text  # nothing was merged
    assert tool.wiki.texts(["Other"])["Other"].id == other.revid


@pytest.mark.parametrize("number", ["-1", "x", "²", "9" * 5000, "0"])
def test_edit_when_a_hidden_number_is_tampered_with_then_nothing_breaks(
    tool: ToolApp, number: str
) -> None:
    page_id = saved_event(tool)
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    response = tool.post_raw(f"/edit/{page_id}", **form | {"base": number})
    assert response.status_code == 409
    new = tool.post("/write/event", **EVENT | {"suffix": number})
    assert new.status_code in {303, 409}


SERIES = (
    "{{Space event\n|title=Tea\n|start=2026-11-28 10:00|timezone=Asia/Kolkata\n"
    "|country=IN\n|recurrence=RRULE:FREQ=WEEKLY;BYDAY=WE,MO\n}}\nBody."
)


def test_edit_when_a_series_is_confirmed_then_only_today_is_filled_in(
    tool: ToolApp,
) -> None:
    page_id = tool.wiki.write("Tea", SERIES).page_id
    tool.sign_in()
    page = tool.get(f"/edit/{page_id}?confirm=yes").text
    assert "Today is filled in as the date of confirmation" in page
    form = fields_of(page)
    assert form["confirmed"] == "2026-11-22"
    response = tool.post_raw(f"/edit/{page_id}?confirm=yes", **form)
    assert response.status_code == 303
    confirmed = page_text(tool, "Tea")
    assert confirmed.replace("|confirmed=2026-11-22\n", "") == SERIES


def test_edit_when_a_date_is_cancelled_then_it_joins_those_that_are_skipped(
    tool: ToolApp,
) -> None:
    text = SERIES.replace("|recurrence", "|except=2026-12-23\n|recurrence")
    page_id = tool.wiki.write("Tea", text).page_id
    tool.sign_in()
    page = tool.get(f"/edit/{page_id}?skip=2026-12-09").text
    assert "Wednesday, 9 December 2026" in page
    assert re.search(r">Wed, 16 Dec 2026(, [0-9:]+)?<", page)  # fits a phone
    skipped = ["2026-12-09", "2026-12-23"]
    assert re.findall('name="except" value="([0-9-]+)" checked', page) == skipped
    notice = page[page.index('id="notice"') : page.index("data-editor")]
    assert 'form="editor" name="action" value="save"' in notice
    assert '<details class="cdx-accordion more">' in page
    tool.post_raw(f"/edit/{page_id}", **fields_of(page) | {"except": skipped})
    expected = text.replace("except=2026-12-23", "except=2026-12-23; 2026-12-09")
    assert page_text(tool, "Tea") == expected
    assert fields_of(tool.get(f"/edit/{page_id}?skip=x").text)["except"]


def test_pages_when_a_page_calls_a_redirect_to_a_template_then_work_as_for_others(
    tool: ToolApp,
) -> None:
    tool.wiki.write("Template:Space event", "x")
    tool.wiki.write("Template:Event card", "#REDIRECT [[Template:Space event]]")
    text = (
        "{{Event card\n| title = Tea\n| start = 2026-11-28\n| timezone = UTC\n"
        "| country = IN\n}}\nBody."
    )
    page_id = tool.wiki.write("Tea", text).page_id
    tool.publish(event(page_id, title="Tea"))
    tool.sign_in()
    for path in ("edit", "saved", "retract"):
        assert tool.get(f"/{path}/{page_id}").status_code == 200
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    assert form["body"].strip() == "Body."
    changed = form | {"title": "Coffee", "body": "New."}
    assert tool.post_raw(f"/edit/{page_id}", **changed).status_code == 303
    assert page_text(tool, "Tea") == text.replace("Tea", "Coffee").replace(
        "Body.", "New."
    )


def test_edit_when_a_page_is_marked_for_translation_then_marks_stay(
    tool: ToolApp,
) -> None:
    text = (
        "<languages/>\n<translate>\n<!--T:1-->\n{{Space post\n| title = News\n"
        "| language = en\n}}\n\n<!--T:2-->\nFirst <tvar name=n>12</tvar>.\n</translate>"
    )
    page_id = tool.wiki.write("News", text).page_id
    tool.sign_in()
    form = fields_of(tool.get(f"/edit/{page_id}").text)
    assert tool.post_raw(f"/edit/{page_id}", **form | {"title": "Old"})
    assert page_text(tool, "News") == text.replace("News", "Old")


@pytest.mark.parametrize("has", [True, False])
def test_page_when_it_is_on_the_wiki_then_leads_to_visual_editor_if_there_is_one(
    tool: ToolApp, *, has: bool
) -> None:
    extensions = frozenset({"VisualEditor"} if has else ())
    tool.store.set_value(SITE, replace(WIKI, extensions=extensions))
    page_id = saved_event(tool)
    for path in (f"/edit/{page_id}", f"/saved/{page_id}"):
        assert ("?veaction=edit" in tool.get(path).text) is has


def test_update_when_others_undid_what_was_saved_then_it_is_not_called_saved(
    tool: ToolApp,
) -> None:
    page_id = saved_event(tool)
    before = page_text(tool)
    form = fields_of(tool.get(f"/edit/{page_id}").text) | {"start-time": "11:30"}
    for undo, status in ((False, 303), (False, 303), (True, 409)):
        if undo:
            tool.wiki.as_user("Lena").write(TITLE, before)
        assert tool.post_raw(f"/edit/{page_id}", **form).status_code == status
    assert page_text(tool) == before
