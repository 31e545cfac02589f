from html import unescape

import pytest

from space.text.messages import read_catalogue
from space.wiki import outcomes
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp, csrf_of, fields_of, fresh_token
from tests.support.tool.event_form import EVENT, TITLE, page_text, saved_event


def test_create_when_signed_in_then_the_page_is_on_the_wiki(tool: ToolApp) -> None:
    tool.sign_in()
    response = tool.post("/write/event", **EVENT)
    page_id = tool.wiki.pages_by_title([TITLE])[TITLE].id
    assert response.status_code == 303
    assert response.location == f"/saved/{page_id}"
    text = page_text(tool)
    assert text.startswith("{{Space event\n")
    for line in ("2026-11-28 10:00", "Asia/Kolkata", "पुणे", "= IN"):
        assert line in text
    assert text.endswith("}}\nBring a laptop.\n\nTea at four.")
    assert "status" not in text  # a default needs no line
    assert tool.wiki.texts([TITLE])[TITLE].user == "Olu"


def test_create_when_an_organizer_is_typed_as_a_link_then_stays_one(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    tool.post("/write/event", **EVENT | {"organizers": "[[User:Olu|Olu]]; Club"})
    assert "= [[User:Olu|Olu]]; Club\n" in page_text(tool)


def test_saved_when_opened_then_says_what_happens_next(tool: ToolApp) -> None:
    page_id = saved_event(tool)
    page = tool.get(f"/saved/{page_id}")
    assert page.status_code == 200
    assert "What happens next" in page.text
    assert "Then it appears in the calendar" in page.text
    assert f"/edit/{page_id}" in page.text


def test_form_when_signed_in_then_names_its_writer(tool: ToolApp) -> None:
    tool.sign_in()
    assert fields_of(tool.get("/write/post").text)["authors"] == "Olu"


def test_create_when_fields_are_wrong_then_each_is_told_and_all_is_kept(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    wrong = EVENT | {
        "title": "",
        "start-time": "16:00",
        "end-date": "2026-11-28",
        "end-time": "10:00",
        "timezone": "Moon/Crater",
        "country": "",
        "website": "not an address",
    }
    response = tool.post("/write/event", **wrong)
    text = unescape(response.text)
    assert response.status_code == 422
    for name in ("title", "timezone", "website"):
        assert f'href="#field-{name}"' in text
        assert f'id="field-{name}-problem"' in text
    for value in ("Moon/Crater", "not an address", "16:00", "पुणे", "Tea at four."):
        assert value in text
    assert tool.wiki.pages_by_title([TITLE]) == {}


def test_create_when_end_is_before_start_then_the_end_is_told(tool: ToolApp) -> None:
    tool.sign_in()
    wrong = EVENT | {"end-date": "2026-11-27", "end-time": "10:00"}
    response = tool.post("/write/event", **wrong)
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
    tool: ToolApp, precision: str, field: str
) -> None:
    tool.sign_in()
    values = {"address": "1 Road", "venue": "Hall", "coordinates": "18.5, 73.8"}
    fine = EVENT | {"precision": precision, field: values.get(field, "पुणे")}
    response = tool.post("/write/event", **fine)
    assert response.status_code == 422
    assert "Saved text stays in the page history" in response.text
    assert f'id="field-{field}-problem"' in response.text
    assert tool.wiki.pages_by_title([TITLE]) == {}


def test_create_when_the_date_is_no_date_then_it_stays_visible(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    response = tool.post("/write/event", **EVENT | {"start-date": "next Friday"})
    assert response.status_code == 422
    assert 'type="text" name="start-date" value="next Friday"' in response.text


def test_create_when_the_title_is_taken_then_one_with_the_date_is_offered(
    tool: ToolApp,
) -> None:
    tool.wiki.write(TITLE, "Somebody was faster.")
    tool.sign_in()
    response = tool.post("/write/event", **EVENT)
    assert response.status_code == 409
    assert "Bring a laptop." in response.text
    assert f"{TITLE} (2026-11-28)" in unescape(response.text)
    fields = {name: value for name, value in EVENT.items() if name != "action"}
    again = tool.post("/write/event", **fields, suffix="1")
    assert again.status_code == 303
    assert page_text(tool) == "Somebody was faster."
    assert "Tea at four." in page_text(tool, f"{TITLE} (2026-11-28)")


@pytest.mark.parametrize("by", ["Olu", "Lena"])
def test_create_when_the_title_is_of_an_own_page_then_leads_to_its_form(
    tool: ToolApp, by: str
) -> None:
    page_id = tool.wiki.as_user(by).write(TITLE, "An earlier text.").page_id
    tool.sign_in()
    response = tool.post("/write/event", **EVENT)
    assert response.status_code == 409
    assert (f'href="/edit/{page_id}"' in response.text) == (by == "Olu")


def test_create_when_the_title_has_nothing_to_show_then_the_field_is_told(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    response = tool.post("/write/event", **EVENT | {"title": "_"})
    assert response.status_code == 422
    assert 'id="field-title-problem"' in response.text


def test_create_when_the_token_is_missing_then_nothing_is_saved_or_lost(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    for fields in (EVENT, EVENT | {"csrf": "wrong"}):
        response = tool.post_raw("/write/event", **fields)
        assert "Tea at four." in response.text
        assert "please save again" in response.text
    assert tool.wiki.pages_by_title([TITLE]) == {}
    again = tool.post_raw("/write/event", **EVENT, csrf=csrf_of(response))
    assert again.status_code == 303


def test_create_when_signed_out_then_the_text_waits_for_the_return(
    tool: ToolApp,
) -> None:
    form = tool.get("/write/event")
    assert 'formaction="/login"' in form.text
    away = tool.post_raw(
        "/login", **EVENT, csrf=csrf_of(form), return_to="/write/event"
    )
    assert away.status_code == 302
    back = tool.get("/oauth-callback?code=good&state=s")
    assert back.location == "/write/event"
    restored = tool.get("/write/event")
    assert "Tea at four." in restored.text
    assert 'value="Asia/Kolkata"' in restored.text
    assert "Tea at four." not in tool.get("/write/event").text


def test_create_when_the_session_ended_meanwhile_then_says_so_and_keeps_the_text(
    tool: ToolApp,
) -> None:
    tool.sign_in(token={"access_token": "Olu", "expires_at": 0})
    response = tool.post("/write/event", **EVENT)
    assert response.status_code == 409
    assert "no longer signed in" in response.text
    assert "Tea at four." in response.text
    assert 'formaction="/login"' in response.text


def test_create_when_the_wiki_refuses_the_token_then_a_new_one_saves(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    tool.sign_in_answer.refreshed = fresh_token()
    tool.wiki.answer_next(outcomes.SignedOut("mwoauth-invalid-authorization"))
    assert tool.post("/write/event", **EVENT).status_code == 303
    assert "Tea at four." in page_text(tool)


@pytest.mark.parametrize(
    ("disallow", "words", "button"),
    [
        (False, "asks you to check", "Save anyway"),
        (True, "stopped this edit", "Save on the wiki"),
    ],
)
def test_create_when_a_filter_objects_then_its_words_and_the_text_are_there(
    tool: ToolApp, words: str, button: str, *, disallow: bool
) -> None:
    tool.wiki.add_filter("laptop", disallow=disallow, description="No laptops")
    tool.sign_in()
    response = tool.post("/write/event", **EVENT)
    assert response.status_code == 409
    assert words in response.text
    assert "No laptops" in response.text
    assert button in response.text
    assert "Tea at four." in response.text


def test_create_when_a_filter_warned_then_saving_again_passes(tool: ToolApp) -> None:
    tool.wiki.add_filter("laptop", disallow=False, description="No laptops")
    tool.sign_in()
    tool.post("/write/event", **EVENT)
    assert tool.post("/write/event", **EVENT).status_code == 303


def test_create_when_the_account_is_blocked_then_says_who_and_why(
    tool: ToolApp,
) -> None:
    tool.wiki.register("Olu")
    tool.wiki.block("Olu", reason="Testing blocks")
    tool.sign_in()
    response = tool.post("/write/event", **EVENT)
    assert response.status_code == 409
    assert "Testing blocks" in response.text
    assert "Tea at four." in response.text


def test_create_when_the_wiki_is_silent_then_the_text_is_kept(tool: ToolApp) -> None:
    tool.sign_in()
    form = tool.get("/write/event")
    tool.down = True
    response = tool.post_raw("/write/event", **EVENT, csrf=csrf_of(form))
    assert response.status_code == 503
    assert "Tea at four." in response.text


def test_create_when_too_many_wait_for_the_wiki_then_the_text_is_kept(
    tool: ToolApp,
) -> None:
    tool.wiki.answer_next(outcomes.Busy("x"))
    tool.sign_in()
    response = tool.post("/write/event", **EVENT)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "nothing was saved" in response.text
    assert "Tea at four." in response.text


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (outcomes.Protected("x"), "protected"),
        (outcomes.BadTitle("x"), "does not allow this title"),
        (outcomes.Spam("x", ("evil.example",)), "evil.example"),
        (outcomes.Captcha("x"), "that you are human"),
        (outcomes.TooBig("x"), "longer than the wiki allows"),
        (outcomes.ReadOnly("Maintenance"), "Maintenance"),
        (outcomes.RateLimited("x"), "Too many edits"),
        (outcomes.Lagged("x"), "slow right now"),
        (outcomes.SignedOut("x"), "no longer signed in"),
        (outcomes.NotSent("x"), "so nothing was saved"),
        (outcomes.Unreachable("x"), "do not know whether your text was saved"),
        (outcomes.Unknown("Odd words", "odd-code"), "odd-code"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_create_when_the_wiki_refuses_then_says_why_and_keeps_the_text(
    tool: ToolApp, outcome: outcomes.Refused, words: str
) -> None:
    tool.wiki.answer_next(outcome)
    tool.sign_in()
    response = tool.post("/write/event", **EVENT)
    assert response.status_code == 409
    assert words in unescape(response.text)
    assert "Tea at four." in response.text
    assert 'value="2026-11-28"' in response.text


def test_outcomes_when_listed_then_each_has_its_sentence() -> None:
    english = read_catalogue()["en"]
    everybodys = outcomes.Refused.__subclasses__()  # the bots have one of their own
    refusals = [
        outcome for outcome in everybodys if outcome.__module__ == outcomes.__name__
    ]
    assert len(refusals) > 10
    refusals.remove(outcomes.Blocked)  # has one for each sort of block
    answers = [outcome() for outcome in refusals]
    blocks = [outcomes.Blocked(block=block) for block in outcomes.Block]
    for outcome in (
        outcomes.Saved(1, 2, "A"),
        outcomes.NoChange(1, "A"),
        *answers,
        *blocks,
    ):
        assert outcome.message_key in english


def test_preview_when_pressed_then_shows_the_wikis_html_and_saves_nothing(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    response = tool.post("/write/event", **EVENT | {"action": "preview"})
    assert response.status_code == 200
    assert 'class="wiki-content"' in response.text
    assert tool.wiki.pages_by_title([TITLE]) == {}


def test_preview_when_asked_by_script_then_is_a_piece_of_a_page(
    tool: ToolApp,
) -> None:
    token = csrf_of(tool.get("/write/event"))
    response = tool.post_raw("/preview", **EVENT, csrf=token)
    assert response.status_code == 200
    assert "<html" not in response.text
    assert 'class="wiki-content"' in response.text
    assert tool.post_raw("/preview", **EVENT).status_code == 403
    assert tool.post_raw("/preview", csrf=token, kind="verdict").status_code == 400


def test_preview_when_the_wiki_is_silent_then_says_so(tool: ToolApp) -> None:
    token = csrf_of(tool.get("/write/event"))
    tool.down = True
    response = tool.post_raw("/preview", **EVENT, csrf=token)
    assert response.status_code == 200
    assert "no preview right now" in response.text


def test_mine_when_signed_in_then_lists_what_was_begun(tool: ToolApp) -> None:
    assert 'href="/login?return_to=/mine"' in tool.get("/mine").text
    tool.publish(event(12, title="Mine"), event(14, title="Mine too"))
    tool.sign_in("Ana")
    page = tool.get("/mine").text
    assert "Space/Events/Page 12" in page
    assert page.index("Page 12") < page.index("Page 14")


def test_dates_when_checked_then_are_shown_and_nothing_is_saved(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    form = fields_of(tool.get("/write/event").text) | {
        "title": "Tea",
        "start-date": "2026-11-28",
        "start-time": "10:00",
        "timezone": "Asia/Kolkata",
        "recurrence-repeats": "month-weekday",
        "recurrence-place": "-1",
        "recurrence-weekday": "FR",
        "action": "dates",
    }
    response = tool.post_raw("/write/event", **form)
    assert response.status_code == 200
    for day in ("25 Dec 2026", "29 Jan 2027", "28 May 2027"):
        assert f"Fri, {day}" in response.text
    assert 'name="except" value="2027-05-28"' in response.text
    sent = fields_of(response.text)
    assert sent["recurrence-weekday"] == "FR"
    assert sent["recurrence-repeats"] == "month-weekday"
