import gzip
import json
from collections.abc import Mapping
from typing import Any

import pytest

from space.generate import templatedata
from space.generate.artefacts import ROOT
from space.schema.kinds import NAMES, load_kind
from space.text.messages import read_catalogue

CATALOGUE = read_catalogue(ROOT / "i18n")
STORED = 65_535  # bytes, of TemplateDataCompressedBlob::MAX_LENGTH
TYPES = {
    "string",
    "date",
    "url",
    "number",
    "wiki-file-name",
    "wiki-page-name",
    "wiki-user-name",
}


@pytest.mark.parametrize("name", NAMES)
def test_document_for_every_kind_is_what_templatedata_understands(name: str) -> None:
    document = templatedata.document(load_kind(name), CATALOGUE)
    assert set(document["paramOrder"]) == set(document["params"])
    assert document["description"]["en"]
    for parameter in document["params"].values():
        assert parameter["type"] in TYPES
        assert parameter["label"]["en"]
        assert parameter["description"]["en"]


@pytest.mark.parametrize("name", NAMES)
def test_document_in_all_languages_fits_what_the_wiki_stores(name: str) -> None:
    document = templatedata.document(load_kind(name), CATALOGUE)
    assert len(gzip.compress(json.dumps(document).encode())) <= STORED


@pytest.mark.parametrize("name", NAMES)
def test_document_for_every_kind_suggests_at_most_eight(name: str) -> None:
    parameters = templatedata.document(load_kind(name), CATALOGUE)["params"].values()
    assert sum(p.get("suggested", p.get("required", False)) for p in parameters) <= 8


def test_document_of_a_verdict_knows_its_positional_parameter() -> None:
    verdict = templatedata.document(load_kind("verdict"), CATALOGUE)["params"][
        "verdict"
    ]
    assert verdict["aliases"] == ["1"]
    assert verdict["suggestedvalues"] == ["approve", "changes", "decline", "withdraw"]


@pytest.mark.parametrize("name", ["event", "post"])
def test_document_of_a_page_does_not_ask_for_a_title_as_its_name_is_one(
    name: str,
) -> None:
    parameters = templatedata.document(load_kind(name), CATALOGUE)["params"]
    assert "required" not in parameters["title"]
    assert parameters["title"]["suggested"]
    assert any(each.get("required") for each in parameters.values())


def test_document_when_a_language_lacks_a_message_then_it_is_left_out() -> None:
    catalogue = {"en": CATALOGUE["en"], "mi": {"field-post-title-label": "Taitara"}}
    title = templatedata.document(load_kind("post"), catalogue)["params"]["title"]
    assert title["label"]["mi"] == "Taitara"
    assert set(title["description"]) == {"en"}


def described(name: str) -> Mapping[str, Any]:
    return templatedata.document(load_kind(name), CATALOGUE)


def test_fill_when_a_page_has_markers_then_only_what_is_between_changes() -> None:
    page = "before\n<!-- templatedata:post -->old<!-- /templatedata -->\nafter"
    filled = templatedata.fill(page, described)
    assert filled.startswith("before\n<!-- templatedata:post -->\n<templatedata>\n{")
    assert filled.endswith("</templatedata>\n<!-- /templatedata -->\nafter")
    assert "-->old<!--" not in filled
    assert templatedata.fill(filled, described) == filled


def test_fill_when_the_kind_is_unknown_then_it_says_so() -> None:
    with pytest.raises(KeyError, match="poem"):
        templatedata.fill("<!-- templatedata:poem --><!-- /templatedata -->", described)


def test_block_when_a_text_holds_a_closing_tag_then_the_json_is_whole() -> None:
    catalogue = {"en": {"field-topics-slug-help": "no </templatedata> here"}}
    block = templatedata.block(templatedata.document(load_kind("topics"), catalogue))
    assert block.count("</templatedata>") == 1
    inside = json.loads(block.removeprefix("<templatedata>").split("</templ")[0])
    assert "</templatedata>" in inside["params"]["slug"]["description"]["en"]
