"""The bots' check-up, on an in-memory wiki and with each thing that may be wrong."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from bots import doctor
from bots.stop import stop_page
from space.checkup.checks import looked_at
from space.errors import SignedOutError, WikiUnavailableError
from space.settings.environment import BotConfig
from space.settings.ruling_pages import beliefs_title
from tests.fakes.memory_wiki import MemoryWiki

NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)


def answer(_params: Mapping[str, str]) -> Mapping[str, Any]:
    protection = [{"type": "edit", "level": "sysop"}]
    return {
        "curtimestamp": NOW.isoformat(),
        "query": {
            "general": {"generator": "MediaWiki 1.43.12"},
            "pages": [
                {"title": t, "protection": protection} for t in looked_at("Space")
            ],
        },
    }


def away(_params: Mapping[str, str]) -> Mapping[str, Any]:
    raise WikiUnavailableError("HTTP 503")


def found(
    environment: Mapping[str, str],
    sign_in: Callable[..., Any] | None = None,
    ask: Callable[..., Any] = answer,
) -> dict[str, tuple[str, tuple[str | int, ...]]]:
    """Key → severity and parameters."""
    bot = MemoryWiki().as_user("SpaceBot", "bot")
    findings = doctor.findings(
        environment, sign_in or (lambda *_: bot), lambda _: ask, NOW
    )
    return {each.key: (str(each.severity), each.params) for each in findings}


def test_doctor_when_nothing_ran_yet_says_what_to_do_first(
    environment: dict[str, str],
) -> None:
    keys = found(environment)
    assert keys["check-database-empty"][0] == "look"
    assert keys["check-pages"][0] == keys["check-clock"][0] == "ok"


def test_doctor_when_a_setting_is_missing_names_it_and_asks_no_wiki(
    environment: dict[str, str],
) -> None:
    del environment["SPACE_ROOT"]
    severity, params = found(environment, ask=away)["check-settings-missing"]
    assert severity == "wrong"
    assert "SPACE_ROOT" in str(params[0])


def test_doctor_when_the_wiki_is_away_says_so(environment: dict[str, str]) -> None:
    severity, params = found(environment, ask=away)["check-wiki-away"]
    assert severity == "wrong"
    assert params[1] == "HTTP 503"


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (SignedOutError("wrong password"), "check-sign-in-refused"),
        (WikiUnavailableError("no answer"), "check-wiki-away"),
    ],
)
def test_doctor_when_the_bot_cannot_sign_in_looks_at_the_rest_nevertheless(
    environment: dict[str, str], error: Exception, key: str
) -> None:
    def refused(*_: object) -> None:
        raise error

    keys = found(environment, refused)
    assert keys[key][0] == "wrong"
    assert "check-pages" in keys


def test_doctor_when_somebody_stopped_the_bots_names_the_page(
    environment: dict[str, str],
) -> None:
    wiki = MemoryWiki()
    bot = wiki.as_user("SpaceBot", "bot")
    wiki.write(stop_page("SpaceBot", "watch"), "stop")
    wiki.write(stop_page("SpaceBot", "run"), "on")
    wiki.write("Space/Settings", "{{Space settings|bot=OtherBot}}")
    keys = found(environment, lambda *_: bot)
    assert keys["check-stopped"][1] == ("User:SpaceBot/run/watch",)
    assert keys["check-settings-bot"][0] == "wrong"


def test_doctor_when_a_former_bot_has_no_ledger_names_it(
    environment: dict[str, str],
) -> None:
    wiki = MemoryWiki()
    wiki.as_user("OldBot").write(beliefs_title("OldBot"), "{}")
    bot = wiki.as_user("SpaceBot", "bot")
    environment["SPACE_FORMER_BOTS"] = "OldBot | OldBott"
    severity, params = found(environment, lambda *_: bot)["check-former-bot"]
    assert (severity, *params) == ("look", "OldBott", beliefs_title("OldBott"))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (None, ("ok", "check-commons")),
        (SignedOutError("for one wiki only"), ("wrong", "check-commons-refused")),
        (WikiUnavailableError("no answer"), ("look", "check-commons-away")),
    ],
)
def test_doctor_when_there_is_a_map_page_tries_to_sign_in_on_commons(
    environment: dict[str, str],
    error: Exception | None,
    told: tuple[str, str],
) -> None:
    wiki = MemoryWiki()
    bot = wiki.as_user("SpaceBot", "bot")
    wiki.write("Space/Settings", "{{Space settings|map page=Data:Events.map}}")

    def sign_in(config: BotConfig) -> Any:
        if error and config.wiki_url == config.commons_url:
            raise error
        return bot

    keys = found(environment, sign_in)
    severity, key = told
    assert keys[key][0] == severity
    assert keys[key][1][0] == "Data:Events.map"
    assert [each for each in keys if each.startswith("check-commons")] == [key]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (None, ("ok", "check-delivery")),
        (SignedOutError("for one wiki only"), ("wrong", "check-delivery-refused")),
        (WikiUnavailableError("no answer"), ("look", "check-delivery-away")),
    ],
)
def test_doctor_when_the_digest_is_delivered_on_a_wiki_tries_to_sign_in_there(
    environment: dict[str, str],
    error: Exception | None,
    told: tuple[str, str],
) -> None:
    bot = MemoryWiki().as_user("SpaceBot", "bot")
    environment["SPACE_DELIVERY_URLS"] = "https://fr.wikipedia.org/w/api.php"

    def sign_in(config: BotConfig) -> Any:
        if error and config.wiki_url == environment["SPACE_DELIVERY_URLS"]:
            raise error
        return bot

    severity, key = told
    found_there = found(environment, sign_in)[key]
    assert found_there[0] == severity
    assert found_there[1][0] == "fr.wikipedia.org"


def test_doctor_when_a_calendar_is_of_a_host_that_is_not_allowed_says_so(
    environment: dict[str, str],
) -> None:
    wiki = MemoryWiki()
    line = "{{Space calendar source|https://calendar.example.org/a.ics|Aotearoa}}"
    page = "{{Space settings|registry=marked}}" + line
    wiki.as_user("Root", "sysop").write("Space/Settings", page)
    bot = wiki.as_user("SpaceBot", "bot")

    told = found(environment, lambda _: bot)["check-calendar-host"]
    assert told == ("look", ("Aotearoa", "calendar.example.org"))

    environment["SPACE_CALENDAR_HOSTS"] = "b.example Calendar.example.org"
    assert "check-calendar-host" not in found(environment, lambda _: bot)
    environment["SPACE_CALENDAR_HOSTS"] = "https://calendar.example.org/"
    assert "check-settings-missing" in found(environment, lambda _: bot)


def test_doctor_when_event_home_needs_an_extension_that_is_not_there_says_so(
    environment: dict[str, str],
) -> None:
    wiki = MemoryWiki()
    page = "{{Space settings|event home=allowed|namespaces=Event}}"
    wiki.as_user("Root", "sysop").write("Space/Settings", page)
    bot = wiki.as_user("SpaceBot", "bot")

    told = found(environment, lambda _: bot)["check-event-home-extension"]

    assert told == ("look", ("allowed",))
