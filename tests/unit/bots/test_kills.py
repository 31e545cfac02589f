"""Bots that are killed at any point leave what undisturbed ones do, after one run."""

import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import make_url

from space.store.tables.tables import occurrences
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.bots.killed import BOT, Act, Beginning, Place, Story, left_by, opened
from tests.support.store.mariadb import mariadb
from tests.support.wiki.bot_and_wiki import event

_LOG = logging.getLogger(__name__)

IS_SOAK = "SPACE_SOAK" in os.environ
KILLS = {
    # SQLite is killed within its own transactions, of MariaDB only the client is.
    "sqlite": 200 if IS_SOAK else 1,
    "mysql": 50,
}
KILLS |= {
    name: int(number) for name in KILLS if (number := os.environ.get("SPACE_KILLS"))
}
SEED = int(os.environ.get("SPACE_SEED", "18"))
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
DATABASES = ["sqlite"]
if IS_SOAK:
    DATABASES += [pytest.param("mariadb", marks=pytest.mark.mariadb)]
WALKS = [f"Space/Events/Walk {number}" for number in range(8)]
SERIES, ONCE = "Space/Events/Tea", "Space/Events/Tea, once"
NEWS, FRENCH = "Space/Blog/News", "Space/Blog/Nouvelles"
FOLLOWERS, DIGEST_LIST = "Space/Followers", "Space/Digest/Subscribers/en"
TABLES = "Data:Wikimedia events/Contents.tab"
SETTINGS = f"""{{{{Space settings
| followers page = {FOLLOWERS}
| digest languages = en; de
| data pages = Data:Wikimedia events
}}}}"""
WEEKLY = event(start="2026-12-01 10:00", recurrence="FREQ=WEEKLY;COUNT=5")


def edit(title: str, text: str) -> Act:
    return lambda admin: MemoryWiki("Ann", admin.state).write(title, text)


def judge(title: str, verdict: str = "approve") -> Act:
    """Pavati's verdict on the newest text, below what the talk page says already."""

    def act(admin: MemoryWiki) -> None:
        state = admin.state
        page, talk = state.page(title), state.page(state.site.talk_title(title))
        assert page is not None, title
        before = f"{talk.latest.text}\n\n" if talk else ""
        line = f"{{{{Space review|{verdict}|rev={page.latest.id}}}}} ~~~~"
        MemoryWiki("Pavati", state).write(state.site.talk_title(title), before + line)

    return act


def ask(title: str) -> Act:
    def act(admin: MemoryWiki) -> None:
        name = admin.state.site.talk_title(title)
        talk = admin.state.page(name)
        before = f"{talk.latest.text}\n\n" if talk else ""
        MemoryWiki("Ann", admin.state).write(
            name, f"{before}== Rain? ==\nWhat then? ~~~~"
        )

    return act


def follow(user: str, line: str) -> Act:
    """An account adds a line below those of others."""

    def act(admin: MemoryWiki) -> None:
        page = admin.state.page(FOLLOWERS)
        before = f"{page.latest.text}\n" if page else ""
        line_of_user = f"{{{{Space follower|{user}{line}}}}}"
        MemoryWiki(user, admin.state).write(FOLLOWERS, before + line_of_user)

    return act


def published(title: str, text: str) -> list[Act]:
    return [edit(title, text), judge(title)]


BEFORE: list[Act] = [
    lambda admin: admin.write("Space/Settings", SETTINGS),
    lambda admin: admin.write(DIGEST_LIST, "* {{#target:User talk:Pavati|wiki.test}}"),
    follow("Ann", "|country=GH"),
    follow("Pavati", "|remind=7; 1"),
    *(
        act
        for number, title in enumerate(WALKS)
        for act in published(title, event(start=f"2026-12-{number + 3:02} 10:00"))
    ),
    *published(SERIES, WEEKLY),
    *published(NEWS, "{{Space post|title=News|language=en|topics=Maps}}\nText."),
]
ACTS: list[Act] = [
    *published("Space/Events/New", event(start="2027-01-31 23:00", city="Accra")),
    *published(WALKS[0], event(start="2027-02-01 10:00")),
    edit(WALKS[1], event(start="2026-12-04 10:00", status="cancelled")),
    lambda admin: admin.delete(WALKS[2]),
    lambda admin: admin.move(WALKS[3], "Space/Events/Moved"),
    judge(WALKS[4], "withdraw"),
    edit(WALKS[5], event(start="2026-12-08 10:00", address="44 Lorne Street")),
    *published(
        ONCE, event(start="2026-12-02 09:00", series=SERIES, occurrence="2026-12-01")
    ),
    follow("Pavati", "|kind=post|language=fr"),
    *published(FRENCH, f"{{{{Space post|title=N|language=fr|original={NEWS}}}}}"),
    ask(NEWS),
    edit("Space/Events/Waits", event(start="2026-11-25 10:00")),
    edit(WALKS[6], "no record"),
    lambda admin: admin.block("Ann"),
]
AT_ONCE: Story = [(SECOND * number, act) for number, act in enumerate(ACTS)]
SLOWLY: Story = [(SECOND * 40 * number, act) for number, act in enumerate(ACTS, 1)]


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.sqlite'}"
        return
    with mariadb() as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Where processes make the folders of which they need one for a while."""
    made = tmp_path / "folders"
    made.mkdir()
    return made


@pytest.fixture
def place(database: str, environment: dict[str, str], folders: Path) -> Place:
    """A wiki that the bots have read once, with all that settings switch on.

    The week in which it began is over, so that there is a digest of it to deliver.
    """
    environment |= {"SPACE_DATABASE_URL": database, "TMPDIR": str(folders)}
    environment |= {
        "SPACE_COMMONS_URL": environment["SPACE_WIKI_URL"],
        "SPACE_DELIVERY_URLS": environment["SPACE_WIKI_URL"],
    }
    admin = MemoryWiki()
    for name, *groups in (("Ann",), ("Pavati", "patroller"), (BOT, "bot")):
        admin.register(name, *groups)
    before = [(SECOND, act) for act in BEFORE]
    made = Place(admin.state, environment, before, admin.state.now)
    made.tell_all()
    assert made.run("run").code == 0
    made.go_on(DAY)
    return made


@dataclass(frozen=True)
class Work:
    """What a task and the run after it left, in how many edits and seconds of CPU."""

    killed: bool
    left: Mapping[str, object]
    rebuilt: Mapping[str, object]
    edits: int
    cpu: float


def work(beginning: Beginning, task: str, cpu: float | None = None) -> Work:
    """Let a task work from the beginning, for so long, and `run` when all is over."""
    place = beginning.again()
    before = place.own_revisions
    if task == "run":
        place.tell_all()
    place.go_on(SECOND)
    ended = place.run(task, cpu)
    place.tell_all()
    place.go_on(place.over + MINUTE * 10 - place.state.now)
    with opened(place.environment):  # the lease is over
        last = place.run("run")
    assert last.code == 0, last.said
    edits = place.own_revisions - before
    left = left_by(place)
    return Work(ended.killed, left, left_by(place.rebuilt()), edits, ended.cpu)


def different(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}


@pytest.mark.soak
@pytest.mark.parametrize("database", DATABASES, indirect=True)
def test_run_when_killed_anywhere_then_the_next_leaves_the_same_in_no_more_edits(
    place: Place, folders: Path
) -> None:
    beginning = Beginning.of(place, AT_ONCE)
    expected = work(beginning, "run")
    assert {"User talk:Pavati", f"Talk:{FOLLOWERS}", TABLES} <= expected.left.keys()
    for done in killed(beginning, "run", expected.cpu):
        assert different(expected.left, done.left) == set()
        assert different(done.left, done.rebuilt) == set()
        assert done.edits <= expected.edits
    assert not list(folders.iterdir())


@pytest.mark.soak
@pytest.mark.parametrize("database", DATABASES, indirect=True)
def test_watch_when_killed_anywhere_then_a_run_leaves_what_a_rebuild_makes(
    place: Place, folders: Path
) -> None:
    beginning = Beginning.of(place, SLOWLY)
    expected = work(beginning, "watch")
    for done in killed(beginning, "watch", expected.cpu):
        assert different(done.left, done.rebuilt) == set()
        assert done.left[occurrences.name] == expected.left[occurrences.name]
    assert not list(folders.iterdir())


def killed(beginning: Beginning, task: str, cpu: float) -> Iterator[Work]:
    """The work of a task that takes so many seconds of CPU, killed at random moments.

    Where it took less this time and was over, that does not count.
    """
    address = beginning.environment["SPACE_DATABASE_URL"]
    random = Random(SEED)  # noqa: S311 - what happens is to happen again
    kills = 0
    while kills < KILLS[make_url(address).get_backend_name()]:
        after = random.uniform(0.0, cpu)
        _LOG.info("%s ends after %.3f of %.3f s", task, after, cpu)
        done = work(beginning, task, after)
        kills += done.killed
        _LOG.info("killed: %d", kills)
        yield done
