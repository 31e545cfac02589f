"""The standard reasons of verdicts."""

from space.review.model import VerdictKind
from space.review.verdicts.reasons import chosen_reasons, reasons_for
from space.text.messages import read_catalogue


def test_reasons_when_asked_for_a_kind_are_those_that_suit_it() -> None:
    event, post = (
        [reason.name for reason in reasons_for(kind)] for kind in ("event", "post")
    )
    assert {"time", "place"} <= set(event)
    assert {"time", "place"}.isdisjoint(post)
    assert "about" in post
    for names in (event, post):
        assert names[-3:] == ["off-topic", "advertising", "duplicate"]


def test_reasons_when_shown_have_words_and_a_verdict() -> None:
    english = read_catalogue()["en"]
    for reason in (*reasons_for("event"), *reasons_for("post")):
        assert reason.message_key in english
        assert reason.verdict in {VerdictKind.CHANGES, VerdictKind.DECLINE}


def test_chosen_when_a_name_is_of_the_other_kind_leaves_it_out() -> None:
    chosen = chosen_reasons("post", ["place", "duplicate", "about", "x"])
    assert [reason.name for reason in chosen] == ["about", "duplicate"]
    assert [reason.names_page for reason in chosen] == [False, True]
