"""The command: arguments, environment and exit codes."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, nullcontext
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

import bots.__main__ as command
from bots.claim import claim_page
from bots.job import Task
from bots.lease import Lease
from bots.report import ExitCode, Report
from bots.tasks import TASKS, watch
from space.errors import SignedOutError, WikiUnavailableError
from space.settings.environment import BotConfig
from space.store import open_engine
from space.store.heartbeat import RunResult, heartbeats
from space.store.reader import StoreReader
from space.store.tables.toolsdb import open_database
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.wiki.bot_and_wiki import ADDRESSES, event


@pytest.fixture
def wiki(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryWiki]:
    """What `connect` gives: the bot's view of a wiki with one event."""
    admin = MemoryWiki()
    admin.as_user("Ann").write("Space/Events/Walk", event())
    bot = admin.as_user("SpaceBot", "bot")
    monkeypatch.setattr(command, "connect", lambda *_, **__: bot)
    return bot


def test_main_when_all_is_well_then_is_fine_and_says_what_was_done(
    wiki: MemoryWiki, environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["run"], environment) is ExitCode.FINE
    assert "Space/Events/Walk: new → waiting" in capsys.readouterr().out
    assert wiki.state.page("User:SpaceBot/Space/Events.json")


@pytest.mark.parametrize("task", sorted(TASKS.keys() - {"watch"}))
def test_main_when_dry_then_every_task_leaves_the_wiki_alone(
    wiki: MemoryWiki,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    task: str,
) -> None:
    monkeypatch.setattr("sys.stdin", ["Walk\n"])  # which one task reads
    before = wiki.state.next_revision
    command.main([task, "--dry-run"], environment)
    assert wiki.state.next_revision == before


@pytest.mark.parametrize("name", ["SPACE_WIKI_URL", "SPACE_BOT_USER"])
def test_main_when_a_setting_is_missing_then_names_it(
    environment: dict[str, str], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    del environment[name]
    assert command.main(["run"], environment) is ExitCode.USAGE
    assert name in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["calendar", "--full"],
        ["run", "--adopt", "X"],
        ["run", "--x"],
        ["run", "--since", "2026-11-01"],
        ["find_words", "--since", "May"],
    ],
)
def test_main_when_arguments_are_wrong_then_exits_with_2(
    environment: dict[str, str],
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments, environment)
    assert ended.value.code == ExitCode.USAGE
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (WikiUnavailableError("no answer"), ExitCode.TRY_LATER),
        (SignedOutError("wrong password"), ExitCode.USAGE),
    ],
)
def test_main_when_the_wiki_cannot_be_reached_then_says_so(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    problem: Exception,
    code: ExitCode,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr(command, "connect", fail)
    assert command.main(["run"], environment) is code


@pytest.mark.parametrize(
    ("problem", "ending"),
    [
        (WikiUnavailableError("no answer"), RunResult.LATER),
        (SignedOutError("wrong password"), RunResult.PROBLEM),
    ],
)
def test_main_when_it_fails_before_its_task_begins_then_leaves_a_heartbeat(
    wiki: MemoryWiki,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    problem: Exception,
    ending: RunResult,
) -> None:
    assert wiki
    command.main(["run"], environment)

    def fail(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr(command, "connect", fail)
    command.main(["run"], environment)
    engine = open_database(environment["SPACE_DATABASE_URL"])
    rows = heartbeats(StoreReader(engine, ADDRESSES))
    engine.dispose()
    assert {row.task: row.ending for row in rows}["run"] is ending


@pytest.mark.parametrize(
    ("problem", "code", "line"),
    [
        (WikiUnavailableError("no answer"), ExitCode.TRY_LATER, "try later"),
        (SignedOutError("no account"), ExitCode.USAGE, "sign-in refused"),
    ],
)
def test_main_when_only_commons_cannot_be_reached_then_says_so_and_does_the_rest(
    wiki: MemoryWiki,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    problem: Exception,
    code: ExitCode,
    line: str,
) -> None:
    def connect(config: BotConfig, *_: object, **__: object) -> MemoryWiki:
        if config.wiki_url == environment["SPACE_COMMONS_URL"]:
            raise problem
        return wiki

    environment["SPACE_COMMONS_URL"] = "https://commons.test/w/api.php"
    page = "{{Space settings|map page=Data:X.map}}"
    MemoryWiki("Admin", wiki.state).write("Space/Settings", page)
    monkeypatch.setattr(command, "connect", connect)
    assert command.main(["run"], environment) is code
    assert f"{line}: map_data, commons.test: {problem}" in capsys.readouterr().out
    assert wiki.state.page("User:SpaceBot/Space/Queue.json")


def test_main_when_another_run_is_going_on_then_asks_for_later(
    wiki: MemoryWiki,
    environment: dict[str, str],
) -> None:
    engine = open_engine(environment["SPACE_DATABASE_URL"])
    with Lease(engine, f"{wiki.site().database} SpaceBot").held():
        assert command.main(["run"], environment) is ExitCode.TRY_LATER


def test_main_when_a_run_is_going_on_then_a_deployment_waits_for_its_end(
    wiki: MemoryWiki, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(environment["SPACE_DATABASE_URL"])
    with ExitStack() as run:

        class Waits(Event):
            def wait(self, timeout: float | None = None) -> bool:
                del timeout
                run.close()
                return False

        monkeypatch.setattr(command, "termination", lambda: nullcontext(Waits()))
        run.enter_context(Lease(engine, f"{wiki.site().database} SpaceBot").held())
        assert command.main(["deploy_templates"], environment) is ExitCode.FINE
    engine.dispose()


@pytest.mark.usefixtures("wiki")
def test_main_when_the_database_cannot_be_opened_then_asks_for_later(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    environment["SPACE_DATABASE_URL"] = f"sqlite:///{folder}"
    assert command.main(["run"], environment) is ExitCode.TRY_LATER


def test_main_when_the_wiki_names_another_bot_then_does_nothing(
    wiki: MemoryWiki, environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    admin = MemoryWiki("Admin", wiki.state)
    admin.write("Space/Settings", "{{Space settings|bot=OtherBot}}")
    before = wiki.state.next_revision
    assert command.main(["run"], environment) is ExitCode.USAGE
    assert "OtherBot" in capsys.readouterr().err
    assert wiki.state.next_revision == before


def test_main_when_a_stranger_edits_the_settings_then_they_decide_nothing(
    wiki: MemoryWiki, environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither what is published, nor whose ledger counts, nor who the bot is."""
    eve = wiki.as_user("Eve")
    forged = "User:Eve/Space/Ledger/0.json"
    eve.write(
        "Space/Settings",
        "{{Space settings|event policy=open|bot=Eve|former bots=Eve}}",
    )
    eve.write(forged, '{"schema": 1, "p1": {"page": 1, "kind": "event"}}')
    assert command.main(["run"], environment) is ExitCode.PROBLEM
    said = capsys.readouterr().out
    assert "problem: Space/Settings: Revision 2 does not count" in said
    assert "Space/Events/Walk: new → waiting" in said


@pytest.mark.parametrize("named", [True, False])
def test_main_when_the_deployment_names_a_former_bot_then_its_ledger_counts(
    wiki: MemoryWiki, environment: dict[str, str], *, named: bool
) -> None:
    old = wiki.as_user("OldBot")
    entry = {"page": 1, "kind": "event", "seen": ["of old"]}
    text = json.dumps({"schema": 1, "p1": entry})
    old.write("User:OldBot/Space/Ledger/0.json", text)
    if named:
        environment["SPACE_FORMER_BOTS"] = "Nobody | oldBot"
    command.main(["sync"], environment)
    page = wiki.state.page("User:SpaceBot/Space/Ledger/0.json")
    assert page is not None
    assert ("of old" in page.latest.text) is named


def test_main_when_the_session_is_nobodys_then_is_a_usage_problem(
    wiki: MemoryWiki, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "connect", lambda *_, **__: wiki.as_user(None))
    assert command.main(["sync"], environment) is ExitCode.USAGE


def test_main_when_unattended_then_fails_only_when_a_person_is_needed(
    wiki: MemoryWiki, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wiki
    command.main(["run"], environment)
    clock = [command._now()]
    monkeypatch.setattr(command, "_now", lambda: clock[0])
    works = command.connect

    def codes(times: int, step: timedelta) -> list[ExitCode]:
        found = []
        for _ in range(times):
            clock[0] += step
            found.append(command.main(["run", "--unattended"], environment))
        return found

    def fails(problem: Exception) -> None:
        def fail(*_: object, **__: object) -> None:
            raise problem

        monkeypatch.setattr(command, "connect", fail)

    minutes, fine, usage = timedelta(minutes=10), ExitCode.FINE, ExitCode.USAGE
    fails(SignedOutError("no"))
    assert codes(5, minutes) == [fine, fine, usage, fine, fine]
    assert codes(2, timedelta(days=1)) == [usage, usage]
    monkeypatch.setattr(command, "connect", works)
    assert codes(1, minutes) == [fine]
    fails(WikiUnavailableError("no"))
    assert codes(6, minutes) == [fine] * 6
    assert codes(1, timedelta(days=1)) == [ExitCode.TRY_LATER]


def test_main_when_the_database_is_damaged_then_says_so_and_the_next_run_heals_it(
    wiki: MemoryWiki,
    environment: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command.main(["run"], environment)
    path, before = tmp_path / "store.sqlite", wiki.state.next_revision
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    capsys.readouterr()
    assert command.main(["run"], environment) is ExitCode.TRY_LATER
    said = capsys.readouterr().err
    assert "store.sqlite.damaged" in said
    assert "Traceback" not in said
    assert command.main(["run"], environment) is ExitCode.FINE
    assert wiki.state.next_revision == before


@pytest.mark.usefixtures("wiki")
def test_main_when_a_task_goes_on_then_its_last_report_is_not_told_again(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rounds = [Report(remarks=("recent changes read",), stopped="terminated")]
    monkeypatch.setattr(watch, "_rounds", lambda _: rounds)
    monkeypatch.setitem(TASKS, "watch", Task(watch.run, needs_sync=False))
    assert command.main(["watch"], environment) is ExitCode.FINE
    assert capsys.readouterr().out == "stopped: terminated\n"


@pytest.mark.usefixtures("wiki")
def test_main_when_rows_are_damaged_that_no_task_reads_then_heals_it(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command.main(["run"], environment)
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE tool_other (text TEXT)")
        rows = [("long " * 700,)] * 10
        connection.executemany("INSERT INTO tool_other VALUES (?)", rows)
    content = path.read_bytes()
    page = content.index(b"long long") // 4096 * 4096
    path.write_bytes(content[:page] + b"?" * 4096 + content[page + 4096 :])
    assert command.main(["run"], environment) is ExitCode.TRY_LATER
    assert "store.sqlite.damaged" in capsys.readouterr().err
    assert command.main(["run"], environment) is ExitCode.FINE


@pytest.mark.usefixtures("wiki")
def test_main_when_the_database_is_read_only_then_says_so_in_one_line(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command.main(["run"], environment)
    capsys.readouterr()
    path = tmp_path / "store.sqlite"
    environment["SPACE_DATABASE_URL"] = f"sqlite:///file:{path}?mode=ro&uri=true"
    assert command.main(["run"], environment) is ExitCode.TRY_LATER
    (line,) = capsys.readouterr().err.splitlines()
    assert "attempt to write a readonly database" in line
    assert "SQL" not in line


def test_main_when_two_databases_share_an_account_then_the_first_edits_no_more(
    wiki: MemoryWiki,
    environment: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ann, admin = wiki.as_user("Ann"), MemoryWiki("Admin", wiki.state)
    other = {**environment, "SPACE_DATABASE_URL": f"sqlite:///{tmp_path / 'other'}"}

    def run(settings: dict[str, str]) -> tuple[ExitCode, int]:
        """The code, and how many edits it made while an event waited to be listed."""
        number = wiki.state.next_revision
        ann.write(f"Space/Events/Walk {number}", event())
        before = wiki.state.next_revision
        code = command.main(["run"], settings)
        return code, wiki.state.next_revision - before

    first, _ = run(environment)
    again, edits = run(environment)
    assert (first, again) == (ExitCode.FINE, ExitCode.FINE)
    assert command.main(["deploy_templates"], other) is ExitCode.FINE
    assert run(environment)[0] is ExitCode.FINE
    assert run(other) == (ExitCode.FINE, edits + 1)
    assert run(environment) == (ExitCode.PROBLEM, 0)
    assert f"[[{claim_page('SpaceBot')}]]" in capsys.readouterr().err
    assert run(other)[0] is ExitCode.FINE
    admin.write(claim_page("SpaceBot"), "")
    assert run(environment)[0] is ExitCode.FINE
    assert run(other) == (ExitCode.PROBLEM, 0)


@pytest.mark.usefixtures("wiki")
def test_main_when_nothing_happened_then_says_so_in_ten_lines(
    environment: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    command.main(["run"], environment)
    capsys.readouterr()
    caplog.clear()
    assert command.main(["run"], environment) is ExitCode.FINE
    said = capsys.readouterr()
    assert len([*said.out.splitlines(), *caplog.messages]) <= 10
