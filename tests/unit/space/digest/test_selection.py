import pytest

from space.digest.selection import Reach, reach_of
from tests.support.feeds.publications import event


@pytest.mark.parametrize(
    ("values", "reach"),
    [
        ({}, Reach.LOCAL),
        ({"mode": "hybrid"}, Reach.LOCAL),
        ({"mode": "online"}, Reach.COUNTRY),
        ({"mode": "online", "country": ""}, Reach.MOVEMENT),
        ({"reach": "movement"}, Reach.MOVEMENT),
        ({"mode": "online", "country": "", "reach": "region"}, Reach.REGION),
    ],
)
def test_reach_when_a_page_says_none_follows_from_country_and_mode(
    values: dict[str, str], reach: Reach
) -> None:
    assert reach_of(event(**values)) is reach
