"""What the sync asks the wiki for the queue, and what comes of it."""

from space.review.queue import Row
from tests.support.wiki.bot_and_wiki import Newsroom

LONG = "We meet in the library and write about rivers. " * 8


def queue(room: Newsroom, **options: object) -> tuple[Row, ...]:
    room.sync(**options)
    return room.store.queue.rows()


def test_queue_when_a_page_is_new_has_it_until_it_is_approved(room: Newsroom) -> None:
    revid = room.event("Space/Events/A", languages="mi; en")
    (row,) = queue(room)
    assert (row.title, row.kind, row.pending_revision) == (
        "Space/Events/A",
        "event",
        revid,
    )
    assert (row.name, row.author, row.edits) == ("A", "Ann", 1)
    assert (row.languages, row.first, row.published_revision) == (
        ("mi", "en"),
        True,
        None,
    )
    assert "summary" in row.missing
    room.approve("Space/Events/A", revid)
    assert queue(room) == ()


def test_queue_names_empty_fields_but_none_that_says_enough_by_itself(
    room: Newsroom,
) -> None:
    room.event("Space/Events/A", mode="online", country="", end="2026-11-28 12:00")
    room.ann.write("Space/Blog/B", "{{Space post|title=B|language=en}}")

    online, post = queue(room)

    assert online.missing == ("summary",)
    assert post.missing == ("summary", "authors", "topics", "image")


def test_queue_when_an_approved_page_changes_names_who_changed_it(
    room: Newsroom,
) -> None:
    revid = room.publish("Space/Events/A")
    lena = room.admin.as_user("Lena")
    page = room.admin.state.page("Space/Events/A")
    assert page is not None
    lena.write("Space/Events/A", page.latest.text + "\nMore.")
    (row,) = queue(room)
    assert (row.author, row.published_revision, row.first) == ("Lena", revid, False)


def test_queue_when_asked_changes_are_made_then_the_page_has_its_place_again(
    room: Newsroom,
) -> None:
    first = room.event("Space/Events/A")
    room.sync()
    room.event("Space/Events/B")
    room.sync()
    room.approve("Space/Events/A", first, "changes")
    assert [row.name for row in queue(room)] == ["B"]
    room.admin.advance(hours=1)
    room.event("Space/Events/A", summary="What was missing.")
    rows = queue(room)
    assert [row.name for row in rows] == ["A", "B"]
    assert rows[0].pending_since < rows[1].pending_since


def test_queue_when_its_author_is_blocked_leaves_the_page_out(room: Newsroom) -> None:
    room.event("Space/Events/A")
    assert len(queue(room)) == 1
    room.admin.block("Ann")
    assert queue(room) == ()
    room.admin.unblock("Ann")
    assert len(queue(room)) == 1


def test_queue_when_a_link_gets_on_the_list_says_so_from_the_next_day(
    room: Newsroom,
) -> None:
    room.event("Space/Events/A", "[https://casino.example/x Win!]")
    (row,) = queue(room)
    assert row.spam == ()
    room.admin.state.spam.append("casino.example")
    room.admin.advance(days=1)
    (row,) = queue(room)
    assert row.spam == ("https://casino.example/x",)


def test_queue_when_a_text_is_a_copy_names_the_first(room: Newsroom) -> None:
    room.event("Space/Events/A", LONG)
    room.event("Space/Events/B", LONG)
    first, second = queue(room)
    assert first.like is None
    assert second.like is not None
    assert second.like.title == "Space/Events/A"


def test_queue_when_a_verdict_is_forged_shows_who_forged_it(room: Newsroom) -> None:
    revid = room.event("Space/Events/A")
    line = f"{{{{Space review|approve|rev={revid}}}}} ~~~~"
    room.ann.write("Talk:Space/Events/A", line.replace("~~~~", "[[User:Pavati]] ~~~~~"))
    (row,) = queue(room)
    (refusal,) = row.refusals
    assert (refusal.flaw, refusal.account, refusal.adder) == (
        "not-signer",
        "Pavati",
        "Ann",
    )


def test_queue_when_a_verdict_named_no_revision_asks_its_account_again(
    room: Newsroom,
) -> None:
    room.event("Space/Events/A")
    room.pavati.write("Talk:Space/Events/A", "{{Space review|approve}} ~~~~")
    (row,) = queue(room)
    assert row.asks_again == ("Pavati",)


def test_queue_when_a_page_was_declined_says_that_it_comes_again(
    room: Newsroom,
) -> None:
    room.approve("Space/Events/A", room.event("Space/Events/A"), "decline")
    assert queue(room) == ()
    room.event("Space/Events/A", "Better.")
    (row,) = queue(room)
    assert row.again


def test_queue_when_changes_were_asked_is_entered_again_by_the_next_edit(
    room: Newsroom,
) -> None:
    room.approve("Space/Events/A", room.event("Space/Events/A"), "changes")
    assert queue(room) == ()
    room.event("Space/Events/A", "Better.")
    (row,) = queue(room)
    assert not row.again
    assert row.published_revision is None


def test_queue_when_nothing_changed_costs_few_requests(room: Newsroom) -> None:
    room.admin.remove_groups("SpaceBot", "bot")
    for number in range(120):
        writer = room.admin.as_user(f"Writer {number}")
        text = "{{Space post|title=X|language=en|summary=S}} https://n.example/"
        writer.write(f"Space/Blog/{number}", f"{text}{number}")
    assert len(queue(room)) == 120
    room.sync()
    assert room.bot.requests.content == 0
    assert room.bot.requests.other <= 4 * 3 + 20
    room.sync(full=True)
    assert room.bot.requests.content == 0
    assert room.bot.requests.other <= 4 * 3 + 20


def test_figures_when_a_page_was_reviewed_tell_how_long_it_took(
    room: Newsroom,
) -> None:
    revid = room.event("Space/Events/A", languages="mi")
    room.event("Space/Events/B")
    room.admin.advance(hours=5)
    room.approve("Space/Events/A", revid)
    room.sync()
    (month,) = room.store.statistics.months()
    assert (month.month, month.pages, month.published) == ("2026-11", 2, 1)
    assert (month.reviewed, month.prompt, month.reviewers) == (1, 1, 1)
    assert month.median == month.ninetieth == 300
    assert (month.authors, month.volunteers) == (1, 1)
    assert [(language.code, language.pages) for language in month.languages] == [
        ("mi", 1)
    ]
    assert month.overdue == 0
    room.admin.advance(days=4)
    room.sync()
    (month,) = room.store.statistics.months()
    assert (month.overdue, month.prompt_share) == (1, 0.5)
