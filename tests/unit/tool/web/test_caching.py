"""The cache of short response bodies."""

from tool.app.web.caching import Bodies

SHORT = b"x" * Bodies.LONGEST


def send(bodies: Bodies, etag: str, *pieces: bytes) -> bytes:
    return b"".join(bodies.passing(etag, pieces))


def test_bodies_when_all_pieces_were_sent_then_have_the_whole_body() -> None:
    bodies = Bodies()
    assert send(bodies, "a", b"one ", b"two") == b"one two"
    assert bodies.get("a") == b"one two"
    assert bodies.get("b") is None


def test_bodies_when_the_reader_hangs_up_then_have_no_part_of_it() -> None:
    bodies = Bodies()
    sent = bodies.passing("a", [b"one ", b"two"])
    assert next(sent) == b"one "
    del sent
    assert bodies.get("a") is None


def test_bodies_when_one_is_long_then_it_is_sent_and_not_stored() -> None:
    bodies = Bodies()
    assert send(bodies, "a", SHORT, b"y") == SHORT + b"y"
    assert bodies.get("a") is None


def test_bodies_when_they_get_too_many_then_the_least_recently_used_leaves() -> None:
    bodies = Bodies()
    fit = Bodies.SIZE // Bodies.LONGEST
    for number in range(fit):
        send(bodies, str(number), SHORT)
    assert bodies.get("0") == SHORT
    send(bodies, "one more", SHORT)
    assert bodies.get("0") == SHORT
    assert bodies.get("1") is None
