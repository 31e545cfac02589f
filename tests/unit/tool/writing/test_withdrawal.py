"""Taking back: one confirmed click, one minimal edit, by those who may."""

from datetime import UTC, datetime

import pytest
from werkzeug.test import TestResponse

from space.wiki.outcomes import Blocked, Conflict
from tests.support.review.tool_and_bot import TITLE, ToolAndBot
from tests.support.tool.app import csrf_of
from tests.support.wiki.bot_and_wiki import event

WRITTEN = event(
    "The ''body'' stays.",
    city="Auckland",
    venue="The library",
    address="44 Lorne Street",
    website="https://example.org/",
)


@pytest.fixture
def page_id(tool_and_bot: ToolAndBot) -> int:
    page_id = tool_and_bot.write(TITLE, WRITTEN)
    tool_and_bot.approve()
    return page_id


def take_back(
    tool_and_bot: ToolAndBot, page_id: int, what: str, **fields: str
) -> TestResponse:
    token = csrf_of(tool_and_bot.get(f"/retract/{page_id}?what={what}"))
    sent = {"csrf": token, "what": what, **fields}
    return tool_and_bot.post_raw(f"/retract/{page_id}", **sent)


def shown(tool_and_bot: ToolAndBot, page_id: int) -> object:
    tool_and_bot.sync()
    record = tool_and_bot.store.records.get(page_id)
    assert record is not None
    return record.publication


def test_page_when_its_creator_looks_offers_what_can_be_taken_back(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu")
    page = tool_and_bot.get(f"/retract/{page_id}").text
    for name in ("status-cancelled", "precision-city", "address", "website"):
        assert f"what={name}" in page
    assert "what=withdraw" in page
    assert "what=contact" not in page
    assert (
        f"/retract/{page_id}" in tool_and_bot.get(f"/events/{page_id}-photo-walk").text
    )
    assert f"/retract/{page_id}" in tool_and_bot.get("/mine").text


def test_page_when_opened_with_a_step_changes_nothing_yet(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu")
    before = tool_and_bot.page(TITLE).latest.id
    assert "Change nothing" in tool_and_bot.get(f"/retract/{page_id}?what=address").text
    assert tool_and_bot.page(TITLE).latest.id == before


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("address", "| address = 44 Lorne Street\n", ""),
        ("website", "| website = https://example.org/\n", ""),
    ],
)
def test_step_when_confirmed_is_an_edit_of_that_and_nothing_else(
    tool_and_bot: ToolAndBot, page_id: int, what: str, old: str, new: str
) -> None:
    tool_and_bot.sign_in("Olu")
    answer = take_back(tool_and_bot, page_id, what)
    latest = tool_and_bot.page(TITLE).latest
    done = f"/retract/{page_id}?done={what}&undo={latest.id}"
    assert answer.headers["Location"] == done
    assert latest.text == WRITTEN.replace(old, new)
    assert (latest.user, latest.summary) == ("Olu", "Cancel or withdraw")
    publication = shown(tool_and_bot, page_id)
    assert publication is not None
    assert what not in publication.values  # type: ignore[attr-defined]


def test_step_when_it_cancels_works_without_a_review(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu")
    take_back(tool_and_bot, page_id, "status-cancelled")
    publication = shown(tool_and_bot, page_id)
    assert publication.values["status"] == "cancelled"  # type: ignore[attr-defined]


def test_undo_when_pressed_after_a_step_brings_back_the_text(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu")
    done = take_back(tool_and_bot, page_id, "status-cancelled").headers["Location"]
    page = tool_and_bot.get(done)
    revision = str(tool_and_bot.page(TITLE).latest.id)
    sent = {"csrf": csrf_of(page), "what": "undo", "revision": revision}
    assert 'value="undo"' in page.text
    assert f'href="/events/{page_id}"' in page.text
    assert "what=withdraw" not in page.text
    answer = tool_and_bot.post_raw(f"/retract/{page_id}", **sent)
    assert answer.headers["Location"] == f"/retract/{page_id}?done=undo"
    assert tool_and_bot.page(TITLE).latest.text == WRITTEN
    tool_and_bot.post_raw(f"/retract/{page_id}", **sent)
    assert tool_and_bot.page(TITLE).latest.text == WRITTEN
    publication = shown(tool_and_bot, page_id)
    assert publication.values.get("status") != "cancelled"  # type: ignore[attr-defined]


def test_page_when_opened_has_two_groups_and_says_what_happens(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu")
    page = tool_and_bot.get(f"/retract/{page_id}").text
    assert page.index("Cancel this event") < page.index("Only some details")
    asked = tool_and_bot.get(f"/retract/{page_id}?what=status-cancelled").text
    assert "marked as cancelled, so that people who planned to come find out" in asked


def test_step_when_it_makes_the_place_coarser_says_what_goes_with_it(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu")
    page = tool_and_bot.get(f"/retract/{page_id}?what=precision-city").text
    assert ">Address</li>" in page
    take_back(tool_and_bot, page_id, "precision-city")
    text = tool_and_bot.page(TITLE).latest.text
    assert "Lorne" not in text
    assert "library" not in text
    assert "Auckland" in text


def test_withdrawal_when_confirmed_is_a_verdict_on_the_talk_page(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu")
    rev = tool_and_bot.page(TITLE).latest.id
    take_back(tool_and_bot, page_id, "withdraw", reason="It is off.")
    assert tool_and_bot.talk().endswith(
        f"== Withdrawn ==\n\n{{{{subst:Space withdraw|rev={rev}|reason=It is off.}}}}"
    )


def test_withdrawal_when_the_session_ended_waits_with_its_reason_for_signing_in(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu", token={"access_token": "Olu", "expires_at": 0})
    away = take_back(tool_and_bot, page_id, "withdraw", reason="It is off.")
    assert away.status_code == 409
    assert "It is off." in away.text
    path = f"/retract/{page_id}"
    fields = {"what": "withdraw", "reason": "It is off.", "return_to": path}
    tool_and_bot.post_raw("/login", csrf=csrf_of(away), **fields)
    back = tool_and_bot.get("/oauth-callback?code=good&state=s").location
    assert back == path
    page = tool_and_bot.get(back).text
    assert 'name="what" value="withdraw"' in page
    assert 'value="It is off."' in page


@pytest.mark.parametrize("reason", ["x" * 1001, "[//a" * 1001])
def test_withdrawal_when_its_reason_is_too_long_says_so_and_keeps_it(
    tool_and_bot: ToolAndBot, page_id: int, reason: str
) -> None:
    tool_and_bot.sign_in("Olu")
    answer = take_back(tool_and_bot, page_id, "withdraw", reason=reason)
    assert answer.status_code == 422
    assert "Please shorten it to 1000" in answer.text
    assert reason in answer.text
    assert "withdraw" not in tool_and_bot.talk()


def test_step_when_a_reviewer_makes_it_is_saved(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Pavati")
    take_back(tool_and_bot, page_id, "address")
    assert "Lorne" not in tool_and_bot.page(TITLE).latest.text


@pytest.mark.parametrize("what", ["address", "withdraw"])
def test_step_when_a_stranger_asks_is_refused(
    tool_and_bot: ToolAndBot, page_id: int, what: str
) -> None:
    tool_and_bot.wiki.register("Lena")
    tool_and_bot.sign_in("Lena")
    token = csrf_of(tool_and_bot.get("/"))
    answer = tool_and_bot.post_raw(f"/retract/{page_id}", csrf=token, what=what)
    assert answer.status_code == 403
    assert "Lorne" in tool_and_bot.page(TITLE).latest.text
    assert "withdraw" not in tool_and_bot.talk()
    assert (
        f"/retract/{page_id}"
        not in tool_and_bot.get(f"/events/{page_id}-photo-walk").text
    )


@pytest.mark.parametrize(
    ("organizers", "status"), [("[[User:Lena]]", 303), ("Lena", 403), ("Olu", 403)]
)
def test_step_when_an_account_is_named_needs_a_link_in_the_published_text(
    tool_and_bot: ToolAndBot, organizers: str, status: int
) -> None:
    page_id = tool_and_bot.write(
        TITLE, event(organizers=organizers, website="https://x.org/")
    )
    tool_and_bot.approve()
    pending = event(
        "New.", organizers="[[User:Lena]]; [[User:Noor]]", website="https://x.org/"
    )
    tool_and_bot.write(TITLE, pending)
    tool_and_bot.wiki.register("Noor")
    tool_and_bot.sign_in("Lena")
    page = tool_and_bot.get(f"/retract/{page_id}").text
    assert ("what=status-cancelled" in page) == (status == 303)
    assert "what=withdraw" not in page
    answer = take_back(tool_and_bot, page_id, "status-cancelled")
    assert answer.status_code == status
    assert take_back(tool_and_bot, page_id, "withdraw").status_code == 403
    tool_and_bot.client = tool_and_bot.new_client()
    tool_and_bot.sign_in("Noor")
    assert take_back(tool_and_bot, page_id, "status-cancelled").status_code == 403


def test_page_when_of_a_series_tells_how_to_cancel_one_date(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu")
    assert "only one date" not in tool_and_bot.get(f"/retract/{page_id}").text
    tool_and_bot.write(TITLE, event(recurrence="FREQ=WEEKLY;COUNT=3"))
    tool_and_bot.approve()
    assert "only one date" in tool_and_bot.get(f"/retract/{page_id}").text
    form = tool_and_bot.get(f"/edit/{page_id}?skip=2026-12-05").text
    assert "without a review" in form


def test_step_when_nobody_is_signed_in_asks_to_sign_in(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    page = tool_and_bot.get(f"/retract/{page_id}").text
    assert "/login?return_to=" in page
    token = csrf_of(tool_and_bot.get("/write/event"))
    tool_and_bot.post_raw(f"/retract/{page_id}", csrf=token, what="address")
    assert "Lorne" in tool_and_bot.page(TITLE).latest.text


def test_step_when_sent_from_elsewhere_is_not_made(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu")
    take_back(tool_and_bot, page_id, "address", csrf="forged")
    assert "Lorne" in tool_and_bot.page(TITLE).latest.text


def test_step_when_somebody_edited_meanwhile_is_made_on_their_text(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu")
    token = csrf_of(tool_and_bot.get(f"/retract/{page_id}?what=address"))
    tool_and_bot.wiki.as_user("Lena").write(TITLE, WRITTEN + "\nMore.")
    tool_and_bot.wiki.answer_next(Conflict())
    tool_and_bot.post_raw(f"/retract/{page_id}", csrf=token, what="address")
    text = tool_and_bot.page(TITLE).latest.text
    assert "Lorne" not in text
    assert text.endswith("More.")


def test_step_when_the_wiki_refuses_says_why(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu")
    token = csrf_of(tool_and_bot.get(f"/retract/{page_id}?what=address"))
    until = datetime(2026, 11, 29, 22, 57, 5, tzinfo=UTC)
    tool_and_bot.wiki.answer_next(Blocked("", by="Admin", reason="Spam", until=until))
    answer = tool_and_bot.post_raw(f"/retract/{page_id}", csrf=token, what="address")
    assert answer.status_code == 409
    assert "blocked" in answer.text
    assert "Blocked by: Admin" in answer.text
    assert "Until: Sun, 29 Nov 2026, 22:57" in answer.text


@pytest.mark.parametrize("what", ["", "title", "status-confirmed", "contact"])
def test_step_when_it_is_none_changes_nothing(
    tool_and_bot: ToolAndBot, page_id: int, what: str
) -> None:
    tool_and_bot.sign_in("Olu")
    before = tool_and_bot.page(TITLE).latest.id
    token = csrf_of(tool_and_bot.get("/"))
    tool_and_bot.post_raw(f"/retract/{page_id}", csrf=token, what=what)
    assert tool_and_bot.page(TITLE).latest.id == before


def test_saved_when_the_page_is_published_then_says_what_readers_see_until_then(
    tool_and_bot: ToolAndBot, page_id: int
) -> None:
    tool_and_bot.sign_in("Olu")
    page = tool_and_bot.get(f"/saved/{page_id}").text
    assert "Until then, readers see them as before." in page
    assert "Then it appears in the calendar" not in page
