"""Verdicts that nobody eligible gave publish nothing, whatever way they came about."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest

from space.review.model import Flaw
from space.review.policy import Policy
from tests.support.review.wiki_bot import Bot
from tests.support.wiki.bot_and_wiki import dump, event
from tests.support.wiki.deployed import fill_links, import_pages
from tests.support.wiki.drivers import SandboxDriver, bot_driver
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

REVIEW = Policy(post="review", event="review")
Open = Callable[..., Bot]


@pytest.fixture(scope="module")
def driver(
    fresh_wiki: Sandbox, tmp_path_factory: pytest.TempPathFactory
) -> SandboxDriver:
    return bot_driver(fresh_wiki, tmp_path_factory.mktemp("bot"))


@pytest.fixture
def open_bot(driver: SandboxDriver) -> Iterator[Open]:
    with ExitStack() as opened:
        yield lambda policy=REVIEW: opened.enter_context(Bot(driver, policy))


def verdict(revision: int, word: str = "approve") -> str:
    return f"{{{{Space review|{word}|rev={revision}}}}}"


def signature(name: str, at: datetime) -> str:
    """What `~~~~` of somebody would leave now."""
    stamp = f"{at:%H:%M}, {at.day} {at:%B %Y} (UTC)"
    return f"[[User:{name}|{name}]] ([[User talk:{name}|talk]]) {stamp}"


class Page:
    """An event by Olu and its talk page."""

    def __init__(self, driver: SandboxDriver, name: str, author: str = "Olu") -> None:
        self.driver = driver
        self.title = f"Space/Events/{name}"
        self.revision = driver.write(self.title, event(name), by=author)

    def say(self, text: str, by: str) -> int:
        """Replace the talk page; gives its revision."""
        return self.driver.write(f"Talk:{self.title}", text, by=by)

    @property
    def said(self) -> str:
        return self.driver.person("Admin").text(f"Talk:{self.title}") or ""


def own_text(page: Page) -> None:
    page.say(f"{verdict(page.revision)} ~~~~", by="Pavati")


def without_the_right(page: Page) -> None:
    page.say(f"{verdict(page.revision)} ~~~~", by="Lena")


def edited(page: Page) -> None:
    page.say(f"{verdict(page.revision, 'changes')} ~~~~", by="Pavati")
    page.say(page.said.replace("|changes|", "|approve|"), by="Olu")


def signed_with_anothers_name(page: Page) -> None:
    forged = signature("Pavati", page.driver.now())
    page.say(f"{verdict(page.revision)} {forged}", by="Olu")


def laundered_by_an_undo(page: Page) -> None:
    forged = signature("Pavati", page.driver.now())
    page.say(f"{verdict(page.revision)} {forged}", by="Olu")
    blanked = page.say("", by="Lena")
    page.driver.person("Pavati").post(
        action="edit", title=f"Talk:{page.title}", undo=blanked
    )
    assert verdict(page.revision) in page.said


def copied_from_another_page(page: Page) -> None:
    """A verdict that Pavati did give, on another page, with the number exchanged."""
    other = Page(page.driver, "Approved elsewhere")
    other.say(f"{verdict(other.revision)} ~~~~", by="Pavati")
    copy = other.said.replace(str(other.revision), str(page.revision))
    page.say(copy, by="Olu")


def copied_by_a_reviewer(page: Page) -> None:
    """Somebody with the right merges talk pages, and means nothing by it."""
    other = Page(page.driver, "Approved and merged")
    other.say(f"{verdict(other.revision)} ~~~~", by="Pavati")
    page.say(other.said, by="Pavati")


FORGED = {
    own_text: Flaw.AUTHOR,
    without_the_right: Flaw.NO_RIGHT,
    edited: Flaw.NOT_SIGNER,
    signed_with_anothers_name: Flaw.NOT_SIGNER,
    laundered_by_an_undo: Flaw.NOT_SIGNER,
    copied_from_another_page: Flaw.NOT_SIGNER,
    copied_by_a_reviewer: Flaw.OTHER_PAGE,
}


def test_verdict_when_forged_publishes_nothing_and_is_shown(
    driver: SandboxDriver, open_bot: Open
) -> None:
    bot = open_bot()
    pages = {}
    for forge in FORGED:
        author = "Pavati" if forge is own_text else "Olu"
        pages[forge] = Page(driver, forge.__name__.replace("_", " "), author)
        forge(pages[forge])

    bot.sync()
    anew = open_bot()
    anew.sync(full=True)

    assert {title.partition("Approved")[0] for title in bot.published} == {
        "Space/Events/"
    }
    queue = {row.title: row for row in bot.store.queue.rows()}
    for forge, flaw in FORGED.items():
        shown = queue[pages[forge].title].refusals
        assert [refusal.flaw for refusal in shown] == [flaw], forge.__name__
    assert dump(anew.engine) == dump(bot.engine)


def test_verdict_when_the_bot_saw_the_blanking_then_the_undo_is_worth_nothing(
    driver: SandboxDriver, open_bot: Open
) -> None:
    """Each step is read by a run of its own."""
    bot = open_bot()
    page = Page(driver, "Step by step")
    page.say(f"{verdict(page.revision)} {signature('Pavati', driver.now())}", by="Olu")
    bot.sync()
    blanked = page.say("", by="Lena")
    bot.sync()
    driver.person("Pavati").post(
        action="edit", title=f"Talk:{page.title}", undo=blanked
    )
    bot.sync()

    assert page.title not in bot.published


def test_archiving_when_a_bot_moves_the_sections_then_nothing_changes(
    driver: SandboxDriver, open_bot: Open
) -> None:
    bot = open_bot()
    page = Page(driver, "Archived")
    page.say(f"== Reviewed ==\n{verdict(page.revision)} ~~~~", by="Pavati")
    bot.sync()
    assert bot.published[page.title] == page.revision
    before = dump(bot.engine)

    section = page.said
    driver.write(f"Talk:{page.title}/Archive 1", section, by="SpaceBot")
    page.say("{{Archives}}", by="SpaceBot")
    bot.sync()
    anew = open_bot()
    anew.sync(full=True)

    assert bot.published[page.title] == page.revision
    assert dump(bot.engine) == before
    assert dump(anew.engine) == before


def test_archiving_when_the_bot_reads_only_afterwards_then_the_verdict_counts(
    driver: SandboxDriver, open_bot: Open
) -> None:
    bot = open_bot()
    page = Page(driver, "Archived early")
    page.say(f"== Reviewed ==\n{verdict(page.revision)} ~~~~", by="Pavati")
    driver.write(f"Talk:{page.title}/Archive 1", page.said, by="SpaceBot")
    page.say("{{Archives}}", by="SpaceBot")

    bot.sync()

    assert bot.published[page.title] == page.revision


def test_patrol_when_an_autopatrolled_edit_is_on_top_of_vandalism_publishes_nothing(
    driver: SandboxDriver, open_bot: Open
) -> None:
    bot = open_bot(Policy(post="patrol", event="patrol"))
    fine, vandalised = "Space/Events/Was fine", "Space/Events/Vandalised"
    approved = driver.write(fine, event("Fine."), by="Olu")
    driver.patrol(approved)
    bot.sync()
    assert bot.published[fine] == approved

    for title in (fine, vandalised):
        driver.write(title, event("BUY SPAM NOW"), by="Lena")
        driver.write(title, event("BUY SPAM NOW\n\nTidied."), by="Aiko")
    bot.sync()

    assert bot.published[fine] == approved
    assert vandalised not in bot.published


def move(driver: SandboxDriver, old: str, new: str) -> None:
    driver.person("Admin").post(action="move", noredirect=1, **{"from": old, "to": new})


def test_verdict_when_pages_or_talk_pages_are_swapped_then_stays_with_its_page(
    driver: SandboxDriver, open_bot: Open
) -> None:
    """Verdicts by hand, with and without `rev`, on pages that nobody just changed."""
    bot = open_bot()
    names = ("talk", "page", "talk bound", "page bound", "left alone")
    fine = {name: f"Space/Events/Fine {name}" for name in names}
    spam = {name: f"Space/Events/Spam {name}" for name in names}
    taken = "Space/Events/Published"
    pages = [*fine.values(), *spam.values(), taken]
    import_pages(driver.sandbox, {title: event(title) for title in pages})
    fill_links(driver.sandbox, pages)
    rows = driver.wiki.pages_by_title(pages)
    driver.write(f"Talk:{taken}", f"{verdict(rows[taken].latest)} ~~~~", by="Pavati")
    bot.sync()
    for name, title in fine.items():
        bound = f"|rev={rows[title].latest}" if "bound" in name else ""
        line = f"{{{{Space review|approve{bound}}}}} ~~~~"
        driver.write(f"Talk:{title}", line, by="Pavati")
    driver.write(
        "Talk:Space/Events/Left", "{{Space review|withdraw}} ~~~~", by="Pavati"
    )
    for name in ("talk", "talk bound"):
        move(driver, f"Talk:{fine[name]}", f"Talk:{spam[name]}")
    for name in ("page", "page bound"):
        move(driver, fine[name], f"Space/Events/Elsewhere {name}")
        move(driver, spam[name], fine[name])
    move(driver, f"Talk:{taken}", "Talk:Space/Events/Elsewhere")
    move(driver, "Talk:Space/Events/Left", f"Talk:{taken}")

    bot.sync(full=True)  # else only edits of talk pages are noticed

    ours = {title: bot.published.get(title) for title in pages}
    expected = dict.fromkeys(pages)
    expected |= {t: rows[t].latest for t in (taken, fine["left alone"])}
    assert ours == expected
    queue = {row.title: row for row in bot.store.queue.rows()}
    swapped = (spam["talk"], fine["page"], spam["talk bound"], fine["page bound"])
    flaws = [[each.flaw for each in queue[title].refusals] for title in swapped]
    assert flaws == [[Flaw.MOVED], [Flaw.MOVED], [Flaw.OTHER_PAGE], [Flaw.OTHER_PAGE]]


def test_withdrawal_when_forged_for_the_minutes_to_come_then_the_real_one_counts(
    driver: SandboxDriver, open_bot: Open
) -> None:
    bot = open_bot()
    page = Page(driver, "Forged ahead")
    page.say(f"{verdict(page.revision)} ~~~~", by="Pavati")
    bot.sync()
    assert page.title in bot.published
    now = driver.now()
    withdraw = verdict(page.revision, "withdraw")
    times = (now + timedelta(minutes=minute) for minute in range(60))
    forged = "\n".join(f"{withdraw} {signature('Pavati', at)}" for at in times)
    page.say(forged, by="Lena")
    bot.sync()
    assert page.title in bot.published

    page.say(f"{forged}\n{withdraw} ~~~~", by="Pavati")
    bot.sync()

    assert page.title not in bot.published
