from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from space.checkup import checks
from space.checkup.findings import Finding, Severity, lines
from space.checkup.wiki_facts import WikiFacts, read_facts
from space.errors import WikiUnavailableError
from space.settings.onwiki import Settings
from space.store.failures import count_failure
from space.store.heartbeat import Heartbeat, RunResult
from space.store.keys import COMPLETE
from space.store.reader import StoreReader
from space.store.tables.toolsdb import open_database
from space.text.messages import DOCUMENTATION, FOLDER, Translator, read_catalogue
from space.wiki.values import Account
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.bots.runner import CONFIG
from tests.support.store.memory import memory_engine
from tests.support.store.stores import memory_store
from tests.support.wiki.bot_and_wiki import ADDRESSES

NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)
LEVELS = dict.fromkeys(checks.looked_at("Space"), frozenset({"autoconfirmed"}))
FACTS = WikiFacts(NOW, "MediaWiki 1.47.0-wmf.3", LEVELS)
RIGHTS = frozenset({*checks.RIGHTS, *checks.FOR_A_BOT})
BOT = Account("SpaceBot", exists=True, rights=RIGHTS)


def said(*findings: Finding) -> list[tuple[str, str]]:
    return [(str(each.severity), each.key) for each in findings]


def test_checks_when_all_is_well_find_nothing_to_do() -> None:
    store = memory_store()
    store.set_checkpoint(NOW)
    found = [
        *checks.check_clock(FACTS, NOW),
        *checks.check_version(FACTS),
        *checks.check_pages(FACTS, "Space"),
        *checks.check_account(BOT),
        *checks.check_settings(CONFIG, Settings.of(), "SpaceBot"),
        *checks.check_database(store, NOW),
        *checks.check_packages("flask==3.1.0 \\\n    --hash=x\n", {"flask": "3.1.0"}),
    ]
    assert {each.severity for each in found} == {Severity.FINE}
    assert not checks.is_broken(found)
    text = "\n".join(lines(found, Translator(read_catalogue(), "en")))
    assert "ok    Account: SpaceBot is signed in" in text


@pytest.mark.parametrize("apart", [timedelta(seconds=61), -timedelta(minutes=6)])
def test_clock_when_it_is_wrong_is_told(apart: timedelta) -> None:
    assert said(*checks.check_clock(FACTS, NOW + apart)) == [
        ("wrong", "check-clock-off")
    ]


@pytest.mark.parametrize("generator", ["MediaWiki 1.39.7", "MediaWiki", "Other 2.1"])
def test_version_when_the_wiki_is_old_or_unknown_is_to_be_looked_at(
    generator: str,
) -> None:
    facts = replace(FACTS, generator=generator)
    assert said(*checks.check_version(facts)) == [("look", "check-version-old")]


def test_pages_when_missing_or_open_are_named() -> None:
    levels = {**LEVELS, "Space/Settings": frozenset[str]()}
    del levels["Template:Space post"]
    facts = replace(FACTS, protection=levels)
    missing, unprotected = checks.check_pages(facts, "Space")
    assert missing == Finding(
        Severity.WRONG, "check-pages-missing", ("Template:Space post",)
    )
    assert unprotected.params == ("Space/Settings",)


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (replace(BOT, exists=False), [("wrong", "check-signed-out")]),
        (replace(BOT, blocked=True), [("wrong", "check-blocked")]),
        (
            replace(BOT, rights=RIGHTS - {"editmyuserjson"}),
            [("wrong", "check-rights")],
        ),
        (replace(BOT, rights=RIGHTS - {"bot"}), [("look", "check-bot-flag")]),
    ],
)
def test_account_when_it_cannot_do_its_work_says_why(
    account: Account, expected: list[tuple[str, str]]
) -> None:
    assert said(*checks.check_account(account)) == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"bot": "OtherBot"}, [("wrong", "check-settings-bot")]),
        ({"tool": "https://old.example"}, [("look", "check-settings-tool")]),
    ],
)
def test_settings_when_they_name_others_are_told(
    settings: Mapping[str, Any], expected: list[tuple[str, str]]
) -> None:
    page = replace(Settings.of(), **settings)
    assert said(*checks.check_settings(CONFIG, page, "SpaceBot")) == expected


def test_settings_when_one_cannot_be_read_name_it() -> None:
    page = Settings.of("{{Space settings|write interval=soon}}")
    (found,) = checks.check_settings(CONFIG, page, "SpaceBot")
    assert found.params == ("Space/Settings", "write interval")


def test_calendars_when_a_line_of_one_cannot_be_read_name_it() -> None:
    line = "{{Space calendar source|http://example.org/a.ics|Aotearoa}}"
    page = Settings.of(f"{{{{Space settings|registry=marked}}}}\n{line}")
    (found,) = (
        *checks.check_settings(CONFIG, page, "SpaceBot"),
        *checks.check_calendars(page, ()),
    )
    assert found.key == "check-calendar-line"
    assert found.params == ("Space/Settings", 2, "address")


def test_database_when_it_is_old_empty_or_away_is_told() -> None:
    store = memory_store()
    store.set_checkpoint(NOW - timedelta(days=9))
    assert said(*checks.check_database(store, NOW)) == [
        ("look", "check-database-stale")
    ]
    store.set_value(COMPLETE, None)
    assert said(*checks.check_database(store, NOW)) == [
        ("look", "check-database-empty")
    ]
    for address, expected in (
        ("sqlite://", ("look", "check-database-empty")),
        ("sqlite:////nowhere/space.sqlite", ("wrong", "check-database-fails")),
    ):
        engine = create_engine(address)
        reader = StoreReader(engine, ADDRESSES)
        assert said(*checks.check_database(reader, NOW)) == [expected]
        engine.dispose()


def test_database_when_the_version_before_filled_it_says_when() -> None:
    store = memory_store()
    store.set_checkpoint(NOW)
    store.prepare("another build key", NOW.date())
    (found,) = checks.check_database(store, NOW)
    assert (found.key, found.params) == ("check-database", ("2026-11-28 10:00 UTC",))


def test_database_when_its_file_is_damaged_says_what_mends_it(tmp_path: Path) -> None:
    path = tmp_path / "space.sqlite"
    path.write_bytes(b"no database" * 1000)
    engine = open_database(f"sqlite:///{path}")
    reader = StoreReader(engine, ADDRESSES)
    assert said(*checks.check_database(reader, NOW)) == [
        ("wrong", "check-database-damaged")
    ]
    engine.dispose()


def test_database_when_a_task_keeps_failing_names_it() -> None:
    store = memory_store()
    store.set_checkpoint(NOW)
    for _ in range(3):
        count_failure(store, Heartbeat("calendar", NOW, RunResult.PROBLEM))
    _, task = checks.check_database(store, NOW)
    assert task.key == "check-task-fails"
    assert task.params[:2] == ("calendar", 3)


def test_packages_when_others_are_installed_are_named() -> None:
    (found,) = checks.check_packages("a==1\nb==2\n", {"a": "1", "b": "3"})
    assert found.key == "check-packages-other"
    assert "b 3 (2)" in str(found.params[0])


def test_stop_pages_when_there_are_some_are_named() -> None:
    found = checks.check_stops(["User:SpaceBot/run/run"])
    assert said(*found) == [("look", "check-stopped")]


def test_facts_when_the_wiki_spells_a_title_otherwise_keep_ours() -> None:
    def ask(params: Mapping[str, str]) -> Mapping[str, Any]:
        assert params["curtimestamp"]
        return {
            "curtimestamp": "2026-11-28T10:00:00Z",
            "query": {
                "general": {"generator": "MediaWiki 1.43.1"},
                "normalized": [{"from": "Template:X", "to": "Vorlage:X"}],
                "pages": [
                    {
                        "title": "Vorlage:X",
                        "protection": [
                            {"type": "edit", "level": "sysop"},
                            {"type": "move", "level": "x"},
                        ],
                    },
                    {"title": "Y", "missing": True},
                ],
            },
        }

    facts = read_facts(ask, ["Template:X", "Y"])
    assert facts == WikiFacts(
        NOW, "MediaWiki 1.43.1", {"Template:X": frozenset({"sysop"})}
    )


@pytest.mark.parametrize("answer", [{}, {"query": {}}, {"query": 3}])
def test_facts_when_something_else_answers_are_none(answer: Mapping[str, Any]) -> None:
    with pytest.raises(WikiUnavailableError):
        read_facts(lambda _: answer, [])


@pytest.mark.parametrize(
    ("settings", "namespaces", "extensions", "expected"),
    [
        ("", (), (), []),
        ("event home=off|namespaces=Event", (), (), []),
        ("event home=allowed|namespaces=Event", (1728,), ("CampaignEvents",), []),
        (
            "event home=default|namespaces=(main)",
            (1728,),
            ("CampaignEvents",),
            ["unnamed"],
        ),
        ("event home=allowed|namespaces=Event", (1728,), ("Other",), ["extension"]),
        (
            "event home=default|namespaces=Event",
            (),
            (),
            ["missing", "extension"],
        ),
    ],
)
def test_event_home_when_the_wiki_cannot_have_it_is_to_be_looked_at(
    settings: str,
    namespaces: tuple[int, ...],
    extensions: tuple[str, ...],
    expected: list[str],
) -> None:
    site = MemoryWiki().site()
    names = {number: site.namespaces[number] for number in namespaces}
    site = replace(site, namespaces=names, extensions=frozenset(extensions))
    page = Settings.of(f"{{{{Space settings|{settings}}}}}")

    found = said(*checks.check_event_home(page, site))

    assert found == [("look", f"check-event-home-{what}") for what in expected]


def test_messages_of_findings_when_written_are_all_used() -> None:
    source = "".join(
        path.read_text("utf-8")
        for name in ("space/checkup", "bots", "tool")
        for path in sorted((FOLDER.parent / name).glob("*.py"))
    )
    catalogue = (FOLDER / "operator" / f"{DOCUMENTATION}.json").read_text("utf-8")
    keys = [line.split('"')[1] for line in catalogue.splitlines() if '"check-' in line]
    assert keys
    assert [key for key in keys if f'"{key}"' not in source] == []


def test_sizes_when_asked_name_what_is_no_part_of_the_index() -> None:
    (found,) = checks.check_sizes(memory_engine())
    assert found.key == "check-database-size"
    megabytes, rows = found.params
    assert megabytes == 1
    assert rows == "space_content 0, tool_rendering 0"
