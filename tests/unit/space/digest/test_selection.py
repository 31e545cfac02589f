import pytest

from space.digest.selection import reach_of
from tests.support.feeds.publications import event


@pytest.mark.parametrize(
    ("values", "reach"),
    [
        ({}, "local"),
        ({"mode": "hybrid"}, "local"),
        ({"mode": "online"}, "country"),
        ({"mode": "online", "country": ""}, "movement"),
        ({"reach": "movement"}, "movement"),
        ({"mode": "online", "country": "", "reach": "region"}, "region"),
    ],
)
def test_reach_when_a_page_says_none_follows_from_country_and_mode(
    values: dict[str, str], reach: str
) -> None:
    assert reach_of(event(**values)) == reach
