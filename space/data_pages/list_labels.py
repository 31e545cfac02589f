"""The table of texts on Commons, with which lists on any wiki are written.

It has a row for each message that `lua_templates/elsewhere` shows and for the name of
each country, in every language of `i18n/`, and one for each topic of the wiki.
"""

from collections.abc import Iterator, Mapping, Sequence

from space.codec.values.countries import codes
from space.data_pages.pages import listed_fields
from space.data_pages.tabular import Column, Head, Row, Table, joined, localized, table
from space.schema.kinds import Field, load_kind
from space.settings.topics import Topics
from space.text.languages import country_name, normal
from space.text.messages import SOURCE, Catalogue

KINDS = ("event", "post")
SHOWN = (
    *("wiki-by", "wiki-unconfirmed", "wiki-versions", "wiki-where"),
    *(
        "wiki-column-when",
        "wiki-kind-event",
        "wiki-translate",
        "wiki-elsewhere-nothing",
    ),
    *("wiki-place-city", "wiki-place-hybrid"),
    *(
        f"wiki-caption-{name}"
        for name in (
            *("all", "days", "next-month", "past", "today", "upcoming", "weekend"),
        )
    ),
    *(
        f"wiki-format-{name}"
        for name in (
            *("date", "date-short", "day", "month", "month-short", "time"),
            *("days-month-first", "days-month-last"),
            *("days-year-first", "days-year-last"),
        )
    ),
    *(
        f"wiki-list-{name}"
        for name in (
            *("goes-on", "incomplete", "later", "ongoing", "ongoing-event"),
            *("separator", "subscribe-events", "subscribe-posts"),
        )
    ),
    *(f"wiki-time-{name}" for name in ("moment", "range", "range-short", "zoned")),
    *(f"problem-filter-{name}" for name in ("key", "many", "range", "value")),
    *("problem-list-choice", "problem-list-now"),
)
"""Keys of the messages that lists show, without those of fields and their choices."""


def keys() -> tuple[str, ...]:
    """Every message key of the table, in its order."""
    return (*SHOWN, *dict.fromkeys(_keys_of_fields()))


def labels_table(
    catalogue: Catalogue, topics: Topics, columns: Sequence[Column], head: Head
) -> Table:
    """The table of texts; `columns` are `key`, `text` and `names`.

    Its first row has the code of each language as its text: whoever reads the table in
    a language learns from it in which one the texts are.
    """
    return table(columns, _rows(catalogue, topics), head)


def _rows(catalogue: Catalogue, topics: Topics) -> Iterator[Row]:
    languages = {normal(code): code for code in catalogue}
    yield {"key": "code", "text": localized({code: code for code in languages})}
    for key in keys():
        texts = {
            code: _padded(catalogue[name][key])
            for code, name in languages.items()
            if key in catalogue[name]
        }
        yield {"key": key, "text": localized(texts)}
    for country in sorted(codes()):
        names = {code: country_name(country, name) for code, name in languages.items()}
        yield {"key": f"country-{country}", "text": localized(names)}
    for slug, label in topics.labels.items():
        aliases = (alias for alias, other in topics.slugs.items() if other == slug)
        yield {
            "key": f"topic-{slug}",
            "text": localized({SOURCE: label}),
            "names": joined(sorted(aliases)),
        }


def _padded(text: str) -> str:
    """A text whose blanks at its ends are references, as no cell begins with one."""
    inner = text.strip(" ")
    before = len(text) - len(text.lstrip(" "))
    after = len(text) - before - len(inner)
    return f"{'&#32;' * before}{inner}{'&#32;' * after}"


def _keys_of_fields() -> Iterator[str]:
    for kind in KINDS:
        shown = load_kind(kind).shown["wiki-list"]
        for field in _listed(kind).values():
            if field.name in shown:
                yield field.label_key
            name = field.name.replace("_", "-")
            yield from (f"choice-{name}-{choice}" for choice in field.choices)


def _listed(kind: str) -> Mapping[str, Field]:
    return {field.name: field for field in listed_fields(kind)}
