"""The scanner: brackets that are left over, and how much work it does."""

import re
from collections.abc import Iterator
from typing import SupportsIndex

import pytest

from space.codec import calls, scanner
from space.codec.calls import LIMIT, UNCLOSED_LIMIT, find_calls
from space.codec.scanner import Element, Elements, hidden


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("{{{a}}", ["template {{a}}"]),
        ("{{a}}}", ["template {{a}}"]),
        ("{{a}b}}", ["template {{a}b}}"]),
        ("{{{{a}}}}", ["argument {{{a}}}"]),
        ("{{{{{a}}}}}", ["argument {{{a}}}", "template {{{{{a}}}}}"]),
        ("{{{{{{a}}}}}}", ["argument {{{a}}}", "argument {{{{{{a}}}}}}"]),
        ("{{{{a}}|b}}", ["template {{a}}", "template {{{{a}}|b}}"]),
        ("{{x|{{{a}}|b}}", ["template {{a}}", "template {{x|{{{a}}|b}}"]),
        ("{{x|[[[a]]|b}}", ["link [[a]]", "template {{x|[[[a]]|b}}"]),
    ],
)
def test_elements_when_braces_are_left_over_then_they_open_or_are_text(
    text: str, elements: list[str]
) -> None:
    found = [f"{each.kind} {text[each.start : each.end]}" for each in Elements(text)]
    assert found == elements


class Counted(str):
    """A text that counts the characters `find` may have to look at."""

    __slots__ = ("looked",)
    looked: int

    def find(
        self,
        sub: str,
        start: SupportsIndex | None = None,
        end: SupportsIndex | None = None,
        /,
    ) -> int:
        at = super().find(sub, start, end)
        stop = len(self) if at < 0 else at
        self.looked += stop - int(start or 0)
        return at


@pytest.mark.parametrize("tag", ["<nowiki ", "<nowiki>", "<ref name=a", "<ref>"])
def test_hidden_when_no_tag_ends_then_looks_for_its_end_once(
    tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Counted(tag * 1_000)
    text.looked = 0
    searches = []
    compiled = re.compile

    def counting(pattern: str, flags: int = 0) -> re.Pattern[str]:
        searches.append(pattern)
        return compiled(pattern, flags)

    monkeypatch.setattr(scanner.re, "compile", counting)
    assert list(hidden(text)) == []
    assert text.looked <= 4 * len(text)
    assert len(searches) <= 1


def test_find_calls_when_many_have_no_end_then_searches_a_few_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = []

    class Counting(Elements):
        def __iter__(self) -> Iterator[Element]:
            first, last = self._bounds
            looked.append(last - first)
            return super().__iter__()

    monkeypatch.setattr(calls, "Elements", Counting)
    text = "{{Space event|" * 2_000
    assert list(find_calls(text, {"Space event": "event"}))
    assert sum(looked) <= (UNCLOSED_LIMIT + 2) * LIMIT
