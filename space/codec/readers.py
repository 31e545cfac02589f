"""Readers: a raw parameter value → its canonical value, or what is wrong with it.

Reading is generous about spelling and strict about markup: a value holds text, and
links where its field may have them. `tests/corpus/values` says what each reader
understands, in cases that the Lua readers share.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from space.bounds import BOUNDS
from space.codec.entities import storable
from space.codec.items import split_items
from space.codec.markup import (
    Embed,
    ExternalLink,
    Token,
    Tokens,
    inlined,
    is_space,
    plain,
    read_markup,
)
from space.codec.values.contacts import is_private_contact
from space.codec.values.coordinates import read_coordinates
from space.codec.values.countries import code_of
from space.codec.values.dates import ascii_digits, has_zone, read_moment
from space.codec.values.languages import read_language
from space.codec.values.links import Link
from space.codec.values.names import (
    file_name,
    item_id,
    page_title,
    person,
    revision_id,
    topic_slug,
    user_of,
)
from space.codec.values.web_addresses import read_url
from space.codec.values.wikis import read_wiki_name
from space.codec.values.zone_names import (
    is_abbreviation,
    read_zone_name,
    suggested_zones,
)
from space.dates.recurrence import Recurrence
from space.schema.kinds import Field, Value, spelling
from space.schema.problems import Problem
from space.text.folding import bare, is_blank, lookup, trim
from space.text.normal import normalize

CODES = frozenset(
    ("choice", "country", "date", "language", "moment", "topic", "wiki")
)  # whose lists may have commas
PEOPLE = frozenset(("contact", "user"))  # whose values may be links to users
_SHOWN = 80
_RULES = {word: f"FREQ={word}" for word in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")}
"""Rules in a word."""
_IDENTIFIER = re.compile(r"[a-z][a-z0-9-]*", re.ASCII)
_ACTIVE = re.compile(r"[{}<&]|'(?=')|(?<=')'|_(?=_)")


@dataclass(frozen=True, slots=True)
class ValueReading:
    """A canonical value, None where there is none, and what is wrong.

    The good items of a list stay when another one is bad. `linked` is the value with
    users as the links that stand there: canonical ones are names.
    """

    value: Value | None
    problems: tuple[Problem, ...] = ()
    linked: Value | None = None


@dataclass(frozen=True, slots=True)
class _Given:
    """The input of a reader: one item of a value and its field."""

    field: Field
    tokens: Tokens
    text: str
    country: str | None
    day: str | None = None

    @property
    def only(self) -> Token | None:
        """The one token that shows, if there is just one."""
        shown = [token for token in self.tokens if not is_space(token)]
        return shown[0] if len(shown) == 1 else None

    @property
    def link(self) -> Link | None:
        """The link, if the item is one and nothing else."""
        only = self.only.link if isinstance(self.only, Embed) else self.only
        return only if isinstance(only, Link) else None

    @property
    def written(self) -> str:
        """The target of the link that the item is, or its text."""
        return self.link.target if self.link else self.text

    def problem(self, code: str, *params: str) -> Problem:
        return Problem(code, params=(self.text[:_SHOWN], *params))


_Reader = Callable[[_Given], str | Problem | None]
"""None stands for the problem that has the reader's name."""


def read_value(
    field: Field, raw: str, *, country: str | None = None, day: str | None = None
) -> ValueReading:
    """Read the raw wikitext of a field's parameter.

    `country` is the event's country, if that is known, to suggest its zones. `day` is
    the ISO date on which a time is that stands alone; without one it is none. Problems
    have the field's name and no line.
    """
    if len(raw) > BOUNDS.value:
        return _too_long(field, raw)
    markup = read_markup(storable(raw))
    items: list[Tokens] = [markup.tokens]
    if field.multiple:
        items = split_items(markup.tokens, commas=field.reader in CODES)
    link_by_value: dict[str, str] = {}  # in order, each once, with its link
    problems = [Problem(code, params=(name,)) for code, name in markup.faults]
    for tokens in items:
        text = plain(tokens)
        if is_blank(text):
            continue
        given = _Given(field, tokens, text, country, day)
        if field.reader != "file" and (embed := _embed(tokens)):
            problems.append(Problem("link-embeds", params=(embed.link.target,)))
        read = _READERS[field.reader](given)
        if isinstance(read, str):
            link_by_value.setdefault(read, _linked(given, read))
        else:
            problems.append(read or given.problem(field.reader))
    return ValueReading(
        _value(field, tuple(link_by_value)),
        tuple(replace(problem, field=field.name) for problem in problems),
        _value(field, tuple(link_by_value.values())),
    )


def read_input(field: Field, text: str, *, country: str | None = None) -> ValueReading:
    """Read what a person typed into a form: as generous, but all markup is text.

    Only `[[links]]` and external links are understood, so that they can be pasted.
    """
    if len(text) > BOUNDS.value:
        return _too_long(field, text)
    normal = normalize("NFC", text)
    escaped = _ACTIVE.sub(lambda match: f"&#{ord(match[0])};", normal)
    return read_value(field, escaped, country=country)


def _too_long(field: Field, text: str) -> ValueReading:
    sizes = (str(BOUNDS.value), str(len(text)))
    return ValueReading(None, (Problem("too-long", field.name, params=sizes),))


def _value(field: Field, items: tuple[str, ...]) -> Value | None:
    if not items:
        return None
    return items if field.multiple else items[0]


def _embed(tokens: Tokens) -> Embed | None:
    return next((token for token in tokens if isinstance(token, Embed)), None)


def _text(given: _Given) -> str:
    return given.text


def _inline(given: _Given) -> str:
    return inlined(given.tokens)


def _user(given: _Given) -> str:
    user = user_of(given.link.target) if given.link else None
    if user:
        return user
    linked = any(isinstance(token, Link | Embed) for token in given.tokens)
    return inlined(given.tokens) if linked else person(given.text)


def _linked(given: _Given, value: str) -> str:
    """An item as an inline value: a user who is linked, or referred to, as a link."""
    if given.field.reader in PEOPLE and user_of(given.written):
        return inlined(given.tokens)
    return value


def _contact(given: _Given) -> str:
    only = given.only
    text = only.address if isinstance(only, ExternalLink) else given.text
    address = trim(text).removeprefix("mailto:").removeprefix("tel:")
    return address if is_private_contact(address) else _user(given)


def _moment(given: _Given) -> str | Problem | None:
    moment = read_moment(given.text)
    if moment is None and given.day:
        moment = read_moment(f"{given.day} {bare(given.text)}")
    if moment is None:
        return given.problem("moment-zone" if has_zone(given.text) else "moment")
    return moment


def _date(given: _Given) -> str | Problem | None:
    if given.field.format == "space-moment":
        return _moment(given)
    date = read_moment(given.text)
    return None if date is None or " " in date else date


def _zone(given: _Given) -> str | Problem:
    zone = read_zone_name(given.text)
    if zone:
        return zone
    code = "zone-abbreviation" if is_abbreviation(given.text) else "zone"
    return given.problem(code, ", ".join(suggested_zones(given.text, given.country)))


def _choice(given: _Given) -> str | Problem:
    choice = given.field.spellings.get(spelling(given.text))
    return choice or given.problem("choice", ", ".join(given.field.choices))


def _country(given: _Given) -> str | None:
    return code_of(given.text)


def _language(given: _Given) -> str | None:
    return read_language(given.text)


def _coordinates(given: _Given) -> str | None:
    return read_coordinates(given.text)


def _url(given: _Given) -> str | Problem:
    only = given.only
    text = only.address if isinstance(only, ExternalLink) else given.text
    return read_url(trim(text))


def _item(given: _Given) -> str | None:
    return item_id(given.written)


def _file(given: _Given) -> str | None:
    return file_name(given.written)


def _wiki(given: _Given) -> str | None:
    return read_wiki_name(given.text)


def _topic(given: _Given) -> str | None:
    return topic_slug(given.text) or None


def _recurrence(given: _Given) -> str | None:
    plain = ascii_digits(given.text).replace(" ", "")
    if not plain.isascii():  # some letters have capitals in ASCII
        return None
    written = plain.upper().removeprefix("RRULE:").rstrip(";")
    rule = _RULES.get(written, written)
    try:
        Recurrence.parse(rule)
    except ValueError:
        return None
    return rule


def _page(given: _Given) -> str | None:
    mixed = given.link is None and any(
        isinstance(token, Link | Embed) for token in given.tokens
    )
    only = given.only
    written = only.address if isinstance(only, ExternalLink) else given.written
    return None if mixed else page_title(written)


def _revision(given: _Given) -> str | None:
    return revision_id(ascii_digits(given.written))


def _number(given: _Given) -> str | None:
    digits = ascii_digits(given.text)
    return (digits.lstrip("0") or "0") if digits.isdecimal() else None


def _namespace(given: _Given) -> str | None:
    name = bare(given.text)
    if lookup(name.strip("() ")) == "main":
        return "(main)"
    return page_title(name.rstrip(": "))


def _identifier(given: _Given) -> str | None:
    identifier = lookup(given.text)
    return identifier if _IDENTIFIER.fullmatch(identifier) else None


_READERS: dict[str, _Reader] = {
    "choice": _choice,
    "contact": _contact,
    "coordinates": _coordinates,
    "country": _country,
    "date": _date,
    "file": _file,
    "identifier": _identifier,
    "inline": _inline,
    "item": _item,
    "language": _language,
    "moment": _moment,
    "namespace": _namespace,
    "number": _number,
    "page": _page,
    "recurrence": _recurrence,
    "revision": _revision,
    "text": _text,
    "topic": _topic,
    "url": _url,
    "user": _user,
    "wiki": _wiki,
    "zone": _zone,
}
