"""Taking back: one confirmed click, one minimal edit, by those who may."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from werkzeug.test import TestResponse

from space.wiki.outcomes import Blocked, Conflict
from tests.support.review.tool_and_bot import TITLE, Desk
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
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.engine.dispose()


@pytest.fixture
def page_id(desk: Desk) -> int:
    page_id = desk.write(TITLE, WRITTEN)
    desk.approve()
    return page_id


def take_back(desk: Desk, page_id: int, what: str, **fields: str) -> TestResponse:
    token = csrf_of(desk.get(f"/retract/{page_id}?what={what}"))
    sent = {"csrf": token, "what": what, **fields}
    return desk.post_raw(f"/retract/{page_id}", **sent)


def shown(desk: Desk, page_id: int) -> object:
    desk.sync()
    record = desk.store.records.get(page_id)
    assert record is not None
    return record.publication


def test_page_when_its_creator_looks_offers_what_can_be_taken_back(
    desk: Desk, page_id: int
) -> None:
    desk.sign_in("Olu")
    page = desk.get(f"/retract/{page_id}").text
    for name in ("status-cancelled", "precision-city", "address", "website"):
        assert f"what={name}" in page
    assert "what=withdraw" in page
    assert "what=contact" not in page
    assert f"/retract/{page_id}" in desk.get(f"/events/{page_id}-photo-walk").text
    assert f"/retract/{page_id}" in desk.get("/mine").text


def test_page_when_opened_with_a_step_changes_nothing_yet(
    desk: Desk, page_id: int
) -> None:
    desk.sign_in("Olu")
    before = desk.page(TITLE).latest.id
    assert "Yes, take it back" in desk.get(f"/retract/{page_id}?what=address").text
    assert desk.page(TITLE).latest.id == before


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("address", "| address = 44 Lorne Street\n", ""),
        ("website", "| website = https://example.org/\n", ""),
    ],
)
def test_step_when_confirmed_is_an_edit_of_that_and_nothing_else(
    desk: Desk, page_id: int, what: str, old: str, new: str
) -> None:
    desk.sign_in("Olu")
    answer = take_back(desk, page_id, what)
    assert answer.headers["Location"] == f"/retract/{page_id}?done={what}"
    latest = desk.page(TITLE).latest
    assert latest.text == WRITTEN.replace(old, new)
    assert (latest.user, latest.summary) == ("Olu", "Take something back")
    publication = shown(desk, page_id)
    assert publication is not None
    assert what not in publication.values  # type: ignore[attr-defined]


def test_step_when_it_cancels_works_without_a_review(desk: Desk, page_id: int) -> None:
    desk.sign_in("Olu")
    take_back(desk, page_id, "status-cancelled")
    publication = shown(desk, page_id)
    assert publication.values["status"] == "cancelled"  # type: ignore[attr-defined]


def test_step_when_it_makes_the_place_coarser_says_what_goes_with_it(
    desk: Desk, page_id: int
) -> None:
    desk.sign_in("Olu")
    page = desk.get(f"/retract/{page_id}?what=precision-city").text
    assert ">Address</li>" in page
    take_back(desk, page_id, "precision-city")
    text = desk.page(TITLE).latest.text
    assert "Lorne" not in text
    assert "library" not in text
    assert "Auckland" in text


def test_withdrawal_when_confirmed_is_a_verdict_on_the_talk_page(
    desk: Desk, page_id: int
) -> None:
    desk.sign_in("Olu")
    rev = desk.page(TITLE).latest.id
    take_back(desk, page_id, "withdraw", reason="It is off.")
    assert desk.talk().endswith(
        f"== Taken back ==\n\n{{{{subst:Space withdraw|rev={rev}|reason=It is off.}}}}"
    )


@pytest.mark.parametrize("reason", ["x" * 1001, "[//a" * 1001])
def test_withdrawal_when_its_reason_is_too_long_says_so_and_keeps_it(
    desk: Desk, page_id: int, reason: str
) -> None:
    desk.sign_in("Olu")
    answer = take_back(desk, page_id, "withdraw", reason=reason)
    assert answer.status_code == 422
    assert "At most 1000 are possible" in answer.text
    assert reason in answer.text
    assert "withdraw" not in desk.talk()


def test_step_when_a_reviewer_makes_it_is_saved(desk: Desk, page_id: int) -> None:
    desk.sign_in("Pavati")
    take_back(desk, page_id, "address")
    assert "Lorne" not in desk.page(TITLE).latest.text


@pytest.mark.parametrize("what", ["address", "withdraw"])
def test_step_when_a_stranger_asks_is_refused(
    desk: Desk, page_id: int, what: str
) -> None:
    desk.wiki.register("Lena")
    desk.sign_in("Lena")
    token = csrf_of(desk.get("/"))
    answer = desk.post_raw(f"/retract/{page_id}", csrf=token, what=what)
    assert answer.status_code == 403
    assert "Lorne" in desk.page(TITLE).latest.text
    assert "withdraw" not in desk.talk()
    assert f"/retract/{page_id}" not in desk.get(f"/events/{page_id}-photo-walk").text


def test_step_when_nobody_is_signed_in_asks_to_sign_in(
    desk: Desk, page_id: int
) -> None:
    page = desk.get(f"/retract/{page_id}").text
    assert "/login?return_to=" in page
    token = csrf_of(desk.get("/write/event"))
    desk.post_raw(f"/retract/{page_id}", csrf=token, what="address")
    assert "Lorne" in desk.page(TITLE).latest.text


def test_step_when_sent_from_elsewhere_is_not_made(desk: Desk, page_id: int) -> None:
    desk.sign_in("Olu")
    take_back(desk, page_id, "address", csrf="forged")
    assert "Lorne" in desk.page(TITLE).latest.text


def test_step_when_somebody_edited_meanwhile_is_made_on_their_text(
    desk: Desk, page_id: int
) -> None:
    desk.sign_in("Olu")
    token = csrf_of(desk.get(f"/retract/{page_id}?what=address"))
    desk.wiki.as_user("Lena").write(TITLE, WRITTEN + "\nMore.")
    desk.wiki.answer_next(Conflict())
    desk.post_raw(f"/retract/{page_id}", csrf=token, what="address")
    text = desk.page(TITLE).latest.text
    assert "Lorne" not in text
    assert text.endswith("More.")


def test_step_when_the_wiki_refuses_says_why(desk: Desk, page_id: int) -> None:
    desk.sign_in("Olu")
    token = csrf_of(desk.get(f"/retract/{page_id}?what=address"))
    until = datetime(2026, 11, 29, 22, 57, 5, tzinfo=UTC)
    desk.wiki.answer_next(Blocked("", by="Admin", reason="Spam", until=until))
    answer = desk.post_raw(f"/retract/{page_id}", csrf=token, what="address")
    assert answer.status_code == 409
    assert "blocked" in answer.text
    assert "Blocked by: Admin" in answer.text
    assert "Until: Sun, Nov 29, 2026, 10:57" in answer.text


@pytest.mark.parametrize("what", ["", "title", "status-confirmed", "contact"])
def test_step_when_it_is_none_changes_nothing(
    desk: Desk, page_id: int, what: str
) -> None:
    desk.sign_in("Olu")
    before = desk.page(TITLE).latest.id
    token = csrf_of(desk.get("/"))
    desk.post_raw(f"/retract/{page_id}", csrf=token, what=what)
    assert desk.page(TITLE).latest.id == before
