"""Pages that rule: whose edits count, on a wiki that does not protect them."""

import json
from dataclasses import replace
from datetime import date

import pytest

from space.settings.ruling_pages import Protection, beliefs_title
from space.sync import Ruling, Sources, read_ruling
from space.wiki.values import Edit, RequestCount
from tests.support.wiki.bot_and_wiki import BotAndWiki

SETTINGS = "Space/Settings"
STRICT = "{{Space settings|event policy=review}}"
OPEN = "{{Space settings|event policy=open|reviewer right=edit}}"
BELIEFS = beliefs_title("SpaceBot")


def read(bot_and_wiki: BotAndWiki, *bots: str) -> Ruling:
    """What rules, as a process would find it that has a store of its own."""
    sources = Sources(bot_and_wiki.bot, bot_and_wiki.store)
    return read_ruling(bot_and_wiki.bot, sources, "Space", bots or ["SpaceBot"])


def policy(bot_and_wiki: BotAndWiki) -> str:
    """The policy of events, after a run of the bot, and the same after a rebuild."""
    bot_and_wiki.sync()
    found = bot_and_wiki.store.settings().event_policy
    bot_and_wiki.drop_store()
    revisions = bot_and_wiki.admin.state.next_revision
    bot_and_wiki.sync()
    assert bot_and_wiki.store.settings().event_policy == found
    assert bot_and_wiki.admin.state.next_revision == revisions
    return found


def codes(bot_and_wiki: BotAndWiki) -> list[str]:
    return [
        p.code for page in bot_and_wiki.store.ruling_problems() for p in page.problems
    ]


def test_settings_when_a_stranger_edits_them_then_the_last_by_a_holder_rule(
    bot_and_wiki: BotAndWiki,
) -> None:
    first = bot_and_wiki.admin.write(SETTINGS, STRICT)
    assert policy(bot_and_wiki) == "review"
    last = bot_and_wiki.ann.write(SETTINGS, OPEN)
    assert policy(bot_and_wiki) == "review"
    (page,) = bot_and_wiki.store.ruling_problems()
    (problem,) = page.problems
    assert page.page_title == SETTINGS
    assert problem.code == "ruling-older"
    assert problem.params == (str(last.revid), "editprotected", str(first.revid))
    bot_and_wiki.admin.write(SETTINGS, f"{STRICT} Hands off.")
    assert policy(bot_and_wiki) == "review"
    assert codes(bot_and_wiki) == []


def test_settings_when_only_strangers_ever_wrote_them_then_the_defaults_rule(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.ann.write(SETTINGS, OPEN)
    assert policy(bot_and_wiki) == "patrol"
    assert codes(bot_and_wiki) == ["ruling-none"]


def test_settings_when_the_bot_made_the_page_then_that_rules(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.bot.write(SETTINGS, STRICT)
    bot_and_wiki.ann.write(SETTINGS, OPEN)
    assert policy(bot_and_wiki) == "review"


def test_settings_when_their_author_lost_the_right_then_still_rule(
    bot_and_wiki: BotAndWiki,
) -> None:
    former = bot_and_wiki.admin.as_user("Former", "sysop")
    former.write(SETTINGS, STRICT)
    bot_and_wiki.sync()
    bot_and_wiki.admin.remove_groups("Former", "sysop")
    bot_and_wiki.ann.write(SETTINGS, OPEN)
    assert policy(bot_and_wiki) == "review"


def test_settings_when_a_stranger_gets_the_right_later_then_do_not_rule(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.ann.write(SETTINGS, OPEN)
    bot_and_wiki.sync()
    bot_and_wiki.admin.register("Ann", "sysop")
    assert policy(bot_and_wiki) == "patrol"


def test_settings_when_protected_as_a_stranger_left_them_then_do_not_rule(
    bot_and_wiki: BotAndWiki,
) -> None:
    """The null revision of a protection has its administrator's name."""
    bot_and_wiki.admin.write(SETTINGS, STRICT)
    bot_and_wiki.ann.write(SETTINGS, OPEN)
    bot_and_wiki.admin.protect(SETTINGS)
    assert policy(bot_and_wiki) == "review"
    assert codes(bot_and_wiki) == ["ruling-older"]


@pytest.mark.parametrize("redirect", [True, False])
def test_settings_when_moved_away_and_back_then_rule_all_the_while(
    bot_and_wiki: BotAndWiki, *, redirect: bool
) -> None:
    bot_and_wiki.admin.write(SETTINGS, STRICT)
    bot_and_wiki.sync()
    bot_and_wiki.ann.move(SETTINGS, "Elsewhere", redirect=redirect)
    assert policy(bot_and_wiki) == "review"
    assert codes(bot_and_wiki) == ["ruling-older" if redirect else "ruling-gone"]
    if redirect:
        bot_and_wiki.admin.delete(SETTINGS)
    bot_and_wiki.ann.move("Elsewhere", SETTINGS)
    assert policy(bot_and_wiki) == "review"
    assert codes(bot_and_wiki) == []


@pytest.mark.parametrize("read_before", [True, False])
def test_settings_when_a_holders_draft_is_moved_over_them_then_it_does_not_rule(
    bot_and_wiki: BotAndWiki, *, read_before: bool
) -> None:
    bot_and_wiki.admin.write("User:Admin/Draft", OPEN)
    if read_before:
        bot_and_wiki.admin.write(SETTINGS, STRICT)
        bot_and_wiki.sync()
        bot_and_wiki.ann.move(SETTINGS, "Elsewhere", redirect=False)
    bot_and_wiki.admin.advance(minutes=5)
    bot_and_wiki.ann.move("User:Admin/Draft", SETTINGS, redirect=False)
    assert policy(bot_and_wiki) == ("review" if read_before else "patrol")
    bot_and_wiki.admin.advance(minutes=5)
    bot_and_wiki.admin.write(SETTINGS, f"{OPEN} Now for real.")
    assert policy(bot_and_wiki) == "open"


def test_settings_when_a_holder_moves_them_here_then_rule(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.admin.write("User:Admin/Draft", STRICT)
    bot_and_wiki.admin.advance(minutes=5)
    bot_and_wiki.admin.move("User:Admin/Draft", SETTINGS, redirect=False)
    assert policy(bot_and_wiki) == "review"


def test_settings_when_deleted_and_made_again_then_the_new_page_is_judged(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.admin.write(SETTINGS, STRICT)
    bot_and_wiki.sync()
    bot_and_wiki.admin.delete(SETTINGS)
    assert policy(bot_and_wiki) == "patrol"
    assert codes(bot_and_wiki) == []
    bot_and_wiki.ann.write(SETTINGS, OPEN)
    assert policy(bot_and_wiki) == "patrol"
    assert codes(bot_and_wiki) == ["ruling-none"]
    bot_and_wiki.admin.write(SETTINGS, STRICT)
    assert policy(bot_and_wiki) == "review"


def test_settings_when_restored_then_rule_again(bot_and_wiki: BotAndWiki) -> None:
    bot_and_wiki.admin.write(SETTINGS, STRICT)
    bot_and_wiki.sync()
    bot_and_wiki.admin.delete(SETTINGS)
    bot_and_wiki.sync()
    bot_and_wiki.admin.undelete(SETTINGS)
    assert policy(bot_and_wiki) == "review"


def test_settings_when_what_ruled_is_hidden_then_the_defaults_do(
    bot_and_wiki: BotAndWiki,
) -> None:
    saved = bot_and_wiki.admin.write(SETTINGS, STRICT)
    bot_and_wiki.ann.write(SETTINGS, OPEN)
    bot_and_wiki.admin.hide(saved.revid)
    assert policy(bot_and_wiki) == "patrol"
    assert codes(bot_and_wiki) == ["ruling-none"]


def test_settings_when_the_deployment_asks_for_another_right_then_that_counts(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.pavati.write(SETTINGS, STRICT)
    sources = Sources(bot_and_wiki.bot, bot_and_wiki.store)
    bot_and_wiki.sync(save=None)  # makes the tables, and remembers nothing
    rights = Protection(settings="rollback")
    found = read_ruling(bot_and_wiki.bot, sources, "Space", ["SpaceBot"], rights)
    assert found.texts["settings"] == STRICT
    assert read(bot_and_wiki).texts["settings"] == ""


@pytest.mark.parametrize("name", ["Topics", "Reviewers"])
def test_lists_when_a_new_account_edits_them_then_its_text_does_not_count(
    bot_and_wiki: BotAndWiki, name: str
) -> None:
    """Autoconfirmed users may: who reviews signs up without an administrator."""
    title = f"Space/{name}"
    bot_and_wiki.ann.write(title, "By Ann.")
    newbie = bot_and_wiki.admin.as_user("Newbie")
    bot_and_wiki.admin.remove_groups("Newbie", "autoconfirmed")
    newbie.write(title, "By a newbie.")
    bot_and_wiki.bot.write(title, "By a newbie. And a line of the bot's.")
    bot_and_wiki.sync()
    assert read(bot_and_wiki).texts[name.lower()] == "By Ann."
    assert codes(bot_and_wiki) == ["ruling-older"]


def test_ruling_when_nothing_changed_then_no_text_is_asked_for_and_nothing_saved(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.admin.write(SETTINGS, STRICT)
    bot_and_wiki.ann.write("Space/Topics", "{{Space topic|slug=glam}}")
    bot_and_wiki.sync()
    revisions = bot_and_wiki.admin.state.next_revision
    bot_and_wiki.bot.requests = RequestCount()
    bot_and_wiki.sync()
    assert bot_and_wiki.bot.requests.content == 0
    assert bot_and_wiki.admin.state.next_revision == revisions


def test_beliefs_when_the_run_is_dry_or_refused_then_are_remembered_by_the_next(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.admin.write(SETTINGS, STRICT)
    assert bot_and_wiki.sync(save=None).ledger == (BELIEFS,)
    assert bot_and_wiki.admin.state.page(BELIEFS) is None
    bot_and_wiki.admin.state.read_only = "moving"
    assert not bot_and_wiki.sync().complete
    bot_and_wiki.admin.state.read_only = None
    report = bot_and_wiki.sync()
    assert report.complete
    assert [title for title, _ in report.outcomes] == [BELIEFS]
    page = bot_and_wiki.admin.state.page(BELIEFS)
    assert page is not None
    assert set(json.loads(page.latest.text)) == {"schema", "settings"}


def test_beliefs_when_an_administrator_writes_them_then_the_bots_own_count(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.admin.write(SETTINGS, STRICT)
    stranger = bot_and_wiki.ann.write(SETTINGS, OPEN)
    bot_and_wiki.sync()
    forged = {"revision": stranger.revid, "read": stranger.revid}
    bot_and_wiki.admin.write(BELIEFS, json.dumps({"schema": 1, "settings": forged}))
    assert bot_and_wiki.sync().ledger == (BELIEFS,)
    assert policy(bot_and_wiki) == "review"


def test_beliefs_when_there_is_a_former_bot_of_the_deployment_then_are_its(
    bot_and_wiki: BotAndWiki,
) -> None:
    former = bot_and_wiki.admin.as_user("Former", "sysop")
    former.write(SETTINGS, STRICT)
    bot_and_wiki.sync()
    bot_and_wiki.admin.remove_groups("Former", "sysop")
    bot_and_wiki.ann.write(SETTINGS, OPEN)
    bot_and_wiki.bot = bot_and_wiki.admin.as_user("NewBot", "bot")
    assert read(bot_and_wiki, "NewBot", "SpaceBot").texts["settings"] == STRICT
    assert read(bot_and_wiki, "NewBot").texts["settings"] == ""


def test_ledger_of_a_bot_that_only_the_settings_name_then_is_never_copied(
    bot_and_wiki: BotAndWiki,
) -> None:
    revid = bot_and_wiki.event("Space/Events/Spam")
    bot_and_wiki.approve("Space/Events/Spam", revid)
    bot_and_wiki.bot = bot_and_wiki.admin.as_user(
        "Eve"
    )  # her ledger says what she likes
    bot_and_wiki.rules = replace(bot_and_wiki.rules, bot="Eve")
    bot_and_wiki.sync()
    forged = bot_and_wiki.admin.state.page("User:Eve/Space/Ledger/0.json")
    assert forged is not None
    bot_and_wiki.admin.delete("Talk:Space/Events/Spam")
    bot_and_wiki.bot = bot_and_wiki.admin.as_user("SpaceBot", "bot")
    bot_and_wiki.rules = replace(bot_and_wiki.rules, bot="SpaceBot")
    bot_and_wiki.admin.write(SETTINGS, "{{Space settings|former bots=Eve}}")
    bot_and_wiki.drop_store()
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {}
    ledger = bot_and_wiki.admin.state.page("User:SpaceBot/Space/Ledger/0.json")
    assert ledger is not None
    assert "Pavati" not in ledger.latest.text


def test_ruling_when_killed_before_it_is_remembered_then_is_judged_again(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.admin.write(SETTINGS, STRICT)

    class KilledError(Exception):
        pass

    def die(_edit: Edit) -> None:
        raise KilledError

    with pytest.raises(KilledError):
        bot_and_wiki.sync(save=die)
    assert policy(bot_and_wiki) == "review"


def test_read_when_the_ledger_has_blocks_then_of_its_pages_only_beliefs_are_copied(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.admin.write(SETTINGS, STRICT)
    bot_and_wiki.publish("Space/Events/Walk")
    bot_and_wiki.drop_store()
    bot_and_wiki.store.prepare("key", date(2026, 11, 22))
    read(bot_and_wiki)
    ledger = BELIEFS.rpartition("/")[0]
    assert bot_and_wiki.admin.state.page(f"{ledger}/0.json")
    assert bot_and_wiki.store.page_copies.below(ledger) == {BELIEFS}
