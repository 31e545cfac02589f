"""The sample facts are facts a page can hold."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sandbox.sample_pages import SAMPLES
from space.schema.kinds import load_kind


def entries(name: str) -> list[Any]:
    entries: list[Any] = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    return [entry for entry in entries if "values" in entry]


EVENTS = [*entries("events"), *entries("made_up")]
POSTS = entries("posts")


@pytest.mark.parametrize("entry", EVENTS, ids=lambda entry: entry["values"]["title"])
def test_sample_event_fits_the_schema(entry: Any) -> None:
    Draft202012Validator(dict(load_kind("event").document)).validate(entry["values"])


@pytest.mark.parametrize("entry", POSTS, ids=lambda entry: entry["values"]["title"])
def test_sample_post_fits_the_schema(entry: Any) -> None:
    Draft202012Validator(dict(load_kind("post").document)).validate(entry["values"])


@pytest.mark.parametrize("name", ["events", "posts"])
def test_samples_of_real_things_name_their_source(name: str) -> None:
    assert [entry for entry in entries(name) if not entry["source"]] == []
