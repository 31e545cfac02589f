"""The generated files of the repository and their texts."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from space.generate import list_templates, templatedata
from space.generate.country_names import country_names
from space.generate.fields_document import fields_document
from space.generate.language_names import language_names
from space.generate.lua.codes import codes_module
from space.generate.lua.elsewhere import elsewhere_module
from space.generate.lua.fields import fields_module
from space.generate.lua.folds import folds_module
from space.generate.lua.language_names import language_names_module
from space.generate.lua.messages import messages_module
from space.generate.lua.wikitext import entities_module, grammar_module, signs_module
from space.generate.lua.zones import zones_module
from space.generate.manifest import with_languages
from space.generate.name_index import country_index, language_index
from space.generate.page_translations import (
    page_languages_module,
    with_translations,
)
from space.generate.zone_cities import zone_cities
from space.schema.kinds import load_kind
from space.text.messages import Catalogue, read_catalogue

ROOT = Path(__file__).resolve().parent.parent.parent
_MESSAGES = Path("lua_templates/modules/text/Messages")
_PAGE_LANGUAGES = Path("lua_templates/modules/tables/PageLanguages.lua")
_DOCUMENTS = "*.doc.wikitext"
_ELSEWHERE = Path("lua_templates/elsewhere/Lists.lua")
_MANIFEST = Path("lua_templates/manifest.json")


def artefacts(root: Path = ROOT) -> Mapping[Path, str]:
    """Path below `root` → text that the file should have."""
    catalogue = read_catalogue(root / "i18n")
    manifest = with_translations(
        with_languages((root / _MANIFEST).read_text(encoding="utf-8"), catalogue), root
    )
    return {
        **_tables(),
        _ELSEWHERE: elsewhere_module(
            root,
            {
                page["title"]: path
                for path, page in json.loads(manifest).items()
                if path.startswith("modules/")
            },
            _tables_elsewhere(),
            catalogue,
        ),
        Path("docs/fields.md"): fields_document(catalogue["en"]),
        **{
            _MESSAGES / f"{language}.lua": messages_module(language, messages)
            for language, messages in catalogue.items()
        },
        _MANIFEST: manifest,
        _PAGE_LANGUAGES: page_languages_module(manifest),
        **dict(_documentation_pages(root, catalogue)),
    }


@cache
def _tables() -> Mapping[Path, str]:
    """Those made of code, schemas and libraries alone, the same for every root."""
    return {
        Path("lua_templates/modules/tables/Fields.lua"): fields_module(),
        Path("lua_templates/modules/tables/Codes.lua"): codes_module(),
        Path("lua_templates/modules/tables/Folds.lua"): folds_module(),
        Path("lua_templates/modules/tables/LanguageNames.lua"): language_names_module(),
        Path("lua_templates/modules/tables/Zones.lua"): zones_module(),
        Path("lua_templates/modules/tables/Grammar.lua"): grammar_module(),
        Path("lua_templates/modules/tables/Entities.lua"): entities_module(),
        Path("lua_templates/modules/tables/Signs.lua"): signs_module(),
        Path("space/codec/values/countries.json"): country_names(),
        Path("space/codec/values/languages.json"): language_names(),
        Path("space/authoring/country_names.tsv"): country_index(),
        Path("space/authoring/language_names.tsv"): language_index(),
        Path("space/codec/values/zone_cities.json"): zone_cities(),
    }


@cache
def _tables_elsewhere() -> Mapping[str, str]:
    """Sources of tables for lists on other wikis, which need less of them."""
    return {
        "Module:Space/Fields": fields_module(("event", "post")),
        "Module:Space/Codes": codes_module(zones=False),
        "Module:Space/Folds": folds_module(),
        "Module:Space/LanguageNames": language_names_module(),
        "Module:Space/Grammar": grammar_module(),
        "Module:Space/Entities": entities_module(),
        "Module:Space/Signs": signs_module(),
    }


def stale(root: Path = ROOT) -> Mapping[Path, str | None]:
    """Files that differ: path → text, or None for a file that should not exist."""
    right = artefacts(root)
    differing: dict[Path, str | None] = {
        path: text for path, text in right.items() if _read(root / path) != text
    }
    for path in sorted((root / _MESSAGES).glob("*.lua")):
        if path.relative_to(root) not in right:
            differing[path.relative_to(root)] = None
    return differing


def refresh(root: Path = ROOT) -> tuple[Path, ...]:
    """Write or delete the stale files; returns their paths below `root`."""
    changed = stale(root)
    for path, text in changed.items():
        if text is None:
            (root / path).unlink()
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
    return tuple(changed)


def _documentation_pages(
    root: Path, catalogue: Catalogue
) -> Iterator[tuple[Path, str]]:
    def described(name: str) -> Mapping[str, Any]:
        if name in list_templates.TEMPLATES:
            return list_templates.document(name, catalogue)
        return templatedata.document(load_kind(name), catalogue)

    folders = (root / "lua_templates/templates", root / "lua_templates/elsewhere")
    for path in sorted(path for folder in folders for path in folder.glob(_DOCUMENTS)):
        page = path.read_text(encoding="utf-8")
        yield path.relative_to(root), templatedata.fill(page, described)


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
