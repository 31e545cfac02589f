from html import unescape

import pytest

from space import outcomes
from space.i18n import read_catalogue
from tests.support.publications import event
from tests.support.tool_stage import ToolStage, csrf_of, fields_of, fresh_token

EVENT = {
    "kind": "event",
    "title": "Women's day 🎉 हिन्दी",
    "start-date": "2026-11-28",
    "start-time": "10:00",
    "timezone": "Asia/Kolkata",
    "country": "IN",
    "city": "पुणे",
    "body": "Bring a laptop.\r\n\r\nTea at four.",
    "action": "save",
}
TITLE = "Space/Events/Women's day 🎉 हिन्दी"


def page_text(stage: ToolStage, title: str = TITLE) -> str:
    revision = stage.wiki.texts([title])[title]
    assert revision.text is not None
    return revision.text


def saved_event(stage: ToolStage) -> int:
    stage.sign_in()
    assert stage.post("/write/event", **EVENT).status_code == 303
    return stage.wiki.pages_by_title([TITLE])[TITLE].id


def test_create_when_signed_in_then_the_page_is_on_the_wiki(stage: ToolStage) -> None:
    stage.sign_in()
    response = stage.post("/write/event", **EVENT)
    page_id = stage.wiki.pages_by_title([TITLE])[TITLE].id
    assert response.status_code == 303
    assert response.location == f"/saved/{page_id}"
    text = page_text(stage)
    assert text.startswith("{{Space event\n")
    for line in ("2026-11-28 10:00", "Asia/Kolkata", "पुणे", "= IN"):
        assert line in text
    assert text.endswith("}}\nBring a laptop.\n\nTea at four.")
    assert "status" not in text  # a default needs no line
    assert stage.wiki.texts([TITLE])[TITLE].user == "Olu"


def test_saved_when_opened_then_says_what_happens_next(stage: ToolStage) -> None:
    page_id = saved_event(stage)
    page = stage.get(f"/saved/{page_id}")
    assert page.status_code == 200
    assert "What happens next" in page.text
    assert f"/edit/{page_id}" in page.text


def test_form_when_signed_in_then_names_its_writer(stage: ToolStage) -> None:
    stage.sign_in()
    assert fields_of(stage.get("/write/post").text)["authors"] == "Olu"


def test_create_when_fields_are_wrong_then_each_is_told_and_all_is_kept(
    stage: ToolStage,
) -> None:
    stage.sign_in()
    wrong = EVENT | {
        "title": "",
        "start-time": "16:00",
        "end-date": "2026-11-28",
        "end-time": "10:00",
        "timezone": "Moon/Crater",
        "country": "",
        "website": "not an address",
    }
    response = stage.post("/write/event", **wrong)
    text = unescape(response.text)
    assert response.status_code == 422
    for name in ("title", "timezone", "website"):
        assert f'href="#field-{name}"' in text
        assert f'id="field-{name}-problem"' in text
    for value in ("Moon/Crater", "not an address", "16:00", "पुणे", "Tea at four."):
        assert value in text
    assert stage.wiki.pages_by_title([TITLE]) == {}


def test_create_when_end_is_before_start_then_the_end_is_told(stage: ToolStage) -> None:
    stage.sign_in()
    wrong = EVENT | {"end-date": "2026-11-27", "end-time": "10:00"}
    response = stage.post("/write/event", **wrong)
    assert response.status_code == 422
    assert 'id="field-end-problem"' in response.text


@pytest.mark.parametrize(
    ("precision", "field"),
    [
        ("city", "address"),
        ("city", "venue"),
        ("city", "coordinates"),
        ("country", "city"),
    ],
)
def test_create_when_the_place_is_finer_than_wanted_then_is_refused_with_the_reason(
    stage: ToolStage, precision: str, field: str
) -> None:
    stage.sign_in()
    values = {"address": "1 Road", "venue": "Hall", "coordinates": "18.5, 73.8"}
    fine = EVENT | {"precision": precision, field: values.get(field, "पुणे")}
    response = stage.post("/write/event", **fine)
    assert response.status_code == 422
    assert "Saved text stays in the history" in response.text
    assert f'id="field-{field}-problem"' in response.text
    assert stage.wiki.pages_by_title([TITLE]) == {}


def test_create_when_the_date_is_no_date_then_it_stays_visible(
    stage: ToolStage,
) -> None:
    stage.sign_in()
    response = stage.post("/write/event", **EVENT | {"start-date": "next Friday"})
    assert response.status_code == 422
    assert 'type="text" name="start-date" value="next Friday"' in response.text


def test_create_when_the_title_is_taken_then_one_with_the_date_is_offered(
    stage: ToolStage,
) -> None:
    stage.wiki.write(TITLE, "Somebody was faster.")
    stage.sign_in()
    response = stage.post("/write/event", **EVENT)
    assert response.status_code == 409
    assert "Bring a laptop." in response.text
    assert f"{TITLE} (2026-11-28)" in unescape(response.text)
    fields = {name: value for name, value in EVENT.items() if name != "action"}
    again = stage.post("/write/event", **fields, suffix="1")
    assert again.status_code == 303
    assert page_text(stage) == "Somebody was faster."
    assert "Tea at four." in page_text(stage, f"{TITLE} (2026-11-28)")


def test_create_when_the_title_has_nothing_to_show_then_the_field_is_told(
    stage: ToolStage,
) -> None:
    stage.sign_in()
    response = stage.post("/write/event", **EVENT | {"title": "_"})
    assert response.status_code == 422
    assert 'id="field-title-problem"' in response.text


def test_create_when_the_token_is_missing_then_nothing_is_saved_or_lost(
    stage: ToolStage,
) -> None:
    stage.sign_in()
    for fields in (EVENT, EVENT | {"csrf": "wrong"}):
        response = stage.post_raw("/write/event", **fields)
        assert "Tea at four." in response.text
        assert "sent once more" in response.text
    assert stage.wiki.pages_by_title([TITLE]) == {}
    again = stage.post_raw("/write/event", **EVENT, csrf=csrf_of(response))
    assert again.status_code == 303


def test_create_when_signed_out_then_the_text_waits_for_the_return(
    stage: ToolStage,
) -> None:
    form = stage.get("/write/event")
    assert 'formaction="/login"' in form.text
    away = stage.post_raw(
        "/login", **EVENT, csrf=csrf_of(form), return_to="/write/event"
    )
    assert away.status_code == 302
    back = stage.get("/oauth-callback?code=good&state=s")
    assert back.location == "/write/event"
    restored = stage.get("/write/event")
    assert "Tea at four." in restored.text
    assert 'value="Asia/Kolkata"' in restored.text
    assert "Tea at four." not in stage.get("/write/event").text


def test_create_when_the_session_ended_meanwhile_then_says_so_and_keeps_the_text(
    stage: ToolStage,
) -> None:
    stage.sign_in(token={"access_token": "Olu", "expires_at": 0})
    response = stage.post("/write/event", **EVENT)
    assert response.status_code == 409
    assert "not signed in any more" in response.text
    assert "Tea at four." in response.text
    assert 'formaction="/login"' in response.text


def test_create_when_the_wiki_refuses_the_token_then_a_new_one_saves(
    stage: ToolStage,
) -> None:
    stage.sign_in()
    stage.sign_in_answer.refreshed = fresh_token()
    stage.wiki.answer_next(outcomes.SignedOut("mwoauth-invalid-authorization"))
    assert stage.post("/write/event", **EVENT).status_code == 303
    assert "Tea at four." in page_text(stage)


@pytest.mark.parametrize(
    ("disallow", "words", "button"),
    [
        (False, "asks you to look again", "Save anyway"),
        (True, "does not let this edit through", "Save on the wiki"),
    ],
)
def test_create_when_a_filter_objects_then_its_words_and_the_text_are_there(
    stage: ToolStage, words: str, button: str, *, disallow: bool
) -> None:
    stage.wiki.add_filter("laptop", disallow=disallow, description="No laptops")
    stage.sign_in()
    response = stage.post("/write/event", **EVENT)
    assert response.status_code == 409
    assert words in response.text
    assert "No laptops" in response.text
    assert button in response.text
    assert "Tea at four." in response.text


def test_create_when_a_filter_warned_then_saving_again_passes(stage: ToolStage) -> None:
    stage.wiki.add_filter("laptop", disallow=False, description="No laptops")
    stage.sign_in()
    stage.post("/write/event", **EVENT)
    assert stage.post("/write/event", **EVENT).status_code == 303


def test_create_when_the_account_is_blocked_then_says_who_and_why(
    stage: ToolStage,
) -> None:
    stage.wiki.register("Olu")
    stage.wiki.block("Olu", reason="Testing blocks")
    stage.sign_in()
    response = stage.post("/write/event", **EVENT)
    assert response.status_code == 409
    assert "Testing blocks" in response.text
    assert "Tea at four." in response.text


def test_create_when_the_wiki_is_silent_then_the_text_is_kept(stage: ToolStage) -> None:
    stage.sign_in()
    form = stage.get("/write/event")
    stage.down = True
    response = stage.post_raw("/write/event", **EVENT, csrf=csrf_of(form))
    assert response.status_code == 503
    assert "Tea at four." in response.text


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (outcomes.Protected("x"), "protected"),
        (outcomes.BadTitle("x"), "does not allow this title"),
        (outcomes.Spam("x", ("evil.example",)), "evil.example"),
        (outcomes.Captcha("x"), "that you are a person"),
        (outcomes.TooBig("x"), "longer than the wiki takes"),
        (outcomes.ReadOnly("Maintenance"), "Maintenance"),
        (outcomes.RateLimited("x"), "too many edits"),
        (outcomes.Lagged("x"), "slow just now"),
        (outcomes.SignedOut("x"), "not signed in any more"),
        (outcomes.Unreachable("x"), "do not know if your text was saved"),
        (outcomes.Unknown("Odd words", "odd-code"), "odd-code"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_create_when_the_wiki_refuses_then_says_why_and_keeps_the_text(
    stage: ToolStage, outcome: outcomes.Refused, words: str
) -> None:
    stage.wiki.answer_next(outcome)
    stage.sign_in()
    response = stage.post("/write/event", **EVENT)
    assert response.status_code == 409
    assert words in unescape(response.text)
    assert "Tea at four." in response.text
    assert 'value="2026-11-28"' in response.text


def test_outcomes_when_listed_then_each_has_its_sentence() -> None:
    english = read_catalogue()["en"]
    refusals = outcomes.Refused.__subclasses__()
    assert len(refusals) > 10
    for each in (outcomes.Saved, outcomes.NoChange, *refusals):
        key = each.message_key.fget(each.__new__(each))
        assert key in english


def test_edit_when_one_field_changes_then_only_its_parameter_does(
    stage: ToolStage,
) -> None:
    text = (
        "Before.\n{{Space event\n|title= Tea   <!-- why -->\n"
        "|start=2026-11-28 10:00|timezone = Asia/Kolkata\n|country=IN|odd=kept\n}}\n"
        "Body."
    )
    page_id = stage.wiki.write("Tea", text).page_id
    stage.sign_in()
    form = fields_of(stage.get(f"/edit/{page_id}").text)
    assert form["title"] == "Tea"
    assert (form["start-date"], form["start-time"]) == ("2026-11-28", "10:00")
    assert form["body"].strip() == "Body."
    response = stage.post_raw(f"/edit/{page_id}", **form | {"start-time": "11:30"})
    assert response.status_code == 303
    assert page_text(stage, "Tea") == text.replace("10:00", "11:30")


def test_edit_when_nothing_changes_then_nothing_is_saved(stage: ToolStage) -> None:
    page_id = saved_event(stage)
    before = stage.wiki.texts([TITLE])[TITLE].id
    form = fields_of(stage.get(f"/edit/{page_id}").text)
    response = stage.post_raw(f"/edit/{page_id}", **form)
    assert "nothing is different" in response.text
    assert stage.wiki.texts([TITLE])[TITLE].id == before


def test_edit_when_somebody_else_saved_then_both_changes_come_together(
    stage: ToolStage,
) -> None:
    page_id = saved_event(stage)
    form = fields_of(stage.get(f"/edit/{page_id}").text)
    stage.wiki.write(TITLE, page_text(stage).replace("पुणे", "Mumbai"))
    response = stage.post_raw(f"/edit/{page_id}", **form | {"start-time": "11:30"})
    assert response.status_code == 409
    assert "Somebody else has saved this page" in response.text
    merged = fields_of(response.text)
    assert merged["city"] == "Mumbai"
    assert merged["start-time"] == "11:30"
    assert stage.post_raw(f"/edit/{page_id}", **merged).status_code == 303
    assert "Mumbai" in page_text(stage)
    assert "2026-11-28 11:30" in page_text(stage)


def test_edit_when_both_changed_one_field_and_the_text_then_both_are_shown(
    stage: ToolStage,
) -> None:
    page_id = saved_event(stage)
    form = fields_of(stage.get(f"/edit/{page_id}").text)
    theirs = page_text(stage).replace("पुणे", "Mumbai").replace("laptop", "friend")
    stage.wiki.write(TITLE, theirs)
    mine = form | {"city": "Goa", "body": "Bring a cake."}
    response = stage.post_raw(f"/edit/{page_id}", **mine)
    assert 'id="clashes-title"' in response.text
    assert "Mumbai" in response.text
    assert "Bring a friend." in response.text
    merged = fields_of(response.text)
    assert (merged["city"], merged["body"].strip()) == ("Goa", "Bring a cake.")


def test_edit_when_the_page_is_deleted_meanwhile_then_the_text_is_kept(
    stage: ToolStage,
) -> None:
    page_id = saved_event(stage)
    form = fields_of(stage.get(f"/edit/{page_id}").text)
    stage.wiki.delete(TITLE)
    response = stage.post_raw(f"/edit/{page_id}", **form | {"city": "Goa"})
    assert response.status_code == 409
    assert "no longer on the wiki" in response.text
    assert 'value="Goa"' in response.text


def test_edit_when_the_page_has_problems_then_they_stand_at_their_fields(
    stage: ToolStage,
) -> None:
    text = "{{Space event|title=Tea|start=soon|timezone=UTC|country=IN}}"
    page_id = stage.wiki.write("Tea", text).page_id
    page = stage.get(f"/edit/{page_id}")
    assert page.status_code == 200
    assert 'id="field-start-problem"' in page.text
    assert 'id="field-title-problem"' not in page.text


def test_edit_when_the_writer_signs_in_meanwhile_then_nobodys_change_is_lost(
    stage: ToolStage,
) -> None:
    page_id = saved_event(stage)
    stage.client = stage.new_client()
    form = fields_of(stage.get(f"/edit/{page_id}").text)
    mine = form | {"start-time": "11:30", "return_to": f"/edit/{page_id}"}
    stage.post_raw("/login", **mine)
    stage.wiki.write(TITLE, page_text(stage).replace("पुणे", "Mumbai"))
    stage.get("/oauth-callback?code=good&state=s")
    restored = fields_of(stage.get(f"/edit/{page_id}").text)
    assert restored["start-time"] == "11:30"
    assert restored["base"] == form["base"]
    response = stage.post_raw(f"/edit/{page_id}", **restored)
    assert response.status_code == 409
    assert fields_of(response.text)["city"] == "Mumbai"


def test_edit_when_the_wiki_is_silent_then_saving_later_still_works(
    stage: ToolStage,
) -> None:
    page_id = saved_event(stage)
    form = fields_of(stage.get(f"/edit/{page_id}").text)
    stage.down = True
    silent = stage.post_raw(f"/edit/{page_id}", **form | {"city": "Goa"})
    assert silent.status_code == 503
    stage.down = False
    again = stage.post_raw(f"/edit/{page_id}", **fields_of(silent.text))
    assert again.status_code == 303
    assert "Goa" in page_text(stage)


@pytest.mark.parametrize("text", ["No template here.", None])
def test_edit_when_the_page_is_no_record_then_there_is_no_form(
    stage: ToolStage, text: str | None
) -> None:
    page_id = stage.wiki.write("Plain", text).page_id if text else 4711
    response = stage.get(f"/edit/{page_id}")
    assert response.status_code == 404
    assert '<form class="editor"' not in response.text


def test_edit_when_the_base_is_of_another_page_then_nothing_is_saved(
    stage: ToolStage,
) -> None:
    page_id = saved_event(stage)
    other = stage.wiki.write("Other", "{{Space event|title=X}}")
    form = fields_of(stage.get(f"/edit/{page_id}").text)
    response = stage.post_raw(f"/edit/{page_id}", **form | {"base": str(other.revid)})
    assert response.status_code == 409
    assert stage.wiki.texts(["Other"])["Other"].id == other.revid


@pytest.mark.parametrize("number", ["-1", "x", "²", "9" * 5000, "0"])
def test_edit_when_a_hidden_number_is_tampered_with_then_nothing_breaks(
    stage: ToolStage, number: str
) -> None:
    page_id = saved_event(stage)
    form = fields_of(stage.get(f"/edit/{page_id}").text)
    response = stage.post_raw(f"/edit/{page_id}", **form | {"base": number})
    assert response.status_code == 409
    new = stage.post("/write/event", **EVENT | {"suffix": number})
    assert new.status_code in {303, 409}


def test_preview_when_pressed_then_shows_the_wikis_html_and_saves_nothing(
    stage: ToolStage,
) -> None:
    stage.sign_in()
    response = stage.post("/write/event", **EVENT | {"action": "preview"})
    assert response.status_code == 200
    assert 'class="wiki-content"' in response.text
    assert stage.wiki.pages_by_title([TITLE]) == {}


def test_preview_when_asked_by_script_then_is_a_piece_of_a_page(
    stage: ToolStage,
) -> None:
    token = csrf_of(stage.get("/write/event"))
    response = stage.post_raw("/preview", **EVENT, csrf=token)
    assert response.status_code == 200
    assert "<html" not in response.text
    assert 'class="wiki-content"' in response.text
    assert stage.post_raw("/preview", **EVENT).status_code == 403
    assert stage.post_raw("/preview", csrf=token, kind="verdict").status_code == 400


def test_preview_when_the_wiki_is_silent_then_says_so(stage: ToolStage) -> None:
    token = csrf_of(stage.get("/write/event"))
    stage.down = True
    response = stage.post_raw("/preview", **EVENT, csrf=token)
    assert response.status_code == 200
    assert "no preview just now" in response.text


def test_mine_when_signed_in_then_lists_what_was_begun(stage: ToolStage) -> None:
    assert stage.get("/mine").location == "/login?return_to=/mine"
    stage.publish(event(12, title="Mine"), event(13, title="Mine too"))
    stage.sign_in("Ana")
    page = stage.get("/mine").text
    assert "Space/Events/Page 12" in page
    assert page.index("Page 13") < page.index("Page 12")


SERIES = (
    "{{Space event\n|title=Tea\n|start=2026-11-28 10:00|timezone=Asia/Kolkata\n"
    "|country=IN\n|recurrence=RRULE:FREQ=WEEKLY;BYDAY=WE,MO\n}}\nBody."
)


def test_edit_when_a_series_is_confirmed_then_only_today_is_filled_in(
    stage: ToolStage,
) -> None:
    page_id = stage.wiki.write("Tea", SERIES).page_id
    stage.sign_in()
    page = stage.get(f"/edit/{page_id}?confirm=yes").text
    assert "The day of the confirmation is filled in" in page
    form = fields_of(page)
    assert form["confirmed"] == "2026-11-22"
    response = stage.post_raw(f"/edit/{page_id}?confirm=yes", **form)
    assert response.status_code == 303
    confirmed = page_text(stage, "Tea")
    assert confirmed.replace("| confirmed = 2026-11-22\n", "") == SERIES


def test_dates_when_checked_then_are_shown_and_nothing_is_saved(
    stage: ToolStage,
) -> None:
    stage.sign_in()
    form = fields_of(stage.get("/write/event").text) | {
        "title": "Tea",
        "start-date": "2026-11-28",
        "start-time": "10:00",
        "timezone": "Asia/Kolkata",
        "recurrence-repeats": "month-weekday",
        "recurrence-place": "-1",
        "recurrence-weekday": "FR",
        "action": "dates",
    }
    response = stage.post_raw("/write/event", **form)
    assert response.status_code == 200
    for day in ("December 25, 2026", "January 29, 2027", "April 30, 2027"):
        assert f"Friday, {day}" in response.text
    assert "May 28, 2027" not in response.text
    sent = fields_of(response.text)
    assert sent["recurrence-weekday"] == "FR"
    assert sent["recurrence-repeats"] == "month-weekday"
