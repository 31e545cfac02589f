"""How every adapter saves, and what it makes of each answer."""

import json

import pytest

from space.wiki.outcomes import (
    AlreadyExists,
    BadTitle,
    Blocked,
    Conflict,
    FilterRefused,
    FilterWarning,
    Missing,
    NoChange,
    Protected,
    RateLimited,
    ReadOnly,
    Saved,
    Spam,
    TooBig,
    Unknown,
)
from space.wiki.values import Edit
from tests.support.wiki.stages import Stage, create


def test_save_when_text_is_new_is_a_revision_of_the_user(
    stage: Stage, title: str
) -> None:
    saved = create(stage, title, "one")
    again = stage.wiki.save(Edit(title, "two", "s", base=saved.revid, minor=True))
    assert isinstance(again, Saved)
    assert again.page_id == saved.page_id
    newest = stage.wiki.texts([title])[title]
    assert (newest.id, newest.user, newest.text) == (again.revid, stage.user, "two")


def test_save_when_text_is_the_same_changes_nothing(stage: Stage, title: str) -> None:
    saved = create(stage, title, "one")
    again = stage.wiki.save(Edit(title, "one\n", "s", base=saved.revid))
    assert again == NoChange(saved.page_id, title)
    assert len(stage.wiki.history(saved.page_id)) == 1


def test_save_when_somebody_else_edited_is_a_conflict(stage: Stage, title: str) -> None:
    saved = create(stage, title, "one\n\ntwo")
    stage.write(title, "uno\n\ntwo")
    outcome = stage.wiki.save(Edit(title, "eins\n\ntwo", "s", base=saved.revid))
    assert isinstance(outcome, Conflict)
    assert stage.wiki.texts([title])[title].text == "uno\n\ntwo"


def test_save_when_only_oneself_edited_meanwhile_is_a_conflict_too(
    stage: Stage, title: str
) -> None:
    first = create(stage, title, "one")
    second = stage.wiki.save(Edit(title, "two", "s", base=first.revid))
    assert isinstance(second, Saved)
    third = stage.wiki.save(Edit(title, "three", "s", base=first.revid))
    assert isinstance(third, Conflict)


def test_save_when_page_is_there_or_gone_says_which(stage: Stage, title: str) -> None:
    saved = create(stage, title)
    assert isinstance(stage.wiki.save(Edit(title, "x", "s")), AlreadyExists)
    stage.delete(title)
    outcome = stage.wiki.save(Edit(title, "x", "s", base=saved.revid))
    assert isinstance(outcome, Missing)


def test_save_when_section_is_new_comes_after_the_rest(
    stage: Stage, title: str
) -> None:
    first = stage.wiki.save(Edit(title, "Hello", "s", section_heading="Review"))
    assert isinstance(first, Saved)
    stage.write(f"{title}/other", "a change elsewhere")
    outcome = stage.wiki.save(Edit(title, "Again", "s", section_heading="Müsli & Co"))
    assert isinstance(outcome, Saved)
    assert outcome.page_id == first.page_id
    text = stage.wiki.texts([title])[title].text
    assert text == "== Review ==\n\nHello\n\n== Müsli & Co ==\n\nAgain"


def test_save_when_signed_is_signed_by_the_wiki(stage: Stage, title: str) -> None:
    create(stage, title, "Done. ~~~~")
    text = stage.wiki.texts([title])[title].text
    assert text is not None
    assert f"[[User:{stage.user}|" in text
    assert "(UTC)" in text


def test_save_when_page_is_json_keeps_the_value(stage: Stage, title: str) -> None:
    page = f"User:{stage.user}/{title}.json"
    value = {"schema": 1, "events": [{"title": "नमस्ते/🎉"}], "none": []}
    saved = create(stage, page, json.dumps(value, separators=(",", ":")))
    stored = stage.wiki.texts([page])[page].text
    assert json.loads(stored or "") == value
    compact = json.dumps(value, ensure_ascii=False)
    again = stage.wiki.save(Edit(page, compact, "s", base=saved.revid, bot=True))
    assert isinstance(again, NoChange)
    broken = stage.wiki.save(Edit(page, "{", "s", base=saved.revid))
    assert isinstance(broken, Unknown)
    assert broken.code == "invalid-json-data"


def test_save_when_json_page_is_another_users_is_protected(
    stage: Stage, title: str
) -> None:
    outcome = stage.wiki.save(Edit(f"User:Pavati/{title}.json", "{}", "s"))
    assert isinstance(outcome, Protected)


def test_save_when_page_is_protected_says_so(stage: Stage, title: str) -> None:
    create(stage, title)
    stage.protect(title)
    base = stage.wiki.pages_by_title([title])[title].latest
    outcome = stage.wiki.save(Edit(title, "other", "s", base=base))
    assert isinstance(outcome, Protected)


def test_save_when_user_is_blocked_says_by_whom_and_why(
    stage: Stage, title: str
) -> None:
    stage.block(stage.user, "Testing the block")
    assert stage.wiki.whoami().blocked
    outcome = stage.wiki.save(Edit(title, "x", "s"))
    assert isinstance(outcome, Blocked)
    assert outcome.by == "Admin"
    assert outcome.reason == "Testing the block"
    assert outcome.endless


def test_save_when_wiki_is_read_only_gives_its_reason(stage: Stage, title: str) -> None:
    stage.read_only("Moving house")
    outcome = stage.wiki.save(Edit(title, "x", "s"))
    assert outcome == ReadOnly("Moving house")
    assert stage.wiki.pages_by_title([title]) == {}


def test_save_when_too_fast_is_rate_limited(stage: Stage, title: str) -> None:
    stage.rate_limit()
    outcomes = [stage.wiki.save(Edit(f"{title}/{n}", "x", "s")) for n in range(2)]
    assert isinstance(outcomes[1], RateLimited)


def test_save_when_a_link_is_spam_names_it(stage: Stage, title: str) -> None:
    stage.spam("casino.example")
    outcome = stage.wiki.save(Edit(title, "See https://casino.example/win", "s"))
    assert isinstance(outcome, Spam)
    assert "casino.example" in "".join(outcome.matches)


def test_save_when_a_filter_warns_passes_the_second_time(
    stage: Stage, title: str
) -> None:
    stage.filter("shouting", disallow=False, description="No shouting")
    edit = Edit(title, "I am shouting", "s")
    outcome = stage.wiki.save(edit)
    assert isinstance(outcome, FilterWarning)
    assert outcome.description == "No shouting"
    assert isinstance(stage.wiki.save(edit), Saved)


def test_save_when_a_filter_refuses_never_passes(stage: Stage, title: str) -> None:
    stage.filter("forbidden", disallow=True, description="Not here")
    edit = Edit(title, "This is forbidden", "s")
    for _ in range(2):
        outcome = stage.wiki.save(edit)
        assert isinstance(outcome, FilterRefused)
        assert outcome.description == "Not here"


@pytest.mark.parametrize("bad", ["A[b]c", "A|b", "<title>", "", "Talk:", "x" * 256])
def test_save_when_title_is_not_allowed_says_so(stage: Stage, bad: str) -> None:
    assert isinstance(stage.wiki.save(Edit(bad, "x", "s")), BadTitle)


def test_save_when_text_is_too_long_says_so(stage: Stage, title: str) -> None:
    outcome = stage.wiki.save(Edit(title, "x" * (2 * 1024 * 1024 + 1), "s"))
    assert isinstance(outcome, TooBig)
