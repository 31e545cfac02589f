"""The form beside a Commons and a Wikidata that fail, while the wiki itself is well."""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests

from sandbox.faults import ALL, BROKEN, STATUSES, Fault, FaultProxy
from sandbox.place import HOST
from space.authoring import gazetteer, pictures
from tests.support.tool.app import ToolApp, csrf_of
from tests.support.tool.event_form import EVENT, TITLE
from tool.app.form import picture_search
from tool.app.services import EXTENSION
from tool.upstream.adapter import bounded
from tool.upstream.call_limits import CallLimits
from tool.wiki import lookups
from tool.wiki.lookups import Lookups, asking

pytestmark = pytest.mark.soak

FAULTS = [*BROKEN, *STATUSES, ALL["maxlag"]]
TRIED = FAULTS if os.environ.get("SPACE_SOAK") else FAULTS[::4]
SHORT = 0.2  # seconds for a wiki that hangs
IMAGE = EVENT | {"image": "Tea.jpg", "image_alt": "A cup of tea."}


@pytest.fixture(scope="module")
def proxy() -> Iterator[FaultProxy]:
    with FaultProxy(f"http://{HOST}:9", drip=SHORT / 4).serving() as proxy:
        yield proxy


@pytest.fixture
def tool(proxy: FaultProxy, monkeypatch: pytest.MonkeyPatch) -> ToolApp:
    """The tool, which asks Commons and Wikidata through the proxy."""
    monkeypatch.setattr(lookups, "ASIDE", SHORT)
    monkeypatch.setattr(picture_search, "BRIEFLY", SHORT)
    tool, bounds = ToolApp(), CallLimits()
    ask = asking(
        f"{proxy.url}/w/api.php",
        lambda: bounded(requests.Session(), bounds, "Space tests"),
    )
    tool.services = replace(
        tool.services,
        gazetteer=Lookups(gazetteer.search, gazetteer.look_up, ask, tool.clock),
        pictures=Lookups(pictures.search, pictures.look_up, ask, tool.clock),
    )
    tool.app.extensions[EXTENSION] = tool.services
    tool.sign_in()
    return tool


@pytest.mark.parametrize("fault", TRIED, ids=str)
def test_form_when_another_wiki_fails_then_says_so_and_saves(
    tool: ToolApp, proxy: FaultProxy, fault: Fault
) -> None:
    proxy.fault = fault
    sent = EVENT | {"csrf": csrf_of(tool.get("/write/event"))}
    for search, words in (("place", "Place search"), ("picture", "Picture search")):
        fields = {"action": f"find-{search}", f"{search}-search": "Tea"}
        answer = tool.post_raw("/write/event", **sent | fields)
        assert answer.status_code == 200
        assert f"{words} is not available right now" in answer.text
        assert "Tea at four." in answer.text
    assert proxy.asked
    saved = tool.post_raw("/write/event", **sent | IMAGE)
    assert saved.status_code == 303
    page_id = tool.wiki.pages_by_title([TITLE])[TITLE].id
    form = tool.get(f"/edit/{page_id}")
    assert form.status_code == 200
    assert 'value="Tea.jpg"' in form.text
