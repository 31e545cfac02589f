"""The samples' pictures: all there, drawn alike each time, on most posts."""

import json

from sandbox.gateway.commons import Commons
from sandbox.gateway.scenes import SCENES
from sandbox.sample_pages import SAMPLES


def rows(name: str) -> list[dict[str, str]]:
    entries = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    return [entry.get("values", {}) for entry in entries]


def test_samples_when_they_have_a_picture_then_it_can_be_drawn() -> None:
    commons = Commons("https://x")
    images = [
        row["image"]
        for name in ("posts", "events", "made_up")
        for row in rows(name)
        if "image" in row
    ]
    assert [image for image in images if not commons.draw(image, 320)] == []
    assert (
        len([row for row in rows("posts") if "image" in row]) > len(rows("posts")) / 2
    )
    assert all("image_alt" in row for row in rows("posts") if "image" in row)


def test_picture_when_drawn_twice_then_is_the_same_and_no_other() -> None:
    one, other = "Monuments at dusk.jpg", "Evening over the conference city.jpg"
    first, second = Commons("https://x"), Commons("https://x")
    assert first.draw(one, 500) == second.draw(one, 500)
    assert first.draw(one, 500) != first.draw(other, 500)
    scenes = json.loads((SAMPLES / "pictures.json").read_text("utf-8"))
    assert {row["scene"] for row in scenes} == SCENES.keys()
