import re

import pytest

from space.generate.artefacts import ROOT
from space.generate.list_templates import TEMPLATES, document
from space.publication.filters import keys, known_keys
from space.text.messages import read_catalogue

CATALOGUE = read_catalogue(ROOT / "i18n")
MODULES = ROOT / "lua_templates/modules"


@pytest.mark.parametrize("name", TEMPLATES)
def test_document_of_every_list_is_complete(name: str) -> None:
    data = document(name, CATALOGUE)
    assert data["description"]["en"]
    assert data["paramOrder"] == list(data["params"])
    for key, parameter in data["params"].items():
        assert parameter["label"]["en"], key
        assert parameter["description"]["en"], key
        assert parameter.get("example") or parameter.get("suggestedvalues"), key


@pytest.mark.parametrize(("name", "kind"), [("events", "event"), ("posts", "post")])
def test_document_of_a_list_has_every_filter(name: str, kind: str) -> None:
    assert {*known_keys(kind)} <= document(name, CATALOGUE)["params"].keys()


@pytest.mark.parametrize("name", TEMPLATES)
def test_document_of_every_list_suggests_at_most_eight(name: str) -> None:
    parameters = document(name, CATALOGUE)["params"].values()
    assert sum("suggested" in each for each in parameters) <= 8


@pytest.mark.parametrize(
    ("name", "module", "options"),
    [
        ("events", "List", "EVENT_OPTIONS"),
        ("posts", "List", "OPTIONS"),
        ("archive", "Archive", "OPTIONS"),
        ("calendar", "Calendar", "OPTIONS"),
        ("map", "Map", "OPTIONS"),
    ],
)
def test_document_of_every_list_names_what_its_module_takes(
    name: str, module: str, options: str
) -> None:
    source = next(MODULES.rglob(f"{module}.lua")).read_text(encoding="utf-8")
    found = re.search(rf"local {options} = \{{(.*?)\}}", source, re.DOTALL)
    assert found
    taken = set(re.findall(r"(\w+) = true", found[1]))
    template = TEMPLATES[name]
    filters = {*known_keys(template.kind)} - {*keys(template.kind)}
    assert taken == {option.name for option in template.options} - filters


@pytest.mark.parametrize(
    ("name", "module", "styles"),
    [
        ("events", "List", "EVENT_STYLES"),
        ("posts", "List", "POST_STYLES"),
        ("archive", "Archive", "STYLES"),
        ("calendar", "Calendar", "STYLES"),
    ],
)
def test_document_of_every_list_has_the_styles_of_its_module(
    name: str, module: str, styles: str
) -> None:
    source = next(MODULES.rglob(f"{module}.lua")).read_text(encoding="utf-8")
    found = re.search(rf"local {styles} = \{{(.*?)\}}", source, re.DOTALL)
    assert found
    parameter = document(name, CATALOGUE)["params"]["style"]
    assert re.findall(r"'(\w+)'", found[1]) == parameter["suggestedvalues"]
