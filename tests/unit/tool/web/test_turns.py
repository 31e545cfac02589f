"""Turns: who waits for whom."""

from concurrent.futures import ThreadPoolExecutor

from tool.app.web.turns import Turns
from tool.upstream.deadline import remaining, within

SOON = 10  # seconds, after which a thread is taken to hang


def test_turn_when_another_thread_has_it_then_waits_until_that_ends() -> None:
    turns, done = Turns(), []

    def second() -> None:
        with turns.turn("page"):
            done.append("second")

    with ThreadPoolExecutor() as pool:
        with turns.turn("page"):
            pool.submit(second)
            done.append("first")
        pool.shutdown()
    assert done == ["first", "second"]


def test_turn_when_it_is_of_another_page_then_does_not_wait() -> None:
    turns = Turns()
    with turns.turn("page"), turns.turn("another"):
        pass


def test_turn_when_its_thread_asks_a_wiki_then_others_wait_no_longer() -> None:
    turns = Turns()

    def second() -> bool:
        with turns.turn("page"):
            return True

    with ThreadPoolExecutor() as pool, within(SOON), turns.turn("page"):
        waiting = pool.submit(second)
        remaining()
        assert waiting.result(SOON)
        with turns.turn("page"):  # it asked already, so this ends at once
            assert pool.submit(second).result(SOON)
