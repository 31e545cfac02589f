"""Pages that rule: whose edits count, on a wiki that does not protect them."""

import json
from dataclasses import replace

import pytest

from space.settings.ruling_pages import Protection, beliefs_title
from space.sync import Ruling, Sources, read_ruling
from space.wiki.values import Edit, RequestCount
from tests.support.wiki.bot_and_wiki import Newsroom

SETTINGS = "Space/Settings"
STRICT = "{{Space settings|event policy=review}}"
OPEN = "{{Space settings|event policy=open|reviewer right=edit}}"
BELIEFS = beliefs_title("SpaceBot")


def read(room: Newsroom, *bots: str) -> Ruling:
    """What rules, as a process would find it that has a store of its own."""
    sources = Sources(room.bot, room.store)
    return read_ruling(room.bot, sources, "Space", bots or ["SpaceBot"])


def policy(room: Newsroom) -> str:
    """The policy of events, after a run of the bot, and the same after a rebuild."""
    room.sync()
    found = room.store.settings().event_policy
    room.drop_store()
    revisions = room.admin.state.next_revision
    room.sync()
    assert room.store.settings().event_policy == found
    assert room.admin.state.next_revision == revisions
    return found


def codes(room: Newsroom) -> list[str]:
    return [p.code for page in room.store.ruling_problems() for p in page.problems]


def test_settings_when_a_stranger_edits_them_then_the_last_by_a_holder_rule(
    room: Newsroom,
) -> None:
    first = room.admin.write(SETTINGS, STRICT)
    assert policy(room) == "review"
    last = room.ann.write(SETTINGS, OPEN)
    assert policy(room) == "review"
    (page,) = room.store.ruling_problems()
    (problem,) = page.problems
    assert page.page_title == SETTINGS
    assert problem.code == "ruling-older"
    assert problem.params == (str(last.revid), "editprotected", str(first.revid))
    room.admin.write(SETTINGS, f"{STRICT} Hands off.")
    assert policy(room) == "review"
    assert codes(room) == []


def test_settings_when_only_strangers_ever_wrote_them_then_the_defaults_rule(
    room: Newsroom,
) -> None:
    room.ann.write(SETTINGS, OPEN)
    assert policy(room) == "patrol"
    assert codes(room) == ["ruling-none"]


def test_settings_when_the_bot_made_the_page_then_that_rules(room: Newsroom) -> None:
    room.bot.write(SETTINGS, STRICT)
    room.ann.write(SETTINGS, OPEN)
    assert policy(room) == "review"


def test_settings_when_their_author_lost_the_right_then_still_rule(
    room: Newsroom,
) -> None:
    former = room.admin.as_user("Former", "sysop")
    former.write(SETTINGS, STRICT)
    room.sync()
    room.admin.remove_groups("Former", "sysop")
    room.ann.write(SETTINGS, OPEN)
    assert policy(room) == "review"


def test_settings_when_a_stranger_gets_the_right_later_then_do_not_rule(
    room: Newsroom,
) -> None:
    room.ann.write(SETTINGS, OPEN)
    room.sync()
    room.admin.register("Ann", "sysop")
    assert policy(room) == "patrol"


def test_settings_when_protected_as_a_stranger_left_them_then_do_not_rule(
    room: Newsroom,
) -> None:
    """The null revision of a protection has its administrator's name."""
    room.admin.write(SETTINGS, STRICT)
    room.ann.write(SETTINGS, OPEN)
    room.admin.protect(SETTINGS)
    assert policy(room) == "review"
    assert codes(room) == ["ruling-older"]


@pytest.mark.parametrize("redirect", [True, False])
def test_settings_when_moved_away_and_back_then_rule_all_the_while(
    room: Newsroom, *, redirect: bool
) -> None:
    room.admin.write(SETTINGS, STRICT)
    room.sync()
    room.ann.move(SETTINGS, "Elsewhere", redirect=redirect)
    assert policy(room) == "review"
    assert codes(room) == ["ruling-older" if redirect else "ruling-gone"]
    if redirect:
        room.admin.delete(SETTINGS)
    room.ann.move("Elsewhere", SETTINGS)
    assert policy(room) == "review"
    assert codes(room) == []


@pytest.mark.parametrize("read_before", [True, False])
def test_settings_when_a_holders_draft_is_moved_over_them_then_it_does_not_rule(
    room: Newsroom, *, read_before: bool
) -> None:
    room.admin.write("User:Admin/Draft", OPEN)
    if read_before:
        room.admin.write(SETTINGS, STRICT)
        room.sync()
        room.ann.move(SETTINGS, "Elsewhere", redirect=False)
    room.admin.advance(minutes=5)
    room.ann.move("User:Admin/Draft", SETTINGS, redirect=False)
    assert policy(room) == ("review" if read_before else "patrol")
    room.admin.advance(minutes=5)
    room.admin.write(SETTINGS, f"{OPEN} Now for real.")
    assert policy(room) == "open"


def test_settings_when_a_holder_moves_them_here_then_rule(room: Newsroom) -> None:
    room.admin.write("User:Admin/Draft", STRICT)
    room.admin.advance(minutes=5)
    room.admin.move("User:Admin/Draft", SETTINGS, redirect=False)
    assert policy(room) == "review"


def test_settings_when_deleted_and_made_again_then_the_new_page_is_judged(
    room: Newsroom,
) -> None:
    room.admin.write(SETTINGS, STRICT)
    room.sync()
    room.admin.delete(SETTINGS)
    assert policy(room) == "patrol"
    assert codes(room) == []
    room.ann.write(SETTINGS, OPEN)
    assert policy(room) == "patrol"
    assert codes(room) == ["ruling-none"]
    room.admin.write(SETTINGS, STRICT)
    assert policy(room) == "review"


def test_settings_when_restored_then_rule_again(room: Newsroom) -> None:
    room.admin.write(SETTINGS, STRICT)
    room.sync()
    room.admin.delete(SETTINGS)
    room.sync()
    room.admin.undelete(SETTINGS)
    assert policy(room) == "review"


def test_settings_when_what_ruled_is_hidden_then_the_defaults_do(
    room: Newsroom,
) -> None:
    saved = room.admin.write(SETTINGS, STRICT)
    room.ann.write(SETTINGS, OPEN)
    room.admin.hide(saved.revid)
    assert policy(room) == "patrol"
    assert codes(room) == ["ruling-none"]


def test_settings_when_the_deployment_asks_for_another_right_then_that_counts(
    room: Newsroom,
) -> None:
    room.pavati.write(SETTINGS, STRICT)
    sources = Sources(room.bot, room.store)
    room.sync(save=None)  # makes the tables, and remembers nothing
    rights = Protection(settings="rollback")
    found = read_ruling(room.bot, sources, "Space", ["SpaceBot"], rights)
    assert found.texts["settings"] == STRICT
    assert read(room).texts["settings"] == ""


@pytest.mark.parametrize("name", ["Topics", "Reviewers"])
def test_lists_when_a_new_account_edits_them_then_its_text_does_not_count(
    room: Newsroom, name: str
) -> None:
    """Autoconfirmed users may: who reviews signs up without an administrator."""
    title = f"Space/{name}"
    room.ann.write(title, "By Ann.")
    newbie = room.admin.as_user("Newbie")
    room.admin.remove_groups("Newbie", "autoconfirmed")
    newbie.write(title, "By a newbie.")
    room.bot.write(title, "By a newbie. And a line of the bot's.")
    room.sync()
    assert read(room).texts[name.lower()] == "By Ann."
    assert codes(room) == ["ruling-older"]


def test_ruling_when_nothing_changed_then_no_text_is_asked_for_and_nothing_saved(
    room: Newsroom,
) -> None:
    room.admin.write(SETTINGS, STRICT)
    room.ann.write("Space/Topics", "{{Space topic|slug=glam}}")
    room.sync()
    revisions = room.admin.state.next_revision
    room.bot.requests = RequestCount()
    room.sync()
    assert room.bot.requests.content == 0
    assert room.admin.state.next_revision == revisions


def test_beliefs_when_the_run_is_dry_or_refused_then_are_remembered_by_the_next(
    room: Newsroom,
) -> None:
    room.admin.write(SETTINGS, STRICT)
    assert room.sync(save=None).ledger == (BELIEFS,)
    assert room.admin.state.page(BELIEFS) is None
    room.admin.state.read_only = "moving"
    assert not room.sync().complete
    room.admin.state.read_only = None
    report = room.sync()
    assert report.complete
    assert [title for title, _ in report.outcomes] == [BELIEFS]
    page = room.admin.state.page(BELIEFS)
    assert page is not None
    assert set(json.loads(page.latest.text)) == {"schema", "settings"}


def test_beliefs_when_an_administrator_writes_them_then_the_bots_own_count(
    room: Newsroom,
) -> None:
    room.admin.write(SETTINGS, STRICT)
    stranger = room.ann.write(SETTINGS, OPEN)
    room.sync()
    forged = {"revision": stranger.revid, "read": stranger.revid}
    room.admin.write(BELIEFS, json.dumps({"schema": 1, "settings": forged}))
    assert room.sync().ledger == (BELIEFS,)
    assert policy(room) == "review"


def test_beliefs_when_there_is_a_former_bot_of_the_deployment_then_are_its(
    room: Newsroom,
) -> None:
    former = room.admin.as_user("Former", "sysop")
    former.write(SETTINGS, STRICT)
    room.sync()
    room.admin.remove_groups("Former", "sysop")
    room.ann.write(SETTINGS, OPEN)
    room.bot = room.admin.as_user("NewBot", "bot")
    assert read(room, "NewBot", "SpaceBot").texts["settings"] == STRICT
    assert read(room, "NewBot").texts["settings"] == ""


def test_ledger_of_a_bot_that_only_the_settings_name_then_is_never_copied(
    room: Newsroom,
) -> None:
    revid = room.event("Space/Events/Spam")
    room.approve("Space/Events/Spam", revid)
    room.bot = room.admin.as_user("Eve")  # her ledger says what she likes
    room.rules = replace(room.rules, bot="Eve")
    room.sync()
    forged = room.admin.state.page("User:Eve/Space/Ledger/0.json")
    assert forged is not None
    room.admin.delete("Talk:Space/Events/Spam")
    room.bot = room.admin.as_user("SpaceBot", "bot")
    room.rules = replace(room.rules, bot="SpaceBot")
    room.admin.write(SETTINGS, "{{Space settings|former bots=Eve}}")
    room.drop_store()
    room.sync()
    assert room.published == {}
    ledger = room.admin.state.page("User:SpaceBot/Space/Ledger/0.json")
    assert ledger is not None
    assert "Pavati" not in ledger.latest.text


def test_ruling_when_killed_before_it_is_remembered_then_is_judged_again(
    room: Newsroom,
) -> None:
    room.admin.write(SETTINGS, STRICT)

    class KilledError(Exception):
        pass

    def die(_edit: Edit) -> None:
        raise KilledError

    with pytest.raises(KilledError):
        room.sync(save=die)
    assert policy(room) == "review"
