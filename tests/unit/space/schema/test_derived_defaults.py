import pytest

from space.schema.kinds import load_kind

REACH = load_kind("event").fields["reach"]


@pytest.mark.parametrize(
    ("values", "reach"),
    [
        ({"mode": "online"}, "movement"),
        ({"mode": "online", "country": ""}, "movement"),
        ({"mode": "online", "country": "IN"}, "country"),
        ({"mode": "hybrid", "country": "IN"}, "local"),
        ({"country": "IN", "precision": "country"}, "local"),
        ({"mode": "online", "country": "IN", "reach": "local"}, "local"),
        ({"country": "IN", "reach": "movement"}, "movement"),
    ],
)
def test_reach_when_a_page_does_not_say_it_then_follows_from_mode_and_country(
    values: dict[str, str], reach: str
) -> None:
    assert REACH.value_in(values) == reach
