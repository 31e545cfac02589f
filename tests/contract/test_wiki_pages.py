"""What every adapter tells the same of pages, their revisions and the logs."""

from datetime import timedelta

import pytest

from space.errors import WikiUnavailableError
from tests.support.wiki.drivers import WikiDriver, create

TITLES = [
    "Space/Events/Tāmaki's “first” photo walk 🎉",
    "Space/Events/विकिपीडिया सम्पादन",
    "Space/Events/ورشة عمل: ويكيبيديا",
    "Space/Blog/50+1 & more; is it? = yes",
    "Event:Ünïcode with a 👩🏽‍💻",
]


@pytest.mark.parametrize("title", TITLES)
def test_page_when_title_is_of_any_script_is_written_and_read(
    driver: WikiDriver, title: str
) -> None:
    saved = create(driver, title, "Text: नमस्ते 🎉\n\n* 1")
    assert saved.title == title
    info = driver.wiki.pages([saved.page_id])[saved.page_id]
    assert (info.title, info.latest) == (title, saved.revid)
    assert info.namespace == driver.wiki.site().namespace_of(title)
    assert not info.redirect
    assert not info.translation
    assert info.language == "en"
    assert driver.wiki.pages_by_title([title]) == {title: info}
    assert driver.wiki.texts([title])[title].text == "Text: नमस्ते 🎉\n\n* 1"


def test_pages_by_title_when_spelt_otherwise_answers_as_asked(
    driver: WikiDriver, title: str
) -> None:
    saved = create(driver, f"{title} café")
    decomposed = f"{title} cafe\N{COMBINING ACUTE ACCENT}"
    asked = [f"c{title[1:]}_café", decomposed, f"{title} no", "A|B", "A[B", "<", ""]
    found = driver.wiki.pages_by_title(asked)
    assert set(found) == set(asked[:2])
    assert {info.id for info in found.values()} == {saved.page_id}
    assert set(driver.wiki.texts(asked)) == set(asked[:2])


def test_pages_when_some_are_gone_are_absent(driver: WikiDriver, title: str) -> None:
    kept = create(driver, title)
    gone = create(driver, f"{title}/gone")
    driver.delete(f"{title}/gone")
    missing = range(900_000, 900_060)
    found = driver.wiki.pages([0, *missing, gone.page_id, kept.page_id])
    assert set(found) == {kept.page_id}
    assert set(
        driver.wiki.revisions([*missing, gone.revid, kept.revid], text=True)
    ) == {kept.revid}
    driver.undelete(f"{title}/gone")
    assert driver.wiki.pages([gone.page_id])[gone.page_id].latest == gone.revid


def test_pages_when_moved_keep_their_id_and_leave_a_redirect(
    driver: WikiDriver, title: str
) -> None:
    since = driver.now()
    saved = create(driver, title)
    driver.move(title, f"{title} moved")
    found = driver.wiki.pages_by_title([title, f"{title} moved"])
    assert found[f"{title} moved"].id == saved.page_id
    assert found[title].redirect
    (entry,) = driver.wiki.log("move", since=since, title=title)
    assert entry.page_id == saved.page_id
    assert entry.params["target_title"] == f"{title} moved"
    first, second = driver.wiki.history(saved.page_id)
    assert first.sha1 == second.sha1


def test_subpages_when_listed_are_those_below_and_sorted(
    driver: WikiDriver, title: str
) -> None:
    for name in ("b", "a", "a/c"):
        create(driver, f"{title}/{name}")
    create(driver, f"{title}x")
    found = [info.title for info in driver.wiki.subpages(title)]
    assert found == [f"{title}/a", f"{title}/a/c", f"{title}/b"]


def test_subpages_when_of_a_user_page_have_the_namespace(
    driver: WikiDriver, title: str
) -> None:
    base = f"User:{driver.user}/{title}"
    create(driver, f"{base}/1.json", '{"a": [1]}')
    assert [info.title for info in driver.wiki.subpages(base)] == [f"{base}/1.json"]
    assert list(driver.wiki.subpages(f"{base}/none")) == []


def test_wanted_categories_when_some_have_members_are_those_without_a_page(
    driver: WikiDriver, title: str
) -> None:
    for name in ("b", "a", "made"):
        driver.write(f"{title}/{name}", f"[[Category:{title} {name}]]")
    driver.write(f"{title}/other", f"[[Category:{title}x]] [[:Category:{title} link]]")
    driver.write(f"Category:{title} made", "text")
    driver.write(f"Category:{title} empty", "text")
    found = list(driver.wiki.wanted_categories(f"{title} "))
    assert found == [f"Category:{title} a", f"Category:{title} b"]


def test_transclusions_when_called_direct_or_by_redirect_are_found(
    driver: WikiDriver, title: str
) -> None:
    driver.write(f"Template:{title}", "shown")
    driver.write(f"Template:{title} too", f"#REDIRECT [[Template:{title}]]")
    calls = {
        "direct": f"{{{{{title}|a=b}}}}",
        "redirect": f"{{{{{title} too}}}}",
        "nowiki": f"<nowiki>{{{{{title}}}}}</nowiki>",
    }
    for name, call in calls.items():
        driver.write(f"{title}/{name}", call)
    found = {info.title: info for info in driver.wiki.transclusions(title)}
    assert {f"{title}/direct", f"{title}/redirect"} <= set(found)
    assert f"{title}/nowiki" not in found
    info = found[f"{title}/direct"]
    assert driver.wiki.pages([info.id]) == {info.id: info}


def test_redirects_when_some_lead_to_a_page_are_named(
    driver: WikiDriver, title: str
) -> None:
    for name in ("b", "a"):
        driver.write(f"Template:{title}/{name}", f"#REDIRECT [[Template:{title}]]")
    driver.write(f"Template:{title}", "shown")
    asked = [f"Template:{title}", f"Template:{title}/a", f"Template:{title}/none"]
    expected = (f"Template:{title}/a", f"Template:{title}/b")
    assert driver.wiki.redirects(asked) == {asked[0]: expected}


def test_history_when_asked_after_a_revision_has_the_newer_ones(
    driver: WikiDriver, title: str
) -> None:
    first = create(driver, title, "one")
    second = driver.write(title, "two")
    third = driver.write(title, "three", by="Pavati")
    history = driver.wiki.history(first.page_id)
    assert [revision.id for revision in history] == [first.revid, second, third]
    assert [revision.user for revision in history] == [driver.user, "Lena", "Pavati"]
    assert [revision.parent for revision in history] == [0, first.revid, second]
    assert {revision.text for revision in history} == {None}
    assert {revision.page_id for revision in history} == {first.page_id}
    assert history[0].timestamp.utcoffset() == timedelta(0)
    newer = driver.wiki.history(first.page_id, after=second)
    assert [revision.id for revision in newer] == [third]
    assert driver.wiki.history(first.page_id, after=third) == []
    assert driver.wiki.history(900_000) == []


def test_revisions_when_of_several_pages_come_in_one_answer(
    driver: WikiDriver, title: str
) -> None:
    first = create(driver, title, "one")
    later = driver.write(title, "two")
    other = create(driver, f"{title}/other", "three")
    found = driver.wiki.revisions([first.revid, later, other.revid], text=True)
    texts = {number: revision.text for number, revision in found.items()}
    assert texts == {first.revid: "one", later: "two", other.revid: "three"}
    assert found[later].title == title
    assert found[later].size == 3
    bare = driver.wiki.revisions([later], text=False)[later]
    assert bare.text is None
    assert bare.sha1 == found[later].sha1


def test_revision_when_hidden_has_neither_text_nor_name(
    driver: WikiDriver, title: str
) -> None:
    saved = create(driver, title, "secret")
    driver.write(title, "clean")
    since = driver.now()
    driver.hide(saved.revid, user=True)
    for text in (True, False):
        revision = driver.wiki.revisions([saved.revid], text=text)[saved.revid]
        assert revision.text_hidden
        assert revision.user_hidden
        assert (revision.text, revision.sha1, revision.user) == (None, None, None)
    assert driver.wiki.history(saved.page_id)[0].text_hidden
    (entry,) = driver.wiki.log("delete", since=since, title=title)
    assert (entry.type, entry.action, entry.user) == ("delete", "revision", "Admin")
    assert [int(str(number)) for number in entry.params["ids"]] == [saved.revid]
    assert entry.params["new"]["content"]


def test_compare_when_a_line_changed_shows_both(driver: WikiDriver, title: str) -> None:
    old = create(driver, title, "First & foremost\n\nStays").revid
    new = driver.write(title, "Second\n\nStays")
    rows = driver.wiki.compare(old, new)
    assert "First &amp; foremost" in rows
    assert "Second" in rows
    assert rows.count("diff-addedline") == rows.count("diff-deletedline") == 1


def test_compare_when_nothing_was_before_adds_all_lines(
    driver: WikiDriver, title: str
) -> None:
    new = create(driver, title, "One\nTwo").revid
    rows = driver.wiki.compare(0, new)
    assert "One" in rows
    assert "Two" in rows


def test_compare_when_a_revision_is_hidden_says_so(
    driver: WikiDriver, title: str
) -> None:
    old = create(driver, title, "One").revid
    new = driver.write(title, "Two")
    driver.hide(old)
    with pytest.raises(WikiUnavailableError):
        driver.wiki.compare(old, new)


def test_history_when_a_text_is_brought_back_tags_its_revision(
    driver: WikiDriver, title: str
) -> None:
    first = create(driver, title, "one")
    driver.write(title, "two")
    driver.write(title, "one")
    *_, back = driver.wiki.history(first.page_id)
    assert "mw-manual-revert" in back.tags
    read = driver.wiki.revisions([back.id, first.revid], text=True)
    assert [read[n].tags for n in (first.revid, back.id)] == [set(), back.tags]


def test_changes_when_listed_are_edits_and_new_pages_oldest_first(
    driver: WikiDriver, title: str
) -> None:
    since = driver.now()
    first = create(driver, title, "one")
    second = driver.write(title, "two")
    driver.move(title, f"{title} moved")
    rows = [row for row in driver.wiki.changes(since) if row.page_id == first.page_id]
    assert [row.revid for row in rows] == [first.revid, second]
    assert [row.user for row in rows] == [driver.user, "Lena"]
    assert list(driver.wiki.changes(driver.now() + timedelta(hours=1))) == []


def test_news_when_anything_happens_to_a_page_name_it(
    driver: WikiDriver, title: str
) -> None:
    since = driver.now()
    seen: set[str] = set()

    def new() -> list[tuple[str, str | None]]:
        rows = [row for row in driver.wiki.news(since) if row.id not in seen]
        seen.update(row.id for row in rows)
        own = [row for row in rows if row.title.startswith(title)]
        assert all(since <= row.timestamp <= driver.now() for row in own)
        assert {row.namespace for row in own} <= {
            driver.wiki.site().namespace_of(title)
        }
        return [(row.title, row.user) for row in own]

    revid = driver.write(title, "one")
    driver.write(title, "two", by="Olu")
    assert new() == [(title, "Lena"), (title, "Olu")]
    driver.patrol(revid)
    assert new() == [(title, "Pavati")]
    driver.hide(revid)
    assert title in dict(new())
    driver.move(title, f"{title} moved")
    assert {title, f"{title} moved"} <= dict(new()).keys()
    driver.delete(f"{title} moved")
    assert f"{title} moved" in dict(new())
    assert new() == []


def test_calling_when_some_pages_call_a_template_are_these(
    driver: WikiDriver, title: str
) -> None:
    template = f"Template:{title} template"
    driver.write(template, "shown")
    driver.write(f"Template:{title} other name", f"#REDIRECT [[{template}]]")
    names = [f"{title} template", f"{title} unused"]
    pages = {
        f"{title} 1": f"{{{{{title} template}}}}",
        f"{title} 2": f"{{{{{title} other name}}}}",
        f"{title} 3": f"<nowiki>{{{{{title} template}}}}</nowiki>",
    }
    for page, text in pages.items():
        driver.write(page, text)
    asked = [*pages, f"{title} 4", "a|b"]
    assert driver.wiki.calling(asked, names) == {f"{title} 1", f"{title} 2"}


def test_log_when_a_revision_is_patrolled_names_it(
    driver: WikiDriver, title: str
) -> None:
    since = driver.now()
    revid = driver.write(title, "one")
    second = driver.write(title, "two")
    driver.patrol(revid)
    driver.patrol(second)
    driver.patrol(second)
    third = driver.write(title, "three")
    driver.move(title, f"{title} moved")
    driver.patrol(third)
    entries = list(driver.wiki.log("patrol", since=since, title=title))
    assert [entry.params["curid"] for entry in entries] == [revid, second, third]
    assert [entry.params["previd"] for entry in entries] == [0, revid, second]
    assert {entry.user for entry in entries} == {"Pavati"}
    assert {entry.title for entry in entries} == {title}
    assert entries[1].page_id == entries[0].page_id != entries[2].page_id
    everywhere = [
        entry.id
        for entry in driver.wiki.log("patrol", since=since)
        if entry.title == title  # another test may have patrolled in the same second
    ]
    assert everywhere == [entry.id for entry in entries]


def test_log_when_a_page_is_deleted_and_restored_says_both(
    driver: WikiDriver, title: str
) -> None:
    saved = create(driver, title)
    since = driver.now()
    driver.delete(title)
    driver.undelete(title)
    entries = list(driver.wiki.log("delete", since=since, title=title))
    assert [entry.action for entry in entries] == ["delete", "restore"]
    assert entries[0].page_id == saved.page_id


def test_categorized_when_a_page_or_its_template_says_so_is_in_the_category(
    driver: WikiDriver, title: str
) -> None:
    category = f"Category:{title} out"
    driver.write(f"{title}/in", f"[[{category}]]")
    driver.write(f"{title}/link", f"[[:{category}]]")
    asked = [f"{title}/in", f"{title}/link", f"{title}/missing"]
    assert driver.wiki.categorized(asked, category) == {f"{title}/in"}
    assert driver.wiki.categorized([], category) == frozenset()


def test_contributions_when_pages_moved_have_their_new_titles_newest_first(
    driver: WikiDriver, title: str
) -> None:
    since = driver.now()
    first = create(driver, f"{title}/a")
    second = create(driver, f"{title}/b")
    driver.write(f"{title}/b", "by somebody else")
    driver.move(f"{title}/a", f"{title}/c")
    create(driver, f"User talk:{title}")
    found = [
        each
        for each in driver.wiki.contributions(driver.user, since, [0, 1])
        if title in each.title  # another test may have edited in the same second
    ]
    assert [(each.revid, each.title) for each in found] == [
        (second.revid, f"{title}/b"),
        (first.revid, f"{title}/c"),
    ]
    assert found[0].summary == "a summary"
    assert list(driver.wiki.contributions("Nobody at all", since, [0])) == []
