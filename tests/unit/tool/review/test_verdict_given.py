"""A verdict that was given before: by whom, on what, and what came after it."""

import pytest

from space.wiki.outcomes import Unreachable
from tests.support.review.tool_and_bot import TITLE, ToolAndBot

SIGNED = "{{{{Space review|{kind}|rev={rev}|reason={reason}}}}} ~~~~"
REASON = "Where is it?"


def line(tool_and_bot: ToolAndBot, kind: str = "changes", reason: str = REASON) -> str:
    rev = tool_and_bot.page(TITLE).latest.id
    return SIGNED.format(kind=kind, rev=rev, reason=reason)


def write(tool_and_bot: ToolAndBot, text: str, by: str = "Pavati") -> None:
    wiki = tool_and_bot.wiki.as_user(by)
    wiki.write(f"Talk:{TITLE}", f"{tool_and_bot.talk()}\n{text}")


def given_again(tool_and_bot: ToolAndBot, page_id: int) -> bool:
    """Whether Pavati's verdict is written, though she may have given it before."""
    tool_and_bot.sign_in("Pavati")
    before = tool_and_bot.talk()
    answer = tool_and_bot.give(page_id, "changes", reason=REASON)
    assert answer.status_code == 303
    return tool_and_bot.talk() != before


def test_verdict_when_it_was_given_before_is_not_given_twice(
    tool_and_bot: ToolAndBot,
) -> None:
    page_id = tool_and_bot.write()
    write(tool_and_bot, line(tool_and_bot))
    write(tool_and_bot, "Thank you, I will. ~~~~", by="Olu")
    assert not given_again(tool_and_bot, page_id)


def test_verdict_when_its_answer_was_lost_is_looked_for_at_once(
    tool_and_bot: ToolAndBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_id = tool_and_bot.write()
    tool_and_bot.sign_in("Pavati")

    def lost(wiki: object, _: object) -> Unreachable:
        del wiki
        monkeypatch.undo()
        write(tool_and_bot, line(tool_and_bot))
        return Unreachable("x")

    monkeypatch.setattr(type(tool_and_bot.wiki), "save", lost)
    answer = tool_and_bot.give(page_id, "changes", reason=REASON)
    assert answer.status_code == 303
    assert tool_and_bot.talk().count("Space review") == 1


def test_verdict_when_somebody_forged_it_is_given(tool_and_bot: ToolAndBot) -> None:
    page_id = tool_and_bot.write()
    write(tool_and_bot, "Hello. ~~~~")
    signature = tool_and_bot.talk().partition("Hello. ")[2]
    write(tool_and_bot, line(tool_and_bot).replace("~~~~", signature), by="Olu")
    assert given_again(tool_and_bot, page_id)


@pytest.mark.parametrize(
    ("kind", "reason", "by"),
    [
        ("approve", "", "Rita"),  # somebody has said otherwise since
        ("changes", REASON, "Rita"),
        ("decline", REASON, "Pavati"),
        ("changes", "Please mend it.", "Pavati"),
    ],
)
def test_verdict_when_the_last_one_says_something_else_is_given(
    tool_and_bot: ToolAndBot, kind: str, reason: str, by: str
) -> None:
    page_id = tool_and_bot.write()
    write(tool_and_bot, line(tool_and_bot))
    write(tool_and_bot, line(tool_and_bot, kind, reason), by=by)
    assert given_again(tool_and_bot, page_id)


def test_verdict_when_the_text_is_a_new_one_is_given(tool_and_bot: ToolAndBot) -> None:
    page_id = tool_and_bot.write()
    write(tool_and_bot, line(tool_and_bot))
    text = tool_and_bot.page(TITLE).latest.text.replace("= NZ", "= IN")
    tool_and_bot.write(TITLE, text)
    assert given_again(tool_and_bot, page_id)
