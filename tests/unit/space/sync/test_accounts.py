"""Accounts are who they are: renamed, named like another, imported, left by a move."""

import pytest

from space.review.model import Flaw
from space.store import Record
from tests.support.wiki.bot_and_wiki import BotAndWiki, event

WALK = "Space/Events/Walk"


def record(bot_and_wiki: BotAndWiki, title: str = WALK) -> Record:
    found = bot_and_wiki.store.records.find(title)
    assert found is not None
    return found


def shown(bot_and_wiki: BotAndWiki, field: str) -> object:
    publication = record(bot_and_wiki).publication
    assert publication is not None
    return publication.values.get(field)


def published_by_ann(bot_and_wiki: BotAndWiki) -> int:
    revision = bot_and_wiki.event(WALK, address="Street 1")
    bot_and_wiki.approve(WALK, revision)
    bot_and_wiki.sync()
    bot_and_wiki.admin.advance(hours=1)
    return revision


def test_creator_when_renamed_then_keeps_every_right(bot_and_wiki: BotAndWiki) -> None:
    published_by_ann(bot_and_wiki)
    bot_and_wiki.admin.rename("Ann", "Anna")
    bot_and_wiki.sync()
    assert record(bot_and_wiki).creator == "Anna"
    anna = bot_and_wiki.admin.as_user("Anna")
    cancelled = anna.write(WALK, event(status="cancelled")).revid
    bot_and_wiki.sync()
    assert (shown(bot_and_wiki, "status"), shown(bot_and_wiki, "address")) == (
        "cancelled",
        None,
    )
    bot_and_wiki.admin.advance(hours=1)
    line = f"{{{{Space review|withdraw|rev={cancelled}}}}} ~~~~"
    anna.write(f"Talk:{WALK}", line)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {}


def test_old_name_when_taken_by_another_then_has_no_right(
    bot_and_wiki: BotAndWiki,
) -> None:
    published = published_by_ann(bot_and_wiki)
    bot_and_wiki.admin.rename("Ann", "Anna")
    taker = bot_and_wiki.admin.as_user("Ann")
    taker.write(WALK, event(status="cancelled"))
    line = f"{{{{Space review|withdraw|rev={published}}}}} ~~~~"
    taker.write(f"Talk:{WALK}/Later", line)
    taker.write(f"Talk:{WALK}", line)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {WALK: published}
    assert (shown(bot_and_wiki, "status"), shown(bot_and_wiki, "address")) == (
        None,
        "Street 1",
    )
    (refusal,) = record(bot_and_wiki).review.refusals
    assert (refusal.account, refusal.flaw) == ("Ann", Flaw.NO_RIGHT)


def test_reviewer_when_renamed_then_the_new_name_is_told(
    bot_and_wiki: BotAndWiki,
) -> None:
    revision = bot_and_wiki.event(WALK)
    bot_and_wiki.approve(WALK, revision, "decline")
    bot_and_wiki.sync()
    bot_and_wiki.admin.advance(days=1)
    bot_and_wiki.admin.rename("Pavati", "Paki")
    bot_and_wiki.sync()
    assert record(bot_and_wiki).review.reason.params[0] == "Paki"
    assert bot_and_wiki.sync().decided == ()


def test_creator_when_renamed_may_still_not_approve_the_own_page(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.policy(event="review")
    bot_and_wiki.admin.as_user("Ann", "patroller")
    revision = bot_and_wiki.event(WALK)
    bot_and_wiki.sync()
    bot_and_wiki.admin.rename("Ann", "Anna")
    anna = bot_and_wiki.admin.as_user("Anna")
    bot_and_wiki.admin.as_user("Lena").write(WALK, event("Another comma."))
    page = bot_and_wiki.admin.state.page(WALK)
    assert page is not None
    line = f"{{{{Space review|approve|rev={page.latest.id}}}}} ~~~~"
    anna.write(f"Talk:{WALK}", line)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {}
    assert revision < page.latest.id


@pytest.mark.parametrize("redirects", [1, 3])
def test_page_over_a_redirect_then_is_of_who_wrote_the_record(
    bot_and_wiki: BotAndWiki, redirects: int
) -> None:
    bot_and_wiki.event(WALK)
    bot_and_wiki.sync()
    bot_and_wiki.admin.move(WALK, f"{WALK} in May")  # by Admin, who leaves a redirect
    for number in range(1, redirects):
        bot_and_wiki.pavati.write(WALK, f"#REDIRECT [[{WALK} in May/{number}]]")
    lena = bot_and_wiki.admin.as_user("Lena")
    revision = lena.write(WALK, event(address="Street 1")).revid
    bot_and_wiki.approve(WALK, revision)
    bot_and_wiki.sync()
    assert record(bot_and_wiki).creator == "Lena"
    assert record(bot_and_wiki, f"{WALK} in May").creator == "Ann"
    lena.write(WALK, event())
    bot_and_wiki.sync()
    assert (bot_and_wiki.published[WALK], shown(bot_and_wiki, "address")) == (
        revision,
        None,
    )
    admin = bot_and_wiki.admin.as_user("Admin")
    admin.write(f"Talk:{WALK}", "{{Space review|withdraw}} ~~~~")
    bot_and_wiki.sync()
    assert WALK not in bot_and_wiki.published  # only for the administrator's own right


def test_page_when_the_template_came_later_then_is_of_who_made_it(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.ann.write(WALK, "A page about a walk.")
    bot_and_wiki.admin.as_user("Lena").write(WALK, event())
    bot_and_wiki.sync()
    assert record(bot_and_wiki).creator == "Ann"


def test_page_when_only_redirects_came_before_is_of_none_of_who_left_them(
    bot_and_wiki: BotAndWiki,
) -> None:
    for number in range(11):
        bot_and_wiki.pavati.write(WALK, f"#REDIRECT [[Elsewhere/{number}]]")
    bot_and_wiki.ann.write(WALK, event())
    bot_and_wiki.sync()
    assert record(bot_and_wiki).creator is None


def test_imported_page_then_names_its_author_as_the_wiki_does(
    bot_and_wiki: BotAndWiki,
) -> None:
    revision = bot_and_wiki.event(WALK, address="Street 1")
    page = bot_and_wiki.admin.state.page(WALK)
    assert page is not None
    page.latest.user = "en>Ann"
    bot_and_wiki.approve(WALK, revision)
    bot_and_wiki.sync()
    assert record(bot_and_wiki).creator == "en>Ann"
    later = bot_and_wiki.ann.write(WALK, event()).revid
    bot_and_wiki.sync()
    assert shown(bot_and_wiki, "address") == "Street 1"
    page.latest.user = "en>Ann"  # imported as well
    bot_and_wiki.ann.write(WALK, event("More."))
    bot_and_wiki.sync()
    assert shown(bot_and_wiki, "address") == "Street 1"
    assert later < page.latest.id


def test_organizer_when_linked_corrects_also_when_renamed_and_hidden_is_nowhere(
    bot_and_wiki: BotAndWiki,
) -> None:
    """Only a link or `User:` names an account; a name as text may be any group."""
    bot_and_wiki.policy(event="review")
    admin = bot_and_wiki.admin
    _, cleo, dan = (admin.as_user(name) for name in ("Bea", "Cleo", "Dan"))
    names = "[[User:Bea|B.]]; User:Cleo; Dan; [[User:Nobody]]"
    bot_and_wiki.approve(WALK, bot_and_wiki.event(WALK, organizers=names))
    bot_and_wiki.sync()
    (page,) = (each.page_id for each in bot_and_wiki.store.records.all())
    bound = bot_and_wiki.ledger(page).organizers.accounts
    assert [account.name for account in bound] == ["Bea", "Cleo"]

    dan.write(WALK, event(organizers=names, start="2026-11-28 08:00"))
    bot_and_wiki.sync()
    assert shown(bot_and_wiki, "start") == "2026-11-28 10:00"
    cleo.write(WALK, event(organizers=names, start="2026-11-28 11:00"))
    bot_and_wiki.sync()
    assert shown(bot_and_wiki, "start") == "2026-11-28 11:00"
    admin.rename("Bea", "Beatrice")
    bea = admin.as_user("Beatrice")
    bea.write(WALK, event(organizers=names, start="2026-11-28 12:00"))
    admin.as_user("Bea").write(WALK, event(organizers=names, start="2026-11-28 13:00"))
    bot_and_wiki.sync()
    assert shown(bot_and_wiki, "start") == "2026-11-28 12:00"
    assert not record(bot_and_wiki).review.live

    admin.hide_account("Cleo")
    bot_and_wiki.sync()
    bound = bot_and_wiki.ledger(page).organizers.accounts
    assert [account.name for account in bound] == ["Bea"]
