"""A bound of the work that a parser of HTML has, before one is given the text.

By the standard a tag may have to look at all elements that are open, and text at all
formatting that is (https://html.spec.whatwg.org/multipage/parsing.html), so a parser
is quadratic in how deep elements lie in each other. How deep they can lie at most is
counted here in one pass, without building anything: an element counts as closed only
where every parser closes it, and whatever could be read in two ways closes nothing.
"""

import re

from space.bounds import BOUNDS

FORMATTING = frozenset(
    "a b big code em font i nobr s small strike strong tt u".split()  # noqa: SIM905
)
_VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "frame", "hr", "image", "img"),
        *("input", "keygen", "link", "meta", "param", "source", "track", "wbr"),
    )
)
_IMPLIED = frozenset(("dd", "dt", "li", "optgroup", "option", "p", "rb", "rp", "rt"))
_CELLS = frozenset(("caption", "tbody", "td", "tfoot", "th", "thead", "tr"))
_TABLES = _CELLS | {"table"}
_RAW = frozenset(("script", "style", "textarea", "title"))
_DOUBTFUL = frozenset(
    ("iframe", "noembed", "noframes", "noscript", "plaintext", "template", "xmp")
)
_FOREIGN = frozenset(("math", "svg"))

_SPACE = r" \t\n\f\r"
_NAME = rf"[a-z][^{_SPACE}/<>\0]*+"
_VALUE = rf"\"[^\"]*+\"|'[^']*+'|[^{_SPACE}\"'<>=`]++"
_ATTRIBUTE = (
    rf"[{_SPACE}/]*+[^{_SPACE}\"'<>/=]++(?:[{_SPACE}]*+=[{_SPACE}]*+(?:{_VALUE}))?+"
)
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?:!(?!\[CDATA\[|--)|\?|/(?![a-z]))[^>]*+>"
    rf"|</(?P<close>{_NAME})[{_SPACE}]*+>"
    rf"|<(?P<open>{_NAME})(?P<attributes>(?:{_ATTRIBUTE})*+)[{_SPACE}/]*+>"
    r"|(?P<doubt><[!/?a-z])",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_OPENING = re.compile(r"<([a-z][^\s/<>]*+)", re.IGNORECASE | re.ASCII)
_PARTING = re.compile(r"[\s/\"']")
_SHORT = 2_000  # characters, in which no tags take more steps than there may be
_MOST_IMPLIED = 50
_FORMATTING_STEPS = 200  # as much as so many looks takes one element of formatting


def is_flat(html: str) -> bool:
    """Whether the HTML is short and flat enough to be parsed."""
    if len(html) <= _SHORT:
        return True
    return len(html) <= BOUNDS.html and steps(html) <= BOUNDS.html_steps


def steps(html: str) -> int:
    """A bound of the steps that a parser takes; not all once it is over `BOUNDS`."""
    counter = _Counter()
    position = 0
    while (token := _TOKEN.search(html, position)) is not None:
        position = token.end()
        name = _folded(token["open"] or "")
        if counter.depth > BOUNDS.html_depth:
            return BOUNDS.html_steps + 1
        if counter.steps > BOUNDS.html_steps:
            break
        if token["close"]:
            counter.closed(_folded(token["close"]))
        elif name in _RAW and not counter.doubts(html, name, position):
            position = _end_of_raw(html, name, position)
        elif token["doubt"] or name in _RAW or name in _DOUBTFUL:
            counter.rest(html[token.start() :])
            break
        elif name:
            counter.opened(name, len(_PARTING.findall(token["attributes"])))
    return counter.steps


def _folded(name: str) -> str:
    """A name in lower case; only that of ASCII counts in HTML."""
    return name.lower() if name.isascii() else name


def _end_of_raw(html: str, name: str, position: int) -> int:
    """Where the text of an element ends in which no tag is one."""
    end = re.compile(rf"</{name}[{_SPACE}/>]", re.IGNORECASE | re.ASCII).search(
        html, position
    )
    return end.start() if end else len(html)


class _Counter:
    """Elements that may be open, and what they have cost so far."""

    def __init__(self) -> None:
        self.steps = 0
        self._open: list[str] = []
        self._formatting = 0

    @property
    def depth(self) -> int:
        """How many elements may be open."""
        return len(self._open)

    def opened(self, name: str, attributes: int) -> None:
        self.steps += attributes * attributes // 8
        self._count()
        again = name in _IMPLIED and self._open[-1:] == [name]
        if name not in _VOID and not again:
            self._open.append(name)
            self._formatting += name in FORMATTING

    def closed(self, name: str) -> None:
        self._count()
        implied = _CELLS | _IMPLIED if name in _TABLES else _IMPLIED
        keep = len(self._open)
        if name not in FORMATTING:
            for inner in reversed(self._open[-_MOST_IMPLIED:]):
                if inner == name or inner not in implied:
                    break
                keep -= 1
        if keep and self._open[keep - 1] == name:
            del self._open[keep - 1 :]
            self._formatting -= name in FORMATTING

    def doubts(self, html: str, name: str, position: int) -> bool:
        """Whether the text of an element may have tags after all."""
        if not _FOREIGN.isdisjoint(self._open):
            return True
        end = _end_of_raw(html, name, position)
        return name == "script" and html.find("<!--", position, end) >= 0

    def rest(self, html: str) -> None:
        """Count a text in which nothing closes, and all may be one tag."""
        for match in _OPENING.finditer(html):
            self.opened(_folded(match[1]), 0)
            if self.steps > BOUNDS.html_steps:
                return
        attributes = len(_PARTING.findall(html))
        self.steps += attributes * attributes // 8

    def _count(self) -> None:
        self.steps += len(self._open) + _FORMATTING_STEPS * self._formatting
