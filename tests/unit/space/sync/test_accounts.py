"""Accounts are who they are: renamed, named like another, imported, left by a move."""

import pytest

from space.review.model import Flaw
from space.store import Record
from tests.support.wiki.bot_and_wiki import Newsroom, event

WALK = "Space/Events/Walk"


def record(room: Newsroom, title: str = WALK) -> Record:
    found = room.store.records.find(title)
    assert found is not None
    return found


def shown(room: Newsroom, field: str) -> object:
    publication = record(room).publication
    assert publication is not None
    return publication.values.get(field)


def published_by_ann(room: Newsroom) -> int:
    revision = room.event(WALK, address="Street 1")
    room.approve(WALK, revision)
    room.sync()
    room.admin.advance(hours=1)
    return revision


def test_creator_when_renamed_then_keeps_every_right(room: Newsroom) -> None:
    published_by_ann(room)
    room.admin.rename("Ann", "Anna")
    room.sync()
    assert record(room).creator == "Anna"
    anna = room.admin.as_user("Anna")
    cancelled = anna.write(WALK, event(status="cancelled")).revid
    room.sync()
    assert (shown(room, "status"), shown(room, "address")) == ("cancelled", None)
    room.admin.advance(hours=1)
    line = f"{{{{Space review|withdraw|rev={cancelled}}}}} ~~~~"
    anna.write(f"Talk:{WALK}", line)
    room.sync()
    assert room.published == {}


def test_old_name_when_taken_by_another_then_has_no_right(room: Newsroom) -> None:
    published = published_by_ann(room)
    room.admin.rename("Ann", "Anna")
    taker = room.admin.as_user("Ann")
    taker.write(WALK, event(status="cancelled"))
    line = f"{{{{Space review|withdraw|rev={published}}}}} ~~~~"
    taker.write(f"Talk:{WALK}/Later", line)
    taker.write(f"Talk:{WALK}", line)
    room.sync()
    assert room.published == {WALK: published}
    assert (shown(room, "status"), shown(room, "address")) == (None, "Street 1")
    (refusal,) = record(room).review.refusals
    assert (refusal.account, refusal.flaw) == ("Ann", Flaw.NO_RIGHT)


def test_reviewer_when_renamed_then_the_new_name_is_told(room: Newsroom) -> None:
    revision = room.event(WALK)
    room.approve(WALK, revision, "decline")
    room.sync()
    room.admin.advance(days=1)
    room.admin.rename("Pavati", "Paki")
    room.sync()
    assert record(room).review.reason.params[0] == "Paki"
    assert room.sync().decided == ()


def test_creator_when_renamed_may_still_not_approve_the_own_page(
    room: Newsroom,
) -> None:
    room.policy(event="review")
    room.admin.as_user("Ann", "patroller")
    revision = room.event(WALK)
    room.sync()
    room.admin.rename("Ann", "Anna")
    anna = room.admin.as_user("Anna")
    room.admin.as_user("Lena").write(WALK, event("Another comma."))
    page = room.admin.state.page(WALK)
    assert page is not None
    line = f"{{{{Space review|approve|rev={page.latest.id}}}}} ~~~~"
    anna.write(f"Talk:{WALK}", line)
    room.sync()
    assert room.published == {}
    assert revision < page.latest.id


@pytest.mark.parametrize("redirects", [1, 3])
def test_page_over_a_redirect_then_is_of_who_wrote_the_record(
    room: Newsroom, redirects: int
) -> None:
    room.event(WALK)
    room.sync()
    room.admin.move(WALK, f"{WALK} in May")  # by Admin, who leaves a redirect
    for number in range(1, redirects):
        room.pavati.write(WALK, f"#REDIRECT [[{WALK} in May/{number}]]")
    lena = room.admin.as_user("Lena")
    revision = lena.write(WALK, event(address="Street 1")).revid
    room.approve(WALK, revision)
    room.sync()
    assert record(room).creator == "Lena"
    assert record(room, f"{WALK} in May").creator == "Ann"
    lena.write(WALK, event())
    room.sync()
    assert (room.published[WALK], shown(room, "address")) == (revision, None)
    admin = room.admin.as_user("Admin")
    admin.write(f"Talk:{WALK}", "{{Space review|withdraw}} ~~~~")
    room.sync()
    assert WALK not in room.published  # only for the administrator's own right


def test_page_when_the_template_came_later_then_is_of_who_made_it(
    room: Newsroom,
) -> None:
    room.ann.write(WALK, "A page about a walk.")
    room.admin.as_user("Lena").write(WALK, event())
    room.sync()
    assert record(room).creator == "Ann"


def test_page_when_only_redirects_came_before_is_of_none_of_who_left_them(
    room: Newsroom,
) -> None:
    for number in range(11):
        room.pavati.write(WALK, f"#REDIRECT [[Elsewhere/{number}]]")
    room.ann.write(WALK, event())
    room.sync()
    assert record(room).creator is None


def test_imported_page_then_names_its_author_as_the_wiki_does(room: Newsroom) -> None:
    revision = room.event(WALK, address="Street 1")
    page = room.admin.state.page(WALK)
    assert page is not None
    page.latest.user = "en>Ann"
    room.approve(WALK, revision)
    room.sync()
    assert record(room).creator == "en>Ann"
    later = room.ann.write(WALK, event()).revid
    room.sync()
    assert shown(room, "address") == "Street 1"
    page.latest.user = "en>Ann"  # imported as well
    room.ann.write(WALK, event("More."))
    room.sync()
    assert shown(room, "address") == "Street 1"
    assert later < page.latest.id
