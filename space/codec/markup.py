"""The inside of a parameter's value: text, links, and what has no business there.

`scanner` finds templates and links, as the wiki's preprocessor would; what they hold is
read here, at most `ELEMENT_LIMIT` characters of each.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from space.codec import grammar
from space.codec.calls import template_name
from space.codec.entities import REFERENCE, decode, is_reference
from space.codec.scanner import DROPPED, Element, Part, hidden, outermost
from space.codec.values.links import Link, make_link, normal_target
from space.text.folding import is_blank

ELEMENT_LIMIT = 8_192
_NAME_SHOWN = 40
_DIGITS = 3  # of the number of an argument
_DEPTH_LIMIT = 4  # a link in a list in a list is at the third level

_INTERESTING = re.compile(r"[<{\[]|''|__")
_TAG = re.compile(
    rf"</?(?:(?P<block>{'|'.join(grammar.BLOCKS)})|{'|'.join(grammar.PHRASES)})"
    r"(?:[\s/][^<>]*)?>",
    re.IGNORECASE | re.ASCII,
)
_TEXT_MARKUP = re.compile(
    r"\[(?P<address>(?:mailto:|tel:|(?:[a-z][a-z0-9+.-]*:)?//)[^\s\[\]]++)"
    r"[ \t]*+(?P<label>[^\[\]\n]*+)\]"
    r"|(?P<quotes>'{2,})"
    rf"|(?P<switch>__(?:{'|'.join(grammar.SWITCHES)})__)",
    re.IGNORECASE | re.ASCII,
)
_LITERAL = re.compile(rf"{REFERENCE.pattern}|[^\w\s]|_", re.ASCII)
_SPACE = re.compile(r"[ \t\r\n]+")
_BAR = re.compile(r"\{\{\s*!\s*\}\}", re.ASCII)
_SYMBOLS = {"!": "|", "=": "="}
_FUNCTION = re.compile(rf"#|(?:{'|'.join(grammar.FUNCTIONS)})\s*:", re.IGNORECASE)
_VARIABLE = re.compile(rf"(?:{'|'.join(grammar.VARIABLES)})[A-Z0-9]*(?::|$)")


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """`[address label]`; the label is empty where none is given."""

    address: str
    label: str


@dataclass(frozen=True, slots=True)
class Embed:
    """A link that files the page in a category or shows a file, as it has no colon."""

    link: Link


Token = str | Link | ExternalLink | Embed
"""A piece of a value: text with its character references, or a link."""

Tokens = Sequence[Token]


@dataclass(slots=True)
class Markup:
    """A value's tokens, and code and name of what no value may hold."""

    tokens: list[Token] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def add(self, token: Token) -> None:
        """Add a token; text joins the text before it."""
        last = self.tokens[-1] if self.tokens else None
        if isinstance(token, str) and isinstance(last, str):
            self.tokens[-1] = last + token
        elif token != "":
            self.tokens.append(token)

    def fault(self, code: str, name: str) -> None:
        """Note a problem, once."""
        if (code, name) not in self.faults:
            self.faults.append((code, name))


def read_markup(raw: str) -> Markup:
    """The tokens of a raw parameter value; never fails."""
    markup = Markup()
    _read(raw, markup, _DEPTH_LIMIT)
    return markup


def plain(tokens: Tokens) -> str:
    """The text of tokens: labels for links, characters for references."""
    return _render(tokens, lambda link: link.label)


def inlined(tokens: Tokens) -> str:
    """The canonical inline value of tokens (`space.codec.values.links`)."""
    return _render(tokens, str)


def is_space(token: Token) -> bool:
    """Whether a token is only the space between others."""
    return isinstance(token, str) and is_blank(token)


def _render(tokens: Tokens, show: Callable[[Link], str]) -> str:
    if len(tokens) == 1 and isinstance(tokens[0], str):  # nearly always
        return decode(_SPACE.sub(" ", tokens[0]).strip(" "))
    pieces = []
    last = len(tokens) - 1
    for number, token in enumerate(tokens):
        if isinstance(token, str):
            text = _SPACE.sub(" ", token)
            text = text.lstrip(" ") if number == 0 else text
            pieces.append(decode(text.rstrip(" ") if number == last else text))
        elif isinstance(token, ExternalLink):
            pieces.append(token.label or token.address)
        else:
            pieces.append(show(token.link if isinstance(token, Embed) else token))
    return "".join(pieces)


def _read(raw: str, markup: Markup, depth: int) -> None:
    if not _INTERESTING.search(raw):
        markup.add(raw)
        return
    text = _without_tags(raw, markup)
    position = 0
    for element in outermost(text):
        _read_text(text[position : element.start], markup)
        _read_element(text, element, markup, depth)
        position = element.end
    _read_text(text[position:], markup)


def _without_tags(raw: str, markup: Markup) -> str:
    """The text without comments and tags; nowiki's content stays, all escaped."""
    pieces = []
    position = 0
    for piece in hidden(raw):
        pieces.append(raw[position : piece.start])
        position = piece.end
        if piece.name == "nowiki":
            pieces.append(_LITERAL.sub(_escaped, raw[slice(*piece.content)]))
        elif piece.name not in DROPPED:
            markup.fault("tag", f"<{piece.name}>")
    text = "".join([*pieces, raw[position:]])
    text = _TAG.sub(lambda match: "\n" if match["block"] else "", text)
    return text.replace("<", "&lt;")


def _escaped(match: re.Match[str]) -> str:
    if match[0].startswith("&") and len(match[0]) > 1 and is_reference(match):
        return match[0]
    return "".join(f"&#{ord(character)};" for character in match[0])


def _read_text(text: str, markup: Markup) -> None:
    position = 0
    for match in _TEXT_MARKUP.finditer(text):
        markup.add(text[position : match.start()])
        position = match.end()
        if match["address"]:
            markup.add(ExternalLink(decode(match["address"]), plain([match["label"]])))
        elif match["quotes"]:
            markup.add("'" * _apostrophes(len(match["quotes"])))
        else:
            markup.fault("magic-word", match["switch"])
    markup.add(text[position:])


def _apostrophes(run: int) -> int:
    """The number of apostrophes of a run that show; others are italics or bold."""
    return 1 if run == 4 else max(0, run - 5)


def _read_element(text: str, element: Element, markup: Markup, depth: int) -> None:
    raw = text[element.start : element.end]
    if element.kind == "argument":
        markup.fault("template", raw[:_NAME_SHOWN])
    elif len(raw) > ELEMENT_LIMIT or not depth:
        markup.fault("markup-too-long", raw[:_NAME_SHOWN])
    elif element.kind == "link":
        _read_link(raw, markup, depth)
    else:
        _read_template(text, element, markup, depth)


def _read_link(raw: str, markup: Markup, depth: int) -> None:
    target, bar, written = _halves(_BAR.sub("|", raw[2:-2]))
    label = Markup(faults=markup.faults)
    if "{{" in target:
        _read(target, Markup(faults=markup.faults), depth - 1)
    _read(written, label, depth - 1)
    normal = normal_target(decode(target)) or ""
    if grammar.embeds(normal) and not target.lstrip().startswith(":"):
        markup.add(
            Embed(make_link(normal, plain(label.tokens)) or Link(normal, normal))
        )
    elif any(isinstance(token, Link | Embed) for token in label.tokens):
        # For the wiki only the inner one of two links is a link.
        for token in (f"[[{target}{bar}", *label.tokens, "]]"):
            markup.add(token)
    elif link := make_link(normal, plain(label.tokens)):
        markup.add(link)
    else:
        markup.add(raw)


def _halves(content: str) -> tuple[str, str, str]:
    """What stands before and after a link's first bar of its own, as `partition`."""
    start = 0
    for element in [*outermost(content), None]:
        bar = content.find("|", start, element.start if element else None)
        if bar >= 0:
            return content[:bar], "|", content[bar + 1 :]
        start = element.end if element else start
    return content, "", ""


def _read_template(text: str, element: Element, markup: Markup, depth: int) -> None:
    first, *others = element.parts
    written = text[first.start : first.end].strip()
    name = template_name(written)
    if name in _SYMBOLS:
        markup.add(_SYMBOLS[name])
    elif name in grammar.USERS:
        user = plain([item for item in _arguments(text, others)[:1] if item])
        link = make_link(f"User:{user}", user) if user else None
        markup.add(link or text[element.start : element.end])
    elif name in grammar.LISTS:
        for item in _arguments(text, others):
            markup.add("\n")
            _read(item, markup, depth - 1)
            markup.add("\n")
    else:
        markup.fault(_code(written), f"{{{{{written[:_NAME_SHOWN]}}}}}")


def _arguments(text: str, parts: Sequence[Part]) -> list[str]:
    """The arguments of a template that go by numbers, in order."""
    numbered: dict[int, str] = {}
    count = 0
    for part in parts:
        if part.equals is None:
            count += 1
            numbered[count] = text[part.start : part.end]
            continue
        name = text[part.start : part.equals].strip()
        if name.isascii() and name.isdecimal() and len(name) <= _DIGITS:
            numbered[int(name)] = text[part.equals + 1 : part.end]
    return [numbered[number] for number in sorted(numbered)]


def _code(name: str) -> str:
    if _FUNCTION.match(name):
        return "parser-function"
    return "magic-word" if _VARIABLE.match(name) else "template"
