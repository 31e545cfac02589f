from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from space.checkup.checks import looked_at
from space.errors import ConsumerRefusedError, WikiUnavailableError
from tests.support.tool.app import CONFIG
from tool import check

NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)


class Consumer:
    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    def refresh(self, _token: object) -> None:
        if self.error:
            raise self.error


def answer(_params: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        "curtimestamp": NOW.isoformat(),
        "query": {
            "general": {"generator": "MediaWiki 1.43.12"},
            "pages": [{"title": title} for title in looked_at("Space")],
        },
    }


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (None, "check-consumer"),
        (ConsumerRefusedError("invalid_client"), "check-consumer-refused"),
        (WikiUnavailableError("HTTP 500"), "check-wiki-away"),
    ],
)
def test_check_when_the_wiki_is_asked_tells_how_it_takes_the_consumer(
    error: Exception | None, key: str
) -> None:
    consumer: Any = Consumer(error)
    found = [e.key for e in check.findings_of_wiki(CONFIG, answer, consumer, NOW)]
    assert key in found
    assert "check-clock" in found


def test_check_when_a_setting_is_missing_names_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert check.check_up({}) == 1
    assert "wrong Settings: SPACE_" in capsys.readouterr().out
