"""Categories get a page once, and only those that the templates name."""

from bots.tasks import categories
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki

GERMANY = "Category:Space events in Germany"


def file(bot_and_wiki: BotAndWiki, *names: str) -> None:
    """Put a page into categories, as the templates do."""
    links = "".join(f"[[Category:{name}]]" for name in names)
    bot_and_wiki.ann.write("Space/Events/Filed", links)


def text(bot_and_wiki: BotAndWiki, title: str) -> str | None:
    page = bot_and_wiki.admin.state.page(title)
    return page and page.latest.text


def test_categories_when_some_are_red_makes_those_of_the_templates_once(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    names = {
        "Space events in Germany": "events|country=DE",
        "Space events in 2026-11": "events|month=2026-11",
        "Space events online": "events|mode=online; hybrid",
        "Space posts in Māori": "posts|language=mi",
        "Space posts": "posts",
    }
    strangers = ("Space events in silly people", "Space invaders", "Spaces", "Events")
    file(bot_and_wiki, *names, *strangers)
    runner.run("sync")

    report = runner.run("categories")

    for name, call in names.items():
        assert (
            text(bot_and_wiki, f"Category:{name}") == f"{{{{Space category|{call}}}}}"
        )
    assert {page.title for page in report.pages} == {f"Category:{n}" for n in names}
    job = runner.job("categories")
    before = bot_and_wiki.bot.requests.other
    assert categories.run(job).pages == ()
    assert bot_and_wiki.bot.requests.other == before + 1


def test_categories_when_a_page_is_others_or_was_deleted_leaves_it(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    file(bot_and_wiki, "Space events in Germany", "Space events in French")
    bot_and_wiki.ann.write("Category:Space events in French", "Ours.")
    runner.run("sync")
    runner.run("categories")
    bot_and_wiki.admin.delete(GERMANY)

    report = runner.run("categories")

    assert report.pages == ()
    assert text(bot_and_wiki, GERMANY) is None
    assert text(bot_and_wiki, "Category:Space events in French") == "Ours."


def test_categories_when_there_are_many_makes_twenty_a_run(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    file(bot_and_wiki, *(f"Space events in 20{year}-11" for year in range(26, 51)))
    runner.run("sync")

    made = [len(runner.run("categories").pages) for _ in range(3)]

    assert made == [categories.MOST, 5, 0]
