"""`Module:Space/Fields`: the kinds and their fields."""

from collections.abc import Iterable

from space.generate.lua import source
from space.schema.kinds import NAMES, Field, Kind, load_kind


def fields_module(kinds: Iterable[str] = NAMES) -> str:
    """Source of the module: kind → template, `order` of fields, `shown`, `fields`.

    It has some `kinds` only. The keys of a field are its annotations in the schema, in
    Lua's spelling. Verdicts have their standard `reasons`, too.
    """
    return source.module(
        {name: _kind(load_kind(name)) for name in kinds},
        says="Generated from schemas/ by python -m space.generate; change it there.",
    )


def _kind(described: Kind) -> source.Data:
    return {
        "template": described.template,
        "home": described.home,
        "repeats": described.repeats or None,
        "order": list(described.fields),
        "shown": {
            surface.removeprefix("wiki-"): described.shown[surface]
            for surface in described.shown
            if surface.startswith("wiki-") and described.shown[surface]
        }
        or None,
        "reasons": described.document.get("x-reasons"),
        "fields": {name: _field(field) for name, field in described.fields.items()},
    }


def _field(field: Field) -> source.Data:
    return {
        "parameter": field.parameter,
        "aliases": field.aliases or None,
        "positional": field.positional,
        "reader": field.reader,
        "multiple": field.multiple,
        "required": field.required,
        "choices": field.choices or None,
        "spellings": dict(sorted(field.spellings.items())) or None,
        "default": field.default,
        "derivedDefaults": [
            {"when": dict(each.when), "is": each.value}
            for each in field.derived_defaults
        ]
        or None,
        "maxLength": field.max_length,
        "maxItems": field.max_items if field.multiple else None,
        "index": field.index,
        "place": field.place,
        "private": field.private or None,
    }
