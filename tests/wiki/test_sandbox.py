import pytest

from sandbox.client import ApiError
from tests.support.sandbox import Sandbox

pytestmark = pytest.mark.wiki


def test_wiki_when_asked_has_the_extensions_space_relies_on(sandbox: Sandbox) -> None:
    answer = sandbox.anonymous().get(
        action="query", meta="siteinfo", siprop="extensions|namespaces|general"
    )["query"]
    names = {extension["name"] for extension in answer["extensions"]}
    assert {"Scribunto", "DiscussionTools", "Abuse Filter", "TemplateData"} <= names
    assert answer["namespaces"]["1728"]["name"] == "Event"
    assert answer["namespaces"]["0"]["subpages"]
    assert answer["general"]["server"] == sandbox.place.public_url


def test_edit_when_wiki_is_restored_is_gone(fresh_wiki: Sandbox) -> None:
    olu = fresh_wiki.login("Olu")
    assert olu.edit("Restored", "text")["result"] == "Success"
    assert olu.text("Restored") == "text"
    fresh_wiki.restore()
    assert fresh_wiki.anonymous().text("Restored") is None


def test_edit_when_wiki_is_read_only_is_refused(fresh_wiki: Sandbox) -> None:
    olu = fresh_wiki.login("Olu")
    fresh_wiki.switch(wgReadOnly="Maintenance")
    with pytest.raises(ApiError) as caught:
        olu.edit("Read only", "text")
    assert caught.value.code == "readonly"
    fresh_wiki.switch()
    assert olu.edit("Read only", "text")["result"] == "Success"
