from tool.upstream.breaker import FAILURES, Breaker

PAUSE = 10


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def broken(clock: Clock) -> Breaker:
    breaker = Breaker(PAUSE, clock)
    for _ in range(FAILURES):
        assert breaker.admits()
        breaker.failed()
    return breaker


def test_admits_when_failures_are_in_a_row_then_not_for_a_while() -> None:
    clock = Clock()
    breaker = broken(clock)
    assert not breaker.admits()
    clock.now += PAUSE - 1
    assert not breaker.admits()


def test_admits_when_the_pause_is_over_then_lets_one_probe_through() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now += PAUSE
    assert [breaker.admits() for _ in range(3)] == [True, False, False]
    breaker.failed()
    assert not breaker.admits()
    clock.now += PAUSE
    assert breaker.admits()
    breaker.succeeded()
    assert [breaker.admits() for _ in range(3)] == [True, True, True]


def test_admits_when_a_probe_never_ends_then_another_follows() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now += PAUSE
    assert breaker.admits()
    clock.now += PAUSE
    assert breaker.admits()


def test_admits_when_answers_come_between_then_failures_do_not_add_up() -> None:
    breaker = Breaker(PAUSE, Clock())
    for _ in range(3 * FAILURES):
        breaker.failed()
        breaker.succeeded()
    assert breaker.admits()
