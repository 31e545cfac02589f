"""Fragments with the words of a feed's language, of each format that has place for any.

What a program takes for a code stays one: in GeoJSON and CSV labels stand beside it.
"""

import csv
import io
import json
import re
from collections.abc import Mapping
from functools import cache, partial
from html import unescape

from space.codec.values.countries import codes
from space.feeds.atom import attribute
from space.feeds.geojson import LONGEST, to_json
from space.feeds.icalendar import escaped, fold_line
from space.feeds.spreadsheet import columns, line, safe, split_cell
from space.feeds.words import LABELLED, FeedWords
from space.publication.registered import Mark, is_registered
from space.text.languages import country_name
from space.text.messages import SOURCE

_PROPERTY = re.compile(r"^(?:LOCATION|CATEGORIES):.*\r\n(?: .*\r\n)*", re.MULTILINE)
_SAID = re.compile(r"^DESCRIPTION:.*\r\n(?: .*\r\n)*", re.MULTILINE)
_UID = re.compile(r"^UID:([0-9]{1,20})@", re.MULTILINE)
_ITEM = re.compile(r"(?:\\.|[^\\,])+")
_ESCAPED = re.compile(r"\\(.)")
_CATEGORY = re.compile(r'<category term="([^"]*)"/>')
_PARTING = r"\, "  # between the parts of a LOCATION, as iCalendar escapes it
_PARAGRAPH = r"\n\n"  # between the paragraphs of a DESCRIPTION, likewise


def labelled_vevents(text: str, words: FeedWords) -> str:
    """VEVENTs with the country of LOCATION and the topics of CATEGORIES in words.

    Also what DESCRIPTION says of events without a page.
    """
    told = _PROPERTY.sub(partial(_property, words), text)
    uid = _UID.search(text)
    is_announced = uid is not None and is_registered(int(uid[1]))
    return _SAID.sub(partial(_property, words), told) if is_announced else told


def labelled_entry(text: str, words: FeedWords) -> str:
    """An Atom entry whose categories have a label (RFC 4287 §4.2.2.3)."""

    def category(match: re.Match[str]) -> str:
        label = words.topic(unescape(match[1]))
        return f'<category term="{match[1]}"{attribute("label", label)}/>'

    return _CATEGORY.sub(category, text)


def labelled_feature(text: str, words: FeedWords) -> str:
    """A feature of a map whose events have `labels`, and its country's name as title.

    Only a place that is no finer than its country has that for a title.
    """
    feature = json.loads(text)
    properties = feature["properties"]
    if properties["precision"] == "country":
        properties["title"] = words.country(properties["country"])[:LONGEST]
    for event in properties["events"]:
        event["labels"] = {
            name: [words.label(name, item) for item in value]
            if isinstance(value, list)
            else words.label(name, value)
            for name in LABELLED
            if (value := event.get(name))
        }
    return to_json(feature)


def labelled_row(text: str, words: FeedWords) -> str:
    """A row of the table with a cell of labels for each column that has codes.

    What its summary says of an event without a page is in words.
    """
    cells = next(csv.reader(io.StringIO(text, newline="")))
    values = dict(zip(columns(), cells, strict=True))
    is_announced = is_registered(int(values["id"]))
    mark = Mark.read(values["summary"]) if is_announced else None
    if mark:
        values["summary"] = safe(words.mark(mark))
    labels = [
        "; ".join(words.label(name, code) for code in split_cell(values[name]))
        for name in LABELLED
    ]
    return line([*values.values(), *map(safe, labels)])


def _property(words: FeedWords, match: re.Match[str]) -> str:
    name, _, value = match[0].replace("\r\n ", "").removesuffix("\r\n").partition(":")
    return fold_line(f"{name}:{_VALUES[name](value, words)}")


def _location(value: str, words: FeedWords) -> str:
    """A LOCATION with the country that it ends with in words.

    An event without a country, which can only be online, may have a city of that name.
    """
    place, parting, country = value.rpartition(_PARTING)
    code = _by_english_name().get(country)
    return f"{place}{parting}{escaped(words.country(code))}" if code else value


def _topics(value: str, words: FeedWords) -> str:
    topics = (_ESCAPED.sub(r"\1", item) for item in _ITEM.findall(value))
    return ",".join(escaped(words.topic(topic)) for topic in topics)


def _description(value: str, words: FeedWords) -> str:
    """A DESCRIPTION with the mark that it begins with, if any, in words."""
    first, parting, rest = value.partition(_PARAGRAPH)
    mark = Mark.read(_ESCAPED.sub(r"\1", first))
    return f"{escaped(words.mark(mark))}{parting}{rest}" if mark else value


_VALUES = {"LOCATION": _location, "CATEGORIES": _topics, "DESCRIPTION": _description}


@cache
def _by_english_name() -> Mapping[str, str]:
    return {escaped(country_name(code, SOURCE)): code for code in codes()}
