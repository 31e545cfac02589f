"""The words of English messages: one for one thing, as `i18n/README.md` lists them."""

import re

import pytest

from space.text.messages import FOLDER, read_catalogue

PAGES = FOLDER.parent / "lua_templates" / "pages"
# The pattern of a worn word, and what to write instead.
WORN = {
    r"\bimages?\b": "picture",
    r"\bon site\b": "in person",
    r"\bpatrollers?\b": "reviewer",
    r"\bverdicts?\b": "decision",
    r"\btak(e|es|en) back\b|\btake something back\b": "cancel or withdraw",
    r"\bmend(ed|s|ing)?\b": "fix",
    r"[”\d] is no \b": "is not a",
    r"\bgo(es)? on\b": "keep …ing, continue, or still happening",
    r"\ball the same\b": "anyway",
    r"\bworth nothing\b": "not counted",
    r"\bjust now\b": "right now, or at the moment",
    r"\bby (your|the) clocks\b": "in your time zone",
    r"\bno (event|post|discussion)s? fits?\b|\bevents? .*\bfits?\b": "match",
    r"\bbegun\b|\byou began\b": "started, or created",
    r"\bwait(s)? for a review\b": "is waiting for review",
    r"\bsome(body|what)\b|\b(any|no|every)body else\b": "someone",
    r"\bfor ever\b": "forever",
    r"\bare possible\b|\bpossible are\b": "what to choose or shorten",
    r"\bnext run of the bot\b|\bwhen the bot runs\b": "within minutes",
    r"\btelephone\b": "phone",
    r"\bPlease have a look\b": "Please check",
}
NAMES = re.compile(r"<tvar.*?</tvar>|<code>.*?</code>|\{\{.*?\}\}|\[\[[^|\]]*\|")


@pytest.mark.parametrize("word", WORN)
def test_messages_when_in_english_then_have_no_worn_word(word: str) -> None:
    worn = re.compile(word, re.IGNORECASE)
    messages = read_catalogue()["en"]
    assert {key: text for key, text in messages.items() if worn.search(text)} == {}, (
        f"Write instead: {WORN[word]}. See i18n/README.md."
    )


@pytest.mark.parametrize("word", WORN)
def test_portal_pages_when_read_then_have_no_worn_word(word: str) -> None:
    worn = re.compile(word, re.IGNORECASE)
    found = {
        path.stem: line
        for path in sorted(PAGES.glob("*.wikitext"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if worn.search(NAMES.sub("", line))
    }
    assert found == {}, f"Write instead: {WORN[word]}. See i18n/README.md."
