"""The inside of a parameter's value: text, links, and what has no business there.

`scanner` finds templates and links; mwparserfromhell is given each template alone, at
most `ELEMENT_LIMIT` characters, and reads what it holds. So neither its limits (depth,
quadratic time on broken markup) nor its own idea of where a value ends matter.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import mwparserfromhell
from mwparserfromhell.nodes import Template

from space.codec.calls import template_name
from space.codec.links import Link, make_link
from space.codec.references import REFERENCE, decode, is_reference
from space.codec.scanner import DROPPED, hidden, outermost

ELEMENT_LIMIT = 8_192
_NAME_SHOWN = 40
_DEPTH_LIMIT = 4  # a link in a list in a list is at the third level

_INTERESTING = re.compile(r"[<{\[]|''|__")
_TAG = re.compile(
    r"</?(?:(?P<block>blockquote|br|caption|center|dd|div|dl|dt|h[1-6]|hr|li|ol|p|table"
    r"|td|th|tr|ul)|abbr|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q"
    r"|rp|rt|rtc|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)"
    r"(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
_TEXT_MARKUP = re.compile(
    r"\[(?P<address>(?:mailto:|tel:|(?:[a-z][a-z0-9+.-]*:)?//)[^\s\[\]]+)"
    r"[ \t]*(?P<label>[^\[\]\n]*)\]"
    r"|(?P<quotes>'{2,})"
    r"|(?P<switch>__(?:archivedtalk|disambig|expectunused(?:category|template)|forcetoc"
    r"|hiddencat|(?:no)?index|(?:no)?newsectionlink|nocc|nocontentconvert|noeditsection"
    r"|nogallery|noglobal|notalk|notc|notitleconvert|(?:no)?toc|staticredirect)__)",
    re.IGNORECASE | re.ASCII,
)
_LITERAL = re.compile(rf"{REFERENCE.pattern}|[^\w\s]|_")
_SPACE = re.compile(r"[ \t\r\n]+")
_BAR = re.compile(r"\{\{\s*!\s*\}\}")
_SYMBOLS = {"!": "|", "=": "="}
_LISTS = frozenset(
    ("Bulleted list", "Flatlist", "Hlist", "Plainlist", "Ubl", "Unbulleted list")
)
_USERS = frozenset(("Noping", "U", "User link"))
_EMBEDDING = frozenset(("category", "file", "image"))
_FUNCTION = re.compile(
    r"#|(?:anchorencode|filepath|formatnum|fullurl|gender|grammar|int|lc|lcfirst|localurl"
    r"|msg|msgnw|ns|padleft|padright|plural|raw|safesubst|subst|tag|uc|ucfirst|urlencode)"
    r"\s*:",
    re.IGNORECASE,
)
_VARIABLE = re.compile(
    r"(?:CURRENT|LOCAL|NUMBER(?:OF|ING)|REVISION|SITENAME|SERVER|SCRIPTPATH|STYLEPATH"
    r"|USERLANGUAGE|CONTENTLANGUAGE|DEFAULTSORT|DISPLAYTITLE|PAGE(?:ID|LANGUAGE|SIZE)"
    r"|(?:SUBJECT|TALK|BASE|ROOT|SUB|FULL|ARTICLE)*(?:PAGENAME|SPACE)|NAMESPACE"
    r"|PROTECTION|CASCADING)[A-Z0-9]*(?::|$)"
)


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
    found = Markup()
    _read(raw, found, _DEPTH_LIMIT)
    return found


def plain(tokens: Tokens) -> str:
    """The text of tokens: labels for links, characters for references."""
    return _render(tokens, lambda link: link.label)


def inlined(tokens: Tokens) -> str:
    """The canonical inline value of tokens (`space.codec.links`)."""
    return _render(tokens, str)


def is_blank(token: Token) -> bool:
    """Whether a token is only the space between others."""
    return isinstance(token, str) and not token.strip(" \t\r\n")


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


def _read(raw: str, found: Markup, depth: int) -> None:
    if not _INTERESTING.search(raw):
        found.add(raw)
        return
    text = _without_tags(raw, found)
    position = 0
    for element in outermost(text):
        _read_text(text[position : element.start], found)
        _read_element(text[element.start : element.end], element.kind, found, depth)
        position = element.end
    _read_text(text[position:], found)


def _without_tags(raw: str, found: Markup) -> str:
    """The text without comments and tags; nowiki's content stays, all escaped."""
    pieces = []
    position = 0
    for piece in hidden(raw):
        pieces.append(raw[position : piece.start])
        position = piece.end
        if piece.name == "nowiki":
            pieces.append(_LITERAL.sub(_escaped, raw[slice(*piece.content)]))
        elif piece.name not in DROPPED:
            found.fault("tag", f"<{piece.name}>")
    text = "".join([*pieces, raw[position:]])
    text = _TAG.sub(lambda match: "\n" if match["block"] else "", text)
    return text.replace("<", "&lt;")


def _escaped(match: re.Match[str]) -> str:
    if match[0].startswith("&") and len(match[0]) > 1 and is_reference(match):
        return match[0]
    return "".join(f"&#{ord(character)};" for character in match[0])


def _read_text(text: str, found: Markup) -> None:
    position = 0
    for match in _TEXT_MARKUP.finditer(text):
        found.add(text[position : match.start()])
        position = match.end()
        if match["address"]:
            found.add(ExternalLink(decode(match["address"]), plain([match["label"]])))
        elif match["quotes"]:
            found.add("'" * _apostrophes(len(match["quotes"])))
        else:
            found.fault("magic-word", match["switch"])
    found.add(text[position:])


def _apostrophes(run: int) -> int:
    """How many apostrophes of a run show; the others make italics or bold."""
    return 1 if run == 4 else max(0, run - 5)


def _read_element(raw: str, kind: str, found: Markup, depth: int) -> None:
    if kind == "argument":
        found.fault("template", raw[:_NAME_SHOWN])
    elif len(raw) > ELEMENT_LIMIT or not depth:
        found.fault("markup-too-long", raw[:_NAME_SHOWN])
    elif kind == "link":
        _read_link(raw, found, depth)
    else:
        _read_template(raw, found, depth)


def _read_link(raw: str, found: Markup, depth: int) -> None:
    target, _, written = _BAR.sub("|", raw[2:-2]).partition("|")
    label = Markup(faults=found.faults)
    if "{{" in target:
        _read(target, Markup(faults=found.faults), depth - 1)
    _read(written, label, depth - 1)
    link = make_link(decode(target), plain(label.tokens))
    if link is None:
        found.add(raw)
    elif link.namespace in _EMBEDDING and not target.lstrip().startswith(":"):
        found.add(Embed(link))
    elif any(isinstance(token, Link) for token in label.tokens):
        # For the wiki only the inner one of two links is a link.
        for token in (f"[[{target}|", *label.tokens, "]]"):
            found.add(token)
    else:
        found.add(link)


def _read_template(raw: str, found: Markup, depth: int) -> None:
    nodes = mwparserfromhell.parse(raw, skip_style_tags=True).nodes
    node = nodes[0] if len(nodes) == 1 else None
    written = str(node.name).strip() if isinstance(node, Template) else raw[2:]
    name = template_name(written)
    if not isinstance(node, Template) or name not in _LISTS | _USERS | set(_SYMBOLS):
        found.fault(_code(written), f"{{{{{written[:_NAME_SHOWN]}}}}}")
        return
    if name in _SYMBOLS:
        found.add(_SYMBOLS[name])
        return
    items = [str(param.value) for param in node.params if not param.showkey]
    if name in _USERS:
        user = plain(items[:1])
        found.add((user and make_link(f"User:{user}", user)) or raw)
        return
    for item in items:
        found.add("\n")
        _read(item, found, depth - 1)
        found.add("\n")


def _code(name: str) -> str:
    if _FUNCTION.match(name):
        return "parser-function"
    return "magic-word" if _VARIABLE.match(name) else "template"
