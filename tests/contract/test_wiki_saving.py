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
from tests.support.wiki.drivers import WikiDriver, create


def test_save_when_text_is_new_is_a_revision_of_the_user(
    driver: WikiDriver, title: str
) -> None:
    saved = create(driver, title, "one")
    again = driver.wiki.save(Edit(title, "two", "s", base=saved.revid, minor=True))
    assert isinstance(again, Saved)
    assert again.page_id == saved.page_id
    newest = driver.wiki.texts([title])[title]
    assert (newest.id, newest.user, newest.text) == (again.revid, driver.user, "two")


def test_save_when_text_is_the_same_changes_nothing(
    driver: WikiDriver, title: str
) -> None:
    saved = create(driver, title, "one")
    again = driver.wiki.save(Edit(title, "one\n", "s", base=saved.revid))
    assert again == NoChange(saved.page_id, title)
    assert len(driver.wiki.history(saved.page_id)) == 1


def test_save_when_somebody_else_edited_is_a_conflict(
    driver: WikiDriver, title: str
) -> None:
    saved = create(driver, title, "one\n\ntwo")
    driver.write(title, "uno\n\ntwo")
    outcome = driver.wiki.save(Edit(title, "eins\n\ntwo", "s", base=saved.revid))
    assert isinstance(outcome, Conflict)
    assert driver.wiki.texts([title])[title].text == "uno\n\ntwo"


def test_save_when_only_oneself_edited_meanwhile_is_a_conflict_too(
    driver: WikiDriver, title: str
) -> None:
    first = create(driver, title, "one")
    second = driver.wiki.save(Edit(title, "two", "s", base=first.revid))
    assert isinstance(second, Saved)
    third = driver.wiki.save(Edit(title, "three", "s", base=first.revid))
    assert isinstance(third, Conflict)


def test_save_when_page_is_there_or_gone_says_which(
    driver: WikiDriver, title: str
) -> None:
    saved = create(driver, title)
    assert isinstance(driver.wiki.save(Edit(title, "x", "s")), AlreadyExists)
    driver.delete(title)
    outcome = driver.wiki.save(Edit(title, "x", "s", base=saved.revid))
    assert isinstance(outcome, Missing)


def test_save_when_section_is_new_comes_after_the_rest(
    driver: WikiDriver, title: str
) -> None:
    first = driver.wiki.save(Edit(title, "Hello", "s", section_heading="Review"))
    assert isinstance(first, Saved)
    driver.write(f"{title}/other", "a change elsewhere")
    outcome = driver.wiki.save(Edit(title, "Again", "s", section_heading="Müsli & Co"))
    assert isinstance(outcome, Saved)
    assert outcome.page_id == first.page_id
    text = driver.wiki.texts([title])[title].text
    assert text == "== Review ==\n\nHello\n\n== Müsli & Co ==\n\nAgain"


def test_save_when_signed_is_signed_by_the_wiki(driver: WikiDriver, title: str) -> None:
    create(driver, title, "Done. ~~~~")
    text = driver.wiki.texts([title])[title].text
    assert text is not None
    assert f"[[User:{driver.user}|" in text
    assert "(UTC)" in text


def test_save_when_page_is_json_keeps_the_value(driver: WikiDriver, title: str) -> None:
    page = f"User:{driver.user}/{title}.json"
    value = {"schema": 1, "events": [{"title": "नमस्ते/🎉"}], "none": []}
    saved = create(driver, page, json.dumps(value, separators=(",", ":")))
    stored = driver.wiki.texts([page])[page].text
    assert json.loads(stored or "") == value
    compact = json.dumps(value, ensure_ascii=False)
    again = driver.wiki.save(Edit(page, compact, "s", base=saved.revid, bot=True))
    assert isinstance(again, NoChange)
    broken = driver.wiki.save(Edit(page, "{", "s", base=saved.revid))
    assert isinstance(broken, Unknown)
    assert broken.code == "invalid-json-data"


def test_save_when_json_page_is_another_users_is_protected(
    driver: WikiDriver, title: str
) -> None:
    outcome = driver.wiki.save(Edit(f"User:Pavati/{title}.json", "{}", "s"))
    assert isinstance(outcome, Protected)


def test_save_when_page_is_protected_says_so(driver: WikiDriver, title: str) -> None:
    create(driver, title)
    driver.protect(title)
    base = driver.wiki.pages_by_title([title])[title].latest
    outcome = driver.wiki.save(Edit(title, "other", "s", base=base))
    assert isinstance(outcome, Protected)


def test_save_when_user_is_blocked_says_by_whom_and_why(
    driver: WikiDriver, title: str
) -> None:
    driver.block(driver.user, "Testing the block")
    assert driver.wiki.whoami().blocked
    outcome = driver.wiki.save(Edit(title, "x", "s"))
    assert isinstance(outcome, Blocked)
    assert outcome.by == "Admin"
    assert outcome.reason == "Testing the block"
    assert outcome.endless


def test_save_when_wiki_is_read_only_gives_its_reason(
    driver: WikiDriver, title: str
) -> None:
    driver.read_only("Moving house")
    outcome = driver.wiki.save(Edit(title, "x", "s"))
    assert outcome == ReadOnly("Moving house")
    assert driver.wiki.pages_by_title([title]) == {}


def test_save_when_too_fast_is_rate_limited(driver: WikiDriver, title: str) -> None:
    driver.rate_limit()
    outcomes = [driver.wiki.save(Edit(f"{title}/{n}", "x", "s")) for n in range(2)]
    assert isinstance(outcomes[1], RateLimited)


def test_save_when_a_link_is_spam_names_it(driver: WikiDriver, title: str) -> None:
    driver.spam("casino.example")
    outcome = driver.wiki.save(Edit(title, "See https://casino.example/win", "s"))
    assert isinstance(outcome, Spam)
    assert "casino.example" in "".join(outcome.matches)


def test_save_when_a_filter_warns_passes_the_second_time(
    driver: WikiDriver, title: str
) -> None:
    driver.filter("shouting", disallow=False, description="No shouting")
    edit = Edit(title, "I am shouting", "s")
    outcome = driver.wiki.save(edit)
    assert isinstance(outcome, FilterWarning)
    assert outcome.description == "No shouting"
    assert isinstance(driver.wiki.save(edit), Saved)


def test_save_when_a_filter_refuses_never_passes(
    driver: WikiDriver, title: str
) -> None:
    driver.filter("forbidden", disallow=True, description="Not here")
    edit = Edit(title, "This is forbidden", "s")
    for _ in range(2):
        outcome = driver.wiki.save(edit)
        assert isinstance(outcome, FilterRefused)
        assert outcome.description == "Not here"


@pytest.mark.parametrize("bad", ["A[b]c", "A|b", "<title>", "", "Talk:", "x" * 256])
def test_save_when_title_is_not_allowed_says_so(driver: WikiDriver, bad: str) -> None:
    assert isinstance(driver.wiki.save(Edit(bad, "x", "s")), BadTitle)


def test_save_when_text_is_too_long_says_so(driver: WikiDriver, title: str) -> None:
    outcome = driver.wiki.save(Edit(title, "x" * (2 * 1024 * 1024 + 1), "s"))
    assert isinstance(outcome, TooBig)
