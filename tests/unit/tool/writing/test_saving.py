"""Original pages and edits, as `tool.app.writing.saving` makes them."""

from typing import Any

import pytest

from space.codec import editing
from space.codec.page import Reading, read_page
from tests.support.tool.app import ToolStage, fields_of
from tests.support.tool.event_form import page_text, saved_event
from tool.app.writing import saving


def test_update_when_a_field_changes_then_the_page_is_parsed_once(
    stage: ToolStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_id = saved_event(stage)
    form = fields_of(stage.get(f"/edit/{page_id}").text)
    parsed: list[str] = []

    def counted(text: str, **options: Any) -> Reading:
        parsed.append(text)
        return read_page(text, **options)

    monkeypatch.setattr(saving, "read_page", counted)
    monkeypatch.setattr(editing, "read_page", counted)
    before = page_text(stage)
    answer = stage.post_raw(f"/edit/{page_id}", **form | {"start-time": "11:30"})
    assert answer.status_code == 303
    assert page_text(stage) == before.replace("10:00", "11:30")
    assert parsed == [before]
