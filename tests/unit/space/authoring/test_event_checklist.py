import pytest

from space.authoring.event_checklist import event_checks
from space.schema.kinds import Values

LAGOS = {"start": "2026-12-02 18:00", "country": "NG", "timezone": "Africa/Lagos"}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (LAGOS, {"zone": True, "summary": False}),
        ({**LAGOS, "timezone": "Europe/Berlin"}, {"zone": False, "summary": False}),
        ({**LAGOS, "start": "2026-12-02"}, {"summary": False}),
        ({"mode": "online", "summary": "Tea."}, {"joining": False, "summary": True}),
        (
            {**LAGOS, "mode": "hybrid", "online_link": "https://example.org/"},
            {"zone": True, "joining": True, "summary": False},
        ),
    ],
)
def test_event_checks_when_read_then_tell_what_is_missing(
    values: Values, told: dict[str, bool]
) -> None:
    assert {check.name: check.done for check in event_checks(values)} == told
