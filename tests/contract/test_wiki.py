"""The port to a wiki, the same on every adapter; each test has pages of its own."""

import json
from datetime import timedelta
from itertools import count

import pytest

from space.outcomes import (
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
from space.wiki import Edit, WikiUnavailableError
from tests.support.stages import Stage

NUMBERS = count(1)

TITLES = [
    "Space/Events/Tāmaki's “first” photo walk 🎉",
    "Space/Events/विकिपीडिया सम्पादन",
    "Space/Events/ورشة عمل: ويكيبيديا",
    "Space/Blog/50+1 & more; is it? = yes",
    "Event:Ünïcode with a 👩🏽‍💻",
]


@pytest.fixture
def title() -> str:
    return f"Contract/{next(NUMBERS)}"


def create(stage: Stage, title: str, text: str = "text") -> Saved:
    outcome = stage.wiki.save(Edit(title, text, "a summary"))
    assert isinstance(outcome, Saved), outcome
    return outcome


# Site and accounts


def test_site_when_asked_has_namespaces_and_addresses(stage: Stage) -> None:
    site = stage.wiki.site()
    assert site.namespace_of("event:A meeting") == site.namespace_of("Event:X") > 0
    assert site.namespace_of("Space: the end") == 0
    assert site.namespace_of("Project talk:X") == 5
    assert site.talk_title("Space/Events/X") == "Talk:Space/Events/X"
    assert site.talk_title("Event:X") == "Event talk:X"
    assert "$1" in site.article_url
    assert site.article_url.partition("://")[2].startswith(site.host)
    assert site.script_url.endswith("index.php")
    assert site.language == "en"
    assert "Scribunto" in site.extensions
    assert site.database


def test_whoami_when_signed_in_is_the_account_with_its_rights(stage: Stage) -> None:
    account = stage.wiki.whoami()
    assert (account.name, account.exists) == (stage.user, True)
    assert "edit" in account.rights
    assert "user" in account.groups
    assert not account.blocked
    assert account.registered is not None
    assert account.registered.utcoffset() == timedelta(0)


def test_accounts_when_asked_are_found_under_the_names_asked_for(stage: Stage) -> None:
    found = stage.wiki.accounts(["Pavati", "pavati", "Nobody here", "A|B", "127.0.0.1"])
    assert set(found) == {"Pavati", "pavati", "Nobody here", "A|B", "127.0.0.1"}
    assert {"patrol", "autopatrol"} <= found["Pavati"].rights
    assert "patroller" in found["Pavati"].groups
    assert found["pavati"] == found["Pavati"]
    for name in ("Nobody here", "A|B", "127.0.0.1"):
        assert not found[name].exists
        assert not found[name].rights


def test_accounts_when_one_is_blocked_says_so(stage: Stage) -> None:
    stage.block("Lena", "testing")
    found = stage.wiki.accounts(["Lena", "Pavati"])
    assert found["Lena"].blocked
    assert not found["Pavati"].blocked


# Pages and revisions


@pytest.mark.parametrize("title", TITLES)
def test_page_when_title_is_of_any_script_is_written_and_read(
    stage: Stage, title: str
) -> None:
    saved = create(stage, title, "Text: नमस्ते 🎉\n\n* 1")
    assert saved.title == title
    info = stage.wiki.pages([saved.page_id])[saved.page_id]
    assert (info.title, info.latest) == (title, saved.revid)
    assert info.namespace == stage.wiki.site().namespace_of(title)
    assert not info.redirect
    assert not info.translation
    assert info.language == "en"
    assert stage.wiki.pages_by_title([title]) == {title: info}
    assert stage.wiki.texts([title])[title].text == "Text: नमस्ते 🎉\n\n* 1"


def test_pages_by_title_when_spelt_otherwise_answers_as_asked(
    stage: Stage, title: str
) -> None:
    saved = create(stage, f"{title} café")
    decomposed = f"{title} cafe\N{COMBINING ACUTE ACCENT}"
    asked = [f"c{title[1:]}_café", decomposed, f"{title} no", "A|B", "A[B", "<", ""]
    found = stage.wiki.pages_by_title(asked)
    assert set(found) == set(asked[:2])
    assert {info.id for info in found.values()} == {saved.page_id}
    assert set(stage.wiki.texts(asked)) == set(asked[:2])


def test_pages_when_some_are_gone_are_absent(stage: Stage, title: str) -> None:
    kept = create(stage, title)
    gone = create(stage, f"{title}/gone")
    stage.delete(f"{title}/gone")
    missing = range(900_000, 900_060)
    found = stage.wiki.pages([0, *missing, gone.page_id, kept.page_id])
    assert set(found) == {kept.page_id}
    assert set(stage.wiki.revisions([*missing, gone.revid, kept.revid], text=True)) == {
        kept.revid
    }
    stage.undelete(f"{title}/gone")
    assert stage.wiki.pages([gone.page_id])[gone.page_id].latest == gone.revid


def test_pages_when_moved_keep_their_id_and_leave_a_redirect(
    stage: Stage, title: str
) -> None:
    since = stage.now()
    saved = create(stage, title)
    stage.move(title, f"{title} moved")
    found = stage.wiki.pages_by_title([title, f"{title} moved"])
    assert found[f"{title} moved"].id == saved.page_id
    assert found[title].redirect
    (entry,) = stage.wiki.log("move", since=since, title=title)
    assert entry.page_id == saved.page_id
    assert entry.params["target_title"] == f"{title} moved"
    first, second = stage.wiki.history(saved.page_id)
    assert first.sha1 == second.sha1


def test_subpages_when_listed_are_those_below_and_sorted(
    stage: Stage, title: str
) -> None:
    for name in ("b", "a", "a/c"):
        create(stage, f"{title}/{name}")
    create(stage, f"{title}x")
    found = [info.title for info in stage.wiki.subpages(title)]
    assert found == [f"{title}/a", f"{title}/a/c", f"{title}/b"]


def test_subpages_when_of_a_user_page_have_the_namespace(
    stage: Stage, title: str
) -> None:
    base = f"User:{stage.user}/{title}"
    create(stage, f"{base}/1.json", '{"a": [1]}')
    assert [info.title for info in stage.wiki.subpages(base)] == [f"{base}/1.json"]
    assert list(stage.wiki.subpages(f"{base}/none")) == []


def test_transclusions_when_called_direct_or_by_redirect_are_found(
    stage: Stage, title: str
) -> None:
    stage.write(f"Template:{title}", "shown")
    stage.write(f"Template:{title} too", f"#REDIRECT [[Template:{title}]]")
    calls = {
        "direct": f"{{{{{title}|a=b}}}}",
        "redirect": f"{{{{{title} too}}}}",
        "nowiki": f"<nowiki>{{{{{title}}}}}</nowiki>",
    }
    for name, call in calls.items():
        stage.write(f"{title}/{name}", call)
    found = {info.title: info for info in stage.wiki.transclusions(title)}
    assert {f"{title}/direct", f"{title}/redirect"} <= set(found)
    assert f"{title}/nowiki" not in found
    info = found[f"{title}/direct"]
    assert stage.wiki.pages([info.id]) == {info.id: info}


def test_redirects_when_some_lead_to_a_page_are_named(stage: Stage, title: str) -> None:
    for name in ("b", "a"):
        stage.write(f"Template:{title}/{name}", f"#REDIRECT [[Template:{title}]]")
    stage.write(f"Template:{title}", "shown")
    asked = [f"Template:{title}", f"Template:{title}/a", f"Template:{title}/none"]
    expected = (f"Template:{title}/a", f"Template:{title}/b")
    assert stage.wiki.redirects(asked) == {asked[0]: expected}


def test_history_when_asked_after_a_revision_has_the_newer_ones(
    stage: Stage, title: str
) -> None:
    first = create(stage, title, "one")
    second = stage.write(title, "two")
    third = stage.write(title, "three", by="Pavati")
    history = stage.wiki.history(first.page_id)
    assert [revision.id for revision in history] == [first.revid, second, third]
    assert [revision.user for revision in history] == [stage.user, "Lena", "Pavati"]
    assert [revision.parent for revision in history] == [0, first.revid, second]
    assert {revision.text for revision in history} == {None}
    assert {revision.page_id for revision in history} == {first.page_id}
    assert history[0].timestamp.utcoffset() == timedelta(0)
    newer = stage.wiki.history(first.page_id, after=second)
    assert [revision.id for revision in newer] == [third]
    assert stage.wiki.history(first.page_id, after=third) == []
    assert stage.wiki.history(900_000) == []


def test_revisions_when_of_several_pages_come_in_one_answer(
    stage: Stage, title: str
) -> None:
    first = create(stage, title, "one")
    later = stage.write(title, "two")
    other = create(stage, f"{title}/other", "three")
    found = stage.wiki.revisions([first.revid, later, other.revid], text=True)
    texts = {number: revision.text for number, revision in found.items()}
    assert texts == {first.revid: "one", later: "two", other.revid: "three"}
    assert found[later].title == title
    assert found[later].size == 3
    bare = stage.wiki.revisions([later], text=False)[later]
    assert bare.text is None
    assert bare.sha1 == found[later].sha1


def test_revision_when_hidden_has_neither_text_nor_name(
    stage: Stage, title: str
) -> None:
    saved = create(stage, title, "secret")
    stage.write(title, "clean")
    since = stage.now()
    stage.hide(saved.revid, user=True)
    for text in (True, False):
        revision = stage.wiki.revisions([saved.revid], text=text)[saved.revid]
        assert revision.text_hidden
        assert revision.user_hidden
        assert (revision.text, revision.sha1, revision.user) == (None, None, None)
    assert stage.wiki.history(saved.page_id)[0].text_hidden
    (entry,) = stage.wiki.log("delete", since=since, title=title)
    assert (entry.type, entry.action, entry.user) == ("delete", "revision", "Admin")
    assert [int(str(number)) for number in entry.params["ids"]] == [saved.revid]
    assert entry.params["new"]["content"]


# Talk pages

TALK = """== Where to meet? ==
I come by train. [[User:Lena|Lena]] ([[User talk:Lena|t]]) 10:00, 1 November 2026 (UTC)
: At the station. [[User:Pavati|P.]] 11:30, 1 November 2026 (UTC)

== Nobody signed ==
Hello?
"""


def test_talk_when_pages_have_threads_gives_them_by_page(
    stage: Stage, title: str
) -> None:
    for name in ("a", "b"):
        stage.write(f"Talk:{title}/{name}", TALK)
    pages = stage.wiki.pages_by_title([f"Talk:{title}/a", f"Talk:{title}/b"])
    found = stage.wiki.talk(pages.values())
    assert set(found) == {page.id for page in pages.values()}
    (thread,) = found[pages[f"Talk:{title}/a"].id]
    assert thread.id == "h-Where_to_meet?-20261101100000"
    assert thread.title == "Where to meet?"
    first, second = thread.comments
    assert (first.author, second.author) == ("Lena", "Pavati")
    assert f"{first.at:%Y-%m-%dT%H:%M%z}" == "2026-11-01T10:00+0000"
    assert first.html == "I come by train."
    assert (second.level, second.parent) == (2, first.id)
    assert second.id == "c-Pavati-20261101113000-Lena-20261101100000"


def test_talk_when_page_is_deleted_meanwhile_is_absent(
    stage: Stage, title: str
) -> None:
    stage.write(f"Talk:{title}", TALK)
    pages = stage.wiki.pages_by_title([f"Talk:{title}"])
    stage.delete(f"Talk:{title}")
    assert stage.wiki.talk(pages.values()) == {}
    assert stage.wiki.talk([]) == {}


def test_talk_when_comment_is_signed_by_the_wiki_has_its_author_and_time(
    stage: Stage, title: str
) -> None:
    before = stage.now().replace(second=0, microsecond=0)
    outcome = stage.wiki.save(
        Edit(f"Talk:{title}", "Hello ~~~~", "s", section_heading="A question")
    )
    assert isinstance(outcome, Saved)
    pages = stage.wiki.pages([outcome.page_id])
    (thread,) = stage.wiki.talk(pages.values())[outcome.page_id]
    assert (thread.title, thread.author) == ("A question", stage.user)
    assert before <= thread.first <= stage.now()
    assert not thread.answered


# Changes and logs


def test_changes_when_listed_are_edits_and_new_pages_oldest_first(
    stage: Stage, title: str
) -> None:
    since = stage.now()
    first = create(stage, title, "one")
    second = stage.write(title, "two")
    stage.move(title, f"{title} moved")
    rows = [row for row in stage.wiki.changes(since) if row.page_id == first.page_id]
    assert [row.revid for row in rows] == [first.revid, second]
    assert [row.user for row in rows] == [stage.user, "Lena"]
    assert list(stage.wiki.changes(stage.now() + timedelta(hours=1))) == []


def test_log_when_a_revision_is_patrolled_names_it(stage: Stage, title: str) -> None:
    since = stage.now()
    revid = stage.write(title, "one")
    second = stage.write(title, "two")
    stage.patrol(revid)
    stage.patrol(second)
    stage.patrol(second)
    entries = list(stage.wiki.log("patrol", since=since, title=title))
    assert [entry.params["curid"] for entry in entries] == [revid, second]
    assert [entry.params["previd"] for entry in entries] == [0, revid]
    assert {entry.user for entry in entries} == {"Pavati"}
    assert {entry.title for entry in entries} == {title}
    everywhere = [entry.id for entry in stage.wiki.log("patrol", since=since)]
    assert everywhere == [entry.id for entry in entries]


def test_log_when_a_page_is_deleted_and_restored_says_both(
    stage: Stage, title: str
) -> None:
    saved = create(stage, title)
    since = stage.now()
    stage.delete(title)
    stage.undelete(title)
    entries = list(stage.wiki.log("delete", since=since, title=title))
    assert [entry.action for entry in entries] == ["delete", "restore"]
    assert entries[0].page_id == saved.page_id


# Saving


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
    assert outcome.expiry.startswith("inf")


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


# Rendering


def test_render_when_text_is_plain_gives_html_and_categories(stage: Stage) -> None:
    rendering = stage.wiki.render(
        "Hello & <nowiki>&lt;b></nowiki>\n\n[[Category:Space posts]]", "Space/Blog/X"
    )
    assert "Hello &amp; " in rendering.html
    assert " dir=" not in rendering.html
    assert rendering.categories == ("Space posts",)


# Spam and differences


def test_spam_when_addresses_are_on_the_list_names_them(stage: Stage) -> None:
    stage.spam("casino.example")
    asked = [
        "https://casino.example/1?a=b|c",
        "http://www.CASINO.example".lower(),
        "https://good.example/",
        *(f"https://other.example/{number}" for number in range(60)),
        "https://casino.example/last",
    ]
    assert stage.wiki.spam(asked) == {asked[0], asked[1], asked[-1]}
    assert stage.wiki.spam(asked[2:50]) == frozenset()
    assert stage.wiki.spam([]) == frozenset()


def test_compare_when_a_line_changed_shows_both(stage: Stage, title: str) -> None:
    old = create(stage, title, "First & foremost\n\nStays").revid
    new = stage.write(title, "Second\n\nStays")
    rows = stage.wiki.compare(old, new)
    assert "First &amp; foremost" in rows
    assert "Second" in rows
    assert rows.count("diff-addedline") == rows.count("diff-deletedline") == 1


def test_compare_when_nothing_was_before_adds_all_lines(
    stage: Stage, title: str
) -> None:
    new = create(stage, title, "One\nTwo").revid
    rows = stage.wiki.compare(0, new)
    assert "One" in rows
    assert "Two" in rows


def test_compare_when_a_revision_is_hidden_says_so(stage: Stage, title: str) -> None:
    old = create(stage, title, "One").revid
    new = stage.write(title, "Two")
    stage.hide(old)
    with pytest.raises(WikiUnavailableError):
        stage.wiki.compare(old, new)
