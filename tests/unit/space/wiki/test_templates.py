"""Names of our templates on a wiki of another language."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import pytest

from space.codec.page import read_page
from space.wiki.templates import Templates
from space.wiki.values import Site
from tests.fakes.wiki_state import WikiState

CALL = "|title=A|start=2026-11-28|timezone=UTC|country=NZ}}"


class German:
    """As much of a wiki in German as is asked for names of templates."""

    def site(self) -> Site:
        names = {10: ("Vorlage", "Template", "VL")}
        site = WikiState().site
        return replace(site, namespaces={**site.namespaces, **names})

    def redirects(self, titles: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
        assert "Template:Space event" in titles
        return {"Template:Space event": ("Vorlage:Termin",)}


@pytest.mark.parametrize(
    "name",
    [
        *("Space event", "Vorlage:Space event", "vorlage: space_event", "VL:Termin"),
        *(":Vorlage:Termin", "Template:termin", "Termin"),
    ],
)
def test_call_when_the_namespace_goes_by_the_wikis_own_name_is_one(name: str) -> None:
    templates = Templates.read(cast("Any", German())).records
    page = read_page(f"{{{{{name}{CALL}", title="A", templates=templates)
    assert page.kind == "event"


def test_call_when_the_namespace_is_another_one_is_none() -> None:
    templates = Templates.read(cast("Any", German())).records
    page = read_page(f"{{{{Hilfe:Termin{CALL}", title="A", templates=templates)
    assert page.kind is None
