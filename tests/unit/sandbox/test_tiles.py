import re

import pytest

from sandbox.gateway.tiles import PATH, SIZE, TEMPLATE, tile


def test_tile_when_on_the_map_is_a_drawing_of_its_part() -> None:
    drawn = tile(2, 3, 1)
    assert drawn is not None
    assert 'viewBox="192.0 64.0 64.0 64.0"' in drawn


def test_tile_when_of_the_whole_world_keeps_land_inside_it() -> None:
    drawn = tile(0, 0, 0)
    assert drawn is not None
    path = re.findall(r"([-\d.]+),([-\d.]+)", drawn)
    downs = [float(down) for _, down in path]
    assert len(path) > 1000
    assert min(downs) >= 0
    assert max(downs) <= SIZE


@pytest.mark.parametrize("place", [(0, 1, 0), (3, 8, 0), (3, 0, 8)])
def test_tile_when_off_the_map_is_none(place: tuple[int, int, int]) -> None:
    assert tile(*place) is None


def test_path_when_made_from_the_template_is_understood() -> None:
    made = TEMPLATE.format(z=3, x=4, y=5)
    match = PATH.fullmatch(made)
    assert match is not None
    assert match.groups() == ("3", "4", "5")
