"""After any sequence of tasks the store is what a rebuild makes, in every table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from bots.tasks.run import TASKS
from space.store.tables.tables import DERIVED, contents, page_copies
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki, Dump

WALK, SERIES, DAY = (f"Space/Events/{name}" for name in ("Walk", "Tea", "Tea, once"))
POST, FRENCH = "Space/Blog/News", "Space/Blog/Nouvelles"
FULL = ("sync", "ics_feed", "talk_index", "run")


def all_tables(engine: Engine) -> Dump:
    """Every row but copies of the bot's pages, which the wiki indents as it saves."""
    tables = (table for table in (*DERIVED, contents) if table is not page_copies)
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in tables
        }


def event(page: str, **values: str) -> Callable[[BotRunner], object]:
    def act(runner: BotRunner) -> None:
        bot_and_wiki = runner.bot_and_wiki
        text = f"Bring {bot_and_wiki.admin.state.next_revision} umbrellas."
        bot_and_wiki.approve(page, bot_and_wiki.event(page, text, **values))

    return act


def post(page: str, **values: str) -> Callable[[BotRunner], object]:
    lines = "|".join(f"{name}={value}" for name, value in values.items())

    def act(runner: BotRunner) -> None:
        bot_and_wiki = runner.bot_and_wiki
        number = bot_and_wiki.admin.state.next_revision
        text = f"{{{{Space post|{lines}}}}}\n{number} umbrellas."
        bot_and_wiki.approve(page, bot_and_wiki.ann.write(page, text).revid)

    return act


def delete(title: str) -> Callable[[BotRunner], object]:
    def act(runner: BotRunner) -> None:
        if runner.bot_and_wiki.admin.state.page(title):
            runner.bot_and_wiki.admin.delete(title)

    return act


def talk(runner: BotRunner) -> None:
    title = f"Talk:{WALK}"
    page = runner.bot_and_wiki.admin.state.page(title)
    before = page.latest.text if page else ""
    runner.bot_and_wiki.ann.write(title, f"{before}\n\n== Rain? ==\nWhat then? ~~~~")


def task(name: str, *, full: bool) -> Callable[[BotRunner], object]:
    options = {"full": True} if full and name in FULL else {}
    return lambda runner: runner.run(name, **options)


ACTS = {
    "event": event(WALK, coordinates="-36.8506, 174.7679", summary="Rain or shine"),
    "cancelled": event(WALK, status="cancelled"),
    "series": event(SERIES, start="2026-11-24 10:00", recurrence="FREQ=WEEKLY"),
    "override": event(
        DAY, start="2026-12-01 11:00", series=SERIES, occurrence="2026-12-01 10:00"
    ),
    "post": post(POST, title="News", language="en", summary="In short"),
    "translation": post(FRENCH, title="Nouvelles", language="fr", original=POST),
    "delete event": delete(WALK),
    "delete series": delete(SERIES),
    "delete post": delete(POST),
    "talk": talk,
}
CHANGES = ("event", "series", "override", "post", "translation", "talk")
TASK_ACTS = {
    f"{name}{' --full' if full else ''}": task(name, full=full)
    for name in (*TASKS, "run")
    for full in ((False, True) if name in FULL else (False,))
}


@contextmanager
def opened() -> Iterator[BotRunner]:
    """A bot that has run once on a wiki without posts and events."""
    runner = BotRunner(BotAndWiki())
    runner.settings = replace(runner.settings, event_policy="review")
    try:
        runner.run("run")
        yield runner
    finally:
        runner.bot_and_wiki.engine.dispose()


def rebuilt(runner: BotRunner) -> Dump:
    runner.bot_and_wiki.drop_store()
    runner.run("run", full=True)
    return all_tables(runner.bot_and_wiki.engine)


def test_store_when_any_task_was_done_by_itself_then_it_is_that_of_a_rebuild() -> None:
    with opened() as runner:
        for name in CHANGES:
            ACTS[name](runner)
        runner.run("run")
        after = {}
        for name, act in TASK_ACTS.items():
            act(runner)
            after[name] = all_tables(runner.bot_and_wiki.engine)
        expected = rebuilt(runner)
        for name, tables in after.items():
            assert {t for t in tables if tables[t] != expected[t]} == set(), name


@settings(max_examples=max(3, settings.default.max_examples // 25))
@given(st.lists(st.sampled_from(sorted(ACTS | TASK_ACTS)), max_size=8))
def test_store_when_anything_was_done_in_any_order_then_it_is_that_of_a_rebuild(
    names: list[str],
) -> None:
    with opened() as runner:
        for name in names:
            (ACTS | TASK_ACTS)[name](runner)
        runner.run("run")
        assert all_tables(runner.bot_and_wiki.engine) == rebuilt(runner)
