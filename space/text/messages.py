"""Messages of `i18n/` in a person's language (the format of translatewiki.net).

They are in one folder for each kind of reader, a file for each language.
A message is plain text with `$1`, `$2`, … for values, `{{PLURAL:$1|…|…}}` (forms in
CLDR's order, or `0=…` for one number) and `{{GENDER:$1|…|…|…}}` ("male", "female" or
"unknown"). https://www.mediawiki.org/wiki/Help:System_message. It never holds
HTML; whoever shows it escapes it and passes markup as values.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from space.text.digits import number
from space.text.languages import (
    Direction,
    direction,
    fallback_chain,
    locale,
    may_be_spoken,
)

FOLDER = Path(__file__).resolve().parent.parent.parent / "i18n"
KEYS_SHOWN = "qqx"  # the pseudo language that shows message keys
DOCUMENTATION = "qqq"
SOURCE = "en"

Catalogue = Mapping[str, Mapping[str, str]]
"""Language code → message key → text; English is always there."""

Parameter = object
Escape = Callable[[object], str]

_FUNCTION = re.compile(r"\{\{(PLURAL|GENDER):")
_PARAMETER = re.compile(r"\$([1-9][0-9]?)")
_PLURAL_ORDER = ("zero", "one", "two", "few", "many", "other")
_GENDERS = ("male", "female", "unknown")


def read_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Every language of `folder`; `qqq`, which documents the messages, is none."""
    codes = sorted({path.stem for path in folder.glob("*/*.json")} - {DOCUMENTATION})
    return {code: read_messages(code, folder) for code in codes}


def read_drafts(folder: Path = FOLDER) -> frozenset[str]:
    """The languages in which some file is a draft: nobody has put a name to it yet."""
    return frozenset(
        path.stem
        for path in folder.glob("*/*.json")
        if path.stem not in {SOURCE, DOCUMENTATION}
        and not json.loads(path.read_text(encoding="utf-8"))["@metadata"]["authors"]
    )


def read_messages(
    code: str, folder: Path = FOLDER, reader: str = "*"
) -> Mapping[str, str]:
    """Message key → text of one language, of the files of all readers or of one."""
    messages: dict[str, str] = {}
    for path in sorted(folder.glob(f"{reader}/{code}.json")):
        messages |= json.loads(path.read_text(encoding="utf-8"))
    messages.pop("@metadata", None)
    return messages


@dataclass(frozen=True, slots=True)
class Message:
    """A text as it is shown, and the language it really is in."""

    text: str
    language: str

    @property
    def direction(self) -> Direction:
        """The direction of `language`."""
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class Translator:
    """Messages for one person: their language first, then its fallbacks."""

    catalogue: Catalogue
    language: str

    @property
    def direction(self) -> Direction:
        """The direction of the interface."""
        return direction(self.language)

    def find(self, key: str) -> tuple[str, str] | None:
        """The raw text of a message and its language; None for an unknown key."""
        for language in fallback_chain(self.language):
            text = self.catalogue.get(language, {}).get(key)
            if text is not None:
                return text, language
        return None

    def message(self, key: str, *params: Parameter, escape: Escape = str) -> Message:
        """The message with its values; both go through `escape`.

        An unknown key gives ⧼key⧽, as on the wiki, and never an exception.
        """
        if self.language == KEYS_SHOWN:
            shown = ", ".join(str(escape(value)) for value in params)
            return Message(f"({key}: {shown})" if shown else f"({key})", SOURCE)
        source = self.find(key)
        if source is None:
            return Message(str(escape(f"⧼{key}⧽")), SOURCE)
        text, language = source
        return Message(_Formatter(language, params, escape).format(text), language)

    def text(self, key: str, *params: Parameter) -> str:
        """The message as plain text."""
        return self.message(key, *params).text


def negotiate(
    explicit: str | None, wanted: Iterable[str], available: Iterable[str]
) -> str:
    """The interface's language: what was asked for, else the best one of those wanted.

    `explicit` (`uselang=`) wins if it has the shape of a code, even without any
    translation: then direction and dates follow it. Of `wanted`, best first, only
    languages count that have messages, or whose fallbacks have.
    """
    code = (explicit or "").lower()
    if may_be_spoken(code) or code == KEYS_SHOWN:
        return code
    translated = frozenset(available)
    for code in wanted:
        lower = code.lower()
        # "en" ends every chain, so it counts only when it is asked for.
        for language in (lower, *fallback_chain(lower)[1:-1], lower.partition("-")[0]):
            if language in translated:
                return language
    return SOURCE


@dataclass(frozen=True, slots=True)
class _Reference:
    """A value in a message, or what stands in its place; `index` -1 is none."""

    index: int
    text: str

    @classmethod
    def of(cls, text: str) -> "_Reference":
        match = _PARAMETER.fullmatch(text.strip())
        return cls(int(match.group(1)) - 1 if match else -1, text)


@dataclass(frozen=True, slots=True)
class _Choice:
    """A function in a message: one of its forms, by a value."""

    name: str
    value: _Reference
    forms: tuple[str, ...]


@lru_cache(maxsize=4096)  # about as many as there are in a language
def _parsed(text: str) -> tuple[str | _Reference | _Choice, ...]:
    """The text of a message as it is read once for all values."""
    pieces: list[str | _Reference | _Choice] = []
    while (match := _FUNCTION.search(text)) is not None:
        end = _closing(text, match.end())
        if end is None:
            break
        pieces += _references(text[: match.start()])
        first, *forms = _split(text[match.end() : end])
        pieces.append(_Choice(match.group(1), _Reference.of(first), tuple(forms)))
        text = text[end + 2 :]
    return (*pieces, *_references(text))


def _references(text: str) -> Iterator[str | _Reference]:
    position = 0
    for match in _PARAMETER.finditer(text):
        yield text[position : match.start()]
        yield _Reference.of(match.group())
        position = match.end()
    yield text[position:]


@dataclass(frozen=True, slots=True)
class _Formatter:
    """Puts values into one message."""

    language: str
    params: Sequence[Parameter]
    escape: Escape

    def format(self, text: str) -> str:
        """The text with its functions and values resolved."""
        return "".join(map(self._resolved, _parsed(text)))

    def _resolved(self, piece: str | _Reference | _Choice) -> str:
        if isinstance(piece, str):
            return str(self.escape(piece))
        if isinstance(piece, _Choice):
            choose = self._plural if piece.name == "PLURAL" else self._gender
            return self.format(choose(self._value(piece.value), piece.forms))
        value = self._value(piece)
        if isinstance(value, int) and not isinstance(value, bool):
            value = number(value, self.language)
        return str(self.escape(value))

    def _value(self, reference: _Reference) -> Parameter:
        index = reference.index
        return self.params[index] if 0 <= index < len(self.params) else reference.text

    def _plural(self, value: Parameter, forms: Sequence[str]) -> str:
        try:
            number = int(str(value))
        except ValueError:
            number = 0
        general: list[str] = []
        for form in forms:
            exact, equals, text = form.partition("=")
            if equals and exact.strip().isdecimal():
                if int(exact) == number:
                    return text
            else:
                general.append(form)
        rule = locale(self.language).plural_form
        tags = [tag for tag in _PLURAL_ORDER if tag in rule.tags or tag == "other"]
        return _nth(general, tags.index(rule(number)))

    def _gender(self, value: Parameter, forms: Sequence[str]) -> str:
        index = _GENDERS.index(str(value)) if value in _GENDERS else 2
        # Help:Gender: two forms are male and female, the first serves the rest.
        return _nth(forms, index if index < len(forms) else 0)


def _nth(forms: Sequence[str], index: int) -> str:
    return forms[min(index, len(forms) - 1)] if forms else ""


def _closing(text: str, start: int) -> int | None:
    """Where the `}}` stands that closes the function opened before `start`."""
    depth = 1
    for match in re.finditer(r"\{\{|\}\}", text[start:]):
        depth += 1 if match.group() == "{{" else -1
        if depth == 0:
            return start + match.start()
    return None


def _split(text: str) -> list[str]:
    """Cut the inside of a function at its own `|`, not at those of nested ones."""
    parts = [""]
    depth = 0
    for piece in re.split(r"(\{\{|\}\}|\|)", text):
        depth += (piece == "{{") - (piece == "}}")
        if piece == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return parts
