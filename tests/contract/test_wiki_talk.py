"""What every adapter reads on talk pages."""

from space.wiki.outcomes import Saved
from space.wiki.values import Edit
from tests.support.wiki.drivers import WikiDriver

TALK = """== Where to meet? ==
I come by train. [[User:Lena|Lena]] ([[User talk:Lena|t]]) 10:00, 1 November 2026 (UTC)
: At the station. [[User:Pavati|P.]] 11:30, 1 November 2026 (UTC)

== Nobody signed ==
Hello?
"""


def test_talk_when_pages_have_threads_gives_them_by_page(
    driver: WikiDriver, title: str
) -> None:
    for name in ("a", "b"):
        driver.write(f"Talk:{title}/{name}", TALK)
    pages = driver.wiki.pages_by_title([f"Talk:{title}/a", f"Talk:{title}/b"])
    found = driver.wiki.talk(pages.values())
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
    driver: WikiDriver, title: str
) -> None:
    driver.write(f"Talk:{title}", TALK)
    pages = driver.wiki.pages_by_title([f"Talk:{title}"])
    driver.delete(f"Talk:{title}")
    assert driver.wiki.talk(pages.values()) == {}
    assert driver.wiki.talk([]) == {}


def test_talk_when_comment_is_signed_by_the_wiki_has_its_author_and_time(
    driver: WikiDriver, title: str
) -> None:
    before = driver.now().replace(second=0, microsecond=0)
    outcome = driver.wiki.save(
        Edit(f"Talk:{title}", "Hello ~~~~", "s", section_heading="A question")
    )
    assert isinstance(outcome, Saved)
    pages = driver.wiki.pages([outcome.page_id])
    (thread,) = driver.wiki.talk(pages.values())[outcome.page_id]
    assert (thread.title, thread.author) == ("A question", driver.user)
    assert before <= thread.first <= driver.now()
    assert not thread.answered
