import json

import pytest

from sandbox.probe import is_answer_of


def answer(**general: object) -> bytes:
    return json.dumps({"query": {"general": general}}).encode()


def test_answer_when_it_has_the_nonce_then_is_ours() -> None:
    assert is_answer_of("abc", answer(server="http://127.0.0.1:8090", sandbox="abc"))


@pytest.mark.parametrize(
    "stranger",
    [
        answer(server="http://127.0.0.1:8090"),
        answer(server="http://127.0.0.1:8090", sandbox="abd"),
        answer(sandbox=None),
        answer(sandbox=["abc"]),
        *(b"", b"<html>", b"[]", b'{"query": []}', b"\xff"),
    ],
)
def test_answer_when_of_another_program_then_is_not_ours(stranger: bytes) -> None:
    assert not is_answer_of("abc", stranger)


def test_answer_when_a_wiki_has_no_nonce_then_is_not_ours() -> None:
    assert not is_answer_of("", answer(sandbox=""))
